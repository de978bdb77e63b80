"""The Extended Client Library: messages that are stored in S3, fetched by the reader and deleted with the message."""

from __future__ import annotations

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine.lowering.plan import DELETE, READ, WRITE, Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.payloads import payload_sizes


def message_bucket(plan: Plan, queue_id: str) -> Node | None:
    """The bucket in which the queue's messages lie, or None when they are small enough or it is not drawn."""
    queue = plan.design.nodes[queue_id]
    if queue.value("extended_client") is not True:
        return None
    if size_kb(plan, queue) <= queue.number("extended_client_threshold_kb", 256.0):
        return None
    label = queue.value("extended_client_bucket")
    return next((bucket for bucket in plan.design.nodes_of("s3") if bucket.label == label), None)


def size_kb(plan: Plan, queue: Node) -> float:
    """The size of the queue's messages: what senders say, else what requests bring."""
    said = [
        edge.number("message_kb") for edge in plan.design.incoming(queue.id) if edge.value("message_kb") is not None
    ]
    return max(said) if said else _brought(plan, queue)


def _brought(plan: Plan, queue: Node) -> float:
    return payload_sizes(plan.design, plan.scenario.payload_sizes_kb)[queue.id]


def put_object(plan: Plan, queue: Node, *, otherwise: Label) -> None:
    """The sender stores the message before it sends the address."""
    _request(plan, queue.id, queue, WRITE, otherwise)


def get_objects(plan: Plan, mapping: Edge, function: Node, *, otherwise: Label) -> None:
    """The function fetches each message of its batch."""
    _request(plan, mapping.source, function, READ, otherwise)


def delete_objects(plan: Plan, mapping: Edge, function: Node, *, otherwise: Label) -> None:
    """The function deletes the objects of the messages that it is done with."""
    _request(plan, mapping.source, function, DELETE, otherwise)


def _request(plan: Plan, queue_id: str, who: Node, kind: str, otherwise: Label) -> None:
    bucket = message_bucket(plan, queue_id)
    if bucket is not None:
        plan.tables.emit(
            op.CALL,
            node=plan.number(who),
            target=plan.entry(bucket.id, kind),
            x=1.0,
            otherwise=otherwise,
            stream=plan.stream(who, "large messages"),
        )
