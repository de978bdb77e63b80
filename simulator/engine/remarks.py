"""What a run says in words: bottlenecks from the data, losses, and what was not modelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Node
from designer.domain.network.placement import WAYS
from simulator.engine import kernel_layout as lay
from simulator.engine.backlogs import backlogs
from simulator.engine.bottlenecks import bottlenecks, breakers, failing_entries, quotas, retries, statement
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.registry import lowerings
from simulator.engine.machine import MAXIMUM_IN_FLIGHT
from simulator.engine.results import EdgeStats, EntryStats, NodeStats, Remark
from simulator.engine.watch import Watch

_ORDER: Final = ("bottleneck", "backlog", "retention", "loss", "dead_letters", "failing", "retries")
"""Of equal harm, the cause before what comes of it."""


def remarks(
    plan: Plan,
    watch: Watch,
    nodes: Mapping[str, NodeStats],
    *,
    edges: Mapping[str, EdgeStats],
    entries: Mapping[str, EntryStats],
    state: lay.State,
) -> list[Remark]:
    """All remarks on a run: what went wrong by harm, the worst first, then loops and what was not modelled."""
    found = [
        *bottlenecks(plan, watch, nodes),
        *quotas(plan, watch, nodes),
        *breakers(plan, watch, edges),
        *_too_large(plan, nodes, edges),
        *backlogs(plan, watch, nodes, state),
        *retries(plan, nodes, entries),
        *failing_entries(plan, entries),
    ]
    for node_id in plan.node_ids:
        found.extend(_losses(plan.design.nodes[node_id], nodes[node_id]))
    found.sort(key=lambda remark: (-remark.get("harm", 0), _place(remark)))
    found.extend(_loops(plan, state))
    found.extend(_not_modelled(plan))
    return found


def ended_early(now_s: float, duration_s: float) -> Remark:
    """Why a run was ended before its horizon."""
    text = (
        f"The run was ended at {now_s:,.1f} s of {duration_s:,.0f} s: more than {MAXIMUM_IN_FLIGHT:,} requests, "
        "messages and environments were in flight at once, so the design does not keep up with its load. Lower the "
        "rate or remove the bottleneck."
    )
    return {"kind": "ended_early", "text": text}


def _place(remark: Remark) -> int:
    return _ORDER.index(remark["kind"]) if remark["kind"] in _ORDER else len(_ORDER)


def _too_large(plan: Plan, nodes: Mapping[str, NodeStats], edges: Mapping[str, EdgeStats]) -> Iterator[Remark]:
    """What services refused because of its size; all that comes the same way is equally large."""
    for edge_id, (size_kb, room) in plan.too_large.edges.items():
        edge, calls = plan.design.edges[edge_id], edges[edge_id]["calls"]
        if calls:
            source, target = plan.design.nodes[edge.source].label, plan.design.nodes[edge.target].label
            text = (
                f"{target} refused all {calls:,} requests of {size_kb:,g} KB from {source}: "
                f"it takes {room.kilobytes:,g} KB. {room.beyond}"
            )
            yield statement("bottleneck", text, calls, edge.target)
    for node_id, (size_kb, room) in plan.too_large.entries.items():
        refused = nodes[node_id]["errors"].get("payload_too_large", 0)
        if refused:
            text = (
                f"{plan.design.nodes[node_id].label} refused all {refused:,} requests of {size_kb:,g} KB that begin "
                f"there: it takes {room.kilobytes:,g} KB. {room.beyond}"
            )
            yield statement("bottleneck", text, refused, node_id)


def _losses(node: Node, stats: NodeStats) -> Iterator[Remark]:
    lost = stats.get("lost", {})
    if lost:
        causes = ", ".join(f"{count:,} {cause.replace('_', ' ')}" for cause, count in sorted(lost.items()))
        yield statement("loss", f"{node.label} gave up on events: {causes}.", sum(lost.values()), node.id)
    expired = stats["errors"].get("expired", 0)
    if expired:
        text = f"{node.label} lost {expired:,} messages to its retention period."
        yield statement("loss", text, expired, node.id)
    duplicates = stats.get("duplicates", 0)
    if duplicates:
        text = (
            f"{node.label} showed {duplicates:,} messages again while they were being worked on: "
            "its visibility timeout is shorter than the work."
        )
        yield statement("duplicates", text, duplicates, node.id)


def _loops(plan: Plan, state: lay.State) -> Iterator[Remark]:
    cut, row = int(state.clock["loops_cut"][0]), int(state.clock["loop_node"][0])
    if cut:
        node = plan.design.nodes[plan.node_ids[row]]
        text = f"A loop without an end through {node.label} was cut {cut:,} times."
        yield {"node": node.id, "kind": "loop", "text": text}


def _not_modelled(plan: Plan) -> Iterator[Remark]:
    for node_id, text in plan.remarks:
        yield {"node": node_id, "kind": "not_modelled", "text": text}
    for node_id in plan.node_ids:
        node = plan.design.nodes[node_id]
        if node.service in WAYS or (node.service in lowerings() and node.service != "other"):
            continue
        kind = node.value("resource_type") or node.service
        text = f"{node.label} ({kind}) is not modelled: it takes what it is sent and answers at once."
        yield {"node": node_id, "kind": "not_modelled", "text": text}
    for edge_id in plan.edge_ids:
        edge = plan.design.edges[edge_id]
        ends = plan.design.nodes[edge.source].service, plan.design.nodes[edge.target].service
        if WAYS.intersection(ends):
            continue
        if edge_id not in plan.used_edges and edge.mode is not Mode.FAILURE:
            source, target = plan.design.nodes[edge.source].label, plan.design.nodes[edge.target].label
            text = f"The connection from {source} to {target} carries nothing in this run: it is not modelled."
            yield {"kind": "not_modelled", "text": text}
