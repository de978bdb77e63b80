"""The JSON messages of ``/ws/designs/<id>/events/``.

``tests/fixtures/messages.json`` holds an example of each; the browser's tests read it too. The run
server adds the message ``run`` to the same socket.
"""

from __future__ import annotations

from typing import Literal, TypedDict


class SourceJson(TypedDict):
    """Where a statement comes from."""

    title: str
    url: str
    as_of: str
    estimate: bool


class SubjectJson(TypedDict):
    """What a finding is about."""

    kind: Literal["node", "edge", "design"]
    id: str
    parameter: str


class FixJson(TypedDict):
    """Operations that clear a finding."""

    label: str
    operations: list[dict[str, object]]


class FindingJson(TypedDict):
    """One problem, as :func:`designer.domain.rules.document.finding_to_json` gives it."""

    id: str
    rule_id: str
    severity: Literal["error", "warning", "advice"]
    title: str
    subject: SubjectJson
    message: str
    why: str
    source: SourceJson
    fixes: list[FixJson]


class FindingsMessage(TypedDict):
    """All findings of the design as it was at a revision; a lower revision than one seen is out of date."""

    type: Literal["findings"]
    findings: list[FindingJson]
    revision: int


class NoticeSubject(TypedDict):
    """The entry of the document that a notice is about."""

    kind: str
    id: str


class NoticeMessage(TypedDict):
    """Something the server did to the document or could not read in it. The id is the same for the same thing."""

    type: Literal["notice"]
    id: str
    text: str
    subject: NoticeSubject


DesignMessage = FindingsMessage | NoticeMessage
