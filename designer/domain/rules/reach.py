"""Where traffic begins, where it gets to and where it goes round."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Mode
from designer.domain.graph.memo import once_per_wiring
from designer.domain.graph.model import Design

_READS: Final = frozenset({"GetItem", "Query", "Scan", "GetObject"})
"""Actions after which the table or bucket has no event to send; none of them is a connection's default."""
_NO_WAY_ON: Final = (Mode.FAILURE, Mode.AUTHORIZER)


def entries(design: Design) -> list[str]:
    """Nodes where traffic begins: clients, schedule rules, what a scenario names and what nothing calls."""
    named = {traffic.entry for scenario in design.scenarios.values() for traffic in scenario.traffic}
    return [
        node.id
        for service in services().values()
        if service.entry_point
        for node in design.nodes_of(service.id)
        if service.id == "client"
        or not design.incoming(node.id)
        or node.id in named
        or (service.id == "eventbridge_rule" and node.value("kind") == "schedule")
    ]


def reached(design: Design, begin: Collection[str]) -> set[str]:
    """Every node to which a path of edges leads, those at which it begins included."""
    found = set(begin)
    waiting = list(begin)
    while waiting:
        for edge in design.outgoing(waiting.pop()):
            if edge.target not in found:
                found.add(edge.target)
                waiting.append(edge.target)
    return found


_SERVES: Final = frozenset({"kms", "ssm_secrets"})
"""Services that are used by what their arrows lead to."""


def used(design: Design, found: Collection[str]) -> set[str]:
    """The found nodes and what serves them: web ACLs, pools and providers before them, keys and secrets."""
    known = set(found)
    waiting = list(found)
    while waiting:
        for edge in design.incoming(waiting.pop()):
            asked = edge.mode is Mode.AUTHORIZER or design.nodes[edge.source].service in _SERVES
            if asked and edge.source not in known:
                known.add(edge.source)
                waiting.append(edge.source)
    return known


@once_per_wiring
def loops(design: Design) -> tuple[list[str], ...]:
    """The sets of nodes that lead to one another by calls and events, each sorted; failure paths do not count."""
    return tuple(_loops(design))


def _loops(design: Design) -> Iterator[list[str]]:
    next_nodes = _without_ends(design)
    if not next_nodes:
        return
    order = _finishing_order(next_nodes)
    previous_nodes: dict[str, list[str]] = {node_id: [] for node_id in next_nodes}
    for node_id, targets in next_nodes.items():
        for target in targets:
            previous_nodes[target].append(node_id)
    seen: set[str] = set()
    for node_id in reversed(order):
        if node_id in seen:
            continue
        component = _backwards(node_id, previous_nodes, seen)
        if len(component) > 1 or node_id in next_nodes[node_id]:
            yield sorted(component)


def _without_ends(design: Design) -> dict[str, list[str]]:
    """The graph without the nodes that cannot be in a loop: repeatedly, those that nothing leads to."""
    next_nodes: dict[str, list[str]] = {node_id: [] for node_id in design.nodes}
    callers = dict.fromkeys(design.nodes, 0)
    known, clients = connections(), {node.id for node in design.nodes_of("client")}
    for edge in design.edges.values():
        if edge.mode in _NO_WAY_ON or edge.connection not in known or edge.target in clients:
            continue
        if edge.parameters.get("action") not in _READS:
            next_nodes[edge.source].append(edge.target)
            callers[edge.target] += 1
    free = [node_id for node_id, count in callers.items() if count == 0]
    while free:
        for target in next_nodes.pop(free.pop()):
            callers[target] -= 1
            if callers[target] == 0:
                free.append(target)
    return next_nodes


def _finishing_order(next_nodes: dict[str, list[str]]) -> list[str]:
    """Kosaraju's first pass: the nodes in the order in which a depth-first search leaves them."""
    order: list[str] = []
    seen: set[str] = set()
    for begin in sorted(next_nodes):
        if begin in seen:
            continue
        seen.add(begin)
        path = [(begin, iter(next_nodes[begin]))]
        while path:
            node_id, targets = path[-1]
            target = next((t for t in targets if t not in seen), None)
            if target is None:
                order.append(node_id)
                path.pop()
            else:
                seen.add(target)
                path.append((target, iter(next_nodes[target])))
    return order


def _backwards(node_id: str, previous_nodes: dict[str, list[str]], seen: set[str]) -> list[str]:
    seen.add(node_id)
    component, waiting = [node_id], [node_id]
    while waiting:
        for previous in previous_nodes[waiting.pop()]:
            if previous not in seen:
                seen.add(previous)
                component.append(previous)
                waiting.append(previous)
    return component
