"""Temporary credentials that a client needs before it calls an AWS service itself."""

from __future__ import annotations

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

FETCH = "fetch"
"""Entry of an identity pool for a caller that has no valid credentials."""
GET_CREDENTIALS = "client.cognito_identity_pool.get_credentials"


def fetches_for_calls(plan: Plan, client: Node) -> dict[str, Edge]:
    """By the id of a service that the client calls itself: the arrow over which it gets the credentials for that."""
    called = {edge.target for edge in plan.design.outgoing(client.id)}
    found: dict[str, Edge] = {}
    for fetch in plan.design.outgoing(client.id):
        if fetch.connection == GET_CREDENTIALS:
            for opened in plan.design.outgoing(fetch.target):
                if opened.connection.endswith(".credentials") and opened.target in called:
                    found.setdefault(opened.target, fetch)
    return found


class Wallet:
    """The credentials that one client's callers keep, a cache for each identity pool."""

    def __init__(self, plan: Plan, client: Node) -> None:
        self._plan = plan
        self._client = client
        self._kept: dict[str, tuple[int, int]] = {}

    def emit_fetch(self, fetch: Edge, *, otherwise: Label) -> None:
        """Fetch credentials over the arrow unless the caller has valid ones; an error goes to ``otherwise``."""
        plan, tables = self._plan, self._plan.tables
        pool = plan.design.nodes[fetch.target]
        keys, kept = self._rows(pool)
        ready = Label("has credentials")
        tables.emit(op.KEY, resource=keys, flags=1, stream=plan.stream(self._client, f"caller of {pool.id}"))
        tables.emit(op.LOOK_UP, resource=kept, target=ready)
        row, number = plan.edge_number(fetch), plan.number(self._client)
        tables.emit(op.CALL, node=number, target=plan.entry(pool.id, FETCH), edge=row, x=1.0, otherwise=otherwise)
        tables.emit(op.STORE, resource=kept)
        tables.place(ready)

    def _rows(self, pool: Node) -> tuple[int, int]:
        if pool.id not in self._kept:
            callers = max(int(pool.number("callers", 1.0)), 1)
            tables = self._plan.tables
            self._kept[pool.id] = (tables.keys(callers), tables.cache(callers, pool.number("session_s", 3_600.0)))
        return self._kept[pool.id]
