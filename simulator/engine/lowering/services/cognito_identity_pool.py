"""Cognito identity pool: hands out credentials, which callers keep, and with which they call what it opens."""

from __future__ import annotations

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.credentials import FETCH
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "cognito_identity_pool"
ENTRIES = (CALL, FETCH)
REFUSED = "the account's rate of GetCredentialsForIdentity (TooManyRequestsException)"


def lower(plan: Plan, node: Node) -> None:
    """A caller without valid credentials fetches them; then it calls a service that the pool opens.

    Clients that call such a service over an arrow of their own fetch credentials only, when they have none.
    """
    for edge in plan.design.incoming(node.id):
        if edge.mode is Mode.AUTHORIZER:
            plan.edge_number(edge)
    _pass_on(plan, node)
    end = Label("end")
    plan.place(node, FETCH)
    plan.tables.emit(op.ARRIVE, node=plan.number(node), flags=1)
    _hand_out(plan, node, end)
    plan.tables.place(end)
    plan.tables.emit(op.END)


def _hand_out(plan: Plan, node: Node, end: Label) -> None:
    tables = plan.tables
    rate = plan.limit(SERVICE, "get_credentials")
    bucket = plan.account_bucket("cognito credentials", rate, rate)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.QUOTA_EXCEEDED, otherwise=end)
    tables.emit(op.DELAY, resource=plan.latency("cognito.credentials"), stream=plan.stream(node, "credentials"))


def _pass_on(plan: Plan, node: Node) -> None:
    """Requests that are drawn through the pool: the caller's credentials, then one of the services that it opens."""
    tables, number = plan.tables, plan.number(node)
    ready, end = Label("has credentials"), Label("end")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1)
    callers = max(int(node.number("callers", 1.0)), 1)
    kept = tables.cache(callers, node.number("session_s", 3_600.0))
    tables.emit(op.KEY, resource=tables.keys(callers), flags=1, stream=plan.stream(node, "caller"))
    tables.emit(op.LOOK_UP, resource=kept, target=ready)
    _hand_out(plan, node, end)
    tables.emit(op.STORE, resource=kept)
    tables.place(ready)
    opened = _opened(plan, node)
    branches = [(1.0, Label(edge.id)) for edge in opened]
    if len(opened) > 1:
        tables.route(branches, plan.stream(node, "service"), number)
    for edge, (_, branch) in zip(opened, branches, strict=True):
        tables.place(branch)
        row = plan.edge_number(edge)
        tables.emit(op.CALL, node=number, target=plan.called(edge), edge=row, x=1.0, otherwise=end)
        tables.emit(op.JUMP, target=end)
    tables.place(end)
    tables.emit(op.END)


def _opened(plan: Plan, node: Node) -> list[Edge]:
    clients = [edge.source for edge in plan.design.incoming(node.id) if edge.mode is Mode.SYNCHRONOUS]
    direct = {edge.target for client in clients for edge in plan.design.outgoing(client)}
    opened = []
    for edge in plan.design.outgoing(node.id):
        if not edge.connection.endswith(".credentials"):
            continue
        if edge.target in direct:
            plan.edge_number(edge)
        else:
            opened.append(edge)
    return opened
