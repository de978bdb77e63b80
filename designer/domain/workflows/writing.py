"""Writes Task states: one for an edge, and where it goes in a definition."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from designer.domain.connections.spec import Connection
from designer.domain.graph.model import Edge, Node
from designer.domain.workflows.machine import JSONATA, JSONPATH, Machine, read_machine
from designer.domain.workflows.structure import LONGEST_NAME

_OPTIMIZED: Final = "arn:aws:states:::"
_SDK: Final = "arn:aws:states:::aws-sdk:"
_TOKEN: Final = "$$.Task.Token"  # noqa: S105 - a path to the token, not a token
_TRANSIENT: Final = (
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
)

_TASKS: Final[Mapping[str, tuple[str, Mapping[str, object]]]] = {
    "lambda.invoke": (f"{_OPTIMIZED}lambda:invoke", {"FunctionName": "@", "Payload.$": "$"}),
    "lambda.invoke_event": (
        f"{_OPTIMIZED}lambda:invoke",
        {"FunctionName": "@", "InvocationType": "Event", "Payload.$": "$"},
    ),
    "lambda.invoke_callback": (
        f"{_OPTIMIZED}lambda:invoke.waitForTaskToken",
        {"FunctionName": "@", "Payload": {"input.$": "$", "token.$": _TOKEN}},
    ),
    "sqs_standard.send_message": (f"{_OPTIMIZED}sqs:sendMessage", {"QueueUrl": "@", "MessageBody.$": "$"}),
    "sqs_standard.send_message_callback": (
        f"{_OPTIMIZED}sqs:sendMessage.waitForTaskToken",
        {"QueueUrl": "@", "MessageBody": {"input.$": "$", "token.$": _TOKEN}},
    ),
    "sqs_fifo.send_message": (
        f"{_OPTIMIZED}sqs:sendMessage",
        {"QueueUrl": "@", "MessageBody.$": "$", "MessageGroupId.$": "#message_group"},
    ),
    "sns_standard.publish": (f"{_OPTIMIZED}sns:publish", {"TopicArn": "@", "Message.$": "$"}),
    "sns_standard.publish_callback": (
        f"{_OPTIMIZED}sns:publish.waitForTaskToken",
        {"TopicArn": "@", "Message": {"input.$": "$", "token.$": _TOKEN}},
    ),
    "sns_fifo.publish": (
        f"{_OPTIMIZED}sns:publish",
        {"TopicArn": "@", "Message.$": "$", "MessageGroupId.$": "#message_group"},
    ),
    "eventbridge_bus.put_events": (
        f"{_OPTIMIZED}events:putEvents",
        {"Entries": [{"EventBusName": "@", "Source": "workflow", "DetailType": "step done", "Detail.$": "$"}]},
    ),
    "eventbridge_bus.put_events_callback": (
        f"{_OPTIMIZED}events:putEvents.waitForTaskToken",
        {
            "Entries": [
                {
                    "EventBusName": "@",
                    "Source": "workflow",
                    "DetailType": "step waits",
                    "Detail": {"input.$": "$", "token.$": _TOKEN},
                }
            ]
        },
    ),
    "dynamodb.action": (f"{_OPTIMIZED}dynamodb:#action", {"TableName": "@", "#item": {"id": {"S.$": "$.id"}}}),
    "dynamodb.sdk_action": (f"{_SDK}dynamodb:#action", {"TableName": "@"}),
    "s3.action": (f"{_SDK}s3:#action", {"Bucket": "@", "Key.$": "$.key"}),
    "http_endpoint.http_task": (
        f"{_OPTIMIZED}http:invoke",
        {"ApiEndpoint": "@", "Method": "GET", "Authentication": {"ConnectionArn": "@.Connection"}},
    ),
    "ecs_fargate.run_task": (f"{_OPTIMIZED}ecs:runTask", {"LaunchType": "FARGATE", "TaskDefinition": "@"}),
    "ecs_fargate.run_task_job": (f"{_OPTIMIZED}ecs:runTask.sync", {"LaunchType": "FARGATE", "TaskDefinition": "@"}),
    "ecs_fargate.run_task_callback": (
        f"{_OPTIMIZED}ecs:runTask.waitForTaskToken",
        {
            "LaunchType": "FARGATE",
            "TaskDefinition": "@",
            "Overrides": {
                "ContainerOverrides": [{"Name": "main", "Environment": [{"Name": "TASK_TOKEN", "Value.$": _TOKEN}]}]
            },
        },
    ),
    "ecs_fargate.sdk_action": (f"{_SDK}ecs:#action", {"Service": "@"}),
    "kinesis_stream.put_record": (
        f"{_SDK}kinesis:putRecord",
        {"StreamName": "@", "PartitionKey.$": "$.id", "Data.$": "$"},
    ),
    "firehose.put_record": (f"{_SDK}firehose:putRecord", {"DeliveryStreamName": "@", "Record": {"Data.$": "$"}}),
    "redshift.execute_statement": (f"{_SDK}redshiftdata:executeStatement", {"WorkgroupName": "@", "Sql": "select 1"}),
    **{
        f"{api}.call_api{suffix}": (
            f"{_OPTIMIZED}apigateway:invoke{'.waitForTaskToken' if suffix else ''}",
            {
                "ApiEndpoint": "@",
                "Method": "POST" if suffix else "GET",
                "AuthType": "#auth_type",
                **({"RequestBody": {"input.$": "$", "token.$": _TOKEN}} if suffix else {}),
            },
        )
        for api in ("api_gateway_rest", "api_gateway_http")
        for suffix in ("", "_callback")
    },
    "api_gateway_websocket.post_to_connection": (
        f"{_OPTIMIZED}apigateway:invoke",
        {"ApiEndpoint": "@", "Method": "POST", "AuthType": "#auth_type", "RequestBody.$": "$"},
    ),
    **{
        f"{child}.{name}": (resource, {"StateMachineArn": "@", "Input.$": "$"})
        for child in ("step_functions_standard", "step_functions_express")
        for name, resource in (
            ("start_execution", f"{_OPTIMIZED}states:startExecution"),
            ("start_execution_job", f"{_OPTIMIZED}states:startExecution.sync:2"),
            ("start_sync_execution", f"{_SDK}sfn:startSyncExecution"),
        )
    },
    "step_functions_standard.start_execution_callback": (
        f"{_OPTIMIZED}states:startExecution.waitForTaskToken",
        {"StateMachineArn": "@", "Input": {"input.$": "$", "token.$": _TOKEN}},
    ),
}
"""Resource and arguments by target and mechanism. ``@`` is the node, ``#name`` a parameter of the edge."""


def can_be_written(row: Connection) -> bool:
    """Whether a connection is one that a Task state of its own makes."""
    return row.id.split(".", 1)[1] in _TASKS


def task_state(edge: Edge, target: Node, language: str = JSONPATH) -> dict[str, object]:
    """The Task state that an edge stands for, without Next and End. KeyError when none can be written."""
    row = edge.row
    assert row is not None
    resource, template = _TASKS[row.id.split(".", 1)[1]]
    action = str(edge.value("action") or "")
    resource = resource.replace("#action", action[:1].lower() + action[1:])
    given = _filled(template, edge, target)
    state: dict[str, object] = {"Type": "Task", "Resource": resource}
    state["Arguments" if language == JSONATA else "Parameters"] = _jsonata(given) if language == JSONATA else given
    if target.service == "lambda":
        state["Retry"] = [{"ErrorEquals": list(_TRANSIENT), "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2}]
    if resource.endswith(".waitForTaskToken"):
        state["TimeoutSeconds"] = 3600
    return state


def _filled(value: object, edge: Edge, target: Node) -> object:
    if isinstance(value, Mapping):
        return {_key(str(key), edge): _filled(item, edge, target) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, edge, target) for item in value]
    if value == "@":
        return "${" + target.id + "}"
    if value == "@.Connection":
        return "${" + target.id + ".ConnectionArn}"
    if isinstance(value, str) and value.startswith("#"):
        return edge.value(value[1:])
    return value


def _key(key: str, edge: Edge) -> str:
    return ("Item" if edge.value("action") == "PutItem" else "Key") if key == "#item" else key


def _jsonata(value: object) -> object:
    """The same arguments in JSONata: ``"a.$": "$.b"`` becomes ``"a": "{% $states.input.b %}"``."""
    if isinstance(value, Mapping):
        return {
            key.removesuffix(".$"): _expression(str(item)) if key.endswith(".$") else _jsonata(item)
            for key, item in value.items()
        }
    return [_jsonata(item) for item in value] if isinstance(value, list) else value


def _expression(path: str) -> str:
    if path.startswith("$$"):
        return "{% $states.context" + path[2:] + " %}"
    return "{% $states.input" + path[1:] + " %}"


def with_task(definition: str, edge: Edge, target: Node) -> str | None:
    """The definition with a Task state for the edge at its end; None when the text cannot be read as a machine."""
    if not definition.strip():
        return _written({"StartAt": "", "States": {}}, None, edge, target)
    try:
        value = json.loads(definition)
    except ValueError:
        return None
    machine = read_machine(value)
    return None if machine is None or not isinstance(value, dict) else _written(value, machine, edge, target)


def _written(value: dict[str, object], machine: Machine | None, edge: Edge, target: Node) -> str:
    language = JSONATA if value.get("QueryLanguage") == JSONATA else JSONPATH
    states = value["States"]
    assert isinstance(states, dict)
    name = _free_name(_wanted(edge, target), set(_names(value)))
    state = task_state(edge, target, language)
    last = None if machine is None else _last(machine)
    if last is None:
        following = machine.start_at if machine is not None and machine.start_at in machine.states else None
        state |= {"Next": following} if following else {"End": True}
        value["StartAt"] = name
    elif machine is not None and machine.states[last].fields.get("End") is True:
        states[last] = {
            ("Next" if key == "End" else key): (name if key == "End" else item) for key, item in states[last].items()
        }
        state["End"] = True
    else:
        state["Next"] = states[last].get("Next")
        states[last] = {**states[last], "Next": name}
    states[name] = state
    return json.dumps(value, indent=2, ensure_ascii=False)


def _last(machine: Machine) -> str | None:
    """The last state of the way straight on: the one that ends, or the one before a Succeed or Fail state."""
    name, seen = machine.start_at, set[str]()
    found = None
    while name in machine.states and name not in seen:
        seen.add(name)
        state = machine.states[name]
        if state.fields.get("End") is True:
            return name
        following = state.next or (str(state.fields.get("Default")) if state.type == "Choice" else None)
        if following is None:
            break
        found = name if state.next is not None else found
        name = following
    return found


def _names(value: object) -> list[str]:
    machine = read_machine(value)
    found: list[str] = []
    pending = [] if machine is None else [machine]
    while pending:
        current = pending.pop()
        found += current.states
        pending += [inner for state in current.states.values() for inner in state.branches]
    return found


def _wanted(edge: Edge, target: Node) -> str:
    row = edge.row
    label = re.sub(r"\s+", " ", target.label).strip() or target.id
    verb = "Call" if row is None else row.label.split(",")[0]
    action = edge.value("action")
    verb = str(action) if action else verb
    return f"{verb}: {label}"[: LONGEST_NAME - 4]


def _free_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted} {number}", number + 1
    return name


def first_definition(edges: list[tuple[Edge, Node]], language: str = JSONPATH) -> str:
    """A definition with a Task state for each edge, one after the other."""
    text = json.dumps({"QueryLanguage": language, "StartAt": "", "States": {}}) if language == JSONATA else ""
    for edge, target in edges:
        text = with_task(text, edge, target) or text
    return text
