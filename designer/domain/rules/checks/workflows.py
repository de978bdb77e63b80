"""Workflows: whether the definition is one, and whether tasks and arrows say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.workflow_parameters import STATES_GUIDE, STATES_LANGUAGE
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, SetNodeParameter
from designer.domain.rules.fixes import new_edge, remove_edge, set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity
from designer.domain.workflows.analysis import analyse
from designer.domain.workflows.edits import changed, renamed_placeholder
from designer.domain.workflows.problem import AslProblem, Level
from designer.domain.workflows.reach import (
    TARGETS,
    WORKFLOWS,
    Reached,
    calls_of,
    connection_of,
    edge_parameters,
    is_express,
    is_task_edge,
    stands_for,
)
from designer.domain.workflows.writing import can_be_written, first_definition, with_task

_SHOWN: Final = 3
_CALLBACKS: Final = aws_docs("Discover service integration patterns", STATES_GUIDE + "connect-to-resource.html")
_LONGEST_ANSWER_S: Final = 3_600
"""Time limit that a fix gives a callback; the person knows the right one."""


def definition_of(workflow: Node) -> str:
    """The text of the definition; empty when there is none."""
    definition = workflow.value("definition")
    return definition if isinstance(definition, str) else ""


def told(problems: Iterable[AslProblem]) -> str:
    """The first problems with their places, and how many more there are."""
    found = list(problems)
    shown = "; ".join(
        f"line {p.line}{', ' + p.place if p.place else ''}: {p.message.rstrip('.')}" for p in found[:_SHOWN]
    )
    more = len(found) - _SHOWN
    return f"{shown}." if more <= 0 else f"{shown}; and {more} more."


@rule(
    "C120",
    Severity.ERROR,
    "Definition that AWS refuses",
    scope=Scope.NODE,
    only=WORKFLOWS,
    why="Creating or updating the state machine fails, or executions fail as soon as they come to the state.",
    source=STATES_LANGUAGE,
)
def refused_definition(_: Design, workflow: Node) -> Iterator[Problem]:
    """The definition is not JSON, is no state machine, or has states that cannot work."""
    definition = definition_of(workflow)
    if definition.strip():
        errors = analyse(definition, express=is_express(workflow)).errors
        if errors:
            yield problem(workflow, f"{workflow.label}'s definition is wrong: {told(errors)}", parameter="definition")


@rule(
    "C121",
    Severity.ADVICE,
    "Workflow without a definition",
    scope=Scope.NODE,
    only=WORKFLOWS,
    why="Nothing says in which order the tasks run. A run takes the connections one after the other.",
    source=STATES_LANGUAGE,
)
def no_definition(design: Design, workflow: Node) -> Iterator[Problem]:
    """The workflow has connections that tasks make, and no definition."""
    if definition_of(workflow).strip():
        return
    edges = [edge for edge in design.outgoing(workflow.id) if is_task_edge(edge) and _writable(edge)]
    if edges:
        text = first_definition([(edge, design.nodes[edge.target]) for edge in edges])
        yield problem(
            workflow,
            f"{workflow.label} has no definition yet.",
            set_node(workflow, "Write one with a task for each connection", definition=text),
            parameter="definition",
        )


def _writable(edge: Edge) -> bool:
    return edge.row is not None and can_be_written(edge.row)


@rule(
    "C122",
    Severity.WARNING,
    "Task without an arrow",
    scope=Scope.DESIGN,
    why="The drawing does not show what the workflow calls, its role is not allowed to, and a run does not count it.",
    source=STATES_LANGUAGE,
)
def task_without_arrow(design: Design) -> Iterator[Problem]:
    """A definition calls a node of the design to which no connection is drawn."""
    for workflow in _workflows(design):
        edges = design.outgoing(workflow.id)
        missing = [
            reached
            for reached in calls_of(design, workflow)
            if reached.node is not None and not any(stands_for(edge, workflow, reached) for edge in edges)
        ]
        known = [reached for reached in missing if _row_of(workflow, reached) is not None]
        if known:
            called = ", ".join(
                dict.fromkeys(f"{r.call.state.name} calls {r.node.label}" for r in known if r.node is not None)
            )
            yield problem(
                workflow,
                f"In {workflow.label}'s definition {called}, and no connection shows it.",
                _draw(design, workflow, known),
                parameter="definition",
            )


def _row_of(workflow: Node, reached: Reached) -> object:
    row = None if reached.node is None else connection_of(reached.call, workflow.service, reached.node.service)
    return row if row is not None and row.usable else None


def _draw(design: Design, workflow: Node, missing: list[Reached]) -> Fix:
    added: dict[object, Edge] = {}
    for reached in missing:
        node = reached.node
        row = None if node is None else connection_of(reached.call, workflow.service, node.service)
        if node is None or row is None:
            continue
        parameters = edge_parameters(reached.call, row)
        same = (node.id, row.id, parameters.get("action"))
        if same not in added:
            taken = [edge.id for edge in added.values()]
            edge = new_edge(design, workflow.id, node.id, row.id, besides=taken)
            added[same] = replace(edge, parameters=parameters)
    label = "Draw the connection" if len(added) == 1 else f"Draw the {len(added)} connections"
    return Fix(label, tuple(AddEdge(edge) for edge in added.values()))


@rule(
    "C123",
    Severity.WARNING,
    "Arrow without a task",
    scope=Scope.DESIGN,
    why="The drawing shows a call that the definition does not make. A run follows the definition.",
    source=STATES_LANGUAGE,
)
def arrow_without_task(design: Design) -> Iterator[Problem]:
    """A connection leaves a workflow, and no state of its definition makes that call."""
    for workflow in _workflows(design):
        definition = definition_of(workflow)
        if not definition.strip() or analyse(definition, express=is_express(workflow)).machine is None:
            continue
        calls = calls_of(design, workflow)
        for edge in design.outgoing(workflow.id):
            if is_task_edge(edge) and not any(stands_for(edge, workflow, reached) for reached in calls):
                yield problem(
                    edge,
                    f"No task of {workflow.label} calls {design.nodes[edge.target].label} in this way.",
                    *_add_task(design, workflow, edge),
                    remove_edge(edge),
                )


def _add_task(design: Design, workflow: Node, edge: Edge) -> Iterator[Fix]:
    if _writable(edge):
        text = with_task(definition_of(workflow), edge, design.nodes[edge.target])
        if text is not None:
            yield Fix("Add a task to the definition", (SetNodeParameter(workflow.id, "definition", text),))


@rule(
    "C124",
    Severity.WARNING,
    "Task that names a node that is not there",
    scope=Scope.DESIGN,
    why="The placeholder stands for nothing, so that the definition cannot be deployed.",
    source=STATES_LANGUAGE,
)
def unknown_target(design: Design) -> Iterator[Problem]:
    """A placeholder in a task names no node of the design."""
    for workflow in _workflows(design):
        lost = [reached for reached in calls_of(design, workflow) if reached.node is None and reached.missing]
        if lost:
            first = lost[0]
            names = ", ".join(dict.fromkeys(f"${{{name}}}" for reached in lost for name in reached.missing))
            yield problem(
                workflow,
                f"{workflow.label}'s definition names {names}, which is no node of this design.",
                *_retarget(design, workflow, first),
                parameter="definition",
            )


def _retarget(design: Design, workflow: Node, lost: Reached) -> Iterator[Fix]:
    candidates = [node for service in TARGETS.get(lost.call.call.service, ()) for node in design.nodes_of(service)]
    if len(candidates) == 1:
        text = renamed_placeholder(definition_of(workflow), lost.missing[0], candidates[0].id)
        yield set_node(workflow, f"Let it name {candidates[0].label}", definition=text)


@rule(
    "R120",
    Severity.WARNING,
    "Wait for an answer without a time limit",
    scope=Scope.NODE,
    only=WORKFLOWS[:1],
    why="An answer that never comes keeps the execution open for up to a year.",
    source=_CALLBACKS,
)
def endless_wait(_: Design, workflow: Node) -> Iterator[Problem]:
    """A task waits for a callback or an activity and has neither a time limit nor a heartbeat."""
    definition = definition_of(workflow)
    analysis = analyse(definition) if definition.strip() else None
    found = [p for p in analysis.problems if p.code == "endless_wait"] if analysis is not None else []
    if found:
        for place in found:
            definition = changed(definition, place.path, lambda state: state.update(TimeoutSeconds=_LONGEST_ANSWER_S))
        yield problem(
            workflow,
            f"{workflow.label} may wait forever: {told(found)}",
            set_node(workflow, "Wait an hour at most", definition=definition),
            parameter="definition",
        )


@rule(
    "R121",
    Severity.WARNING,
    "Doubtful definition",
    scope=Scope.NODE,
    only=WORKFLOWS,
    why="AWS takes the definition, but states will not do what is written in them.",
    source=STATES_LANGUAGE,
)
def doubtful_definition(_: Design, workflow: Node) -> Iterator[Problem]:
    """The definition has parts that are accepted and have no effect, or not the one that is meant."""
    definition = definition_of(workflow)
    if definition.strip():
        problems = analyse(definition, express=is_express(workflow)).problems
        found = [p for p in problems if p.level is Level.WARNING and p.code != "endless_wait"]
        if found:
            yield problem(workflow, f"{workflow.label}: {told(found)}", parameter="definition")


def _workflows(design: Design) -> Iterator[Node]:
    for service in WORKFLOWS:
        yield from design.nodes_of(service)
