"""How many requests the callers of a design send each second, at their peak, and how many reach each node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Final

from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Mode
from designer.domain.graph.memo import once_per_design, once_per_wiring
from designer.domain.graph.model import Design, Edge, Node

_PEAK_OF_A_RAMP: Final = 10
"""A client without a peak of its own goes up to ten times its rate, as its help text says."""
_NO_WAY_ON: Final = (Mode.FAILURE, Mode.AUTHORIZER)
_COLLECTS: Final = frozenset({"firehose"})
"""Services that hand on few large objects instead of what they were given."""


@once_per_design
def expected_rates(design: Design) -> Mapping[str, float]:
    """Requests or records a second on each edge at the peak of the traffic; edges inside a loop are left out."""
    arriving = _begin(design)
    waiting_for = dict.fromkeys(design.nodes, 0)
    for edge in design.edges.values():
        if edge.mode not in _NO_WAY_ON:
            waiting_for[edge.target] += 1
    ready = [node_id for node_id, count in waiting_for.items() if count == 0]
    rates: dict[str, float] = {}
    shares = _shares(design)
    while ready:
        node_id = ready.pop()
        rate = arriving.get(node_id, 0.0) * _kept(design.nodes[node_id])
        for edge, part in shares.get(node_id, ()):
            if rate:
                rates[edge.id] = rate * part
                arriving[edge.target] += rate * part
            waiting_for[edge.target] -= 1
            if waiting_for[edge.target] == 0:
                ready.append(edge.target)
    return rates


def arriving_rate(design: Design, rates: Mapping[str, float], node: Node) -> float:
    """The sum of what the node's incoming edges carry."""
    return sum(rates.get(edge.id, 0.0) for edge in design.incoming(node.id))


def _begin(design: Design) -> defaultdict[str, float]:
    """Requests a second at the nodes where traffic begins."""
    rates: defaultdict[str, float] = defaultdict(float)
    for client in design.nodes_of("client"):
        rates[client.id] = _peak(client)
    for scenario in design.scenarios.values():
        for traffic in scenario.traffic:
            rates[traffic.entry] = max(rates[traffic.entry], traffic.rate_per_s, traffic.peak_rate_per_s or 0.0)
    return rates


def _peak(client: Node) -> float:
    rate = client.number("rate_per_s")
    if client.value("pattern") not in ("ramp", "spike"):
        return rate
    return client.number("peak_rate_per_s", _PEAK_OF_A_RAMP * rate)


@once_per_wiring
def _shares(design: Design) -> dict[str, list[tuple[Edge, float]]]:
    """The outgoing edges of each node, each with what it carries of what the node hands on."""
    return {node_id: _onwards(design, node_id) for node_id in design.nodes if design.outgoing(node_id)}


def _onwards(design: Design, node_id: str) -> list[tuple[Edge, float]]:
    edges = [edge for edge in design.outgoing(node_id) if edge.mode not in _NO_WAY_ON]
    weighted = {edge.id: edge.number("weight", 1.0) for edge in edges if _multipliers(edge.connection)[0]}
    total = sum(weighted.values()) or 1.0
    return [(edge, _part(edge) * weighted.get(edge.id, total) / total) for edge in edges]


def _kept(node: Node) -> float:
    if node.service in _COLLECTS or node.number("window_s") > 0:
        return 0.0
    return node.number("output_percent", 100) / 100 if node.service == "managed_flink" else 1.0


def _part(edge: Edge) -> float:
    part = 1.0
    for parameter, per in _multipliers(edge.connection)[1]:
        part *= edge.number(parameter, per) / per
    return part


_MULTIPLIERS: Final = (("calls_per_request", 1.0), ("filter_pass_percent", 100.0), ("match_percent", 100.0))


@cache
def _multipliers(connection: str) -> tuple[bool, tuple[tuple[str, float], ...]]:
    """Whether edges of the connection share by weight, and which of their parameters multiply, per how many."""
    row = connections().get(connection)
    known = set() if row is None else {parameter.id for parameter in row.parameters}
    return "weight" in known, tuple((parameter, per) for parameter, per in _MULTIPLIERS if parameter in known)
