"""Traffic and horizon of a run, as a frozen value that a design can carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MAXIMUM_REQUESTS: Final = 50_000_000
"""A run that would generate more requests than this is refused before it starts."""
MAXIMUM_DURATION_S: Final = 86_400.0
MAXIMUM_RATE_PER_S: Final = 1_000_000.0


class Pattern(StrEnum):
    """Shape of the arrival rate over the run."""

    CONSTANT = "constant"
    """Evenly spaced arrivals at ``rate_per_s``."""
    POISSON = "poisson"
    """Exponential gaps with mean 1 / ``rate_per_s``."""
    RAMP = "ramp"
    """Poisson arrivals whose rate goes linearly from ``rate_per_s`` to ``peak_rate_per_s``."""
    SPIKE = "spike"
    """Poisson at ``rate_per_s``, but ``peak_rate_per_s`` for ``spike_duration_s`` from ``spike_start_s``."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests that begin at one node.

    ``entry`` is the id of the node where they begin. ``peak_rate_per_s`` is used by ramp and
    spike; ``spike_start_s`` and ``spike_duration_s`` by spike only.
    """

    entry: str
    pattern: Pattern = Pattern.POISSON
    rate_per_s: float = 10.0
    peak_rate_per_s: float | None = None
    spike_start_s: float | None = None
    spike_duration_s: float | None = None


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
    extra: tuple[tuple[str, object], ...] = field(default=())
    """Fields of a later format version, kept as they came."""
