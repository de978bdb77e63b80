"""From a design to the messages about it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import cast

from designer.domain.rules.document import finding_to_json
from designer.domain.rules.rule import Finding
from designer.server.document_reading import Problem
from designer.server.messages import FindingJson, FindingsMessage, NoticeMessage
from designer.server.shared_document import RemovedEdge

_KINDS = {"nodes": "node", "edges": "edge", "groups": "group", "notes": "note", "scenarios": "scenario"}


def findings_to_json(findings: Iterable[Finding]) -> list[FindingJson]:
    """The findings as the API and the sockets give them."""
    return [cast("FindingJson", finding_to_json(finding)) for finding in findings]


def findings_message(findings: Iterable[Finding], revision: int) -> FindingsMessage:
    """The findings of the design at a revision."""
    return {"type": "findings", "findings": findings_to_json(findings), "revision": revision}


def removed_notice(removed: RemovedEdge) -> NoticeMessage:
    """Tells that the server took an edge out of the document."""
    subject_id = removed.edge.id
    return {
        "type": "notice",
        "id": f"removed:{subject_id}:{uuid.uuid4().hex[:8]}",
        "text": removed.reason,
        "subject": {"kind": "edge", "id": subject_id},
    }


def problem_notice(problem: Problem, text: str) -> NoticeMessage:
    """Tells that an entry of the document cannot be read and is left out."""
    kind, subject_id = _KINDS[problem[0]], problem[1]
    return {
        "type": "notice",
        "id": f"unreadable:{kind}:{subject_id}",
        "text": f"The {kind} “{subject_id}” cannot be read and is left out: {text.lstrip('.: ')}",
        "subject": {"kind": kind, "id": subject_id},
    }
