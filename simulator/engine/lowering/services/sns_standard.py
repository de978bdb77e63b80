"""SNS standard topic: publish quota, one delivery per subscription whose filter passes."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.topics import fan_out

SERVICE = "sns_standard"
ENTRIES = (HAND_OVER, EVENT)
REFUSED = "the account's publish quota"


def lower(plan: Plan, node: Node) -> None:
    """Publishing answers after the API's latency; deliveries go their own way."""
    tables, number = plan.tables, plan.number(node)
    deliver, refused = Label("fan-out"), Label("refused")
    rate = plan.limit("sns_standard", "publish_rate")
    bucket = plan.account_bucket("sns", rate, rate)
    plan.place(node, HAND_OVER)
    tables.emit(op.ARRIVE, node=number, flags=1)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.QUOTA_EXCEEDED, otherwise=refused)
    tables.emit(op.DELAY, resource=plan.latency("sns.publish"), stream=plan.stream(node, "publish"))
    tables.emit(op.JUMP, target=deliver)
    tables.place(refused)
    tables.emit(op.END)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1)
    tables.place(deliver)
    fan_out(plan, node, "sns.to_sqs")
