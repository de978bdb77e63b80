"""Operations: each does what it says, can be undone, and refuses what does not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.document import DocumentError, design_from_json, design_to_json
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operation_document import operation_from_json, operation_to_json
from designer.domain.graph.operations import (
    AddEdge,
    AddNode,
    MoveNode,
    Operation,
    OperationError,
    RemoveEdge,
    RemoveGroup,
    RemoveNode,
    RemoveNote,
    SetEdgeParameter,
    apply,
)
from tests.designer.domain.designs import designs, operations

CASES: Final[list[dict[str, Any]]] = json.loads(
    (Path(__file__).resolve().parents[3] / "fixtures" / "operations.json").read_text(encoding="utf-8")
)
RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
EMPTY = Design("Empty")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_shared_example(case: dict[str, Any]) -> None:
    before = design_from_json(case["before"])
    applied = apply(before, [operation_from_json(operation) for operation in case["operations"]])
    assert design_to_json(applied.design) == case["after"]
    assert apply(applied.design, applied.inverse).design == before


def test_the_shared_examples_show_every_operation() -> None:
    shown = {operation["op"] for case in CASES for operation in case["operations"]}
    assert len(shown) == len(get_args(Operation))


@RELAXED
@given(st.data())
def test_whatever_is_applied_can_be_undone_and_never_changes_the_design_it_was_given(data: st.DataObject) -> None:
    design = data.draw(designs())
    before = design_to_json(design)
    applied = apply(design, [data.draw(operations(design))])
    assert design_to_json(design) == before
    assert design_to_json(apply(applied.design, applied.inverse).design) == before


@RELAXED
@given(st.data())
def test_an_operation_survives_its_json_form(data: st.DataObject) -> None:
    operation = data.draw(operations(data.draw(designs())))
    assert operation_from_json(json.loads(json.dumps(operation_to_json(operation)))) == operation


@pytest.mark.parametrize(
    "operation",
    [
        RemoveNode("ghost"),
        MoveNode("ghost", 0, 0),
        RemoveEdge("ghost"),
        SetEdgeParameter("ghost", "batch_size", 1),
        RemoveGroup("ghost"),
        RemoveNote("ghost"),
    ],
)
def test_what_is_not_there_cannot_be_changed_and_is_named(operation: Operation) -> None:
    with pytest.raises(OperationError, match="ghost"):
        apply(EMPTY, [operation])


def test_an_edge_needs_both_its_nodes() -> None:
    edge = Edge("e", "a", "b", "unknown", Mode.ASYNCHRONOUS, Flow.ASYNC)
    with pytest.raises(OperationError, match="'b'"):
        apply(EMPTY, [AddNode(Node("a", "lambda", "a")), AddEdge(edge)])


def test_an_id_is_given_once() -> None:
    with pytest.raises(OperationError, match="already"):
        apply(EMPTY, [AddNode(Node("a", "lambda", "a")), AddNode(Node("a", "s3", "a"))])


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], "operation"),
        ({"op": "explode"}, "operation.op"),
        ({"op": "remove_node"}, "operation.node_id"),
        ({"op": "move_node", "node_id": "a", "x": "far", "y": 0}, "operation.x"),
        ({"op": "add_node", "node": {"id": "?", "service": "s3"}}, "operation.node.id"),
        ({"op": "set_node_parameter", "node_id": "a", "parameter": "p", "value": []}, "operation.value"),
    ],
)
def test_json_that_is_no_operation_is_refused_with_its_place(data: object, path: str) -> None:
    with pytest.raises(DocumentError) as refused:
        operation_from_json(data)
    assert refused.value.path == path
