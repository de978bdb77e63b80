"""Estimates a long period from samples: short slices at random moments, chosen so that each kind of hour is among them.

The period is cut into cells. Cells are sorted by their expected load and grouped into strata of equal
load; of each stratum two cells are simulated, each after a warm-up of its own. A figure of the period is the
sum over the strata of (cells in the stratum) x (mean of its two slices): stratified sampling (Cochran, Sampling
Techniques, ch. 5). How far chance moves it is told by half-samples: 32 times one of the two slices of each stratum is
taken alone (McCarthy, Pseudo-replication: half samples, 1969), and the spread of those answers is the error.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Pattern, Scenario, Traffic
from simulator.engine.lowering.profiles import expected_requests, listed_times, profile
from simulator.engine.lowering.tables import Segment
from simulator.engine.lowering.traffic import schedules_of, traffic_of

STRATA: Final = 16
SLICES_OF_A_STRATUM: Final = 2
BUDGET_REQUESTS: Final = 1_500_000.0
"""Requests in all slices together, their warm-ups aside."""
LEAST_SLICE_S: Final = 20.0
MOST_CELLS: Final = 200_000
WARM_UP_REQUESTS: Final = 20_000.0
LEAST_WARM_UP_S: Final = 20.0
MOST_WARM_UP_S: Final = 1_800.0
"""Three times the ten minutes after which Lambda gives up an idle environment."""
_STEPS_OF_A_SLICE: Final = 50


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the period to simulate. It stands for ``weight`` cells of its length."""

    number: int
    stratum: int
    begin_s: float
    length_s: float
    warm_up_s: float
    weight: float


def slices_of(design: Design, scenario: Scenario) -> tuple[Slice, ...]:
    """The slices of a period: the same for the same design, scenario and seed. Raises ``SimulationRefused``."""
    duration = scenario.duration_s
    rate = _Rates(design, scenario)
    wanted = STRATA * SLICES_OF_A_STRATUM
    share = min(BUDGET_REQUESTS / max(rate.requests, 1.0), 1.0)
    length = min(max(duration * share / wanted, LEAST_SLICE_S, duration / MOST_CELLS), duration / wanted)
    cells = max(int(duration // length), wanted)
    length = duration / cells
    load = rate.loads(cells)
    warm_up = min(max(WARM_UP_REQUESTS / max(rate.requests / duration, 1e-9), LEAST_WARM_UP_S), MOST_WARM_UP_S)
    draw = _generator(scenario.seed, "slices")
    found: list[Slice] = []
    for stratum, members in enumerate(_strata(load)):
        for cell in sorted(draw.choice(members, SLICES_OF_A_STRATUM, replace=False)):
            begin = float(cell) * length
            weight = len(members) / SLICES_OF_A_STRATUM
            found.append(Slice(len(found), stratum, begin, length, min(warm_up, begin), weight))
    return tuple(found)


def sliced_scenario(design: Design, scenario: Scenario, part: Slice) -> Scenario:
    """The scenario of one slice: the traffic of its time, after a warm-up at the load before it."""
    start, end = part.begin_s - part.warm_up_s, part.begin_s + part.length_s
    traffic = [_window(each, scenario, start, end) for each in traffic_of(design, scenario)]
    for node_id, times in schedules_of(design, scenario):
        traffic.append(_replayed(Traffic(node_id), [time for time in times if start <= time < end], start))
    return replace(
        scenario,
        traffic=tuple(traffic),
        duration_s=end - start,
        warm_up_s=part.warm_up_s,
        window_s=max(0.5 * part.length_s, 0.1),
        faults=tuple(
            replace(fault, start_s=max(fault.start_s - start, 0.0), duration_s=_left(fault.end_s, fault.start_s, start))
            for fault in scenario.faults
            if fault.start_s < end and (fault.end_s is None or fault.end_s > start)
        ),
    )


def half_samples(slices: Sequence[Slice], seed: int, number: int = 32) -> NDArray[np.float64]:
    """Weights by half-sample and slice: in each half-sample one slice of a stratum counts double, the other not."""
    draw = _generator(seed, "half-samples")
    weights = np.zeros((number, len(slices)))
    strata = sorted({part.stratum for part in slices})
    for row in range(number // 2):
        for stratum in strata:
            pair = [part.number for part in slices if part.stratum == stratum]
            chosen, other = draw.permutation(pair)
            weights[2 * row, chosen] = SLICES_OF_A_STRATUM * slices[chosen].weight
            # The complement of a half-sample, so that the two errors cancel in their mean.
            weights[2 * row + 1, other] = SLICES_OF_A_STRATUM * slices[other].weight
    return weights


def _generator(seed: int, purpose: str) -> np.random.Generator:
    digest = hashlib.blake2b(f"{seed}/{purpose}".encode(), digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(digest, "little"))


class _Rates:
    """The expected load of a period over time."""

    def __init__(self, design: Design, scenario: Scenario) -> None:
        self._duration = scenario.duration_s
        self._curves = [
            (profile(each, scenario.duration_s, scenario.seed), each) for each in traffic_of(design, scenario)
        ]
        self._times = [time for _, each in self._curves for time in listed_times(each, scenario.duration_s, 1.0)] + [
            time for _, times in schedules_of(design, scenario) for time in times
        ]
        self.requests = len(self._times) + sum(expected_requests(each, curve) for curve, each in self._curves)

    def loads(self, cells: int) -> NDArray[np.float64]:
        """Expected requests by cell."""
        edges = np.linspace(0.0, self._duration, cells + 1)
        load = np.histogram(self._times, bins=edges)[0].astype(np.float64)
        for curve, each in self._curves:
            whole = sum(0.5 * (a + b) * (end - start) for start, end, a, b in curve)
            if whole > 0.0:
                load += np.diff(_cumulated(curve, edges)) * expected_requests(each, curve) / whole
        return load


def _cumulated(curve: Sequence[Segment], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """The integral of the curve from 0 to each moment."""
    starts = np.array([piece[0] for piece in curve])
    ends = np.array([piece[1] for piece in curve])
    first = np.array([piece[2] for piece in curve])
    last = np.array([piece[3] for piece in curve])
    before = np.concatenate([[0.0], np.cumsum(0.5 * (first + last) * (ends - starts))])
    piece = np.clip(np.searchsorted(starts, at, side="right") - 1, 0, len(curve) - 1)
    inside = np.clip(at - starts[piece], 0.0, ends[piece] - starts[piece])
    slope = (last - first)[piece] / np.maximum(ends - starts, 1e-12)[piece]
    total: NDArray[np.float64] = before[piece] + inside * (first[piece] + 0.5 * slope * inside)
    return total


def _strata(load: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Cells by rising load, cut where the summed load reaches the next sixteenth; each has two cells at least."""
    order = np.argsort(load, kind="stable")
    summed = np.cumsum(load[order] + max(float(load.sum()), 1.0) / len(load))
    cuts = np.searchsorted(summed, summed[-1] * np.arange(1, STRATA) / STRATA)
    bounds = [0]
    for number, cut in enumerate(cuts, start=1):
        room_after = len(order) - SLICES_OF_A_STRATUM * (STRATA - number)
        bounds.append(int(min(max(cut, bounds[-1] + SLICES_OF_A_STRATUM), room_after)))
    bounds.append(len(order))
    return [order[a:b] for a, b in itertools.pairwise(bounds)]


def _window(traffic: Traffic, scenario: Scenario, start: float, end: float) -> Traffic:
    """What the traffic does from ``start`` to ``end``, with the clock at zero."""
    if traffic.pattern is Pattern.SCHEDULE:
        times = [time for time in listed_times(traffic, scenario.duration_s, 1.0) if start <= time < end]
        return _replayed(traffic, times, start)
    if traffic.pattern is Pattern.CONSTANT:
        return traffic
    curve = profile(traffic, scenario.duration_s, scenario.seed)
    edges = np.linspace(start, end, _STEPS_OF_A_SLICE + 1)
    levels = np.diff(_cumulated(curve, edges)) / np.diff(edges)
    steps = tuple((float(edge - start), float(level)) for edge, level in zip(edges[1:-1], levels[1:], strict=True))
    now = float(levels[0])
    if traffic.users is not None:
        return replace(traffic, pattern=Pattern.STEP, users=now, steps=steps, trace=None)
    return replace(traffic, pattern=Pattern.STEP, rate_per_s=now, steps=steps, trace=None)


def _replayed(traffic: Traffic, times: Sequence[float], start: float) -> Traffic:
    """On average one request in the millisecond of each moment; none when the list is empty."""
    if not times:
        return replace(traffic, pattern=Pattern.POISSON, rate_per_s=0.0, schedule=None)
    counts = Counter(round(1000.0 * (time - start)) for time in times)
    for after in [moment + 1 for moment in counts]:
        counts.setdefault(after, 0)
    rows = "".join(f"{moment / 1000.0:.3f},{count}\n" for moment, count in sorted(counts.items()))
    return replace(traffic, pattern=Pattern.TRACE, trace=f"time,count\n{rows}", schedule=None)


def _left(end_s: float | None, start_s: float, begin: float) -> float | None:
    return None if end_s is None else max(end_s - max(start_s, begin), 1e-3)
