# Windtunnel's verbs. `make run` and `make test` need git, make and Python >= 3.11, nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
.SUFFIXES:

ifeq ($(origin PYTHON), undefined)
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(1) if sys.version_info < (3, 11) else print(sys._base_executable)' 2>/dev/null && break; done)
endif
PORT ?= 8000
UV_VERSION := 0.9
UV := .boot/bin/uv
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
export UV_NO_PROGRESS := 1
export NPM_CONFIG_UPDATE_NOTIFIER := false
# Node and the project's own programs come from the virtual environment.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

FRONTEND_SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -type f -print 2>/dev/null)

.PHONY: help run test lint format bench docs clean setup setup-test frontend

help: ## Show the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 18

run: setup frontend ## Set up and serve Windtunnel on http://127.0.0.1:8000 (PORT=... changes it)
	@PORT=$(PORT) exec python manage.py serve --migrate

test: setup-test frontend ## Set up and run every check and test
	@start=$$SECONDS
	# The engine is compiled beside the checks that do not need it; every later process finds it in the cache.
	python -c "from simulator.engine.simulation import warm_up; warm_up()" & compiling=$$!
	echo "== Lint, types and contracts"
	$(MAKE) --no-print-directory lint-steps
	echo "== Frontend unit tests"
	npm --prefix frontend run --silent test
	wait $$compiling
	echo "== Python tests, embedded (SQLite, in-memory broker)"
	python -m pytest -q -n 2 --dist loadgroup -m "not grown_up and not e2e"
	echo "== Python tests, grown up (PostgreSQL, Redis, a separate Celery worker)"
	python -m tests.services python -m pytest -q tests/designer/server tests/simulator/server tests/grown_up -m "not e2e and not embedded"
	echo "== Browser tests"
	python -m pytest -q -n 2 --dist loadfile tests/e2e
	echo "== Everything passed in $$((SECONDS - start)) s"

lint: setup-test ## Check style, types and import contracts
	@$(MAKE) --no-print-directory lint-steps

.PHONY: lint-steps
lint-steps:
	@ruff check .
	ruff format --check --quiet .
	lint-imports --no-cache
	mypy .
	npm --prefix frontend run --silent lint
	npm --prefix frontend run --silent typecheck

format: setup-test ## Format all code
	@ruff check --fix .
	ruff format .
	npm --prefix frontend run --silent format

bench: setup-test ## Run the benchmarks; figures go to build/bench.json
	@mkdir -p build
	python -m tests.bench

validate: setup-test ## Measure the engine against theory and measurements; the table goes into docs/model.md
	@python -m tests.validation

docs: setup-test ## Generate the reference pages and the client's types
	@python manage.py generate_docs
	python manage.py spectacular --file frontend/src/api/openapi.json --format openapi-json
	npm --prefix frontend run --silent api-types

setup: .venv/.run-stamp

setup-test: .venv/.dev-stamp

frontend: frontend/dist/.stamp

.boot/.stamp:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Windtunnel needs Python 3.11 or newer; none was found. Install one, or name it: make PYTHON=/path/to/python3"; exit 2; fi
	echo "-> Preparing the installer with $(PYTHON)"
	"$(PYTHON)" -m venv .boot || { echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 2; }
	.boot/bin/python -m pip install --quiet --disable-pip-version-check "uv>=$(UV_VERSION),<1" 2>&1 | grep -v "running pip as" || true
	test -x $(UV) || { echo "uv could not be installed: is the Python package index reachable?"; exit 2; }
	touch $@

.venv/.run-stamp: .boot/.stamp pyproject.toml uv.lock
	@echo "-> Installing Python packages"
	$(UV) sync --quiet --locked --inexact --python "$(PYTHON)" --no-default-groups --group build || \
		{ echo "The Python packages could not be installed; see the message above."; exit 2; }
	touch $@

.venv/.dev-stamp: .boot/.stamp pyproject.toml uv.lock
	@echo "-> Installing Python packages, tools and test servers"
	$(UV) sync --quiet --locked --inexact --python "$(PYTHON)" --group dev || \
		{ echo "The Python packages could not be installed; see the message above."; exit 2; }
	touch .venv/.run-stamp $@

frontend/node_modules/.stamp: frontend/package.json frontend/package-lock.json | .venv/.run-stamp
	@echo "-> Installing frontend packages"
	npm --prefix frontend ci --silent --no-audit --no-fund || \
		{ echo "The frontend packages could not be installed; see the message above."; exit 2; }
	touch $@

# A dependency on every source file: the build runs again only when one of them changed.
frontend/dist/.stamp: frontend/node_modules/.stamp $(FRONTEND_SOURCES) | .venv/.run-stamp
	@echo "-> Building the frontend"
	npm --prefix frontend run --silent build -- --logLevel warn
	touch $@

clean: ## Remove everything that set-up, builds and tests made (not your data in var/)
	@rm -rf .boot .venv build frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
