"""What APIs, distributions and web ACLs share: a web ACL in front, a log behind, and answers given by chance."""

from __future__ import annotations

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label


def guard(plan: Plan, node: Node, end: Label) -> None:
    """Let the web ACL of the node look at the request first; a blocked one goes to ``end`` with 403."""
    for edge, acl in _web_acls(plan, node):
        plan.tables.emit(
            op.CALL,
            node=plan.number(node),
            target=plan.entry(acl, CALL),
            edge=plan.edge_number(edge),
            x=1.0,
            flags=3,
            otherwise=end,
        )


def _web_acls(plan: Plan, node: Node) -> list[tuple[Edge, str]]:
    """Web ACLs are drawn from either end."""
    around = [(edge, edge.target) for edge in plan.design.outgoing(node.id)]
    around += [(edge, edge.source) for edge in plan.design.incoming(node.id)]
    return [(edge, other) for edge, other in around if plan.design.nodes[other].service == "waf"]


def write_logs(plan: Plan, node: Node) -> None:
    """A line for each request to the log group or stream that is drawn, or for the share that is logged."""
    for edge in plan.design.outgoing(node.id):
        if edge.mode is not Mode.DELIVERY or plan.design.nodes[edge.target].service == "xray":
            continue
        target, row = plan.delivered(edge), plan.edge_number(edge)
        share = edge.number("sampling_percent", 100.0) / 100.0
        stream = plan.stream(node, f"log {edge.id}")
        plan.tables.emit(op.SEND, node=plan.number(node), target=target, edge=row, x=share, flags=1, stream=stream)


def answer_some(plan: Plan, node: Node, share: float, status: int, *, end: Label, purpose: str) -> None:
    """Answer this share of the requests with the status; they go to ``end``."""
    if share <= 0.0:
        return
    tables = plan.tables
    answered, others = Label(f"answered: {purpose}"), Label("others")
    tables.emit(op.CHANCE, x=min(share, 1.0), target=answered, stream=plan.stream(node, purpose))
    tables.emit(op.JUMP, target=others)
    tables.place(answered)
    answer(plan, status, end)
    tables.place(others)


def answer(plan: Plan, status: int, end: Label) -> None:
    """Answer with the status instead of success and go to ``end``."""
    plan.tables.emit(op.TRANSLATE, resource=plan.tables.translation({st.OK: status}))
    plan.tables.emit(op.JUMP, target=end)
