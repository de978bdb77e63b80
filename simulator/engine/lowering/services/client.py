"""Client: one request at a time to one of its targets, given up after a while."""

from __future__ import annotations

import math
from typing import Final

from designer.domain.graph.model import Node
from designer.domain.graph.scenario import Pattern, Traffic
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.calls import emit_call
from simulator.engine.lowering.credentials import Wallet, fetches_for_calls
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.refusal import SimulationRefused

SERVICE = "client"
ENTRIES = (CALL,)


PERMANENT: Final = (st.BAD_REQUEST, st.UNAUTHORIZED, st.FORBIDDEN, st.NOT_FOUND, st.PAYLOAD_TOO_LARGE)
"""400, 401, 403, 404 and 413: the same request would be answered the same way again, so that nobody repeats it.

AWS SDKs and Tools Reference Guide, "Retry behavior": throttling, 500, 502, 503, 504 and timeouts are retried.
"""

OWN_PATTERNS = (Pattern.POISSON, Pattern.CONSTANT, Pattern.RAMP, Pattern.SPIKE)
"""Patterns that a client has by itself; a scenario knows more."""


def traffic(node: Node) -> Traffic:
    """What the client's own settings say."""

    def optional(name: str) -> float | None:
        return None if node.value(name) is None else node.number(name)

    pattern = str(node.value("pattern"))
    if pattern not in OWN_PATTERNS:
        allowed = ", ".join(OWN_PATTERNS)
        raise SimulationRefused(f"{node.label} has the traffic pattern {pattern!r}; it must be one of {allowed}.")
    return Traffic(
        entry=node.id,
        pattern=Pattern(pattern),
        rate_per_s=node.number("rate_per_s"),
        peak_rate_per_s=optional("peak_rate_per_s"),
        spike_start_s=optional("spike_start_s"),
        spike_duration_s=optional("spike_duration_s"),
        users=optional("users"),
        peak_users=optional("peak_users"),
        think_time_s=optional("think_time_s"),
    )


def lower(plan: Plan, node: Node) -> None:
    """A request goes to one outgoing edge, by weight; the answer ends it, or the timeout, after the last retry.

    A refusal of the request itself is not worth a retry.

    Credentials for an AWS service come first, over their own edge, where the caller has none that are valid.
    """
    tables, number = plan.tables, plan.number(node)
    attempt, failed, given_up = Label("attempt"), Label("failed"), Label("given up")
    fetches, wallet = fetches_for_calls(plan, node), Wallet(plan, node)
    fetched = {edge.id for edge in fetches.values()}
    edges = [edge for edge in plan.design.outgoing(node.id) if plan.weight(edge) > 0 and edge.id not in fetched]
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1)
    if edges:
        tables.place(attempt)
        timer = tables.timer(max(node.number("timeout_s", 30.0), 0.001), st.CLIENT_TIMEOUT, failed)
        tables.emit(op.START_TIMER, resource=timer)
        branches = [(plan.weight(edge), Label(edge.id)) for edge in edges]
        if len(edges) > 1:
            tables.route(branches, plan.stream(node, "route"), number)
        for edge, (_, branch) in zip(edges, branches, strict=True):
            tables.place(branch)
            if edge.target in fetches:
                wallet.emit_fetch(fetches[edge.target], otherwise=failed)
            emit_call(plan, edge, otherwise=failed, flags=1)
            tables.emit(op.STOP_TIMER)
            tables.emit(op.JUMP, target=given_up)
        tables.place(failed)
        tables.emit(op.STOP_TIMER)
        refused = tables.translation(dict.fromkeys(PERMANENT, st.OK))
        tables.emit(op.CASE, resource=refused, target=given_up)
        stream = plan.stream(node, "retry")
        policy = _retry_policy(plan, node)
        tables.emit(op.RETRY, node=number, resource=policy, target=attempt, otherwise=given_up, stream=stream)
    tables.place(given_up)
    tables.emit(op.END)


def _retry_policy(plan: Plan, node: Node) -> int:
    """The same number of retries after every failure; waits double and are drawn uniformly below that (full jitter)."""
    retries = int(node.number("retries", 0.0))
    wait, most = node.number("retry_wait_s", 0.1), node.number("retry_wait_most_s", 20.0)
    return plan.tables.policy(
        limit=retries,
        wait=wait,
        wait_most=most,
        throttle_limit=retries,
        throttle_wait=wait,
        throttle_wait_most=most,
        maximum_age=math.inf,
        jitter=int(node.value("retry_jitter") is not False),
    )
