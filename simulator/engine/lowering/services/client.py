"""Client: one request at a time to one of its targets, given up after a while."""

from __future__ import annotations

from designer.domain.graph.model import Node
from designer.domain.graph.scenario import Pattern, Traffic
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.refusal import SimulationRefused

SERVICE = "client"
ENTRIES = (CALL,)


def traffic(node: Node) -> Traffic:
    """What the client's own settings say."""

    def optional(name: str) -> float | None:
        return None if node.value(name) is None else node.number(name)

    pattern = str(node.value("pattern"))
    if pattern not in list(Pattern):
        allowed = ", ".join(Pattern)
        raise SimulationRefused(f"{node.label} has the traffic pattern {pattern!r}; it must be one of {allowed}.")
    return Traffic(
        entry=node.id,
        pattern=Pattern(pattern),
        rate_per_s=node.number("rate_per_s"),
        peak_rate_per_s=optional("peak_rate_per_s"),
        spike_start_s=optional("spike_start_s"),
        spike_duration_s=optional("spike_duration_s"),
    )


def lower(plan: Plan, node: Node) -> None:
    """A request goes to one outgoing edge, by weight; the answer, or the timeout, ends it."""
    tables, number = plan.tables, plan.number(node)
    answered, given_up = Label("answered"), Label("given up")
    edges = [edge for edge in plan.design.outgoing(node.id) if edge.number("weight", 1.0) > 0]
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1)
    if edges:
        timer = tables.timer(max(node.number("timeout_s", 30.0), 0.001), st.CLIENT_TIMEOUT, given_up)
        tables.emit(op.START_TIMER, resource=timer)
        branches = [(edge.number("weight", 1.0), Label(edge.id)) for edge in edges]
        if len(edges) > 1:
            tables.route(branches, plan.stream(node, "route"), number)
        for edge, (_, branch) in zip(edges, branches, strict=True):
            tables.place(branch)
            tables.emit(op.CALL, node=number, target=plan.called(edge), edge=plan.edge_number(edge), x=1.0)
            tables.emit(op.JUMP, target=answered)
        tables.place(answered)
        tables.emit(op.STOP_TIMER)
    tables.place(given_up)
    tables.emit(op.END)
