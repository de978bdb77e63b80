"""SNS FIFO topic: rates per topic or per message group, and messages that are published twice."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.fifo import Rate, accept
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.topics import fan_out

SERVICE = "sns_fifo"
ENTRIES = (HAND_OVER, EVENT)
REFUSED = "its publish rate"


def lower(plan: Plan, node: Node) -> None:
    """Publishing answers after the API's latency; each queue gets a copy."""
    tables, number = plan.tables, plan.number(node)
    deliver, refused = Label("fan-out"), Label("refused")
    rate = _rate(plan, node)
    plan.place(node, HAND_OVER)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=refused)
    accept(plan, node, rate, refused)
    tables.emit(op.DELAY, resource=plan.latency("sns.publish"), stream=plan.stream(node, "publish"))
    tables.emit(op.JUMP, target=deliver)
    tables.place(refused)
    tables.emit(op.END)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1)
    tables.place(deliver)
    fan_out(plan, node, "sns.fifo_to_sqs")


def _rate(plan: Plan, node: Node) -> Rate:
    if node.value("throughput_scope") != "MessageGroup":
        rate = plan.limit(SERVICE, "topic_publish_rate")
        return Rate(plan.tables.bucket(rate, rate), 0.0, st.THROTTLED)
    rate = plan.limit(SERVICE, "publish_rate")
    by_group = plan.limit(SERVICE, "group_publish_rate")
    return Rate(plan.account_bucket("sns fifo", rate, rate), by_group, st.THROTTLED)
