"""Traffic, faults and horizon of a run, as frozen values that a design can carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MAXIMUM_REQUESTS: Final = 100_000_000
"""A run that would generate more requests than this is refused before it starts."""
MAXIMUM_DURATION_S: Final = 2_592_000.0
"""Thirty days."""
MAXIMUM_RATE_PER_S: Final = 1_000_000.0
MAXIMUM_USERS: Final = 1_000_000.0
MAXIMUM_KEYS: Final = 1_000_000_000


class Pattern(StrEnum):
    """Shape of the arrival rate, or of the number of users, over the run."""

    CONSTANT = "constant"
    """Evenly spaced arrivals at ``rate_per_s``."""
    POISSON = "poisson"
    """Exponential gaps with mean 1 / ``rate_per_s``."""
    RAMP = "ramp"
    """Poisson arrivals whose rate goes linearly from ``rate_per_s`` to ``peak_rate_per_s``."""
    SPIKE = "spike"
    """Poisson at ``rate_per_s``, but ``peak_rate_per_s`` for ``spike_duration_s`` from ``spike_start_s``."""
    STEP = "step"
    """Poisson at ``rate_per_s`` until the first of ``steps``, then at the rate of each."""
    DIURNAL = "diurnal"
    """Poisson whose rate is a cosine between ``rate_per_s`` and ``peak_rate_per_s`` every ``period_s``."""
    BURSTY = "bursty"
    """Poisson at ``rate_per_s`` and ``peak_rate_per_s`` by turns, for exponential times (a two-state MMPP)."""
    SCHEDULE = "schedule"
    """``requests`` at once whenever ``schedule`` fires."""
    TRACE = "trace"
    """Replay of ``trace``."""


NEEDS_PEAK: Final = (Pattern.RAMP, Pattern.SPIKE, Pattern.DIURNAL, Pattern.BURSTY)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests that begin at one node.

    ``entry`` is the id of the node where they begin. With ``users`` set they come from so many users, each of whom
    waits for an answer and then thinks for ``think_time_s``; ``peak_users`` is their number at the peak, and steps and
    trace give numbers of users instead of rates.
    """

    entry: str
    pattern: Pattern = Pattern.POISSON
    rate_per_s: float = 10.0
    peak_rate_per_s: float | None = None
    spike_start_s: float | None = None
    spike_duration_s: float | None = None
    users: float | None = None
    peak_users: float | None = None
    think_time_s: float | None = None
    steps: tuple[tuple[float, float], ...] = ()
    """``(from second, rate)``, ascending."""
    period_s: float | None = None
    """Of the diurnal pattern; a day when not set."""
    peak_at_s: float | None = None
    """Second of the period at which a diurnal pattern is at its peak; its middle when not set."""
    burst_s: float | None = None
    """Mean length of a burst; 30 s when not set."""
    calm_s: float | None = None
    """Mean time between bursts; 270 s when not set."""
    schedule: str | None = None
    """``rate(5 minutes)`` or ``cron(0 12 * * ? *)``, in UTC."""
    requests: int = 1
    trace: str | None = None
    """CSV text with the header ``time,rate`` or ``time,count``."""
    mix: tuple[tuple[str, float], ...] = ()
    """``(edge id, weight)`` for the entry's outgoing edges, instead of the edges' own weights."""
    payload_kb: float | None = None
    keys: int | None = None
    """How many different keys (customers, items ...) the requests are about."""
    zipf: float = 0.0
    """Exponent of the keys' popularity; 0 is uniform."""


class FaultKind(StrEnum):
    """What goes wrong."""

    ERRORS = "errors"
    """``amount`` percent of the calls fail."""
    LATENCY = "latency"
    """Every call takes ``amount`` milliseconds longer."""
    THROTTLE = "throttle"
    """``amount`` percent of the calls are throttled."""
    DOWN = "down"
    """No call works."""
    COLD = "cold"
    """At the start, caches are emptied and idle environments are gone."""
    ZONE_LOSS = "zone_loss"
    """``amount`` percent of the servers are gone."""
    POISON = "poison"
    """At the start, the next ``amount`` messages make their consumer fail whenever they are tried."""
    SLOW = "slow"
    """Work takes ``amount`` times as long."""
    QUOTA_CUT = "quota_cut"
    """Concurrency and rate limits fall by ``amount`` percent."""


AT_ONCE: Final = (FaultKind.COLD, FaultKind.POISON)
"""Faults that happen at a moment and have no duration."""
FAULT_AMOUNTS: Final = {
    FaultKind.ERRORS: (0.0, 100.0, 10.0),
    FaultKind.LATENCY: (0.0, 3_600_000.0, 1000.0),
    FaultKind.THROTTLE: (0.0, 100.0, 50.0),
    FaultKind.DOWN: (0.0, 0.0, 0.0),
    FaultKind.COLD: (0.0, 0.0, 0.0),
    FaultKind.ZONE_LOSS: (0.0, 100.0, 33.0),
    FaultKind.POISON: (1.0, 10_000.0, 1.0),
    FaultKind.SLOW: (1.0, 1000.0, 5.0),
    FaultKind.QUOTA_CUT: (0.0, 100.0, 50.0),
}
"""Least, most and usual ``amount`` of each fault."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of one node from ``start_s`` on, for ``duration_s`` (None: to the end)."""

    kind: FaultKind
    node: str
    start_s: float = 0.0
    duration_s: float | None = None
    amount: float = 0.0

    @property
    def end_s(self) -> float | None:
        """When it is over; None for never, and for what happens at a moment."""
        return None if self.duration_s is None or self.kind in AT_ONCE else self.start_s + self.duration_s


@dataclass(frozen=True, slots=True)
class CircuitBreaker:
    """A circuit breaker of the caller on one edge: open after ``failures`` in a row, tries again after ``open_s``."""

    edge: str
    failures: int = 5
    open_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is blown through a design: traffic, for how long, and the seed of all randomness.

    An empty ``traffic`` means: every client node sends what its own parameters say, and a
    design without client nodes gets Poisson traffic of 10 requests/s at each entry point.
    """

    id: str = "default"
    name: str = "Default"
    traffic: tuple[Traffic, ...] = ()
    duration_s: float = 300.0
    window_s: float = 1.0
    """Length of a result window in simulated seconds."""
    seed: int = 1
    account_concurrency: int = 1000
    """Lambda's concurrent executions quota of the account, shared by all functions of the design."""
    warm_up_s: float = 0.0
    """Simulated seconds at the beginning that the summary leaves out."""
    faults: tuple[Fault, ...] = ()
    breakers: tuple[CircuitBreaker, ...] = ()
    extra: tuple[tuple[str, object], ...] = field(default=())
    """Fields of a later format version, kept as they came."""

    @property
    def payload_sizes_kb(self) -> dict[str, float]:
        """What the requests of an entry are large, where the traffic says so."""
        return {traffic.entry: traffic.payload_kb for traffic in self.traffic if traffic.payload_kb is not None}
