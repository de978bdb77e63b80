"""What REST and HTTP APIs have in common: their front, then exactly one integration per request."""

from __future__ import annotations

from collections.abc import Iterable

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.api_access import authorization, throttling, validation
from simulator.engine.lowering.api_routes import routes
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.fronts import guard, write_logs
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label


def lower_gateway(plan: Plan, node: Node, overhead: Iterable[int]) -> None:
    """Web ACL, throttles, overhead, who may call, what may be asked, then a route. ``overhead`` are distributions."""
    tables = plan.tables
    end = Label("end")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=plan.number(node), flags=1)
    write_logs(plan, node)
    guard(plan, node, end)
    throttling(plan, node, end)
    for distribution in overhead:
        tables.emit(op.DELAY, resource=distribution, stream=plan.stream(node, "overhead"))
    authorization(plan, node, end)
    validation(plan, node, end)
    routes(plan, node, end)
    tables.place(end)
    tables.emit(op.END)
