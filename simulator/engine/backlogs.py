"""Queues and streams that fall behind, near their retention, or fill with dead letters: in words, from the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Node
from simulator.engine import kernel_layout as lay
from simulator.engine.bottlenecks import clock, percent, shards_behind, statement
from simulator.engine.lowering.plan import Plan
from simulator.engine.results import NodeStats, Remark
from simulator.engine.watch import Line, Watch, not_done

_GROWING_SHARE: Final = 0.05
_GROWING_LEAST: Final = 100
_LEAST_WINDOWS: Final = 4
_NEAR_RETENTION: Final = 0.5
_QUEUES: Final = ("sqs_standard", "sqs_fifo")


def backlogs(plan: Plan, watch: Watch, nodes: Mapping[str, NodeStats], state: lay.State) -> Iterator[Remark]:
    """A statement for each queue and stream in trouble."""
    for node_id in plan.node_ids:
        node, stats = plan.design.nodes[node_id], nodes[node_id]
        if _is_unread(plan, node_id):
            yield from _unread(plan, node, stats)
            continue
        line = watch.lines.get(node_id)
        if line is not None and falls_behind(line, not_done(plan, node_id, stats), stats["arrivals"]):
            where = shards_behind(plan, state, node_id)
            yield _behind(node, stats, line, where, _held_by(plan, node, nodes))
        yield from _near_retention(watch, node, stats)


def growing(plan: Plan, watch: Watch) -> dict[str, float]:
    """By node that is read or served, how fast (per s) what waits there grew at the end."""
    found: dict[str, float] = {}
    for node_id in plan.node_ids:
        growth = 0.0 if _is_unread(plan, node_id) else watch.growth_per_s(node_id)
        if growth > 0.0:
            found[node_id] = round(growth, 6)
    return found


def _is_unread(plan: Plan, node_id: str) -> bool:
    """A queue that nothing in the design reads."""
    if plan.design.nodes[node_id].service not in _QUEUES:
        return False
    return not any(edge.flow.value == "poll" for edge in plan.design.outgoing(node_id))


def falls_behind(line: Line, last: int, arrivals: int) -> bool:
    """Whether what waits is much, is about the most that ever waited, and has grown since the middle of the run."""
    depths = line.depths
    if len(depths) < _LEAST_WINDOWS or last < max(_GROWING_LEAST, _GROWING_SHARE * arrivals):
        return False
    return last >= max(depths) * 0.9 and last > depths[len(depths) // 2]


def _held_by(plan: Plan, node: Node, nodes: Mapping[str, NodeStats]) -> str:
    """The maximum concurrency of a mapping, where that is what holds the reader back."""
    for edge in plan.design.outgoing(node.id):
        most = edge.value("maximum_concurrency")
        busy = nodes[edge.target]["concurrency_max"]
        if isinstance(most, (int, float)) and 0 < most <= busy and not nodes[edge.target]["throttles"]:
            return f" {plan.design.nodes[edge.target].label} is held at the mapping's maximum concurrency {most:,.0f}."
    return ""


def _behind(node: Node, stats: NodeStats, line: Line, where: str, held: str) -> Remark:
    last, oldest_s, hidden = line.depths[-1], stats["oldest_age_s"], line.depths[-1] - stats["queue_depth"]
    small = [at for at, depth in enumerate(line.depths) if depth <= _GROWING_SHARE * last]
    first = small[-1] if small and small[-1] < len(line.depths) - 1 else 0
    seconds = max(line.ends_s[-1] - line.ends_s[first], 1e-9)
    comes = (line.arrived[-1] - line.arrived[first]) / seconds
    grows = (line.depths[-1] - line.depths[first]) / seconds
    text = (
        f"{node.label} falls behind from {clock(line.ends_s[first])}: {_rate(comes)} come and "
        f"{_rate(comes - grows)} are drained; {last:,} wait at the end{where}"
    )
    text += f", {hidden:,} of them in flight" if hidden > 0 else ""
    text += f", the oldest for {oldest_s:,.0f} s." if oldest_s > 0.0 else "."
    return statement("backlog", text + held, last, node.id)


def _rate(per_s: float) -> str:
    return f"{max(per_s, 0.0):,.3g}/s" if per_s < 1000.0 else f"{per_s:,.0f}/s"


def _unread(plan: Plan, node: Node, stats: NodeStats) -> Iterator[Remark]:
    """What a queue without a reader holds; dead letters are told as such."""
    held = stats["queue_depth"]
    dead = any(
        plan.design.edges[edge_id].target == node.id and plan.design.edges[edge_id].mode is Mode.FAILURE
        for edge_id in plan.edge_ids
    )
    if dead and stats["arrivals"]:
        text = f"{node.label} fills: {stats['arrivals']:,} dead letters came, {held:,} lie there at the end."
        yield statement("dead_letters", text, stats["arrivals"], node.id)
    elif held:
        yield statement(
            "backlog", f"{node.label} holds {held:,} messages; nothing in the design reads them.", 0, node.id
        )


def _near_retention(watch: Watch, node: Node, stats: NodeStats) -> Iterator[Remark]:
    """The oldest message got near the age at which it is thrown away."""
    kept_s = node.number("message_retention_s") if node.service in _QUEUES else 3600.0 * node.number("retention_h")
    oldest = watch.oldest_s.get(node.id, 0.0)
    if kept_s <= 0.0 or oldest < _NEAR_RETENTION * kept_s:
        return
    expired = stats["errors"].get("expired", 0)
    fate = "older ones were lost" if expired else "older ones would be lost"
    text = (
        f"The oldest message of {node.label} waited {clock(oldest)}, {percent(min(oldest, kept_s), kept_s)} of the "
        f"retention of {clock(kept_s)}: {fate}."
    )
    yield statement("retention", text, stats["queue_depth"], node.id)
