"""Application Load Balancer: spreads requests over its targets by weight and gives up after its idle timeout."""

from __future__ import annotations

from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.fronts import guard
from simulator.engine.lowering.function_entries import FUNCTIONS
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "alb"
ENTRIES = (CALL,)

_TARGETS: Final = (".target",)
_NO_TARGET: Final = {
    st.QUEUE_FULL: st.SERVICE_UNAVAILABLE,
    st.WAIT_TIMEOUT: st.SERVICE_UNAVAILABLE,
    st.DEPENDENCY_DOWN: st.SERVICE_UNAVAILABLE,
}
_FUNCTION_FAILURES: Final = _NO_TARGET | dict.fromkeys(
    (
        *(st.THROTTLED, st.RECURSION_STOPPED, st.FUNCTION_ERROR, st.FUNCTION_TIMEOUT),
        *(st.DEPENDENCY_ERROR, st.INJECTED_ERROR),
    ),
    st.BAD_GATEWAY,
)
"""502 for what a function answers wrongly, 503 where no target takes the request (AWS docs, Troubleshoot your ALB).

Errors that a server answers with are passed on as they are.
"""


def lower(plan: Plan, node: Node) -> None:
    """Web ACL, choice of a target, its answer or 504."""
    tables, number = plan.tables, plan.number(node)
    done, end = Label("done"), Label("end")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=end)
    guard(plan, node, end)
    tables.emit(op.METER, node=number, resource=plan.meter(node, "requests"), x=1.0)
    idle = max(node.number("idle_timeout_s", 60.0), 0.001)
    targets = [edge for edge in plan.design.outgoing(node.id) if edge.connection.endswith(_TARGETS)]
    if targets:
        tables.emit(op.START_TIMER, resource=tables.timer(idle, st.INTEGRATION_TIMEOUT, done))
        ways = [Label(f"to {edge.target}") for edge in targets]
        weights = [plan.weight(edge) for edge in targets]
        tables.route(zip(weights, ways, strict=True), plan.stream(node, "targets"), number)
        for edge, way in zip(targets, ways, strict=True):
            tables.place(way)
            operands = {"node": number, "edge": plan.edge_number(edge), "x": 1.0, "flags": 3}
            failed = Label("failed")
            tables.emit(op.CALL, target=plan.called(edge), otherwise=failed, **operands)
            tables.emit(op.JUMP, target=done)
            tables.place(failed)
            is_function = plan.design.nodes[edge.target].service in FUNCTIONS
            failures = _FUNCTION_FAILURES if is_function else _NO_TARGET
            tables.emit(op.TRANSLATE, resource=tables.translation(failures))
            tables.emit(op.JUMP, target=done)
        tables.place(done)
        tables.emit(op.STOP_TIMER)
    tables.place(end)
    tables.emit(op.END)
