"""S3 bucket: request rates of its prefixes, latency, event notifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT
from simulator.engine.lowering.matching import rule_share
from simulator.engine.lowering.plan import DELETE, READ, WRITE, Plan
from simulator.engine.lowering.tables import Label

SERVICE = "s3"
ENTRIES = (WRITE, READ, DELETE, EVENT)
REFUSED = "the request rate of its prefixes and answered 503 Slow Down"

_ACTIONS: Final = {"GetObject": READ, "PutObject": WRITE, "DeleteObject": DELETE}
_CREATED: Final = "ObjectCreated"
_REMOVED: Final = "ObjectRemoved"


def entry_for(edge: Edge) -> str | None:
    """By the action of the call; a write where it has none."""
    return _ACTIONS.get(str(edge.value("action")), WRITE)


def lower(plan: Plan, node: Node) -> None:
    """Reads, writes and deletions under the rates of the prefixes; writes and deletions notify."""
    write, read = _rates(plan, node, "write_rate"), _rates(plan, node, "read_rate")
    _requests(plan, node, READ, read, (st.METER_READS, ""))
    _requests(plan, node, DELETE, write, (st.METER_DELETED_OBJECTS, _REMOVED))
    _requests(plan, node, WRITE, write, (st.METER_WRITES, _CREATED))
    plan.place(node, EVENT)
    plan.tables.emit(op.JUMP, target=plan.entry(node.id, WRITE))


@dataclass(frozen=True, slots=True)
class _Rates:
    """A token bucket of the prefixes that share evenly, and one of the busiest where it has a share of its own."""

    others: int
    busiest: int = -1
    share: float = 0.0


def _rates(plan: Plan, node: Node, limit: str) -> _Rates:
    prefixes, rate = max(node.number("prefixes", 1.0), 1.0), plan.limit("s3", limit)
    if node.value("busiest_prefix_percent") is None or prefixes < 2.0:
        return _Rates(plan.tables.bucket(rate * prefixes, rate * prefixes))
    others = rate * (prefixes - 1.0)
    share = min(max(node.number("busiest_prefix_percent") / 100.0, 0.0), 1.0)
    return _Rates(plan.tables.bucket(others, others), plan.tables.bucket(rate, rate), share)


def notification_share(plan: Plan, edge: Edge) -> float:
    """Share of the objects that this edge tells about; a rule's own pattern selects further."""
    share = edge.number("match_percent", 100.0) / 100.0
    target = plan.design.nodes[edge.target]
    if target.service == "eventbridge_rule":
        share *= rule_share(target)
    return min(max(share, 0.0), 1.0)


def _requests(plan: Plan, node: Node, kind: str, rates: _Rates, what: tuple[int, str]) -> None:
    tables, number = plan.tables, plan.number(node)
    refused, busy, admitted = Label("refused"), Label("busy prefix"), Label("admitted")
    meter, event = what
    plan.place(node, kind)
    tables.emit(op.ARRIVE, node=number, flags=1)
    if rates.busiest >= 0:
        tables.emit(op.CHANCE, x=rates.share, target=busy, stream=plan.stream(node, "prefix"))
    tables.emit(op.BUCKET, resource=rates.others, x=1.0, code=st.SLOW_DOWN, otherwise=refused)
    if rates.busiest >= 0:
        tables.emit(op.JUMP, target=admitted)
        tables.place(busy)
        tables.emit(op.BUCKET, resource=rates.busiest, x=1.0, code=st.SLOW_DOWN, otherwise=refused)
    tables.place(admitted)
    tables.emit(op.DELAY, resource=plan.latency("s3.request"), stream=plan.stream(node, "request"))
    tables.emit(op.METER, node=number, resource=meter, x=1.0)
    if event:
        _notifications(plan, node, event)
    tables.place(refused)
    tables.emit(op.END)


def _notifies(edge: Edge, event: str) -> bool:
    """Whether the edge is told of this kind of event; edges without a list of events are told of new objects."""
    if edge.mode is not Mode.ASYNCHRONOUS and not edge.connection.endswith(".replication"):
        return False
    events = edge.value("events")
    if not isinstance(events, str) or not events:
        return event == _CREATED
    return event in events or "s3:*" in events


def _notifications(plan: Plan, node: Node, event: str) -> None:
    latency = plan.latency("s3.notification")
    for edge in plan.design.outgoing(node.id):
        if _notifies(edge, event):
            plan.tables.emit(
                op.SEND,
                node=plan.number(node),
                target=plan.delivery(edge, latency),
                edge=plan.edge_number(edge),
                x=notification_share(plan, edge),
                stream=plan.stream(node, f"match {edge.id}"),
            )
