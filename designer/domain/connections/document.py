"""The catalog and the connection table as JSON values, for ``GET /api/catalog/``.

The browser builds palette, inspector, drag-time checks, legend and help from this document
alone. The order is deterministic, and ``version`` is a hash of everything else in it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Category, Section
from designer.domain.connections.registry import UNKNOWN_CONNECTION, connections
from designer.domain.connections.spec import Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.styles import EDGE_STYLES, edge_style

SEVERITIES: Final = (
    ("error", "Error", "This does not work in AWS."),
    ("warning", "Warning", "This works, but it will hurt."),
    ("advice", "Advice", "This could be better and can wait."),
)
"""Id, label and meaning of each severity of a finding, the worst first."""

MODE_LABELS: Final = {
    Mode.SYNCHRONOUS: "Synchronous call",
    Mode.ASYNCHRONOUS: "Asynchronous call",
    Mode.EVENT_SOURCE_MAPPING: "Event source mapping",
    Mode.SUBSCRIPTION: "Subscription",
    Mode.RULE_TARGET: "Event rule",
    Mode.PIPE: "Pipe",
    Mode.INTEGRATION: "Service integration",
    Mode.DELIVERY: "Delivery",
    Mode.TRIGGER: "Trigger",
    Mode.AUTHORIZER: "Authorizer",
    Mode.FAILURE: "Failure path",
}
FLOW_LABELS: Final = {
    Flow.SYNC: "The caller waits",
    Flow.ASYNC: "Handed over",
    Flow.POLL: "The reader fetches",
    Flow.JOB: "Waits for the job to end",
    Flow.CALLBACK: "Waits for an answer with the token",
}
PERMISSION_LABELS: Final = {
    PermissionSide.NONE: "No permission needed",
    PermissionSide.EXECUTION_ROLE: "Caller's or execution role",
    PermissionSide.RESOURCE_POLICY: "Resource policy of the target",
    PermissionSide.SERVICE_ROLE: "Role of the service",
}
_VERDICT_LABELS: Final = {
    Verdict.VALID: "Works",
    Verdict.CONDITIONAL: "Works under conditions",
    Verdict.INVALID: "Does not exist in AWS",
}
_SECTION_LABELS: Final = {
    Section.SETTING: "Settings",
    Section.WORKLOAD: "Workload",
    Section.QUOTA: "Quotas",
}


@cache
def catalog_to_json() -> dict[str, object]:
    """The whole document; callers share one value and must not change it."""
    content: dict[str, object] = {
        "categories": [category.value for category in Category],
        "services": [_plain(service) for service in services().values()],
        "connections": [_connection(row) for _, row in sorted(connections().items())],
        "unknown_connection": UNKNOWN_CONNECTION,
        "modes": [
            {
                "id": mode.value,
                "label": MODE_LABELS[mode],
                "styles": {flow.value: edge_style(mode, flow) for flow in Flow},
            }
            for mode in Mode
        ],
        "flows": [{"id": flow.value, "label": FLOW_LABELS[flow]} for flow in Flow],
        "styles": [_plain(style) for style in EDGE_STYLES],
        "verdicts": [{"id": verdict.value, "label": _VERDICT_LABELS[verdict]} for verdict in Verdict],
        "permission_sides": [{"id": side.value, "label": PERMISSION_LABELS[side]} for side in PermissionSide],
        "sections": [{"id": section.value, "label": _SECTION_LABELS[section]} for section in Section],
        "severities": [{"id": key, "label": label, "meaning": meaning} for key, label, meaning in SEVERITIES],
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    return {"version": hashlib.sha256(canonical).hexdigest()[:16], **content}


def _connection(row: Connection) -> dict[str, object]:
    plain = _plain(row)
    assert isinstance(plain, dict)
    return {**plain, "usable": row.usable, "style": edge_style(row.mode, row.flow, row.source)}


def _plain(value: object) -> object:
    """Dataclasses become objects with their fields in order, tuples lists, enums their values."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
