"""Tasks and edges say the same: each row of the table can be written as a state, and is recognised again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Connection
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.workflows.analysis import analyse
from designer.domain.workflows.machine import JSONATA, JSONPATH, all_states
from designer.domain.workflows.reach import WORKFLOWS, calls_of, is_task_edge, stands_for
from designer.domain.workflows.writing import can_be_written, first_definition, with_task

ROWS = [
    row
    for row in connections().values()
    if row.source in WORKFLOWS and row.usable and row.target in services() and can_be_written(row)
]


def drawn(row: Connection) -> tuple[Design, Edge]:
    """A workflow with one edge of the row."""
    edge = Edge("edge", "flow", "goal", row.id, row.mode, row.flow)
    nodes = {"flow": Node("flow", row.source, "flow"), "goal": Node("goal", row.target, "the goal")}
    return Design("d", nodes, {"edge": edge}), edge


@pytest.mark.point("SFN-04")
@pytest.mark.parametrize("language", [JSONPATH, JSONATA])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_state_that_is_written_for_an_edge_is_right_and_is_that_edge(row: Connection, language: str) -> None:
    design, edge = drawn(row)
    text = first_definition([(edge, design.nodes["goal"])], language)
    analysis = analyse(text, express=row.source == WORKFLOWS[1])
    assert analysis.problems == ()
    flow = replace(design.nodes["flow"], parameters={"definition": text})
    design = replace(design, nodes={**design.nodes, "flow": flow})
    (reached,) = calls_of(design, flow)
    assert reached.node == design.nodes["goal"]
    assert stands_for(edge, flow, reached)


def test_every_call_of_the_table_can_be_written_except_those_of_a_distributed_map() -> None:
    calls = [row for row in connections().values() if row.source in WORKFLOWS and row.usable]
    edges = [Edge("e", "a", "b", row.id, row.mode, row.flow) for row in calls]
    unwritten = [e.connection for e in edges if is_task_edge(e) and e.row is not None and not can_be_written(e.row)]
    assert unwritten == ["step_functions_standard.s3.distributed_map"]


def test_a_further_task_goes_to_the_end_of_the_way_straight_on() -> None:
    design, edge = drawn(connections()["step_functions_standard.lambda.invoke"])
    text = with_task("", edge, design.nodes["goal"])
    assert text is not None
    twice = with_task(text, edge, design.nodes["goal"])
    assert twice is not None
    machine = analyse(twice).machine
    assert machine is not None
    assert [(state.name, state.next) for state in all_states(machine)] == [
        ("Invoke and wait: the goal", "Invoke and wait: the goal 2"),
        ("Invoke and wait: the goal 2", None),
    ]
    assert analyse(twice).errors == ()


def test_a_task_comes_before_the_state_that_only_ends() -> None:
    design, edge = drawn(connections()["step_functions_standard.sqs_standard.send_message"])
    before = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Z"}, "Z": {"Type": "Succeed"}}}
    text = with_task(json.dumps(before), edge, design.nodes["goal"])
    assert text is not None
    written = json.loads(text)
    assert written["States"]["A"]["Next"] == "SendMessage: the goal"
    assert written["States"]["SendMessage: the goal"]["Next"] == "Z"
    assert analyse(text).errors == ()


def test_nothing_is_written_into_what_is_no_definition() -> None:
    design, edge = drawn(connections()["step_functions_standard.lambda.invoke"])
    assert with_task("{", edge, design.nodes["goal"]) is None
    assert with_task("[]", edge, design.nodes["goal"]) is None


@pytest.mark.parametrize(
    "name",
    ["${goal}", "${goal.Arn}", "arn:aws:lambda:us-east-1:123456789012:function:goal", "goal:live", "${the goal}"],
)
def test_a_target_is_found_by_placeholder_arn_or_name(name: str) -> None:
    text = json.dumps(
        {
            "StartAt": "A",
            "States": {
                "A": {
                    "Type": "Task",
                    "Resource": "arn:aws:states:::lambda:invoke",
                    "Parameters": {"FunctionName": name},
                    "End": True,
                }
            },
        }
    )
    flow = Node("flow", WORKFLOWS[0], "flow", parameters={"definition": text})
    design = Design("d", {"flow": flow, "goal": Node("goal", "lambda", "the goal")})
    (reached,) = calls_of(design, flow)
    assert (reached.node is not None) == (name != "goal:live")


def test_a_renamed_node_is_still_found_because_tasks_name_ids() -> None:
    design, edge = drawn(connections()["step_functions_standard.lambda.invoke"])
    text = first_definition([(edge, design.nodes["goal"])])
    flow = replace(design.nodes["flow"], parameters={"definition": text})
    renamed = replace(design.nodes["goal"], label="another name")
    design = replace(design, nodes={"flow": flow, "goal": renamed})
    assert [reached.node for reached in calls_of(design, flow)] == [renamed]


def test_a_placeholder_of_nothing_is_told() -> None:
    text = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${gone.Arn}", "End": True}}})
    flow = Node("flow", WORKFLOWS[0], "flow", parameters={"definition": text})
    (reached,) = calls_of(Design("d", {"flow": flow}), flow)
    assert (reached.node, reached.missing) == (None, ("gone",))


def test_an_event_without_a_bus_goes_to_the_default_bus() -> None:
    state = {
        "Type": "Task",
        "Resource": "arn:aws:states:::events:putEvents",
        "Parameters": {"Entries": [{"Source": "a", "DetailType": "b", "Detail": {}}]},
        "End": True,
    }
    flow = Node(
        "flow", WORKFLOWS[0], "f", parameters={"definition": json.dumps({"StartAt": "A", "States": {"A": state}})}
    )
    bus = Node("bus", "eventbridge_bus", "bus")
    (reached,) = calls_of(Design("d", {"flow": flow, "bus": bus}), flow)
    assert reached.node == bus
