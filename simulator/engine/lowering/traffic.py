"""Where the requests of a run begin, how many there will be, and when to refuse them."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.graph.model import Design, Node
from designer.domain.graph.scenario import MAXIMUM_RATE_PER_S, MAXIMUM_REQUESTS, Pattern, Scenario, Traffic
from simulator.engine import instructions as op
from simulator.engine.lowering.absurd_values import check_values
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.profiles import expected_requests, listed_times, profile, think_s
from simulator.engine.lowering.registry import lowerings
from simulator.engine.lowering.schedule import ScheduleError
from simulator.engine.lowering.tables import Label
from simulator.engine.refusal import SimulationRefused

DEFAULT_RATE_PER_S: Final = 10.0


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


def check_scenario(design: Design, scenario: Scenario, factor: float = 1.0) -> None:
    """Refuse what cannot be run. Raises :class:`SimulationRefused` with the limit and the cure."""
    if not design.nodes:
        raise SimulationRefused("The design is empty: add a traffic source and something for it to call.")
    if not (math.isfinite(factor) and factor >= 0.0):
        raise SimulationRefused(f"The load factor is {factor:g}; it must be a finite number, 0 or more.")
    check_values(design)
    total = 0.0
    for traffic in traffic_of(design, scenario):
        if traffic.entry not in design.nodes:
            raise SimulationRefused(
                f"The traffic begins at {traffic.entry!r}, but the design has no such node. "
                "Choose one of its nodes as the entry point."
            )
        _check_figures(design, traffic)
        segments = profile(traffic, scenario.duration_s, scenario.seed)
        total += factor * expected_requests(traffic, segments)
        total += len(_listed(design.nodes[traffic.entry], traffic, scenario, factor))
    scheduled = sum(len(times) for _, times in schedules_of(design, scenario))
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
    _check_faults(design, scenario)


def _check_figures(design: Design, traffic: Traffic) -> None:
    """Rates and times must be finite and not negative, whoever set them, and a mix must name the entry's edges."""
    node = design.nodes[traffic.entry]
    for each in dataclasses.fields(Traffic):
        figure = getattr(traffic, each.name)
        if each.name == "keys" or isinstance(figure, str | tuple) or figure is None:
            continue
        if not 0.0 <= figure <= MAXIMUM_RATE_PER_S:
            raise SimulationRefused(
                f"{each.name} of the traffic at {node.label} is {figure:g}; "
                f"it must be from 0 to {MAXIMUM_RATE_PER_S:,.0f}."
            )
    edges = {edge.id for edge in design.outgoing(traffic.entry)}
    for edge_id, _ in traffic.mix:
        if edge_id not in edges:
            raise SimulationRefused(
                f"The mix of the traffic at {node.label} names {edge_id!r}, which does not begin there."
            )


def _check_faults(design: Design, scenario: Scenario) -> None:
    for at, fault in enumerate(scenario.faults):
        if fault.node not in design.nodes:
            raise SimulationRefused(f"faults[{at}].node: the design has no node {fault.node!r}.")
    for at, breaker in enumerate(scenario.breakers):
        if breaker.edge not in design.edges:
            raise SimulationRefused(f"breakers[{at}].edge: the design has no connection {breaker.edge!r}.")


def _listed(node: Node, traffic: Traffic, scenario: Scenario, factor: float) -> list[float]:
    try:
        return listed_times(traffic, scenario.duration_s, factor)
    except ScheduleError as error:
        raise SimulationRefused(
            f"The schedule {traffic.schedule!r} of the traffic at {node.label!r} cannot be read: {error}"
        ) from error


def schedules_of(design: Design, scenario: Scenario) -> Iterable[tuple[str, list[float]]]:
    """When each node fires by itself; a node at which the scenario begins traffic fires as the scenario says.

    Raises :class:`SimulationRefused` for a schedule that cannot be read.
    """
    replaced = {traffic.entry for traffic in scenario.traffic}
    for node_id, node in sorted(design.nodes.items()):
        declared = lowerings().get(node.service)
        if declared is None or declared.schedules is None or node_id in replaced:
            continue
        try:
            times = list(declared.schedules(node, scenario.duration_s))
        except ScheduleError as error:
            expression = node.value("schedule_expression")
            raise SimulationRefused(f"The schedule {expression!r} of {node.label!r} cannot be read: {error}") from error
        if times:
            yield node_id, times


def add_traffic(plan: Plan, factor: float = 1.0) -> None:
    """Give the kernel its sources: the scenario's traffic, ``factor`` times, and every schedule."""
    names: Counter[str] = Counter()
    for traffic in traffic_of(plan.design, plan.scenario):
        name = f"{traffic.entry}/arrivals {names[traffic.entry]}"
        names[traffic.entry] += 1
        _add_source(plan, traffic, name, factor)
    for node_id, times in schedules_of(plan.design, plan.scenario):
        row = plan.tables.source(plan.first_entry(node_id), _entry(plan, node_id), 0, random=False)
        plan.tables.add_times(row, times)


def _add_source(plan: Plan, traffic: Traffic, name: str, factor: float) -> None:
    tables, scenario = plan.tables, plan.scenario
    random = traffic.pattern is not Pattern.CONSTANT
    row = tables.source(
        plan.first_entry(traffic.entry), _entry(plan, traffic.entry), tables.stream(name), random=random
    )
    row["factor"] = factor
    if traffic.keys is not None:
        row["keys"] = tables.keys(traffic.keys, traffic.zipf)
    if traffic.pattern is Pattern.SCHEDULE:
        tables.add_times(row, _listed(plan.design.nodes[traffic.entry], traffic, scenario, factor))
        return
    segments = profile(traffic, scenario.duration_s, scenario.seed)
    if traffic.users is None:
        tables.add_profile(row, segments)
        return
    life = tables.place(Label(f"users of {traffic.entry}"))
    tables.emit(op.DELAY, resource=tables.exponential(think_s(traffic)), stream=tables.stream(f"{name} think"))
    tables.emit(op.USER, resource=len(tables.sources) - 1)
    tables.add_users(row, life, segments)


def _entry(plan: Plan, node_id: str) -> int:
    if node_id not in plan.entry_ids:
        plan.entry_ids.append(node_id)
    return plan.entry_ids.index(node_id)
