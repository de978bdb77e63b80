"""Step Functions: the tasks of a definition, or what its substitutions name when it is in another file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.function_events import connect_events
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, items, mapping
from designer.domain.formats.json_text import read_json
from designer.domain.formats.spec import FormatError

_TASK: Final = re.compile(
    r"arn:[^:]*:states:[^:]*:[^:]*:(?:aws-sdk:)?(?P<service>[A-Za-z0-9]+):(?P<action>[A-Za-z0-9]+)(?P<how>\.\S+)?"
)
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
_HANDED_OVER: Final = frozenset({"publish", "sendmessage", "putevents", "startexecution"})
_SUBSTITUTED: Final[Mapping[str, tuple[str, ...]]] = {
    "call": ("Function", "Table", "SimpleTable", "GlobalTable", "Bucket"),
    "send": ("Topic", "Queue", "EventBus", "StateMachine"),
}


def _connect(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    if resource.type == "AWS::Serverless::StateMachine":
        connect_events(resource, draft)
    definition = _definition(resource, draft)
    if definition is not None:
        for state in _states(definition):
            _connect_state(draft, resource.id, state)
    elif "DefinitionUri" in properties or "DefinitionS3Location" in properties:
        for mechanism, types in _SUBSTITUTED.items():
            for target in draft.find_all(properties.get("DefinitionSubstitutions"), *types):
                draft.connect(resource.id, target, mechanism)
        draft.notes.append(
            f"The definition of {resource.id} is in a file beside the template: its arrows are guessed from what is "
            "substituted into it."
        )


def _definition(resource: Resource, draft: Draft) -> object:
    written = resource.properties.get("DefinitionString", resource.properties.get("Definition"))
    if not isinstance(written, str):
        return written
    try:
        return read_json(written)
    except FormatError:
        draft.notes.append(f"The definition of {resource.id} is not JSON: its tasks are not drawn.")
        return None


def _states(definition: object) -> Iterator[Mapping[str, object]]:
    """All states, also those inside maps and parallel branches."""
    pending = [definition]
    while pending:
        machine = pending.pop()
        for state in mapping(at(machine, "States")).values():
            if isinstance(state, Mapping):
                yield state
                pending += [state.get("Iterator"), state.get("ItemProcessor"), *items(state.get("Branches"))]


def _connect_state(draft: Draft, machine: str, state: Mapping[str, object]) -> None:
    reader = at(state, "ItemReader", "Parameters") or at(state, "ItemReader", "Arguments")
    for bucket in draft.find_all(reader, "Bucket"):
        draft.connect(machine, bucket, "call")
    if state.get("Type") != "Task":
        return
    task = str(state.get("Resource") or "")
    match = _TASK.match(task)
    if match is None:
        draft.connect(machine, draft.find(task, "Function"), "call")
        return
    action, how = match["action"], match["how"] or ""
    mechanism = "send" if action.lower() in _HANDED_OVER else "call"
    if how.startswith(".sync"):
        mechanism = "job"
    elif how == ".waitForTaskToken":
        mechanism = "callback"
    given = state.get("Parameters", state.get("Arguments"))
    found = draft.find_all(given, *_TYPES[match["service"]]) if match["service"] in _TYPES else draft.find_all(given)
    for target in found[:1]:
        draft.connect(machine, target, mechanism, {"action": action})


EDGES = {"AWS::Serverless::StateMachine": _connect, "AWS::StepFunctions::StateMachine": _connect}
