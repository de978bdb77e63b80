"""The fix that lets a state machine call functions one after the other, instead of each waiting for the next."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, AddNode, RemoveEdge
from designer.domain.rules.fixes import new_edge, new_node, place_beside
from designer.domain.rules.rule import Fix
from designer.domain.workflows.writing import first_definition

_WORKFLOW: Final = "step_functions_express"


def call_in_turn(design: Design, function: Node, callers: tuple[Edge, ...], called: tuple[Edge, ...]) -> Fix:
    """An Express workflow that calls the function and then those that it called; its callers start the workflow."""
    workflow = new_node(
        design,
        f"{function.id}-workflow",
        _WORKFLOW,
        f"{function.label[:180]} workflow",
        place=place_beside(design, function),
        parameters={"log_level": "ERROR"},
    )
    steps: list[tuple[Edge, Node]] = []
    for node_id in (function.id, *dict.fromkeys(edge.target for edge in called)):
        taken = [edge.id for edge, _ in steps]
        step = new_edge(design, workflow.id, node_id, f"{_WORKFLOW}.lambda.invoke", besides=taken)
        steps.append((step, design.nodes[node_id]))
    starts = [
        new_edge(design, caller, workflow.id, f"lambda.{_WORKFLOW}.start_sync_execution")
        for caller in dict.fromkeys(edge.source for edge in callers)
    ]
    defined = replace(workflow, parameters={**workflow.parameters, "definition": first_definition(steps)})
    return Fix(
        "Let a state machine call them in turn",
        (
            *(RemoveEdge(edge.id) for edge in (*callers, *called)),
            AddNode(defined),
            *(AddEdge(edge) for edge, _ in steps),
            *(AddEdge(edge) for edge in starts),
        ),
    )
