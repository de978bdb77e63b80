"""The trials of one point of an experiment, merged: one line of its result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypedDict

from designer.domain.catalog.spec import Value
from simulator.engine.experiments.estimate import Estimate, estimate
from simulator.engine.experiments.histogram import Histogram, add, latency_of
from simulator.engine.experiments.question import LATENCIES, METRICS, Objective
from simulator.engine.experiments.trial import EntryTotals, Trial, TrialResult
from simulator.engine.results import Latency

_MOSTLY = 0.5


class EntryPoint(TypedDict):
    """An entry point over all replications: merged histograms, and each figure with its interval."""

    requests: int
    errors: int
    error_share: Estimate
    caller_latency_ms: Latency
    journey_ms: Latency
    caller: dict[str, Estimate]
    journey: dict[str, Estimate]
    """By metric (mean, p50, p95, p99), in milliseconds."""


class NodePoint(TypedDict):
    """A node over all replications."""

    arrivals: int
    errors: int
    throttles: int
    lost: int
    cold_starts: int
    concurrency: Estimate
    concurrency_max: int
    latency_ms: Latency


class Behind(TypedDict):
    """A node that does not keep up: its backlog grows by ``per_s`` in ``share`` (0 to 1) of the runs or of the period.

    ``total`` is what piles up in all of it, if nothing of it is worked off in quieter times.
    """

    node: str
    share: float
    per_s: float
    total: float


class SettingJson(TypedDict):
    """What a point has changed in the design."""

    subject: str
    id: str
    parameter: str
    value: Value


class Point(TypedDict):
    """One line of the result. ``meets`` is None where nothing was asked for."""

    point: int
    design: int
    load_factor: float
    settings: list[SettingJson]
    replications: int
    seconds: float
    events: int
    ended_early: bool
    behind: list[Behind]
    """Nodes for which the figures hold for no longer than the run: they are not stable."""
    refused: str
    entry_points: dict[str, EntryPoint]
    nodes: dict[str, NodePoint]
    monthly_usd: Estimate | None
    cost_usd: Estimate | None
    meets: bool | None
    misses: list[str]
    """In words, what of the objective does not hold."""


def merge(trial: Trial, results: Sequence[TrialResult], objective: Objective | None) -> Point:
    """Add the replications of a point up exactly: counts and histograms as if they had been one run."""
    point = empty_point(trial)
    point["replications"] = len(results)
    point["seconds"] = sum(result["seconds"] for result in results)
    point["events"] = sum(result["events"] for result in results)
    point["ended_early"] = any(result["ended_early"] for result in results)
    point["behind"] = falling_behind(results, [1.0] * len(results), [result["seconds"] for result in results])
    point["entry_points"] = {
        entry: _entry([result["entry_points"][entry] for result in results]) for entry in results[0]["entry_points"]
    }
    point["nodes"] = {node: _node(node, results) for node in results[0]["nodes"]}
    point["monthly_usd"] = estimate([result["monthly_usd"] for result in results])
    point["cost_usd"] = estimate([result["cost_usd"] for result in results])
    if objective is not None:
        point["misses"] = _misses(point, objective)
        point["meets"] = not point["misses"]
    return point


def falling_behind(
    results: Sequence[TrialResult], weights: Sequence[float], lengths_s: Sequence[float]
) -> list[Behind]:
    """What grows in the runs, each of which stands for ``weight`` stretches of its length; the worst first."""
    whole_s = sum(weight * length for weight, length in zip(weights, lengths_s, strict=True))
    seconds: dict[str, float] = {}
    totals: dict[str, float] = {}
    for result, weight, length in zip(results, weights, lengths_s, strict=True):
        for node, per_s in result.get("growing", {}).items():
            seconds[node] = seconds.get(node, 0.0) + weight * length
            totals[node] = totals.get(node, 0.0) + weight * length * per_s
    return [
        {
            "node": node,
            "share": round(min(seconds[node] / max(whole_s, 1e-9), 1.0), 6),
            "per_s": round(totals[node] / max(seconds[node], 1e-9), 6),
            "total": round(totals[node]),
        }
        for node in sorted(totals, key=lambda node: (-totals[node], node))
    ]


def refused_point(trial: Trial, reason: str, objective: Objective | None) -> Point:
    """The line of a point that cannot be run."""
    point = empty_point(trial)
    point["refused"] = reason
    if objective is not None:
        point["meets"], point["misses"] = False, [reason]
    return point


def empty_point(trial: Trial) -> Point:
    """The line of a point of which nothing is known yet."""
    return {
        "point": trial.point,
        "design": trial.design,
        "load_factor": trial.load_factor,
        "settings": [
            {"subject": s.subject, "id": s.id, "parameter": s.parameter, "value": s.value} for s in trial.settings
        ],
        "replications": 0,
        "seconds": 0.0,
        "events": 0,
        "ended_early": False,
        "behind": [],
        "refused": "",
        "entry_points": {},
        "nodes": {},
        "monthly_usd": None,
        "cost_usd": None,
        "meets": None,
        "misses": [],
    }


def _entry(parts: Sequence[EntryTotals]) -> EntryPoint:
    caller = [part["caller"] for part in parts]
    journey = [part["journey"] for part in parts]
    return {
        "requests": sum(part["requests"] for part in parts),
        "errors": sum(part["errors"] for part in parts),
        "error_share": estimate([part["errors"] / max(part["requests"], 1) for part in parts]),
        "caller_latency_ms": latency_of(add(caller)),
        "journey_ms": latency_of(add(journey)),
        "caller": _metrics(caller),
        "journey": _metrics(journey),
    }


def _metrics(histograms: Sequence[Histogram]) -> dict[str, Estimate]:
    latencies = [latency_of(histogram) for histogram in histograms]
    return {metric: estimate([_figure(found, metric) for found in latencies]) for metric in METRICS}


def _figure(latency: Latency, metric: str) -> float:
    figures = {"mean": latency["mean"], "p50": latency["p50"], "p95": latency["p95"], "p99": latency["p99"]}
    return figures[metric]


def _node(node: str, results: Sequence[TrialResult]) -> NodePoint:
    parts = [result["nodes"][node] for result in results]
    return {
        "arrivals": sum(part["arrivals"] for part in parts),
        "errors": sum(part["errors"] for part in parts),
        "throttles": sum(part["throttles"] for part in parts),
        "lost": sum(part["lost"] for part in parts),
        "cold_starts": sum(part["cold_starts"] for part in parts),
        "concurrency": estimate([part["concurrency"] for part in parts]),
        "concurrency_max": max(part["concurrency_max"] for part in parts),
        "latency_ms": latency_of(add(part["latency"] for part in parts)),
    }


def _misses(point: Point, objective: Objective) -> list[str]:
    entries = {entry: found for entry, found in point["entry_points"].items() if objective.entry in ("", entry)}
    misses = [] if entries else [f"{objective.entry} is no entry point of the run"]
    if point["ended_early"]:
        misses.append("the design does not keep up with the load")
    misses += [
        f"what waits at {found['node']} grows by {found['per_s']:,.3g} a second"
        for found in point["behind"]
        if found["share"] > _MOSTLY
    ]
    pick: Callable[[EntryPoint], Latency] = (
        (lambda found: found["journey_ms"]) if objective.latency == LATENCIES[1] else (lambda f: f["caller_latency_ms"])
    )
    for entry, found in entries.items():
        figure = _figure(pick(found), objective.metric)
        if objective.at_most_ms is not None and figure > objective.at_most_ms:
            misses.append(f"{objective.metric} at {entry} is {figure:,.0f} ms")
        share = found["errors"] / max(found["requests"], 1)
        if objective.errors_at_most is not None and share > objective.errors_at_most:
            misses.append(f"{100 * share:.2g} % of the requests at {entry} fail")
    return misses
