"""S3 bucket: request rates of its prefixes, latency, event notifications."""

from __future__ import annotations

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
    """Reads, writes and deletions under the rates of the prefixes, which share evenly; writes and deletions notify."""
    prefixes = max(node.number("prefixes", 1.0), 1.0)
    writes, reads = plan.limit("s3", "write_rate") * prefixes, plan.limit("s3", "read_rate") * prefixes
    write, read = plan.tables.bucket(writes, writes), plan.tables.bucket(reads, reads)
    _requests(plan, node, READ, read, (st.METER_READS, ""))
    _requests(plan, node, DELETE, write, (st.METER_DELETED_OBJECTS, _REMOVED))
    _requests(plan, node, WRITE, write, (st.METER_WRITES, _CREATED))
    plan.place(node, EVENT)
    plan.tables.emit(op.JUMP, target=plan.entry(node.id, WRITE))


def notification_share(plan: Plan, edge: Edge) -> float:
    """Share of the objects that this edge tells about; a rule's own pattern selects further."""
    share = edge.number("match_percent", 100.0) / 100.0
    target = plan.design.nodes[edge.target]
    if target.service == "eventbridge_rule":
        share *= rule_share(target)
    return min(max(share, 0.0), 1.0)


def _requests(plan: Plan, node: Node, kind: str, bucket: int, what: tuple[int, str]) -> None:
    tables, number = plan.tables, plan.number(node)
    refused = Label("refused")
    meter, event = what
    plan.place(node, kind)
    tables.emit(op.ARRIVE, node=number, flags=1)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.SLOW_DOWN, otherwise=refused)
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
