"""Where the requests of a run begin, how many there will be, and when to refuse them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.graph.model import Design, Node
from designer.domain.graph.scenario import MAXIMUM_RATE_PER_S, MAXIMUM_REQUESTS, Pattern, Scenario, Traffic
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.registry import lowerings
from simulator.engine.lowering.schedule import ScheduleError
from simulator.engine.refusal import SimulationRefused

DEFAULT_RATE_PER_S: Final = 10.0
SPIKE_START_SHARE: Final = 1.0 / 3.0
SPIKE_LENGTH_SHARE: Final = 1.0 / 6.0
"""A spike without times begins after a third of the run and lasts a sixth of it."""

Segment = tuple[float, float, float, float]
"""Start (s), end (s), rate at the start, rate at the end (1/s)."""


def traffic_of(design: Design, scenario: Scenario) -> tuple[Traffic, ...]:
    """The scenario's own traffic, else what the clients send, else 10 requests/s at every entry point."""
    if scenario.traffic:
        return scenario.traffic
    catalog, declared = services(), lowerings()
    own = {node_id: declared[node.service] for node_id, node in design.nodes.items() if node.service in declared}
    sending = tuple(
        lowering.traffic(design.nodes[node_id])
        for node_id, lowering in sorted(own.items())
        if lowering.traffic is not None and design.outgoing(node_id)
    )
    if sending:
        return sending
    return tuple(
        Traffic(entry=node_id, rate_per_s=DEFAULT_RATE_PER_S)
        for node_id, node in sorted(design.nodes.items())
        if node.service in catalog
        and catalog[node.service].entry_point
        and not (node_id in own and own[node_id].begins_by_itself)
        and not design.incoming(node_id)
    )


def profile(traffic: Traffic, duration_s: float) -> tuple[Segment, ...]:
    """The arrival rate over the run as straight pieces."""
    rate = traffic.rate_per_s
    peak = rate if traffic.peak_rate_per_s is None else traffic.peak_rate_per_s
    if traffic.pattern is Pattern.RAMP:
        return ((0.0, duration_s, rate, peak),)
    if traffic.pattern is Pattern.SPIKE:
        start = duration_s * SPIKE_START_SHARE if traffic.spike_start_s is None else traffic.spike_start_s
        length = duration_s * SPIKE_LENGTH_SHARE if traffic.spike_duration_s is None else traffic.spike_duration_s
        start = min(start, duration_s)
        end = min(start + length, duration_s)
        pieces = ((0.0, start, rate, rate), (start, end, peak, peak), (end, duration_s, rate, rate))
        return tuple(piece for piece in pieces if piece[1] > piece[0])
    return ((0.0, duration_s, rate, rate),)


def expected_requests(segments: Iterable[Segment]) -> float:
    """The integral of the rate."""
    return sum(0.5 * (rate + end_rate) * (end - start) for start, end, rate, end_rate in segments)


def check_scenario(design: Design, scenario: Scenario) -> None:
    """Refuse what cannot be run. Raises :class:`SimulationRefused` with the limit and the cure."""
    if not design.nodes:
        raise SimulationRefused("The design is empty: add a traffic source and something for it to call.")
    total = 0.0
    for traffic in traffic_of(design, scenario):
        if traffic.entry not in design.nodes:
            raise SimulationRefused(
                f"The traffic begins at {traffic.entry!r}, but the design has no such node. "
                "Choose one of its nodes as the entry point."
            )
        _check_rates(design.nodes[traffic.entry], traffic)
        total += expected_requests(profile(traffic, scenario.duration_s))
    scheduled = sum(len(times) for _, times in _schedules(design, scenario))
    if total + scheduled <= 0.0:
        raise SimulationRefused(
            "Nothing sends requests. Add a client, give the scenario traffic with a rate above zero, "
            "or add a rule with a schedule that fires within the run."
        )
    if total > MAXIMUM_REQUESTS:
        raise SimulationRefused(
            f"The run would make about {total:,.0f} requests; the limit is {MAXIMUM_REQUESTS:,}. "
            f"Lower the rate or shorten the run: at this rate {MAXIMUM_REQUESTS / total * scenario.duration_s:,.0f} s "
            "are possible."
        )


def _check_rates(node: Node, traffic: Traffic) -> None:
    """Rates and times must be finite and not negative, whoever set them."""
    figures = {
        "rate_per_s": traffic.rate_per_s,
        "peak_rate_per_s": traffic.peak_rate_per_s,
        "spike_start_s": traffic.spike_start_s,
        "spike_duration_s": traffic.spike_duration_s,
    }
    for name, figure in figures.items():
        if figure is not None and not 0.0 <= figure <= MAXIMUM_RATE_PER_S:
            raise SimulationRefused(
                f"{name} of the traffic at {node.label} is {figure:g}; it must be from 0 to {MAXIMUM_RATE_PER_S:,.0f}."
            )


def _schedules(design: Design, scenario: Scenario) -> Iterable[tuple[str, list[float]]]:
    for node_id, node in sorted(design.nodes.items()):
        declared = lowerings().get(node.service)
        if declared is None or declared.schedules is None:
            continue
        try:
            times = list(declared.schedules(node, scenario.duration_s))
        except ScheduleError as error:
            raise SimulationRefused(f"The schedule of {node.label!r} cannot be read: {error}") from error
        if times:
            yield node_id, times


def add_traffic(plan: Plan) -> None:
    """Give the kernel its sources: the scenario's traffic, and every schedule."""
    tables, duration = plan.tables, plan.scenario.duration_s
    sources: Counter[str] = Counter()
    for traffic in traffic_of(plan.design, plan.scenario):
        entry = _entry(plan, traffic.entry)
        stream = tables.stream(f"{traffic.entry}/arrivals {sources[traffic.entry]}")
        sources[traffic.entry] += 1
        target = plan.first_entry(traffic.entry)
        row = tables.source(target, entry, stream, random=traffic.pattern is not Pattern.CONSTANT)
        tables.add_profile(row, profile(traffic, duration))
    for node_id, times in _schedules(plan.design, plan.scenario):
        row = tables.source(plan.first_entry(node_id), _entry(plan, node_id), 0, random=False)
        tables.add_times(row, times)


def _entry(plan: Plan, node_id: str) -> int:
    if node_id not in plan.entry_ids:
        plan.entry_ids.append(node_id)
    return plan.entry_ids.index(node_id)
