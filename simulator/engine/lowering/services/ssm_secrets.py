"""Secrets Manager secret or SSM parameter: reads under the account's rate, and rotation left out."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "ssm_secrets"
ENTRIES = (CALL,)
REFUSED = "the account's rate of reads"


def lower(plan: Plan, node: Node) -> None:
    """One GetSecretValue or GetParameter. Higher throughput of Parameter Store has no limit here."""
    tables, end = plan.tables, Label("end")
    secret = node.value("kind") == "secret"
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=plan.number(node), flags=1)
    if secret or node.value("higher_throughput") is not True:
        rate = plan.limit(SERVICE, "secret_rate" if secret else "parameter_rate")
        bucket = plan.account_bucket("secrets" if secret else "parameters", rate, rate)
        tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.QUOTA_EXCEEDED, otherwise=end)
    tables.emit(op.DELAY, resource=plan.latency("ssm_secrets.get"), stream=plan.stream(node, "read"))
    tables.place(end)
    tables.emit(op.END)
