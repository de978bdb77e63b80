"""Cognito user pool: what callers do there, under the account's request rates, with the triggers of each action."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.fronts import answer_some, guard
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "cognito_user_pool"
REFUSED = "a request rate of the account (TooManyRequestsException)"


@dataclass(frozen=True, slots=True)
class Action:
    """The rate that an action counts against, its latency, and the triggers before and after it."""

    rate: str
    latency: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


_SIGN_IN: Final = Action(
    "user_authentication",
    "cognito.sign_in",
    ("pre_authentication", "define_auth_challenge", "create_auth_challenge", "verify_auth_challenge"),
    ("post_authentication", "pre_token_generation"),
)
_ACTIONS: Final = {
    "SignIn": _SIGN_IN,
    "RefreshToken": Action("user_authentication", "cognito.token", after=("pre_token_generation",)),
    "SignUp": Action("user_creation", "cognito.sign_up", ("pre_sign_up", "custom_message"), ("post_confirmation",)),
    "ForgotPassword": Action("user_account_recovery", "cognito.token", ("custom_message",)),
    "Federation": Action(
        "user_federation", "cognito.token", ("inbound_federation",), ("post_authentication", "pre_token_generation")
    ),
    "MachineToken": Action("client_authentication", "cognito.token", after=("pre_token_generation",)),
}
_SENDS_CODES: Final = ("SignUp", "ForgotPassword")
_SENDERS: Final = ("custom_sms_sender", "custom_email_sender")
ENTRIES = (*_ACTIONS, CALL)


def entry_for(edge: Edge) -> str | None:
    """By the action of the call; code's own calls (Admin APIs) read users."""
    action = str(edge.value("action"))
    return action if action in _ACTIONS else CALL


def lower(plan: Plan, node: Node) -> None:
    """Each action takes a token of its category's rate, which all user pools of the account share."""
    for name, action in _ACTIONS.items():
        end = Label("end")
        plan.place(node, name)
        plan.tables.emit(op.ARRIVE, node=plan.number(node), flags=1)
        guard(plan, node, end)
        _act(plan, node, name, action, end)
        plan.tables.place(end)
        plan.tables.emit(op.END)
    _admin(plan, node)


def _act(plan: Plan, node: Node, name: str, action: Action, end: Label) -> None:
    tables, number = plan.tables, plan.number(node)
    rate = plan.limit(SERVICE, action.rate)
    bucket = plan.account_bucket(f"cognito {action.rate}", rate, rate)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.QUOTA_EXCEEDED, otherwise=end)
    if name == "Federation":
        _provider(plan, node, end)
    _triggers(plan, node, action.before, end)
    tables.emit(op.DELAY, resource=plan.latency(action.latency), stream=plan.stream(node, name))
    if name in ("SignIn", "Federation"):
        wrong = node.number("wrong_password_percent") / 100.0
        answer_some(plan, node, wrong, st.UNAUTHORIZED, end=end, purpose=f"{name} refused")
    if name == "MachineToken":
        tables.emit(op.METER, node=number, resource=plan.meter(node, "machine tokens"), x=1.0)
    _triggers(plan, node, action.after, end)
    if name in _SENDS_CODES:
        for edge in _trigger_edges(plan, node, _SENDERS):
            row = plan.edge_number(edge)
            tables.emit(op.SEND, node=number, target=plan.delivery(edge), edge=row, x=1.0)


def _provider(plan: Plan, node: Node, end: Label) -> None:
    """The person signs in at one of the providers, each as often as the others."""
    tables = plan.tables
    edges = [
        edge
        for edge in plan.design.incoming(node.id)
        if edge.mode is Mode.AUTHORIZER and plan.design.nodes[edge.source].service == "identity_provider"
    ]
    if not edges:
        return
    signed_in = Label("signed in at the provider")
    branches = [(1.0, Label(edge.id)) for edge in edges]
    tables.route(branches, plan.stream(node, "provider"), plan.number(node))
    for edge, (_, branch) in zip(edges, branches, strict=True):
        tables.place(branch)
        target, row = plan.entry(edge.source, CALL), plan.edge_number(edge)
        tables.emit(op.CALL, node=plan.number(node), target=target, edge=row, x=1.0, otherwise=end)
        tables.emit(op.JUMP, target=signed_in)
    tables.place(signed_in)


def _trigger_edges(plan: Plan, node: Node, names: tuple[str, ...]) -> list[Edge]:
    wanted = {f"cognito_user_pool.lambda.{name}": position for position, name in enumerate(names)}
    found = [edge for edge in plan.design.outgoing(node.id) if edge.connection in wanted]
    return sorted(found, key=lambda edge: wanted[edge.connection])


def _triggers(plan: Plan, node: Node, names: tuple[str, ...], end: Label) -> None:
    """Each trigger has 5 s, and three attempts in all; then the whole operation fails."""
    tables, number = plan.tables, plan.number(node)
    for edge in _trigger_edges(plan, node, names):
        if edge.flow is not Flow.SYNC:
            continue
        attempt, failed, answered, lost = (Label(name) for name in ("attempt", "failed", "answered", "trigger failed"))
        timeout_s, attempts = plan.limit(SERVICE, "trigger_timeout"), plan.limit(SERVICE, "trigger_attempts")
        tables.place(attempt)
        tables.emit(op.START_TIMER, resource=tables.timer(timeout_s, st.FUNCTION_TIMEOUT, failed))
        target, row = plan.called(edge), plan.edge_number(edge)
        tables.emit(op.CALL, node=number, target=target, edge=row, x=1.0, otherwise=failed)
        tables.emit(op.STOP_TIMER)
        tables.emit(op.JUMP, target=answered)
        tables.place(failed)
        tables.emit(op.STOP_TIMER)
        retry = tables.policy(
            limit=int(attempts) - 1, throttle_limit=int(attempts) - 1, wait=0.0, throttle_wait=0.0, maximum_age=math.inf
        )
        stream = plan.stream(node, "trigger retry")
        tables.emit(op.RETRY, node=number, resource=retry, target=attempt, otherwise=lost, stream=stream)
        tables.place(lost)
        everything = dict.fromkeys(range(1, len(st.STATUSES)), st.DEPENDENCY_ERROR)
        tables.emit(op.TRANSLATE, resource=tables.translation(everything))
        tables.emit(op.JUMP, target=end)
        tables.place(answered)


def _admin(plan: Plan, node: Node) -> None:
    """Calls of code with AWS credentials: one user is read."""
    tables, end = plan.tables, Label("end")
    rate = plan.limit(SERVICE, "user_read")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=plan.number(node), flags=1)
    bucket = plan.account_bucket("cognito user_read", rate, rate)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.QUOTA_EXCEEDED, otherwise=end)
    tables.emit(op.DELAY, resource=plan.latency("cognito.token"), stream=plan.stream(node, "admin"))
    tables.place(end)
    tables.emit(op.END)
