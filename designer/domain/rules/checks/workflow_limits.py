"""Workflows: what executions run into, and what failing tasks do to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.workflow_parameters import ORCHESTRATION, STATES_GUIDE
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.checks.workflows import definition_of
from designer.domain.rules.fixes import set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity
from designer.domain.workflows.analysis import analyse
from designer.domain.workflows.edits import changed
from designer.domain.workflows.failures import ALL, NOT_IN_ALL
from designer.domain.workflows.integrations import CallKind
from designer.domain.workflows.machine import Machine, State, all_states
from designer.domain.workflows.measures import fixed_wait_s, history_events, item_counts
from designer.domain.workflows.reach import WORKFLOWS, is_express
from designer.domain.workflows.tasks import task_calls

_STANDARD, _EXPRESS = WORKFLOWS
_EXPRESS_S: Final = services()[_EXPRESS].limit("duration_s").value
_HISTORY: Final = services()[_STANDARD].limit("history_events").value
_PAYLOAD: Final = services()[_STANDARD].limit("payload_bytes").value
_ERRORS: Final = aws_docs("Handling errors in Step Functions workflows", STATES_GUIDE + "concepts-error-handling.html")
_PRACTICE: Final = aws_docs("Best practices for Step Functions", STATES_GUIDE + "sfn-best-practices.html")
_TRANSIENT: Final = [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
]
_SMALL_BYTES: Final = 1_024
"""Data that holds a place in S3 instead of the object."""


def _machine(workflow: Node) -> Machine | None:
    """The machine when nothing in its definition is wrong; C120 tells the rest."""
    definition = definition_of(workflow)
    analysis = analyse(definition, express=is_express(workflow)) if definition.strip() else None
    return analysis.machine if analysis is not None and analysis.runnable else None


@rule(
    "L120",
    Severity.WARNING,
    "Function that may outlast its Express workflow",
    scope=Scope.EDGE,
    only=(f"{_EXPRESS}.lambda.invoke",),
    why="The execution ends after 5 minutes with States.Timeout, while the function goes on for nobody.",
    source=ORCHESTRATION,
)
def function_outlasts_workflow(design: Design, edge: Edge) -> Iterator[Problem]:
    """An Express workflow waits for a function whose timeout is above 5 minutes."""
    function = design.nodes[edge.target]
    timeout_s = function.number("timeout_s", 3)
    if timeout_s > _EXPRESS_S:
        yield problem(
            edge,
            f"{function.label} may work for {timeout_s:g} s, but {design.nodes[edge.source].label} ends after "
            f"{_EXPRESS_S:g} s.",
            set_node(function, f"Set the function's timeout to {_EXPRESS_S:g} s", timeout_s=int(_EXPRESS_S)),
        )


@rule(
    "L121",
    Severity.WARNING,
    "Express workflow that waits too long",
    scope=Scope.NODE,
    only=(_EXPRESS,),
    why="An Express execution ends after 5 minutes with States.Timeout.",
    source=ORCHESTRATION,
)
def express_waits(_: Design, workflow: Node) -> Iterator[Problem]:
    """The Wait states on one way through the definition add up to 5 minutes or more."""
    machine = _machine(workflow)
    waits_s = 0 if machine is None else fixed_wait_s(machine)
    if waits_s >= _EXPRESS_S:
        yield problem(
            workflow,
            f"{workflow.label} waits {waits_s:,} s in all on one way through; an Express workflow lasts "
            f"{_EXPRESS_S:g} s.",
            parameter="definition",
        )


@rule(
    "L122",
    Severity.ERROR,
    "More data between states than there may be",
    scope=Scope.NODE,
    only=WORKFLOWS,
    why="The execution fails with States.DataLimitExceeded, which no Retry and no Catch sees.",
    source=ORCHESTRATION,
)
def too_much_data(_: Design, workflow: Node) -> Iterator[Problem]:
    """The assumed size of the data between states is above 256 KiB."""
    size = workflow.number("state_payload_bytes", _SMALL_BYTES)
    if size > _PAYLOAD:
        yield problem(
            workflow,
            f"{workflow.label} passes {size:,.0f} bytes from state to state; {_PAYLOAD:,.0f} are allowed.",
            set_node(workflow, "Pass on where it lies in S3 instead", state_payload_bytes=_SMALL_BYTES),
            parameter="state_payload_bytes",
        )


@rule(
    "L123",
    Severity.WARNING,
    "History that becomes too long",
    scope=Scope.NODE,
    only=(_STANDARD,),
    why="An execution fails when its history has 25,000 events. Iterations of an inline Map all count.",
    source=ORCHESTRATION,
)
def long_history(_: Design, workflow: Node) -> Iterator[Problem]:
    """The longest way through the definition makes more events than a history may have."""
    machine = _machine(workflow)
    if machine is None:
        return
    items = item_counts(workflow.value("items_per_map"), workflow.value("map_items"))
    events = history_events(machine, items)
    if events > _HISTORY:
        maps = [state for state in all_states(machine) if state.type == "Map" and not state.distributed]
        largest = max(maps, key=items, default=None)
        fixes = () if largest is None else (_distribute(workflow, largest),)
        yield problem(
            workflow,
            f"One execution of {workflow.label} makes about {events:,} events; its history holds {_HISTORY:,.0f}.",
            *fixes,
            parameter="definition",
        )


def _distribute(workflow: Node, state: State) -> Fix:
    key = "ItemProcessor" if "ItemProcessor" in state.fields else "Iterator"

    def change(fields: dict[str, Any]) -> None:
        processor = fields.pop(key)
        processor["ProcessorConfig"] = {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}
        fields["ItemProcessor"] = processor

    text = changed(definition_of(workflow), state.path, change)
    return set_node(workflow, f"Make each item of {state.name} an execution of its own", definition=text)


@rule(
    "R122",
    Severity.ADVICE,
    "Function task without a Retry",
    scope=Scope.NODE,
    only=WORKFLOWS,
    why="Lambda answers with passing errors now and then, also when it throttles; without a Retry each fails the "
    "whole execution.",
    source=_PRACTICE,
)
def no_retry(_: Design, workflow: Node) -> Iterator[Problem]:
    """A task calls a function, and nothing says that passing errors are tried again."""
    machine = _machine(workflow)
    if machine is None:
        return
    bare = [
        call.state
        for call in task_calls(machine)
        if call.call.service == "lambda"
        and call.call.kind is not CallKind.ACTIVITY
        and "Retry" not in call.state.fields
    ]
    if bare:
        text = definition_of(workflow)
        retry = {"ErrorEquals": _TRANSIENT, "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2}
        for state in bare:
            text = changed(text, state.path, lambda fields: fields.update(Retry=[retry]))
        yield problem(
            workflow,
            f"{workflow.label} does not try again when Lambda is busy in {', '.join(s.name for s in bare[:5])}.",
            set_node(workflow, "Try passing errors three times", definition=text),
            parameter="definition",
        )


@rule(
    "R123",
    Severity.ADVICE,
    "Failures that nothing catches",
    scope=Scope.NODE,
    only=WORKFLOWS,
    why="The first task that fails ends the execution; nothing is undone and nobody is told.",
    source=_ERRORS,
)
def no_catch(_: Design, workflow: Node) -> Iterator[Problem]:
    """No state of a definition with several tasks has a Catch."""
    machine = _machine(workflow)
    if machine is None:
        return
    tasks = [call.state for call in task_calls(machine) if not call.distributed_map]
    if len(tasks) > 1 and not any("Catch" in state.fields for state in all_states(machine)):
        yield problem(
            workflow,
            f"No state of {workflow.label} catches an error: lead failures to a state that undoes or reports them.",
            parameter="definition",
        )


@rule(
    "R124",
    Severity.ADVICE,
    "Catch of everything that does not catch everything",
    scope=Scope.NODE,
    only=WORKFLOWS,
    why=f"States.ALL stands for every error except {' and '.join(NOT_IN_ALL)}; the first ends the execution whatever "
    "it catches.",
    source=ORCHESTRATION,
)
def all_is_not_all(_: Design, workflow: Node) -> Iterator[Problem]:
    """A definition counts on States.ALL while its data comes near the limit that States.ALL does not catch."""
    machine = _machine(workflow)
    size = workflow.number("state_payload_bytes", _SMALL_BYTES)
    if machine is None or not _PAYLOAD / 2 < size <= _PAYLOAD:
        return
    counting = [state.name for state in all_states(machine) if _catches_all(state)]
    if counting:
        yield problem(
            workflow,
            f"{workflow.label} passes {size:,.0f} bytes; should that exceed {_PAYLOAD:,.0f}, the Catch of "
            f"{', '.join(counting[:3])} does not help.",
            set_node(workflow, "Pass on where it lies in S3 instead", state_payload_bytes=_SMALL_BYTES),
            parameter="state_payload_bytes",
        )


def _catches_all(state: State) -> bool:
    catchers = state.fields.get("Catch")
    return isinstance(catchers, list) and any(ALL in rule.get("ErrorEquals", ()) for rule in catchers)


@rule(
    "R125",
    Severity.WARNING,
    "Express workflow that leaves no trace",
    scope=Scope.NODE,
    only=(_EXPRESS,),
    why="Step Functions keeps no history of Express executions: without a log nobody learns which ones failed and why.",
    source=aws_docs("Logging in CloudWatch Logs", STATES_GUIDE + "cw-logs.html"),
)
def no_log(_: Design, workflow: Node) -> Iterator[Problem]:
    """The log level of an Express workflow is off."""
    if workflow.value("log_level") == "OFF":
        yield problem(
            workflow,
            f"{workflow.label} writes no log.",
            set_node(workflow, "Log every error", log_level="ERROR"),
            parameter="log_level",
        )
