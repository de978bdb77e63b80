"""One run of an experiment: a design with a few settings changed, a load factor and a seed in, what adds up out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NotRequired, TypedDict

from designer.domain.catalog.spec import Value
from designer.domain.graph.model import Design
from designer.domain.graph.operations import Operation, SetEdgeParameter, SetNodeParameter, apply
from designer.domain.graph.scenario import Scenario
from simulator.engine.experiments.histogram import Histogram, pack
from simulator.engine.experiments.horizon import sliced_scenario, slices_of
from simulator.engine.overrides import PUBLISHED, Overrides
from simulator.engine.simulation import Simulation


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter of a node (``subject`` = "node") or an edge ("edge") with the value that a trial gives it."""

    subject: str
    id: str
    parameter: str
    value: Value


@dataclass(frozen=True, slots=True)
class Trial:
    """What is run. Trials with the same ``point`` differ in their seed only and are merged.

    ``design`` numbers the designs of a comparison; ``load_factor`` multiplies every arrival rate. A ``sliced`` trial
    runs no more than slice number ``point`` of the scenario's period.
    """

    point: int
    seed: int
    load_factor: float = 1.0
    settings: tuple[Setting, ...] = ()
    design: int = 0
    sliced: bool = False


class EntryTotals(TypedDict):
    """An entry point over a whole trial; errors are of any cause."""

    requests: int
    completions: int
    errors: int
    caller: Histogram
    journey: Histogram


class NodeTotals(TypedDict):
    """A node over a whole trial; ``concurrency`` is its time average."""

    arrivals: int
    completions: int
    errors: int
    throttles: int
    cold_starts: int
    concurrency: float
    concurrency_max: int
    lost: int
    latency: Histogram


class SliceTotals(TypedDict):
    """Which part of a long period a trial was: ``weight`` cells of ``length_s`` of one ``stratum``."""

    stratum: int
    weight: float
    length_s: float


class TrialResult(TypedDict):
    """What a trial yields, as JSON values. ``monthly_usd`` is the bill of a month at this load."""

    seconds: float
    """Measured; without the warm-up."""
    events: int
    ended_early: bool
    part: SliceTotals | None
    growing: NotRequired[dict[str, float]]
    """By node that falls behind, how fast (per s) what waits there grew at the end."""
    usage: dict[str, dict[str, float]]
    """By node and rate, what was used."""
    cost_usd: float
    monthly_usd: float
    entry_points: dict[str, EntryTotals]
    nodes: dict[str, NodeTotals]


class TrialStoppedError(RuntimeError):
    """The caller asked the trial to stop before its end."""


def run_trial(
    design: Design,
    scenario: Scenario,
    trial: Trial,
    keep_on: Callable[[], bool] = lambda: True,
    overrides: Overrides = PUBLISHED,
) -> TrialResult:
    """Run a trial to its end. ``keep_on`` is asked a few times a second.

    Raises :class:`~simulator.engine.refusal.SimulationRefused` when it cannot be run and
    :class:`TrialStoppedError` when ``keep_on`` says no.
    """
    changed = with_settings(design, trial.settings)
    part: SliceTotals | None = None
    if trial.sliced:
        chosen = slices_of(changed, scenario)[trial.point]
        scenario = sliced_scenario(changed, scenario, chosen)
        part = {"stratum": chosen.stratum, "weight": chosen.weight, "length_s": chosen.length_s}
    seeded = replace(scenario, seed=trial.seed)
    simulation = Simulation(changed, seeded, overrides, load_factor=trial.load_factor)
    while not simulation.finished:
        simulation.advance(wall_ms=200)
        if not keep_on():
            raise TrialStoppedError
    return _totals(simulation, part)


def with_settings(design: Design, settings: tuple[Setting, ...]) -> Design:
    """The design with these values set. Raises ``OperationError`` for a node or an edge that it does not have."""
    return apply(design, [_operation(setting) for setting in settings]).design


def _operation(setting: Setting) -> Operation:
    if setting.subject == "edge":
        return SetEdgeParameter(setting.id, setting.parameter, setting.value)
    return SetNodeParameter(setting.id, setting.parameter, setting.value)


def _totals(simulation: Simulation, part: SliceTotals | None) -> TrialResult:
    summary = simulation.summary()
    plan, totals = simulation.plan, simulation.totals
    rows = totals.histograms, totals.histogram_sums
    first_entry = len(plan.node_ids)
    return {
        "seconds": totals.seconds,
        "events": summary["events"],
        "ended_early": simulation.ended_early,
        "part": part,
        "growing": simulation.growing(),
        "usage": simulation.usage(),
        "cost_usd": summary["cost"]["total_usd"],
        "monthly_usd": summary["cost"]["monthly_usd"],
        "entry_points": {
            entry: {
                "requests": stats["requests"],
                "completions": stats["completions"],
                "errors": sum(stats["errors"].values()),
                "caller": pack(rows[0][first_entry + 2 * row], *rows[1][first_entry + 2 * row].tolist()),
                "journey": pack(rows[0][first_entry + 2 * row + 1], *rows[1][first_entry + 2 * row + 1].tolist()),
            }
            for row, (entry, stats) in enumerate((entry, summary["entry_points"][entry]) for entry in plan.entry_ids)
        },
        "nodes": {
            node_id: {
                "arrivals": stats["arrivals"],
                "completions": stats["completions"],
                "errors": sum(stats["errors"].values()),
                "throttles": stats["throttles"],
                "cold_starts": stats["cold_starts"],
                "concurrency": stats["concurrency"],
                "concurrency_max": stats["concurrency_max"],
                "lost": sum(stats.get("lost", {}).values()),
                "latency": pack(rows[0][row], *rows[1][row].tolist()),
            }
            for row, (node_id, stats) in enumerate((node_id, summary["nodes"][node_id]) for node_id in plan.node_ids)
        },
    }
