"""What an API's integration calls: the same question for methods, routes and OpenAPI definitions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.values import at, items, mapping, whole

_SERVICE_URI: Final = re.compile(r"arn:[^:]*:apigateway:[^:]*:([a-z0-9.-]+):(path|action)/(.*)", re.DOTALL)
_OBJECT_ACTIONS: Final = {"GET": "GetObject", "PUT": "PutObject", "DELETE": "DeleteObject"}


@dataclass(frozen=True, slots=True)
class Integration:
    """An integration as both API generations and OpenAPI can express it."""

    kind: str
    """``AWS``, ``AWS_PROXY``, ``HTTP``, ``HTTP_PROXY`` or ``MOCK``."""
    uri: object = None
    method: str = ""
    subtype: str = ""
    """HTTP API service integration, e.g. ``SQS-SendMessage``."""
    credentials: object = None
    templates: object = None
    parameters: object = None
    streaming: bool = False
    timeout_ms: int | None = None


def integration_of(entry: Mapping[str, object]) -> Integration:
    """Read ``x-amazon-apigateway-integration`` or the properties of a method's or route's integration."""
    lower = {key[:1].lower() + key[1:]: value for key, value in entry.items()}
    return Integration(
        kind=str(lower.get("type") or lower.get("integrationType") or "").upper(),
        uri=lower.get("uri") or lower.get("integrationUri"),
        method=str(
            lower.get("integrationHttpMethod") or lower.get("httpMethod") or lower.get("integrationMethod") or ""
        ),
        subtype=str(lower.get("integrationSubtype") or ""),
        credentials=lower.get("credentials") or lower.get("credentialsArn"),
        templates=lower.get("requestTemplates"),
        parameters=lower.get("requestParameters"),
        timeout_ms=whole(lower.get("timeoutInMillis")),
        streaming=str(lower.get("responseTransferMode") or "").upper() == "STREAM",
    )


def connect_integration(draft: Draft, api: str, integration: Integration, place: str) -> None:
    """Draw what the integration calls; ``place`` names it for a note when its target is not in the template."""
    if integration.kind == "MOCK":
        return
    draft.timeouts.setdefault(api, []).append(integration.timeout_ms)
    if integration.subtype:
        found = _connect_subtype(draft, api, integration)
    elif integration.kind.startswith("HTTP"):
        found = _connect_http(draft, api, integration)
    else:
        found = _connect_service(draft, api, integration)
    if not found:
        draft.notes.append(f"{api} calls something outside the template ({place}).")


def _connect_http(draft: Draft, api: str, integration: Integration) -> bool:
    target = draft.find(integration.uri)
    in_vpc = target in draft.nodes and draft.nodes[target].service in ("alb", "ecs_fargate")
    draft.connect(api, target, "vpc_link" if in_vpc else "http_proxy")
    return target is not None


def _connect_service(draft: Draft, api: str, integration: Integration) -> bool:
    uri = str(integration.uri or "")
    match = _SERVICE_URI.match(uri)
    if match is None:  # an HTTP API names the function directly
        function = draft.find(uri, "Function")
        draft.connect(api, function, "proxy")
        return function is not None
    service, _, rest = match.groups()
    connect = _SERVICES.get(service.split(".")[-1], _connect_other)
    return connect(draft, api, integration, rest)


def _connect_function(draft: Draft, api: str, integration: Integration, rest: str) -> bool:
    name = re.search(r"functions/(.*?)/(response-streaming-)?invocations", rest, re.DOTALL)
    function = draft.find(name.group(1) if name else rest, "Function")
    if integration.streaming or "response-streaming" in rest:
        mechanism = "streaming"
    elif integration.kind == "AWS_PROXY":
        mechanism = "proxy"
    else:
        invocation = at(integration.parameters, "integration.request.header.X-Amz-Invocation-Type")
        mechanism = "custom_event" if str(invocation).strip("'") == "Event" else "custom"
    draft.connect(api, function, mechanism)
    return function is not None


def _connect_queue(draft: Draft, api: str, integration: Integration, rest: str) -> bool:
    name = rest.split("/", 1)[1] if "/" in rest else ""
    queue = draft.find(name, "Queue") or _mentioned(draft, integration, "Queue")
    written = _all_text(integration.templates) + _all_text(integration.parameters) + rest
    draft.connect(api, queue, "receive_message" if "ReceiveMessage" in written else "send_message")
    return queue is not None


def _connect_table(draft: Draft, api: str, integration: Integration, rest: str) -> bool:
    name = re.search(r'"TableName"\s*:\s*"([^"]+)"', _all_text(integration.templates))
    types = ("Table", "SimpleTable", "GlobalTable")
    table = draft.find(name.group(1), *types) if name else None
    table = table or _mentioned(draft, integration, *types)
    draft.connect(api, table, "action", {"action": rest.partition("/")[0] or None})
    return table is not None


def _connect_topic(draft: Draft, api: str, integration: Integration, rest: str) -> bool:
    del rest
    topic = _mentioned(draft, integration, "Topic")
    draft.connect(api, topic, "publish")
    return topic is not None


def _connect_bus(draft: Draft, api: str, integration: Integration, rest: str) -> bool:
    del rest
    bus = _mentioned(draft, integration, "EventBus")
    if bus is None:
        name = re.search(r'"EventBusName"\s*:\s*"([^"]+)"', _all_text(integration.templates))
        bus = draft.find(name.group(1), "EventBus") if name else None
    draft.connect(api, bus, "put_events")
    return bus is not None


def _connect_bucket(draft: Draft, api: str, integration: Integration, rest: str) -> bool:
    bucket = draft.find(rest.partition("/")[0], "Bucket") or _mentioned(draft, integration, "Bucket")
    draft.connect(api, bucket, "object_proxy", {"action": _OBJECT_ACTIONS.get(integration.method.upper())})
    return bucket is not None


def _connect_machine(draft: Draft, api: str, integration: Integration, rest: str) -> bool:
    machine = _mentioned(draft, integration, "StateMachine")
    draft.connect(api, machine, "start_sync" if "StartSyncExecution" in rest else "start_execution")
    return machine is not None


def _connect_other(draft: Draft, api: str, integration: Integration, rest: str) -> bool:
    del rest
    target = draft.find(integration.templates) or draft.find(integration.parameters)
    draft.connect(api, target, "integration_send")
    return target is not None


_SERVICES: Final = {
    "lambda": _connect_function,
    "sqs": _connect_queue,
    "dynamodb": _connect_table,
    "sns": _connect_topic,
    "events": _connect_bus,
    "s3": _connect_bucket,
    "states": _connect_machine,
}


def _connect_subtype(draft: Draft, api: str, integration: Integration) -> bool:
    parameters = mapping(integration.parameters)
    service, _, action = integration.subtype.partition("-")
    keys = {
        "SQS": ("QueueUrl", ("Queue",)),
        "EventBridge": ("EventBusName", ("EventBus",)),
        "Kinesis": ("StreamName", ("Stream",)),
        "StepFunctions": ("StateMachineArn", ("StateMachine",)),
    }
    key, types = keys.get(service, ("", ()))
    target = draft.find(parameters.get(key), *types) if key else None
    mechanism = {
        "SQS-SendMessage": "send_message",
        "SQS-ReceiveMessage": "receive_message",
        "EventBridge-PutEvents": "put_events",
        "StepFunctions-StartSyncExecution": "start_sync",
        "StepFunctions-StartExecution": "start_execution",
    }.get(integration.subtype, "integration_send")
    draft.connect(api, target, mechanism, {"action": action})
    return target is not None


def _mentioned(draft: Draft, integration: Integration, *types: str) -> str | None:
    """The target as templates or parameters name it, or else as the integration's role allows it."""
    for place in (integration.templates, integration.parameters):
        found = draft.find_all(place, *types)
        if found:
            return found[0]
    for grant in grants_of(draft, draft.find(integration.credentials, "Role")):
        found = draft.find_all(grant.resource, *types)
        if len(found) == 1:
            return found[0]
    return None


def _all_text(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False).replace('\\"', '"') if value else ""


@dataclass(frozen=True, slots=True)
class Grant:
    """One statement of a role's policies that allows something."""

    actions: tuple[str, ...]
    resource: object


def grants_of(draft: Draft, role: str | None) -> list[Grant]:
    """What the inline policies of a role allow."""
    if role is None:
        return []
    found: list[Grant] = []
    for policy in items(draft.resources[role].properties.get("Policies")):
        for statement in items(at(policy, "PolicyDocument", "Statement")):
            if at(statement, "Effect") == "Allow":
                actions = tuple(str(action) for action in items(at(statement, "Action")))
                found.append(Grant(actions, at(statement, "Resource")))
    return found


def allowed_integrations(draft: Draft) -> list[tuple[str, str, Mapping[str, Value]]]:
    """What API Gateway may call by the template's roles: (target, mechanism, parameters).

    For an API whose definition is in a file of its own, the roles that API Gateway may assume
    are the only place in the template that says what it calls.
    """
    found: dict[tuple[str, str, Value], None] = {}
    for role in draft.of_type("AWS::IAM::Role"):
        if "apigateway.amazonaws.com" not in _all_text(role.properties.get("AssumeRolePolicyDocument")):
            continue
        for grant in grants_of(draft, role.id):
            for action in grant.actions:
                mechanism, types, name = _by_action(action)
                if mechanism:
                    for target in draft.find_all(grant.resource, *types):
                        found[target, mechanism, name] = None
    return [(target, mechanism, {"action": name}) for target, mechanism, name in found]


_TABLE_ACTIONS: Final = frozenset({"GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"})
_OTHER_ACTIONS: Final[Mapping[str, tuple[str, tuple[str, ...], Value]]] = {
    "sqs:SendMessage": ("send_message", ("Queue",), None),
    "sns:Publish": ("publish", ("Topic",), None),
    "events:PutEvents": ("put_events", ("EventBus",), None),
    "states:StartSyncExecution": ("start_sync", ("StateMachine",), None),
    "states:StartExecution": ("start_execution", ("StateMachine",), None),
    "s3:GetObject": ("object_proxy", ("Bucket",), "GetObject"),
    "s3:PutObject": ("object_proxy", ("Bucket",), "PutObject"),
    "lambda:InvokeFunction": ("proxy", ("Function",), None),
}


def _by_action(action: str) -> tuple[str, tuple[str, ...], Value]:
    service, _, name = action.partition(":")
    if service == "dynamodb" and name in _TABLE_ACTIONS:
        return "action", ("Table", "SimpleTable", "GlobalTable"), name
    return _OTHER_ACTIONS.get(action, ("", (), None))
