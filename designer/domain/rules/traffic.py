"""How much the callers of a design send, at their peak, and how much of it reaches each node."""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from designer.domain.connections.registry import find_edge_parameter
from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Design, Edge, Node

_PEAK_OF_A_RAMP: Final = 10
"""A client without a peak of its own goes up to ten times its rate, as its help text says."""
_NO_WAY_ON: Final = (Mode.FAILURE, Mode.AUTHORIZER)
_COLLECTS: Final = frozenset({"firehose"})
"""Services that hand on few large objects instead of what they were given."""


@dataclass(frozen=True, slots=True)
class Load:
    """Requests or records a second, and kilobytes a second."""

    per_s: float = 0.0
    kb_per_s: float = 0.0


def expected_loads(design: Design) -> Mapping[str, Load]:
    """What each edge carries at the peak of the traffic, by edge id; edges inside a loop are left out."""
    remembered = _latest.get("design")
    if remembered is not None and remembered[0]() is design:
        return remembered[1]
    loads = _loads(design)
    _latest["design"] = (weakref.ref(design), loads)
    return loads


_latest: dict[str, tuple[weakref.ref[Design], Mapping[str, Load]]] = {}
"""The loads of the design that was asked for last: several rules ask for the same one."""


def _loads(design: Design) -> dict[str, Load]:
    arriving = _begin(design)
    waiting_for = dict.fromkeys(design.nodes, 0)
    for edge in design.edges.values():
        if edge.mode not in _NO_WAY_ON:
            waiting_for[edge.target] += 1
    ready = [node_id for node_id, count in waiting_for.items() if count == 0]
    loads: dict[str, Load] = {}
    while ready:
        node_id = ready.pop()
        load = arriving.get(node_id, Load())
        for edge, part in _onwards(design, node_id):
            loads[edge.id] = Load(load.per_s * part, load.kb_per_s * part)
            before = arriving.get(edge.target, Load())
            arriving[edge.target] = Load(before.per_s + load.per_s * part, before.kb_per_s + load.kb_per_s * part)
            waiting_for[edge.target] -= 1
            if waiting_for[edge.target] == 0:
                ready.append(edge.target)
    return loads


def arriving_load(design: Design, loads: Mapping[str, Load], node: Node) -> Load:
    """The sum of what the node's incoming edges carry."""
    found = [loads[edge.id] for edge in design.incoming(node.id) if edge.id in loads]
    return Load(sum(load.per_s for load in found), sum(load.kb_per_s for load in found))


def _begin(design: Design) -> dict[str, Load]:
    rates: defaultdict[str, float] = defaultdict(float)
    for client in design.nodes_of("client"):
        rates[client.id] = _peak(client)
    for scenario in design.scenarios.values():
        for traffic in scenario.traffic:
            rates[traffic.entry] = max(rates[traffic.entry], traffic.rate_per_s, traffic.peak_rate_per_s or 0.0)
    return {
        node_id: Load(rate, rate * design.nodes[node_id].number("payload_kb", 2))
        for node_id, rate in rates.items()
        if node_id in design.nodes
    }


def _peak(client: Node) -> float:
    rate = client.number("rate_per_s")
    if client.value("pattern") not in ("ramp", "spike"):
        return rate
    return client.number("peak_rate_per_s", _PEAK_OF_A_RAMP * rate)


def _onwards(design: Design, node_id: str) -> list[tuple[Edge, float]]:
    """The node's outgoing edges, each with what it carries of what arrives."""
    edges = [edge for edge in design.outgoing(node_id) if edge.mode not in _NO_WAY_ON]
    weighted = {edge.id: edge.number("weight", 1.0) for edge in edges if find_edge_parameter(edge.connection, "weight")}
    total = sum(weighted.values()) or 1.0
    keeps = 0.0 if design.nodes[node_id].service in _COLLECTS else _kept(design.nodes[node_id])
    return [(edge, keeps * _part(edge) * (weighted[edge.id] / total if edge.id in weighted else 1.0)) for edge in edges]


def _kept(node: Node) -> float:
    return node.number("output_percent", 100) / 100 if node.service == "managed_flink" else 1.0


def _part(edge: Edge) -> float:
    part = edge.number("calls_per_request", 1.0)
    for parameter in ("filter_pass_percent", "match_percent"):
        part *= edge.number(parameter, 100.0) / 100
    return part
