"""Findings as JSON values."""

from __future__ import annotations

import json
from pathlib import Path

from designer.domain.graph.document import design_from_json
from designer.domain.graph.operation_document import operation_from_json
from designer.domain.graph.operations import apply
from designer.domain.rules.check import check
from designer.domain.rules.document import finding_to_json, rule_to_json
from designer.domain.rules.registry import rules

EXAMPLES = Path(__file__).resolve().parents[3] / "fixtures" / "designs" / "rules"


def test_a_finding_carries_everything_that_the_panel_shows_and_the_fix_needs() -> None:
    design = design_from_json(json.loads((EXAMPLES / "R003" / "bad.json").read_text(encoding="utf-8")))
    found = json.loads(json.dumps([finding_to_json(finding) for finding in check(design)]))
    first = found[0]
    assert first["id"] == "R003:node:orders:visibility_timeout_s"
    assert first["rule_id"] == "R003"
    assert first["severity"] == "error"
    assert first["subject"] == {"kind": "node", "id": "orders", "parameter": "visibility_timeout_s"}
    assert first["message"] == "orders hides a message for 30 s; take order may take 60 s."
    assert first["why"].endswith(".")
    assert set(first["source"]) == {"title", "url", "as_of", "estimate"}
    assert first["fixes"] == [
        {
            "label": "Set it to 360 s",
            "operations": [
                {"op": "set_node_parameter", "node_id": "orders", "parameter": "visibility_timeout_s", "value": 360}
            ],
        }
    ]


def test_the_operations_of_a_fix_can_be_read_back_and_applied() -> None:
    for path in EXAMPLES.glob("*/bad.json"):
        design = design_from_json(json.loads(path.read_text(encoding="utf-8")))
        for finding in check(design):
            written = finding_to_json(finding)["fixes"]
            assert isinstance(written, list)
            for fix, data in zip(finding.fixes, json.loads(json.dumps(written)), strict=True):
                read = tuple(operation_from_json(operation) for operation in data["operations"])
                assert apply(design, read).design == apply(design, fix.operations).design


def test_a_rule_can_be_written_as_json() -> None:
    written = json.loads(json.dumps([rule_to_json(rule) for rule in rules().values()]))
    assert written[0]["id"] == "C001"
    assert set(written[0]) == {"id", "severity", "title", "scope", "why", "source"}
