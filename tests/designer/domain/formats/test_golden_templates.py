"""Own small templates against the designs that they must become; a new pair of files is a new test.

Positions are left out: they come from the graphviz that is installed and are tested apart.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.domain.formats.registry import import_file
from designer.domain.graph.document import design_from_json, design_to_json
from designer.domain.rules.check import check
from designer.domain.rules.rule import Severity

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "golden" / "cloudformation"
TEMPLATES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected.json"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_becomes_the_expected_design_and_report(template: Path) -> None:
    expected = json.loads((FOLDER / f"{template.stem}.expected.json").read_text(encoding="utf-8"))
    imported = import_file(template.name, template.read_bytes())
    design = design_to_json(imported.design)
    assert isinstance(design["nodes"], list)
    for node in design["nodes"]:
        del node["x"], node["y"]
    report = imported.report
    assert design == expected["design"]
    assert {
        "format": report.format,
        "unknown": [[unknown.id, unknown.type] for unknown in report.unknown],
        "notes": list(report.notes),
    } == expected["report"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_an_imported_design_can_be_saved_read_again_and_has_no_errors(template: Path) -> None:
    design = import_file(template.name, template.read_bytes()).design
    assert design_from_json(json.loads(json.dumps(design_to_json(design)))) == design
    assert [finding.id for finding in check(design) if finding.severity is Severity.ERROR] == []


def test_importing_the_same_template_twice_gives_the_same_design() -> None:
    template = TEMPLATES[0]
    first, second = (import_file(template.name, template.read_bytes()) for _ in range(2))
    assert first == second
