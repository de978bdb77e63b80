"""Event source mappings that are resources of their own."""

from __future__ import annotations

from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.event_sources import connect_source
from designer.domain.formats.cloudformation.template import Resource


def _connect(resource: Resource, draft: Draft) -> None:
    function = draft.find(resource.properties.get("FunctionName"), "Function")
    arn = resource.properties.get("EventSourceArn")
    source = draft.find(arn) or draft.find(arn, "StreamConsumer")
    if source is None:
        draft.notes.append(f"{resource.id} reads from a source outside the template: not drawn.")
    if function is not None:
        connect_source(draft, source, function, resource.properties)


EDGES = {"AWS::Lambda::EventSourceMapping": _connect}
