"""Design files for the command tests, and a way to run a command as a pipeline does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.commands.running import TEMPLATE, Command, Result, orders_document

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a management command in this process."""

    def run(name: str, *arguments: object) -> Result:
        capsys.readouterr()
        code = 0
        try:
            call_command(name, *map(str, arguments))
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        written = capsys.readouterr()
        return Result(code, written.out, written.err)

    return run


@pytest.fixture
def command_process(tmp_path: Path) -> Command:
    """Run ``manage.py`` in a process of its own, with a database that does not exist and cannot be made."""

    def run(name: str, *arguments: object) -> Result:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/missing/folder/db.sqlite3"}
        done = subprocess.run(
            [sys.executable, str(PROJECT / "manage.py"), name, *map(str, arguments)],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
            timeout=120,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def orders_file(tmp_path: Path) -> Path:
    """The orders design as a file."""
    path = tmp_path / "orders.json"
    path.write_text(json.dumps(orders_document()))
    return path


@pytest.fixture
def template_file(tmp_path: Path) -> Path:
    """A small SAM template with one resource type that no catalog knows."""
    path = tmp_path / "jobs.yaml"
    path.write_text(TEMPLATE)
    return path
