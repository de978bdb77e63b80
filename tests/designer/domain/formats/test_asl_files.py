"""A state machine's definition in a file of its own becomes a design."""

from __future__ import annotations

import json

import pytest

from designer.domain.connections.spec import Flow
from designer.domain.formats.registry import import_file
from designer.domain.formats.spec import FormatError
from designer.domain.rules.check import check

DEFINITION = {
    "StartAt": "Charge",
    "States": {
        "Charge": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {
                "FunctionName": "arn:aws:lambda:us-east-1:123456789012:function:charge:live",
                "Payload.$": "$",
            },
            "Next": "Save",
        },
        "Save": {
            "Type": "Task",
            "Resource": "arn:aws:states:::dynamodb:putItem",
            "Parameters": {"TableName": "${Orders}", "Item": {"id": {"S.$": "$.id"}}},
            "Next": "Look",
        },
        "Look": {
            "Type": "Task",
            "Resource": "arn:aws:states:::aws-sdk:dynamodb:query",
            "Parameters": {"TableName": "${Orders}"},
            "Next": "Approve",
        },
        "Approve": {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters": {
                "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/approvals",
                "MessageBody": {"token.$": "$$.Task.Token"},
            },
            "TimeoutSeconds": 86400,
            "Next": "Where",
        },
        "Where": {
            "Type": "Task",
            "Resource": "arn:aws:states:::sns:publish",
            "Parameters": {"TopicArn.$": "$.topic", "Message": "x"},
            "Next": "Transform",
        },
        "Transform": {
            "Type": "Task",
            "Resource": "arn:aws:states:::ecs:runTask.sync",
            "Parameters": {
                "TaskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/transform",
                "Cluster": "c",
            },
            "End": True,
        },
    },
}


@pytest.mark.point("SFN-04")
def test_a_definition_becomes_the_workflow_with_its_targets_and_connections() -> None:
    imported = import_file("order-flow.asl.json", json.dumps(DEFINITION).encode())
    design = imported.design
    assert imported.report.format == "Step Functions definition"
    assert {(node.service, node.label) for node in design.nodes.values()} == {
        ("step_functions_standard", "order-flow"),
        ("lambda", "charge"),
        ("dynamodb", "Orders"),
        ("sqs_standard", "approvals"),
        ("ecs_fargate", "transform"),
    }
    assert {
        (edge.connection.split(".", 1)[1], edge.flow, edge.parameters.get("action")) for edge in design.edges.values()
    } == {
        ("lambda.invoke", Flow.SYNC, None),
        ("sqs_standard.send_message_callback", Flow.CALLBACK, None),
        ("ecs_fargate.run_task_job", Flow.JOB, None),
        ("dynamodb.action", Flow.SYNC, "PutItem"),
        ("dynamodb.sdk_action", Flow.SYNC, "Query"),
    }
    assert any("Where says only in a run" in note for note in imported.report.notes)
    assert {finding.rule_id for finding in check(design)} & {"C120", "C121", "C122", "C123", "C124"} == set()


def test_a_definition_in_yaml_is_read_too() -> None:
    text = "StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: ${work}\n    End: true\n"
    design = import_file("flow.asl.yaml", text.encode()).design
    assert sorted(node.service for node in design.nodes.values()) == ["lambda", "step_functions_standard"]


def test_what_is_wrong_in_a_definition_is_noted_and_it_is_read_all_the_same() -> None:
    text = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}})
    imported = import_file("flow.asl.json", text.encode())
    assert any("'B' is no state here" in note for note in imported.report.notes)


def test_a_definition_without_states_is_refused_with_its_place() -> None:
    with pytest.raises(FormatError, match="no States"):
        import_file("flow.asl.json", b'{"StartAt": "A", "States": []}')


def test_a_service_that_the_catalog_does_not_know_becomes_a_plain_node() -> None:
    state = {
        "Type": "Task",
        "Resource": "arn:aws:states:::glue:startJobRun.sync",
        "Parameters": {"JobName": "clean"},
        "End": True,
    }
    imported = import_file("f.asl.json", json.dumps({"StartAt": "A", "States": {"A": state}}).encode())
    assert [(edge.target, edge.flow) for edge in imported.design.edges.values()] == [("glue", Flow.JOB)]
    assert [unknown.id for unknown in imported.report.unknown] == ["glue"]
