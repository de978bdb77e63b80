"""The arrival rate, or the number of users, of each traffic pattern over time as straight pieces."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from designer.domain.graph.scenario import Pattern, Traffic
from designer.domain.graph.trace import read_trace
from simulator.engine.lowering.schedule import fire_times
from simulator.engine.lowering.tables import Segment
from simulator.engine.refusal import SimulationRefused

SPIKE_START_SHARE: Final = 1.0 / 3.0
SPIKE_LENGTH_SHARE: Final = 1.0 / 6.0
"""A spike without times begins after a third of the run and lasts a sixth of it."""
PEAK_FACTOR: Final = 10.0
"""A peak that is not set is ten times the usual level."""
DAY_S: Final = 86_400.0
BURST_S: Final = 30.0
CALM_S: Final = 270.0
THINK_S: Final = 1.0
"""What the patterns take where the scenario is silent."""
PIECES_OF_A_DAY: Final = 96
MOST_PIECES: Final = 400_000


def profile(traffic: Traffic, duration_s: float, seed: int) -> tuple[Segment, ...]:
    """The arrival rate over the run as straight pieces; with users set, their number."""
    return tuple(piece for piece in _clipped(_pieces(traffic, duration_s, seed), duration_s) if piece[1] > piece[0])


def levels(traffic: Traffic) -> tuple[float, float]:
    """The usual level and the peak: rates, or numbers of users."""
    usual, peak = traffic.rate_per_s, traffic.peak_rate_per_s
    if traffic.users is not None:
        usual, peak = traffic.users, traffic.peak_users
    return usual, PEAK_FACTOR * usual if peak is None else peak


def _pieces(traffic: Traffic, duration_s: float, seed: int) -> Iterable[Segment]:
    base, peak = levels(traffic)
    if traffic.pattern is Pattern.RAMP:
        return ((0.0, duration_s, base, peak),)
    if traffic.pattern is Pattern.SPIKE:
        start = duration_s * SPIKE_START_SHARE if traffic.spike_start_s is None else traffic.spike_start_s
        length = duration_s * SPIKE_LENGTH_SHARE if traffic.spike_duration_s is None else traffic.spike_duration_s
        return ((0.0, start, base, base), (start, start + length, peak, peak), (start + length, duration_s, base, base))
    if traffic.pattern is Pattern.STEP:
        steps = ((0.0, base), *traffic.steps)
        ends = [second for second, _ in traffic.steps] + [duration_s]
        return ((second, end, value, value) for (second, value), end in zip(steps, ends, strict=True))
    if traffic.pattern is Pattern.DIURNAL:
        return _diurnal(traffic, base, peak, duration_s)
    if traffic.pattern is Pattern.BURSTY:
        return _bursty(traffic, (base, peak), duration_s, seed)
    if traffic.pattern is Pattern.TRACE:
        return ((start, end, rate, rate) for start, end, rate in read_trace(traffic.trace or "").rates())
    return () if traffic.pattern is Pattern.SCHEDULE else ((0.0, duration_s, base, base),)


def _clipped(pieces: Iterable[Segment], duration_s: float) -> Iterator[Segment]:
    for start, end, level, end_level in pieces:
        if start >= duration_s:
            return
        if end <= duration_s:
            yield start, end, level, end_level
        else:
            share = (duration_s - start) / (end - start)
            yield start, duration_s, level, level + share * (end_level - level)


def _diurnal(traffic: Traffic, base: float, peak: float, duration_s: float) -> Iterator[Segment]:
    """base + (peak - base) (1 + cos(2 pi (t - t_peak) / period)) / 2, in 96 straight pieces a period."""
    period = DAY_S if traffic.period_s is None else traffic.period_s
    peak_at = period / 2.0 if traffic.peak_at_s is None else traffic.peak_at_s
    step = period / PIECES_OF_A_DAY
    number = math.ceil(duration_s / step)
    _refuse_too_many(number, traffic)

    def level(second: float) -> float:
        return base + (peak - base) * 0.5 * (1.0 + math.cos(2.0 * math.pi * (second - peak_at) / period))

    for piece in range(number):
        start, end = piece * step, (piece + 1) * step
        yield start, end, level(start), level(end)


def _bursty(traffic: Traffic, between: tuple[float, float], duration_s: float, seed: int) -> Iterator[Segment]:
    """A two-state Markov-modulated Poisson process; the states are drawn ahead, from the seed and the entry's name."""
    calm = CALM_S if traffic.calm_s is None else traffic.calm_s
    burst = BURST_S if traffic.burst_s is None else traffic.burst_s
    _refuse_too_many(2.0 * duration_s / (calm + burst), traffic)
    digest = hashlib.blake2b(f"{seed}/{traffic.entry}/bursts".encode(), digest_size=16).digest()
    draw = np.random.default_rng(int.from_bytes(digest, "little"))
    second, bursting = 0.0, bool(draw.random() < burst / (calm + burst))
    while second < duration_s:
        end = second + float(draw.exponential(burst if bursting else calm))
        level = between[bursting]
        yield second, end, level, level
        second, bursting = end, not bursting


def _refuse_too_many(pieces: float, traffic: Traffic) -> None:
    if pieces > MOST_PIECES:
        raise SimulationRefused(
            f"The {traffic.pattern.value} traffic at {traffic.entry!r} changes about {pieces:,.0f} times; the most is "
            f"{MOST_PIECES:,}. Make its periods longer or the run shorter."
        )


def listed_times(traffic: Traffic, duration_s: float, factor: float) -> list[float]:
    """When the requests of the schedule pattern begin. Raises ``ScheduleError`` for an expression it cannot read."""
    if traffic.pattern is not Pattern.SCHEDULE or not traffic.schedule:
        return []
    number = round(traffic.requests * factor)
    return [time for time in fire_times(traffic.schedule, duration_s) for _ in range(number)]


def think_s(traffic: Traffic) -> float:
    """Mean time between an answer and the same user's next request."""
    return THINK_S if traffic.think_time_s is None else traffic.think_time_s


def expected_requests(traffic: Traffic, segments: Iterable[Segment]) -> float:
    """The integral of the rate; users are taken to be answered after a tenth of a second."""
    area = sum(0.5 * (level + end_level) * (end - start) for start, end, level, end_level in segments)
    return area if traffic.users is None else area / (think_s(traffic) + 0.1)
