"""Amazon MQ broker: messages that wait for the pollers of a function or a pipe."""

from __future__ import annotations

import math
from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.event_source_mapping import Mapping
from simulator.engine.lowering.matching import filter_share
from simulator.engine.lowering.pipe_sources import batch_reader
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.shards import map_lane
from simulator.engine.lowering.tables import Label

SERVICE = "mq"
ENTRIES = (HAND_OVER, EVENT)
WINDOW_S: Final = 0.5
"""Messages are collected for half a second unless the mapping says otherwise (botocore, as for Kafka)."""


def lower(plan: Plan, node: Node) -> None:
    """Sending makes a message; each reader has a queue of its own and repeats a failed batch until it works."""
    tables, number = plan.tables, plan.number(node)
    at_once = int(plan.limit(SERVICE, "active_mq_concurrency")) if node.value("engine") == "ACTIVEMQ" else 1
    targets = []
    for edge in plan.design.outgoing(node.id):
        reader = batch_reader(plan, edge) if edge.flow is Flow.POLL else None
        if reader is None:
            continue
        poll = plan.remaining_latency("sqs.to_lambda", "lambda.invoke_overhead")
        window_s = 0.0 if edge.value("batch_window_s") is not None else WINDOW_S
        queue = tables.queue(node=-1, in_flight_limit=2**62, retention=math.inf)
        plan.has_stream(node, [queue])
        map_lane(plan, Mapping(reader, poll, filter_share(reader), window_s), queue, (), at_once=at_once)
        label = Label(f"message for {edge.id}")
        tables.place(label)
        tables.emit(op.ENQUEUE, resource=queue)
        targets.append(label)
    plan.place(node, HAND_OVER)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1)
    tables.emit(op.DELAY, resource=plan.latency("mq.send"), stream=plan.stream(node, "send"))
    for label in targets:
        tables.emit(op.SEND, node=number, target=label, x=1.0)
    tables.emit(op.END)
