"""EventBridge Pipes: source, enrichment, target and where failed events go."""

from __future__ import annotations

from typing import Final

from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, mapping

_WAITED_FOR: Final = ("Function", "StateMachine")


def _connect(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    draft.connect(draft.find(properties.get("Source")), resource.id, "pipe_source")
    draft.connect(resource.id, draft.find(properties.get("Enrichment")), "pipe_call")
    waited_for = draft.find(properties.get("Target"), *_WAITED_FOR)
    if waited_for is not None:
        draft.connect(resource.id, waited_for, "pipe_call")
    else:
        draft.connect(resource.id, draft.find(properties.get("Target")), "pipe_send")
    for parameters in mapping(properties.get("SourceParameters")).values():
        draft.connect(resource.id, draft.find(at(parameters, "DeadLetterConfig", "Arn")), "target_dlq")


EDGES = {"AWS::Pipes::Pipe": _connect}
