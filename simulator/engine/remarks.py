"""What a run says in words: bottlenecks from the data, losses, and what was not modelled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Node
from designer.domain.network.placement import WAYS
from simulator.engine import kernel_layout as lay
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.registry import lowerings
from simulator.engine.metrics import capacity
from simulator.engine.results import NodeStats, Remark, Window

_GROWING_SHARE: Final = 0.05
_GROWING_LEAST: Final = 100


class Watch:
    """Remembers of the windows what a remark needs: when a limit was first reached, how queues developed."""

    def __init__(self, plan: Plan) -> None:
        self._capacities = {node_id: capacity(plan, node_id) for node_id in plan.node_ids}
        self.full_since: dict[str, float] = {}
        self.throttled_since: dict[str, float] = {}
        self.depths: dict[str, list[int]] = {}

    def see(self, window: Window) -> None:
        """Take note of a window."""
        for node_id, stats in window["nodes"].items():
            most = self._capacities[node_id]
            if most is not None and stats["concurrency_max"] >= most:
                self.full_since.setdefault(node_id, window["start_s"])
            if stats["throttles"]:
                self.throttled_since.setdefault(node_id, window["start_s"])
            if stats["queue_depth"] or node_id in self.depths:
                self.depths.setdefault(node_id, []).append(stats["queue_depth"])


def remarks(plan: Plan, watch: Watch, nodes: dict[str, NodeStats], state: lay.State) -> list[Remark]:
    """All remarks on a run, bottlenecks first."""
    found: list[Remark] = []
    for node_id in plan.node_ids:
        node, stats = plan.design.nodes[node_id], nodes[node_id]
        found.extend(_bottlenecks(plan, watch, node, stats))
        found.extend(_losses(node, stats))
    found.extend(_loops(plan, state))
    found.extend(_not_modelled(plan))
    return found


def _percent(part: float, whole: float) -> str:
    share = 100.0 * part / whole if whole else 0.0
    return f"{share:.0f} %" if share >= 1.0 or share == 0.0 else f"{share:.2g} %"


def _bottlenecks(plan: Plan, watch: Watch, node: Node, stats: NodeStats) -> Iterator[Remark]:
    refused = _percent(stats["throttles"], stats["arrivals"])
    since = watch.throttled_since.get(node.id, 0.0)
    if stats["throttles"] and node.service == "lambda":
        reserved = node.value("reserved_concurrency")
        full = watch.full_since.get(node.id)
        if reserved is not None:
            limit = f"its reserved concurrency {reserved}"
        elif full is not None or stats["utilisation"] is None:
            limit = f"the account's concurrency {plan.scenario.account_concurrency}"
        else:
            limit = "a shared quota (concurrency, requests per second or scaling rate)"
        begin = since if full is None else min(since, full)
        text = f"{node.label} is at {limit} from {begin:,.0f} s; {refused} of its calls were throttled."
        yield {"node": node.id, "kind": "bottleneck", "text": text}
    elif stats["throttles"]:
        declared = lowerings().get(node.service)
        what = "its limit" if declared is None else declared.refused
        text = f"{node.label} reached {what} from {since:,.0f} s; {refused} of its calls were refused."
        yield {"node": node.id, "kind": "bottleneck", "text": text}
    timeouts = stats["errors"].get("integration_timeout", 0)
    if timeouts:
        text = f"{node.label} gave up waiting for its integration {timeouts:,} times (504); the integration went on."
        yield {"node": node.id, "kind": "bottleneck", "text": text}
    yield from _backlog(plan, watch, node, stats)


def _backlog(plan: Plan, watch: Watch, node: Node, stats: NodeStats) -> Iterator[Remark]:
    depths = watch.depths.get(node.id, [])
    last = stats["queue_depth"]
    if node.service == "sqs_standard" and not any(e.flow.value == "poll" for e in plan.design.outgoing(node.id)):
        if last:
            text = f"{node.label} holds {last:,} messages; nothing in the design reads them."
            yield {"node": node.id, "kind": "backlog", "text": text}
        return
    if len(depths) < 4 or last < max(_GROWING_LEAST, _GROWING_SHARE * stats["arrivals"]):
        return
    if last >= max(depths) * 0.9 and last > depths[len(depths) // 2]:
        oldest = f"the oldest is {stats['oldest_age_s']:,.0f} s old"
        text = f"{node.label} falls behind: {last:,} waiting at the end and growing; {oldest}."
        yield {"node": node.id, "kind": "backlog", "text": text}


def _losses(node: Node, stats: NodeStats) -> Iterator[Remark]:
    lost = stats.get("lost", {})
    if lost:
        causes = ", ".join(f"{count:,} {cause.replace('_', ' ')}" for cause, count in sorted(lost.items()))
        yield {"node": node.id, "kind": "loss", "text": f"{node.label} gave up on events: {causes}."}
    expired = stats["errors"].get("expired", 0)
    if expired:
        text = f"{node.label} lost {expired:,} messages to its retention period."
        yield {"node": node.id, "kind": "loss", "text": text}
    duplicates = stats.get("duplicates", 0)
    if duplicates:
        text = (
            f"{node.label} showed {duplicates:,} messages again while they were being worked on: "
            "its visibility timeout is shorter than the work."
        )
        yield {"node": node.id, "kind": "duplicates", "text": text}


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
