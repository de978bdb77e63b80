"""What FIFO queues and topics have in common: message groups, their rates, and messages that are sent twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

DUPLICATES: Final = "duplicates dropped"
MOST_BUCKETS: Final = 10_000
"""With more groups than this, several share a bucket of the same total rate."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Messages that may be sent in a second: in all, and to one message group (0: no limit of its own)."""

    total: int
    by_group: float
    code: int


def groups_of(node: Node) -> int:
    """How many different message groups the messages have."""
    return max(int(node.number("message_groups", 1.0)), 1)


def accept(plan: Plan, node: Node, rate: Rate, refused: Label) -> None:
    """Take tokens for the message, and for its repetition when it is sent twice, which is then dropped."""
    tables, number = plan.tables, plan.number(node)
    tables.emit(op.BUCKET, resource=rate.total, x=1.0, code=rate.code, otherwise=refused)
    if rate.by_group > 0.0:
        groups = groups_of(node)
        places = min(groups, MOST_BUCKETS)
        each = rate.by_group * groups / places
        first = tables.bucket_array(places, each, each)
        emit_group(plan, node, fold=places if places < groups else 0)
        tables.emit(op.BUCKET, resource=first, x=1.0, flags=2, code=rate.code, otherwise=refused)
    share = min(node.number("duplicate_percent") / 100.0, 1.0)
    if share > 0.0:
        twice, once = Label("sent twice"), Label("sent once")
        tables.emit(op.CHANCE, x=share, target=twice, stream=plan.stream(node, "duplicates"))
        tables.emit(op.JUMP, target=once)
        tables.place(twice)
        tables.emit(op.METER, node=number, resource=plan.meter(node, DUPLICATES), x=1.0)
        tables.emit(op.BUCKET, resource=rate.total, x=1.0, code=rate.code, otherwise=once)
        tables.place(once)


def emit_group(plan: Plan, node: Node, fold: int = 0) -> None:
    """Give the message its group."""
    keys = plan.tables.keys(groups_of(node), fold=fold)
    plan.tables.emit(op.KEY, resource=keys, stream=plan.stream(node, "message group"))
