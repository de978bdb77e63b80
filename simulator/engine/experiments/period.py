"""From the slices of a long period to its figures, each with an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from designer.domain.graph.model import Design
from simulator.engine.experiments.estimate import Estimate, student_975
from simulator.engine.experiments.histogram import Histogram
from simulator.engine.experiments.horizon import Slice, half_samples
from simulator.engine.experiments.points import EntryPoint, NodePoint, Point, empty_point, falling_behind
from simulator.engine.experiments.question import METRICS
from simulator.engine.experiments.trial import Trial, TrialResult
from simulator.engine.metrics import MIDDLE_S
from simulator.engine.pricing.bill import bill
from simulator.engine.pricing.rates import PriceList
from simulator.engine.results import Latency
from simulator.engine.stations import BUCKETS

_SHARES: Final = {"p50": 0.50, "p95": 0.95, "p99": 0.99}
Figure = Callable[[NDArray[np.float64]], float]
"""A figure of the period from the weights of the slices."""


def period_point(results: Sequence[TrialResult], seed: int, prices: PriceList) -> Point:
    """The whole period as one line of an answer. Counts are those of the period, not of what was simulated."""
    parts = [result["part"] for result in results]
    slices = [
        Slice(number, part["stratum"], 0.0, part["length_s"], 0.0, part["weight"])
        for number, part in enumerate(parts)
        if part is not None
    ]
    weights = np.array([part.weight for part in slices])
    halves = half_samples(slices, seed)
    # Simulated seconds differ from a cell's length by the rounding of its end.
    weights *= np.array([part.length_s for part in slices]) / np.array([result["seconds"] for result in results])
    halves *= weights / np.array([part.weight for part in slices])
    spread = _Spread(weights, halves)
    point = empty_point(Trial(point=0, seed=seed))
    point["replications"] = len(results)
    point["seconds"] = float(sum(part.weight * part.length_s for part in slices))
    point["events"] = sum(result["events"] for result in results)
    point["ended_early"] = any(result["ended_early"] for result in results)
    point["behind"] = falling_behind(results, [part.weight for part in slices], [part.length_s for part in slices])
    point["entry_points"] = {entry: _entry(entry, results, spread) for entry in results[0]["entry_points"]}
    point["nodes"] = {node: _node(node, results, spread) for node in results[0]["nodes"]}
    point["cost_usd"] = spread.of(lambda w: _cost_usd(results, w, prices, point["seconds"])[0])
    point["monthly_usd"] = spread.of(lambda w: _cost_usd(results, w, prices, point["seconds"])[1])
    return point


class _Spread:
    """Evaluates a figure with all slices, and with each half-sample for its error."""

    def __init__(self, weights: NDArray[np.float64], halves: NDArray[np.float64]) -> None:
        self.weights = weights
        self._halves = halves
        self._t = student_975(max(len(weights) // 2, 1))

    def of(self, figure: Figure) -> Estimate:
        """The figure, and mean ± t * root of the mean squared deviation of the half-samples."""
        whole = figure(self.weights)
        others = [figure(half) for half in self._halves]
        half = self._t * float(np.sqrt(np.mean([(other - whole) ** 2 for other in others])))
        return {
            "mean": round(whole, 6),
            "low": round(whole - half, 6),
            "high": round(whole + half, 6),
            "least": round(min(others), 6),
            "greatest": round(max(others), 6),
        }


def _entry(entry: str, results: Sequence[TrialResult], spread: _Spread) -> EntryPoint:
    parts = [result["entry_points"][entry] for result in results]
    requests = np.array([part["requests"] for part in parts], dtype=np.float64)
    errors = np.array([part["errors"] for part in parts], dtype=np.float64)
    caller = _Latencies([part["caller"] for part in parts])
    journey = _Latencies([part["journey"] for part in parts])
    return {
        "requests": round(float(spread.weights @ requests)),
        "errors": round(float(spread.weights @ errors)),
        "error_share": spread.of(lambda w: float(w @ errors) / max(float(w @ requests), 1e-9)),
        "caller_latency_ms": caller.latency(spread.weights),
        "journey_ms": journey.latency(spread.weights),
        "caller": {metric: spread.of(caller.figure(metric)) for metric in METRICS},
        "journey": {metric: spread.of(journey.figure(metric)) for metric in METRICS},
    }


def _node(node: str, results: Sequence[TrialResult], spread: _Spread) -> NodePoint:
    parts = [result["nodes"][node] for result in results]

    def total(field: str) -> int:
        counts = np.array([float(part[field]) for part in parts])  # type: ignore[literal-required]
        return round(float(spread.weights @ counts))

    concurrency = np.array([part["concurrency"] for part in parts])
    lengths = np.array([result["seconds"] for result in results])
    return {
        "arrivals": total("arrivals"),
        "errors": total("errors"),
        "throttles": total("throttles"),
        "lost": total("lost"),
        "cold_starts": total("cold_starts"),
        "concurrency": spread.of(lambda w: float(w @ (concurrency * lengths)) / max(float(w @ lengths), 1e-9)),
        "concurrency_max": max(part["concurrency_max"] for part in parts),
        "latency_ms": _Latencies([part["latency"] for part in parts]).latency(spread.weights),
    }


class _Latencies:
    """The histograms of the slices, to be added up with weights."""

    def __init__(self, histograms: Sequence[Histogram]) -> None:
        self._counts = np.zeros((len(histograms), BUCKETS))
        for row, histogram in enumerate(histograms):
            for bucket, count in histogram["buckets"]:
                self._counts[row, bucket] = count
        self._sums = np.array([histogram["sum_s"] for histogram in histograms])
        self._most_s = max((histogram["max_s"] for histogram in histograms), default=0.0)

    def figure(self, metric: str) -> Figure:
        """Mean or percentile in milliseconds."""
        return lambda weights: self._figure_ms(weights, metric)

    def _figure_ms(self, weights: NDArray[np.float64], metric: str) -> float:
        counts = weights @ self._counts
        number = float(counts.sum())
        if number <= 0.0:
            return 0.0
        if metric == "mean":
            return 1000.0 * float(weights @ self._sums) / number
        position = int(np.searchsorted(np.cumsum(counts), _SHARES[metric] * number))
        return 1000.0 * min(float(MIDDLE_S[min(position, BUCKETS - 1)]), self._most_s)

    def latency(self, weights: NDArray[np.float64]) -> Latency:
        """All figures together."""
        figures = {metric: round(self._figure_ms(weights, metric), 4) for metric in METRICS}
        return {
            "count": round(float((weights @ self._counts).sum())),
            "mean": figures["mean"],
            "p50": figures["p50"],
            "p95": figures["p95"],
            "p99": figures["p99"],
            "max": round(1000.0 * self._most_s, 4),
        }


def _cost_usd(
    results: Sequence[TrialResult], weights: NDArray[np.float64], prices: PriceList, seconds: float
) -> tuple[float, float]:
    """The cost of the period, and of a month at its mean rate, through the price tiers."""
    usage: dict[str, dict[str, float]] = {}
    for weight, result in zip(weights.tolist(), results, strict=True):
        for node, quantities in result["usage"].items():
            of_node = usage.setdefault(node, {})
            for rate, quantity in quantities.items():
                of_node[rate] = of_node.get(rate, 0.0) + weight * quantity
    cost = bill(Design("period"), usage, seconds, prices)
    return cost["total_usd"], cost["monthly_usd"]
