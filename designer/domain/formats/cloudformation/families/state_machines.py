"""Step Functions: settings, the definition, and the tasks that it makes or that its substitutions let guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from designer.domain.catalog.spec import UNKNOWN_SERVICE, Value
from designer.domain.connections.registry import usable_rows
from designer.domain.connections.spec import Flow
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.function_events import connect_events
from designer.domain.formats.cloudformation.intrinsics import readable
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, json_text, mapping, text
from designer.domain.formats.json_text import read_json
from designer.domain.formats.spec import FormatError
from designer.domain.workflows.integrations import CallKind, read_call
from designer.domain.workflows.machine import read_machine
from designer.domain.workflows.reach import connection_of, edge_parameters, mechanism, travels
from designer.domain.workflows.tasks import TaskCall, arguments, task_calls

_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "apigateway": ("Api", "RestApi", "HttpApi"),
    "dynamodb": ("Table", "SimpleTable", "GlobalTable"),
    "eventbridge": ("EventBus",),
    "events": ("EventBus",),
    "lambda": ("Function",),
    "s3": ("Bucket",),
    "sns": ("Topic",),
    "sqs": ("Queue",),
    "states": ("StateMachine",),
    "sfn": ("StateMachine",),
}
_SUBSTITUTED: Final[Mapping[str, tuple[str, ...]]] = {
    "call": ("Function", "Table", "SimpleTable", "GlobalTable", "Bucket"),
    "send": ("Topic", "Queue", "EventBus", "StateMachine"),
}
_FLOWS: Final = {"call": Flow.SYNC, "send": Flow.ASYNC}
_VARIABLE: Final = re.compile(r"\$\{([A-Za-z0-9_]+)\}")


def _parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    logging = properties.get("LoggingConfiguration", properties.get("Logging"))
    tracing = properties.get("TracingConfiguration", properties.get("Tracing"))
    return {
        "definition": _definition_text(resource),
        "log_level": text(at(logging, "Level")),
        "log_execution_data": flag(at(logging, "IncludeExecutionData")),
        "xray_tracing": flag(at(tracing, "Enabled")),
        "encryption": text(at(properties, "EncryptionConfiguration", "Type")),
    }


def _definition_text(resource: Resource) -> str | None:
    """The definition as text, with references to resources as placeholders: ``${Queue.Arn}``."""
    written = _written(resource)
    if isinstance(written, Mapping):
        return json_text(written, indent=2) or json_text(written)
    return text(written)


def _written(resource: Resource) -> object:
    """What stands in the template, with the substitutions made."""
    properties = resource.properties
    written = properties.get("DefinitionString", properties.get("Definition"))
    return _substituted(written, mapping(properties.get("DefinitionSubstitutions")))


def _substituted(value: object, variables: Mapping[str, object]) -> object:
    if isinstance(value, str):
        return _VARIABLE.sub(lambda match: str(variables.get(match[1], match[0])), value) if variables else value
    if isinstance(value, Mapping):
        return {key: _substituted(item, variables) for key, item in value.items()}
    return [_substituted(item, variables) for item in value] if isinstance(value, list) else value


def _connect(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    if resource.type == "AWS::Serverless::StateMachine":
        connect_events(resource, draft)
    definition = _definition(resource, draft)
    if definition is not None:
        machine = read_machine(definition)
        for call in task_calls(machine) if machine is not None else ():
            _connect_call(draft, resource.id, call)
    elif "DefinitionUri" in properties or "DefinitionS3Location" in properties:
        for kind, types in _SUBSTITUTED.items():
            for target in draft.find_all(properties.get("DefinitionSubstitutions"), *types):
                _guess(draft, resource.id, target, kind)
        draft.notes.append(
            f"The definition of {resource.id} is in a file beside the template: its arrows are guessed from what is "
            "substituted into it."
        )


def _definition(resource: Resource, draft: Draft) -> object:
    written = _written(resource)
    if not isinstance(written, str):
        return written
    try:
        return read_json(written)
    except FormatError:
        draft.notes.append(f"The definition of {resource.id} is not JSON: its tasks are not drawn.")
        return None


def _guess(draft: Draft, machine: str, target: str, kind: str) -> None:
    """The usual connection of the pair that travels in the guessed way."""
    rows = usable_rows(_service(draft, machine), _service(draft, target))
    fitting = [row for row in rows if row.flow is _FLOWS[kind]]
    draft.connect(machine, target, fitting[0].id.split(".")[2] if fitting else kind)


def _connect_call(draft: Draft, machine: str, call: TaskCall) -> None:
    target = _target(draft, call)
    if target is None:
        return
    service = _service(draft, target)
    call = replace(call, call=read_call(readable(call.call.resource)))
    row = connection_of(call, _service(draft, machine), service)
    given: Mapping[str, Value] = {"action": call.call.action} if row is None else edge_parameters(call, row)
    given = {key: readable(value) if isinstance(value, str) else value for key, value in given.items()}  # type: ignore[misc]
    draft.connect(machine, target, mechanism(call, service), given, otherwise=travels(call))


def _target(draft: Draft, call: TaskCall) -> str | None:
    """The resource that a call reaches, as the template refers to it."""
    if call.call.kind is CallKind.UNKNOWN and not call.distributed_map:
        return draft.find(call.call.resource, "Function")
    types = ("Bucket",) if call.distributed_map else _TYPES.get(call.call.service, ())
    for name in call.names:
        found = draft.find(name, *types)
        if found is not None:
            return found
    if call.distributed_map:
        return None
    mentioned = draft.find_all(arguments(call.state), *types)
    return mentioned[0] if mentioned else None


def _service(draft: Draft, node_id: str) -> str:
    node = draft.nodes.get(node_id)
    return UNKNOWN_SERVICE if node is None else node.service


NODES = {"AWS::Serverless::StateMachine": _parameters, "AWS::StepFunctions::StateMachine": _parameters}
EDGES = {"AWS::Serverless::StateMachine": _connect, "AWS::StepFunctions::StateMachine": _connect}
