"""Executions of workflows: how they start, how long they may last, and the run of their definition."""

from __future__ import annotations

from typing import Final

from designer.domain.graph.model import Edge, Node
from designer.domain.workflows.analysis import Analysis, analyse
from designer.domain.workflows.machine import Machine
from designer.domain.workflows.reach import is_express, is_task_edge
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.calls import emit_call
from simulator.engine.lowering.declaration import CALL, EVENT, HAND_OVER
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.workflow_news import FAILED, RUNNING, SUCCEEDED, TIMED_OUT, emit_news
from simulator.engine.lowering.workflow_states import TRANSITIONS, Pace, States

ENTRIES: Final = (CALL, HAND_OVER, EVENT)
BILLED_S: Final = "billed seconds"
"""Meter of an Express workflow: the time of its executions, in started steps."""
BILLED_STEP_S: Final = 0.1
"""AWS price list, Step Functions: the time of an Express execution is rounded up to 100 ms."""
_UNLIMITED: Final = 1_000_000_000
_KEPT: Final = frozenset({st.EXECUTION_TIMEOUT, st.PAYLOAD_TOO_LARGE, st.EXECUTION_FAILED})


def entry_for(edge: Edge) -> str | None:
    """A caller that waits for the job waits for the execution."""
    return CALL if edge.flow.value == "job" else None


def lower_workflow(plan: Plan, node: Node) -> None:
    """Start and wait, start and go on, and the execution itself."""
    tables, number = plan.tables, plan.number(node)
    starts = plan.account_bucket(
        f"{node.service} starts", plan.limit(node.service, "start_rate"), plan.limit(node.service, "start_bucket")
    )
    execution, refused = Label("execution"), Label("start refused")
    plan.place(node, HAND_OVER)
    tables.emit(op.BUCKET, resource=starts, x=1.0, flags=1, code=st.THROTTLED, otherwise=refused)
    accepting = plan.latency("step_functions.start_execution")
    tables.emit(op.DELAY, resource=accepting, stream=plan.stream(node, "accepting"))
    tables.emit(op.SEND, node=number, target=execution, x=1.0, flags=1)
    tables.emit(op.END)
    plan.place(node, CALL)
    plan.place(node, EVENT)
    tables.emit(op.BUCKET, resource=starts, x=1.0, flags=1, code=st.THROTTLED, otherwise=refused)
    tables.place(execution)
    _execution(plan, node)
    tables.place(refused)
    tables.emit(op.ARRIVE, node=number, flags=0)
    tables.emit(op.END)


def _execution(plan: Plan, node: Node) -> None:
    """Begin, run the definition within the time that an execution has, and end."""
    tables, number = plan.tables, plan.number(node)
    refused, failed, timed_out, body = Label("refused"), Label("failed"), Label("timed out"), Label("definition")
    pool = _begin(plan, node, refused)
    analysis = _analysis(node)
    longest_s = _longest_s(plan, node, analysis)
    tables.emit(op.START_TIMER, resource=tables.timer(longest_s, st.EXECUTION_TIMEOUT, timed_out))
    emit_news(plan, node, RUNNING)
    if node.number("state_payload_bytes") > plan.limit(node.service, "payload_bytes"):
        tables.emit(op.FAIL, x=1.0, code=st.PAYLOAD_TOO_LARGE, otherwise=failed)
    tables.emit(op.FORK, node=number, otherwise=failed)
    first = len(tables.choices)
    tables.choices.append((1.0, body))
    tables.emit(op.BRANCHES, resource=first, code=1)
    _end(plan, node, failed, timed_out)
    tables.emit(op.STOP_TIMER)
    if is_express(node):
        tables.emit(op.METER_TIME, node=number, resource=plan.meter(node, BILLED_S), x=BILLED_STEP_S)
    tables.emit(op.RELEASE, node=number, resource=pool, flags=1)
    tables.place(refused)
    tables.emit(op.END)
    _body(plan, node, body, analysis)


def _begin(plan: Plan, node: Node, refused: Label) -> int:
    """Count it among the open executions, whose pool is returned, and wait until the first state can begin."""
    tables, number = plan.tables, plan.number(node)
    tables.emit(op.ARRIVE, node=number, flags=0, otherwise=refused)
    most = _UNLIMITED if is_express(node) else int(plan.limit(node.service, "open_executions"))
    limit = tables.limit(most)
    pool = tables.pool(limit)
    plan.has_concurrency(node, limit)
    tables.emit(op.ACQUIRE, node=number, resource=pool, code=st.QUOTA_EXCEEDED, otherwise=refused)
    nothing = tables.constant(0.0)
    tables.emit(op.COLD, resource=nothing, code=nothing, stream=plan.stream(node, "start"))
    start = plan.remaining_latency(
        f"{node.service}.start_to_task", "lambda.invoke_overhead", f"{node.service}.transition"
    )
    tables.emit(op.DELAY, resource=start, stream=plan.stream(node, "start"))
    return pool


def _end(plan: Plan, node: Node, failed: Label, timed_out: Label) -> None:
    """What is told of an execution that worked, took too long or failed, and its status."""
    tables, done = plan.tables, Label("done")
    emit_news(plan, node, SUCCEEDED)
    tables.emit(op.JUMP, target=done)
    tables.place(timed_out)
    emit_news(plan, node, TIMED_OUT)
    tables.emit(op.JUMP, target=done)
    tables.place(failed)
    causes = {status: st.EXECUTION_FAILED for status in range(1, len(st.STATUSES)) if status not in _KEPT}
    tables.emit(op.TRANSLATE, resource=tables.translation(causes))
    emit_news(plan, node, FAILED)
    tables.place(done)


def _analysis(node: Node) -> Analysis | None:
    definition = node.value("definition")
    if not isinstance(definition, str) or not definition.strip():
        return None
    return analyse(definition, express=is_express(node))


def _longest_s(plan: Plan, node: Node, analysis: Analysis | None) -> float:
    longest = plan.limit(node.service, "duration_s")
    own = None if analysis is None or analysis.machine is None else analysis.machine.fields.get("TimeoutSeconds")
    return min(longest, float(own)) if isinstance(own, int) and not isinstance(own, bool) else longest


def _body(plan: Plan, node: Node, body: Label, analysis: Analysis | None) -> None:
    tables = plan.tables
    pace = _pace(plan, node)
    if analysis is not None and analysis.machine is not None and analysis.runnable:
        begins = _definition(plan, node, analysis.machine, pace)
        tables.place(body)
        if pace.meter >= 0:
            tables.emit(op.METER, node=plan.number(node), resource=pace.meter, x=1.0)
        tables.emit(op.JUMP, target=begins)
        return
    why = "has no definition" if analysis is None else "has a definition that AWS refuses"
    plan.remark(node, f"{node.label} {why}: the run takes its connections one after the other.")
    tables.place(body)
    _in_turn(plan, node, pace)


def _definition(plan: Plan, node: Node, machine: Machine, pace: Pace) -> Label:
    return States(plan, node, pace).machine(machine)


def _in_turn(plan: Plan, node: Node, pace: Pace) -> None:
    """A transition and a call for each connection, in the order of their ids; the first failure ends it."""
    tables = plan.tables
    failed = Label("failed")
    for edge in plan.design.outgoing(node.id):
        if is_task_edge(edge):
            tables.emit(op.ALIVE)
            if pace.meter >= 0:
                tables.emit(op.METER, node=plan.number(node), resource=pace.meter, x=1.0)
            tables.emit(op.DELAY, resource=pace.overhead, stream=plan.stream(node, "transitions"))
            emit_call(plan, edge, otherwise=failed, flags=3)
            if edge.flow.value == "callback":
                tables.emit(op.DELAY, resource=tables.constant(edge.number("answer_after_s", 5.0)))
    tables.place(failed)
    tables.emit(op.END)


def _pace(plan: Plan, node: Node) -> Pace:
    overhead = plan.latency(f"{node.service}.transition")
    if is_express(node):
        return Pace(overhead, -1, -1)
    rate, capacity = plan.limit(node.service, "transition_rate"), plan.limit(node.service, "transition_bucket")
    bucket = plan.account_bucket("state transitions", rate, capacity)
    return Pace(overhead, bucket, plan.meter(node, TRANSITIONS))
