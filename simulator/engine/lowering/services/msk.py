"""MSK cluster: records of a topic in the order of their partitions, and who reads them."""

from __future__ import annotations

from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.event_source_mapping import Mapping
from simulator.engine.lowering.matching import filter_share
from simulator.engine.lowering.pipe_sources import batch_reader
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.shards import Reading, read_by_function
from simulator.engine.lowering.tables import Label

SERVICE = "msk"
ENTRIES = (HAND_OVER, EVENT)
MOST_PARTITIONS: Final = 256
"""More partitions than this are run as so many."""
WINDOW_S: Final = 0.5
"""Lambda collects records for half a second unless the mapping says otherwise (botocore service model)."""


def lower(plan: Plan, node: Node) -> None:
    """A record goes to one of the topic's partitions, and every reader gets it."""
    tables, number = plan.tables, plan.number(node)
    partitions = max(1, min(int(node.number("partitions", 1.0)), MOST_PARTITIONS))
    readers = [edge for edge in plan.design.outgoing(node.id) if edge.flow is Flow.POLL]
    targets = [_partitions_of(plan, node, edge, partitions) for edge in readers if batch_reader(plan, edge) is not None]
    plan.place(node, HAND_OVER)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1)
    tables.emit(op.DELAY, resource=plan.latency("msk.produce"), stream=plan.stream(node, "produce"))
    chosen = [(1.0, Label(f"partition {place}")) for place in range(partitions)]
    if partitions > 1:
        tables.route(chosen, plan.stream(node, "partition"), number)
    for place, (_, label) in enumerate(chosen):
        tables.place(label)
        for reader in targets:
            tables.emit(op.SEND, node=number, target=reader[place], x=1.0)
        tables.emit(op.END)


def _partitions_of(plan: Plan, node: Node, edge: Edge, partitions: int) -> list[Label]:
    """A queue for each partition, read in order by the mapping."""
    reader = batch_reader(plan, edge)
    assert reader is not None
    reading = Reading(0.0, plan.remaining_latency("kinesis.fan_out_to_lambda", "lambda.invoke_overhead"))
    window_s = 0.0 if edge.value("batch_window_s") is not None else WINDOW_S
    mapping = Mapping(reader, -1, filter_share(reader), window_s)
    retention_s = max(node.number("retention_h", 168.0) * 3600.0, 60.0)
    queues = [plan.tables.queue(node=-1, in_flight_limit=2**62, retention=retention_s) for _ in range(partitions)]
    plan.has_stream(node, queues)
    return [read_by_function(plan, mapping, reading, queue, place) for place, queue in enumerate(queues)]
