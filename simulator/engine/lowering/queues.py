"""What standard and FIFO queues have in common: sending, receiving by code, and the mappings that read them."""

from __future__ import annotations

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.event_source_mapping import Mapping, map_queue
from simulator.engine.lowering.large_messages import put_object
from simulator.engine.lowering.matching import filter_share
from simulator.engine.lowering.pipe_sources import batch_reader
from simulator.engine.lowering.plan import RECEIVE, Plan
from simulator.engine.lowering.tables import Label


def begin_sending(plan: Plan, node: Node, refused: Label) -> None:
    """The entry of a sender: faults of the queue, and the object of a large message."""
    plan.place(node, HAND_OVER)
    plan.tables.emit(op.GATE, node=plan.number(node), flags=st.GATE_ALL, otherwise=refused)
    put_object(plan, node, otherwise=refused)


def end_sending(plan: Plan, node: Node, refused: Label) -> None:
    """The message goes its own way and the sender has its answer; code that receives asks here as well."""
    tables = plan.tables
    tables.emit(op.SEND, node=plan.number(node), target=plan.entry(node.id, EVENT), x=1.0)
    plan.place(node, RECEIVE)
    tables.emit(op.DELAY, resource=plan.latency("sqs.api"), stream=plan.stream(node, "api"))
    tables.place(refused)
    tables.emit(op.END)


def keep_message(plan: Plan, node: Node, queue: int) -> None:
    """What a message does when it has been accepted, from its delay on."""
    tables = plan.tables
    if node.number("delay_s") > 0:
        tables.emit(op.DELAY, resource=tables.constant(node.number("delay_s")))
    tables.emit(op.ENQUEUE, resource=queue)


def map_functions(plan: Plan, node: Node, queue: int, latency: str) -> None:
    """The mappings of functions and aliases, and the pipes that read the queue."""
    poll = plan.remaining_latency(latency, "lambda.invoke_overhead")
    for edge in plan.design.outgoing(node.id):
        reader = batch_reader(plan, edge)
        if reader is not None:
            mapping = Mapping(reader, poll, filter_share(reader))
            map_queue(plan, mapping, queue, node.number("visibility_timeout_s", 30.0))


def make_queue(plan: Plan, node: Node, groups: int = 0) -> int:
    """The queue with its retention, its in-flight limit, and where failing messages go."""
    redrive: dict[str, float | Label] = {}
    for edge in plan.design.outgoing(node.id):
        if edge.mode is Mode.FAILURE:
            redrive = {
                "redrive": plan.delivered(edge),
                "redrive_edge": plan.edge_number(edge),
                "maximum_receives": max(int(edge.number("max_receive_count", 10.0)), 1),
            }
            break
    queue = plan.tables.queue(
        node=plan.number(node),
        in_flight_limit=int(plan.limit(node.service, "in_flight")),
        retention=max(node.number("message_retention_s", 345_600.0), 60.0),
        groups=groups,
        **redrive,
    )
    plan.has_queue(node, queue)
    return queue
