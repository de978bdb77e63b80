"""KMS key: cryptographic requests of code under the account's rate. Services' own requests are only billed."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "kms"
ENTRIES = (CALL,)
REFUSED = "the account's rate of cryptographic requests"


def lower(plan: Plan, node: Node) -> None:
    """One Decrypt, Encrypt or GenerateDataKey. What services ask for is counted by the bill."""
    tables, end = plan.tables, Label("end")
    for edge in (*plan.design.incoming(node.id), *plan.design.outgoing(node.id)):
        plan.edge_number(edge)
    rate = plan.limit(SERVICE, "symmetric_rate")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=plan.number(node), flags=1)
    bucket = plan.account_bucket("kms", rate, rate)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.QUOTA_EXCEEDED, otherwise=end)
    tables.emit(op.METER, node=plan.number(node), resource=plan.meter(node, "requests"), x=1.0)
    tables.emit(op.DELAY, resource=plan.latency("kms.request"), stream=plan.stream(node, "request"))
    tables.place(end)
    tables.emit(op.END)
