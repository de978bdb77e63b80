"""Lambda: a pool of environments under concurrency limits, synchronous and asynchronous invocation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Edge, Node
from designer.domain.network.placement import in_vpc
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.calls import emit_call
from simulator.engine.lowering.declaration import CALL, EVENT, HAND_OVER
from simulator.engine.lowering.function_entries import (
    aliases_of,
    large_message_mappings,
    provisioned_for,
    through,
)
from simulator.engine.lowering.function_times import (
    initialisation,
    lacks_memory,
    never_begins,
    timeout_s,
    work_distribution,
)
from simulator.engine.lowering.large_messages import delete_objects, get_objects
from simulator.engine.lowering.logs import emit_logs
from simulator.engine.lowering.pipe_sources import PIPE, reports_failed_records
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "lambda"
ENTRIES = (CALL, HAND_OVER, EVENT)

SDK_RETRIES: Final = 2
"""Further attempts after a throttle: the SDKs' standard mode makes three in all."""
SDK_WAIT_S: Final = 0.1
SDK_WAIT_MOST_S: Final = 20.0
"""Estimate: uniform between zero and 0.1 s, 0.2 s ... (full jitter)."""
READY_RATE: Final = 1e6
"""Invocations a second that a function takes once it is set up: no limit."""
SCALING_PERIOD_S: Final = 10.0
REAPER_PERIOD_S: Final = 60.0
"""Idle environments are looked for once a minute (see docs/model.md for why)."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What an invocation needs: an environment of this pool, and a token of this bucket of requests."""

    pool: int
    bucket: int
    ready: int
    """Bucket that has its first token when the function's network interfaces are there, or -1."""


def lower(plan: Plan, node: Node) -> None:
    """The three entries of a function: invoke and wait, invoke and go on, and its internal queue of events.

    An alias has entries of its own, whose calls find the alias's provisioned environments, and so has a queue whose
    messages the function has to fetch from S3.
    """
    aliases = list(aliases_of(plan, node))
    provisioned = int(node.number("provisioned_concurrency"))
    limit = _limit(plan, node, provisioned + sum(provisioned_for(plan, edge) for edge in aliases))
    capacity = Capacity(_pool(plan, node, limit, provisioned), _request_bucket(plan, node), _ready(plan, node))
    plan.has_concurrency(node, limit, provisioned + sum(provisioned_for(plan, edge) for edge in aliases))
    plan.has_waiting_events(node)
    _entries(plan, node, capacity, {kind: plan.entry(node.id, kind) for kind in ENTRIES})
    for edge in large_message_mappings(plan, node):
        plan.tables.place(through(plan, edge))
        _invocation(plan, node, capacity, edge)
    for edge in aliases:
        own = Capacity(_pool(plan, node, limit, provisioned_for(plan, edge)), capacity.bucket, capacity.ready)
        _entries(plan, node, own, {kind: through(plan, edge, kind) for kind in ENTRIES})


def _entries(plan: Plan, node: Node, capacity: Capacity, entries: Mapping[str, Label]) -> None:
    tables = plan.tables
    tables.place(entries[CALL])
    _invocation(plan, node, capacity)
    tables.place(entries[HAND_OVER])
    overhead = plan.latency("lambda.invoke_overhead")
    tables.emit(op.DELAY, resource=overhead, stream=plan.stream(node, "overhead"))
    tables.emit(op.SEND, node=plan.number(node), target=entries[EVENT], x=1.0)
    tables.emit(op.END)
    tables.place(entries[EVENT])
    _events(plan, node, entries[CALL])


def _limit(plan: Plan, node: Node, provisioned: int) -> int:
    """The concurrency that is left beside the provisioned environments."""
    if node.value("reserved_concurrency") is None:
        return plan.unreserved
    return plan.tables.limit(max(int(node.number("reserved_concurrency")) - provisioned, 0))


def _pool(plan: Plan, node: Node, limit: int, provisioned: int) -> int:
    rate = plan.limit("lambda", "scaling_rate")
    phase = int.from_bytes(node.id.encode()[-4:], "big") % int(REAPER_PERIOD_S)
    return plan.tables.pool(
        limit,
        environments=1,
        provisioned_free=provisioned,
        expiry=max(node.number("idle_expiry_s", 600.0), 0.001),
        reap_every=REAPER_PERIOD_S,
        reap_phase=float(phase),
        scale_tokens=rate,
        scale_capacity=rate,
        scale_rate=rate / SCALING_PERIOD_S,
    )


def _ready(plan: Plan, node: Node) -> int:
    """A function that is set up in a VPC for the first time answers nobody until its network interfaces are made."""
    seconds = node.number("vpc_setup_s")
    if seconds <= 0.0 or not in_vpc(plan.design, node):
        return -1
    return plan.tables.bucket(READY_RATE, READY_RATE, tokens=-READY_RATE * seconds)


def _request_bucket(plan: Plan, node: Node) -> int:
    """Ten requests/s per unit of concurrency, over the reservation or over the account."""
    per_unit = plan.limit("lambda", "requests_per_concurrency")
    if node.value("reserved_concurrency") is not None:
        rate = per_unit * node.number("reserved_concurrency")
        return plan.tables.bucket(rate, rate)
    rate = per_unit * plan.scenario.account_concurrency
    return plan.account_bucket("lambda", rate, rate)


def _invocation(plan: Plan, node: Node, capacity: Capacity, large: Edge | None = None) -> None:
    """Overhead, quotas, cold start, work, calls to other services, outcome.

    ``large`` is the mapping whose messages lie in S3: the function fetches them first and deletes them last.
    """
    tables, number = plan.tables, plan.number(node)
    refused, done = Label("refused"), Label("done")
    calls = [edge for edge in plan.design.outgoing(node.id) if _is_sdk_call(edge)]
    overhead = plan.latency("lambda.invoke_overhead")
    tables.emit(op.DELAY, resource=overhead, stream=plan.stream(node, "overhead"))
    tables.emit(op.ARRIVE, node=number, flags=4, otherwise=refused)
    if capacity.ready >= 0:
        tables.emit(op.BUCKET, resource=capacity.ready, x=1.0, flags=1, code=st.SERVICE_UNAVAILABLE, otherwise=refused)
    tables.emit(op.BUCKET, resource=capacity.bucket, x=1.0, flags=1, code=st.THROTTLED, otherwise=refused)
    tables.emit(
        op.ACQUIRE,
        node=number,
        resource=capacity.pool,
        code=st.THROTTLED,
        otherwise=refused,
        flags=int(node.id in plan.looping),
    )
    placement = plan.latency("lambda.cold_start_placement")
    tables.emit(op.COLD, resource=placement, code=initialisation(plan, node), stream=plan.stream(node, "cold start"))
    if never_begins(plan, node):
        tables.emit(op.FAIL, x=1.0, code=st.FUNCTION_TIMEOUT, otherwise=done)
    timed = bool(calls) or large is not None
    if timed:
        tables.emit(op.START_TIMER, resource=tables.timer(timeout_s(node), st.FUNCTION_TIMEOUT, done))
    if large is not None:
        get_objects(plan, large, node, otherwise=done)
    tables.emit(
        op.WORK,
        resource=work_distribution(plan, node),
        x=0.0 if timed else timeout_s(node),
        code=st.FUNCTION_TIMEOUT,
        otherwise=done,
        stream=plan.stream(node, "work"),
    )
    _sdk_calls(plan, node, calls, done)
    if lacks_memory(node):
        tables.emit(op.FAIL, x=1.0, code=st.FUNCTION_ERROR, otherwise=done)
    tables.emit(
        op.FAIL,
        x=min(node.number("error_percent") / 100.0, 1.0),
        code=st.FUNCTION_ERROR,
        otherwise=done,
        flags=int(any(_reports_items(plan, edge) for edge in plan.design.incoming(node.id))),
        stream=plan.stream(node, "errors"),
    )
    if large is not None:
        delete_objects(plan, large, node, otherwise=done)
    tables.place(done)
    if timed:
        tables.emit(op.STOP_TIMER)
    killed = st.FUNCTION_ERROR if lacks_memory(node) else 0
    tables.emit(op.RELEASE, node=number, resource=capacity.pool, code=killed, flags=1)
    emit_logs(plan, node)
    tables.place(refused)
    tables.emit(op.END)


def _is_sdk_call(edge: Edge) -> bool:
    """Calls that the function's code makes: not destinations, not dead letters."""
    return edge.mode in (Mode.SYNCHRONOUS, Mode.ASYNCHRONOUS) and edge.flow in (Flow.SYNC, Flow.ASYNC)


def _reports_items(plan: Plan, edge: Edge) -> bool:
    source = plan.design.nodes[edge.source]
    if edge.mode is Mode.PIPE:
        return source.service == PIPE and reports_failed_records(source)
    return edge.mode is Mode.EVENT_SOURCE_MAPPING and edge.value("report_batch_item_failures") is True


def _sdk_calls(plan: Plan, node: Node, calls: list[Edge], done: Label) -> None:
    """One call after the other, in the order of the edges' ids; a throttled one is retried by the SDK."""
    tables, number = plan.tables, plan.number(node)
    if not calls:
        return
    failed, worked = Label("dependency failed"), Label("dependencies worked")
    policy = tables.policy(
        throttle_limit=SDK_RETRIES,
        throttle_wait=SDK_WAIT_S,
        throttle_wait_most=SDK_WAIT_MOST_S,
        maximum_age=math.inf,
        jitter=1,
    )
    stream = plan.stream(node, "calls")
    for edge in calls:
        attempt, retry, following = Label("attempt"), Label("retry"), Label("following")
        tables.place(attempt)
        number_of_calls = max(edge.number("calls_per_request", 1.0), 0.0)
        emit_call(plan, edge, otherwise=retry, x=number_of_calls, flags=1, stream=stream)
        tables.emit(op.JUMP, target=following)
        tables.place(retry)
        tables.emit(op.RETRY, node=number, resource=policy, target=attempt, otherwise=failed, stream=stream)
        tables.place(following)
    tables.emit(op.JUMP, target=worked)
    tables.place(failed)
    everything = dict.fromkeys(range(1, len(st.STATUSES)), st.DEPENDENCY_ERROR)
    tables.emit(op.TRANSLATE, resource=tables.translation(everything))
    tables.emit(op.JUMP, target=done)
    tables.place(worked)


def _events(plan: Plan, node: Node, call: Label) -> None:
    """The internal queue: attempts, waits of 1 and 2 minutes after errors, back-off after throttles, destinations."""
    tables, number = plan.tables, plan.number(node)
    attempt, again, given_up = Label("attempt"), Label("again"), Label("given up")
    first_wait = plan.limit("lambda", "async_first_retry")
    policy = tables.policy(
        limit=int(node.number("async_retries", 2.0)),
        wait=first_wait,
        wait_most=plan.limit("lambda", "async_second_retry"),
        throttle_limit=-1,
        throttle_wait=1.0,
        throttle_wait_most=plan.limit("lambda", "async_longest_backoff"),
        maximum_age=node.number("async_maximum_event_age_s", 21_600.0),
        give_up_counts=1,
    )
    tables.emit(op.METER, node=number, resource=st.METER_WAITING_EVENTS, x=1.0)
    tables.emit(op.DELAY, resource=plan.latency("lambda.async_queue"), stream=plan.stream(node, "events"))
    tables.place(attempt)
    tables.emit(op.METER, node=number, resource=st.METER_WAITING_EVENTS, x=-1.0)
    tables.emit(op.CALL, node=number, target=call, x=1.0, otherwise=again, flags=1)
    _destinations(plan, node, ".on_success")
    tables.emit(op.END)
    tables.place(again)
    tables.emit(op.METER, node=number, resource=st.METER_WAITING_EVENTS, x=1.0)
    tables.emit(op.RETRY, node=number, resource=policy, target=attempt, otherwise=given_up)
    tables.place(given_up)
    tables.emit(op.METER, node=number, resource=st.METER_WAITING_EVENTS, x=-1.0)
    _destinations(plan, node, ".on_failure")
    _destinations(plan, node, ".dead_letter")
    tables.emit(op.END)


def _destinations(plan: Plan, node: Node, ending: str) -> None:
    for edge in plan.design.outgoing(node.id):
        if edge.connection.endswith(ending):
            plan.tables.emit(
                op.SEND, node=plan.number(node), target=plan.delivery(edge), edge=plan.edge_number(edge), x=1.0
            )
