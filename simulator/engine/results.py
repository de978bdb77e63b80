"""What a run yields, as JSON-ready typed values: windows while it runs, a summary at its end.

These shapes are public: ``docs/result-format.md`` describes them, the websocket carries
windows and the command line prints the summary.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from simulator.engine.timeline import Action
from simulator.engine.traces import Trace


class Latency(TypedDict):
    """Milliseconds; percentiles from a log-bucket histogram (relative error <= 2 %). Zero count: all zero."""

    count: int
    mean: float
    p50: float
    p95: float
    p99: float
    max: float


class MetricValue(TypedDict):
    """The figure of a CloudWatch metric; the unit is empty for counts."""

    value: float
    unit: str


class NodeStats(TypedDict):
    """One node in one window, or over the whole run.

    ``arrivals`` = calls or messages that reached it; ``completions`` = handled well;
    ``errors`` = failures by cause (``function_error``, ``function_timeout``, ``throttled``,
    ``integration_timeout``, ``bad_gateway``, ``expired`` ...).
    """

    arrivals: int
    completions: int
    errors: dict[str, int]
    throttles: int
    cold_starts: int
    retries: int
    concurrency: float
    """Time average of what is in service."""
    concurrency_max: int
    utilisation: float | None
    """Time average share of the capacity in use, 0 to 1; None when capacity is unlimited."""
    queue_depth: int
    """Messages waiting (visible, not in flight) at the end of the window."""
    in_flight: int
    """Messages received and not yet deleted at the end of the window."""
    oldest_age_s: float
    latency_ms: Latency
    lost: NotRequired[dict[str, int]]
    """Events and records that were given up, by cause: event_age_exceeded, retries_exhausted, expired ..."""
    filtered: NotRequired[int]
    """Messages that a mapping's filter deleted."""
    duplicates: NotRequired[int]
    """Messages shown again while they were still being worked on."""
    cloudwatch: NotRequired[dict[str, MetricValue]]
    """In a summary: what CloudWatch would call these figures, e.g. ``Invocations (Sum)``."""


class EdgeStats(TypedDict):
    """One edge: ``calls`` that went over it, ``errors`` among them as seen by the caller or poller."""

    calls: int
    errors: int


class EntryStats(TypedDict):
    """One entry point: what its callers saw.

    ``caller_latency_ms`` is from request to answer; ``journey_ms`` is until all work that the
    request caused was done, asynchronous work included.
    """

    requests: int
    completions: int
    errors: dict[str, int]
    caller_latency_ms: Latency
    journey_ms: Latency


class Window(TypedDict):
    """Everything that happened from ``start_s`` to ``end_s`` of simulated time."""

    index: int
    start_s: float
    end_s: float
    nodes: dict[str, NodeStats]
    edges: dict[str, EdgeStats]
    entry_points: dict[str, EntryStats]
    cost_usd: float
    """Cost so far, from the beginning of the run, free tiers not applied."""


class PriceTier(TypedDict):
    """``price_usd`` for one unit, up to and including ``up_to`` units a month (None: all further ones)."""

    up_to: float | None
    price_usd: float


class CostLine(TypedDict):
    """One line of the bill: ``quantity`` units at a rate, as metered in the run and for a month.

    ``monthly_quantity`` extrapolates the run's mean rate to 730 h; ``monthly_usd`` applies the
    price tiers to it. ``unit_price_usd`` is the price of the first tier for one ``unit``.
    """

    node: str
    service: str
    rate: str
    """The line of the price list, by which one's own price replaces it."""
    item: str
    unit: str
    tiers: list[PriceTier]
    quantity: float
    unit_price_usd: float
    amount_usd: float
    monthly_quantity: float
    monthly_usd: float
    free_usd: dict[str, float]
    """What a month costs less by free tier: ``always``, and ``legacy_12_months``, which includes it."""
    free_quantity: dict[str, float]
    """Units of the month that cost nothing, by free tier."""
    free_tier: str
    """The free tier in words; empty: there is none."""
    rounding: str
    """How AWS counts: in which steps, and what."""
    estimate: str
    """What of the line is an estimate; empty: nothing but the rate of the run."""
    own_price: bool
    """Whether it is the account's own price instead of the published one."""
    source: str
    url: str
    as_of: str


class Cost(TypedDict):
    """The whole bill and what it leaves out."""

    region: str
    currency: Literal["USD"]
    lines: list[CostLine]
    total_usd: float
    monthly_usd: float
    """Without free tiers."""
    monthly_free_usd: dict[str, float]
    """The sum of ``free_usd`` over the lines."""
    excluded: list[str]


class Remark(TypedDict):
    """A statement in words about the run: a bottleneck, an unmodelled node, a run cut short."""

    node: NotRequired[str]
    kind: str
    text: str
    harm: NotRequired[int]
    """Calls and messages that it is about: refused, lost, kept waiting or made once more."""


class Summary(TypedDict):
    """The whole run."""

    format: Literal["windtunnel-result"]
    version: int
    engine_version: str
    seed: int
    duration_s: float
    """Simulated seconds that were run (less than asked for when cancelled)."""
    warm_up_s: float
    """Of these the first ones, which are not part of what follows."""
    status: Literal["finished", "cancelled"]
    events: int
    nodes: dict[str, NodeStats]
    edges: dict[str, EdgeStats]
    entry_points: dict[str, EntryStats]
    cost: Cost
    remarks: list[Remark]
    traces: list[Trace]
    """Sampled requests with their steps: those that failed, the slowest, and some of the others."""
    actions: list[Action]
    """Faults and load changes that took place, planned by the scenario or done by viewers."""
