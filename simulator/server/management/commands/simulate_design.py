"""``manage.py simulate_design``: run designs through a scenario and print what comes out."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Scenario
from designer.domain.graph.scenario_document import ScenarioError, scenario_from_json
from designer.server.command_files import FilesCommand, Outcome, UnusableFileError, read_design, read_json
from simulator.engine.overrides import PUBLISHED, OverrideError, Overrides, overrides_from_json
from simulator.engine.results import Summary
from simulator.engine.simulation import Simulation, SimulationRefused
from simulator.server.summary_text import summary_text

_LARGEST_SEED = 2**63 - 1
_SLICE_MS = 1000


class Command(FilesCommand):
    """Simulate designs; the same design, scenario and seed print the same bytes."""

    help = "Simulate designs (or templates) and print latency, errors, load and cost."
    _scenario: Scenario | None = None
    _seed: int | None = None
    _overrides: Overrides = PUBLISHED
    _as_json = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the files, the scenario and the form of the answer."""
        super().add_arguments(parser)
        parser.add_argument(
            "--scenario",
            type=Path,
            metavar="FILE",
            help="a scenario file; without it the design's first scenario, or the built-in default",
        )
        parser.add_argument(
            "--prices",
            type=Path,
            metavar="FILE",
            help="a file with prices and quotas of one's own, as PUT /api/workspaces/<id>/prices/ takes them",
        )
        parser.add_argument("--seed", type=int, metavar="N", help="seed of the randomness, instead of the scenario's")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the summary")

    def prepare(self, options: Mapping[str, object], *, many: bool) -> None:
        """Read the scenario file and the seed."""
        del many
        self._as_json = options["format"] == "json"
        path, seed = options["scenario"], options["seed"]
        if isinstance(path, Path):
            self._scenario = _read_scenario(path)
        if isinstance(options["prices"], Path):
            self._overrides = _read_prices(options["prices"])
        if isinstance(seed, int):
            if not 0 <= seed <= _LARGEST_SEED:
                raise UnusableFileError(f"--seed must be a whole number from 0 to {_LARGEST_SEED:,}")
            self._seed = seed

    def process(self, path: Path) -> Outcome:
        """Simulate one design."""
        design = read_design(path).design
        scenario = self._scenario or design.scenario()
        if self._seed is not None:
            scenario = replace(scenario, seed=self._seed)
        try:
            simulation = Simulation(design, scenario, self._overrides)
        except SimulationRefused as refused:
            raise UnusableFileError(str(refused)) from None
        while not simulation.finished:
            simulation.advance(wall_ms=_SLICE_MS)
        summary = simulation.summary()
        text = _json_text(summary) if self._as_json else summary_text(design, summary)
        return Outcome(_counts(design, summary), text)


def _read_scenario(path: Path) -> Scenario:
    try:
        return scenario_from_json(read_json(path))
    except (ScenarioError, UnusableFileError) as error:
        raise UnusableFileError(f"{path}: {error}") from None


def _read_prices(path: Path) -> Overrides:
    try:
        return overrides_from_json(read_json(path))
    except (OverrideError, UnusableFileError) as error:
        raise UnusableFileError(f"{path}: {error}") from None


def _json_text(summary: Summary) -> str:
    return json.dumps(summary, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)


def _counts(design: Design, summary: Summary) -> dict[str, int]:
    entries = summary["entry_points"].values()
    return {
        "nodes": len(design.nodes),
        "edges": len(design.edges),
        "requests": sum(entry["requests"] for entry in entries),
        "completions": sum(entry["completions"] for entry in entries),
        "errors": sum(sum(entry["errors"].values()) for entry in entries),
        "events": summary["events"],
    }
