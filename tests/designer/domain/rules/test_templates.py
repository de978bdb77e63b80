"""Real templates work in real life, so no rule may call them wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.domain.formats.registry import import_file
from designer.domain.rules.check import check
from designer.domain.rules.rule import Severity

REFERENCE = Path(__file__).resolve().parents[5] / "shared" / "templates"
TEMPLATES = sorted(path.name for path in REFERENCE.glob("*.y*ml"))


def test_the_templates_are_all_there(shared_folder: Path) -> None:
    assert len(list((shared_folder / "templates").glob("*.y*ml"))) == 36


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_that_people_deploy_has_no_error(shared_folder: Path, name: str) -> None:
    design = import_file(name, (shared_folder / "templates" / name).read_bytes()).design
    errors = [finding for finding in check(design) if finding.severity is Severity.ERROR]
    assert [(finding.rule_id, finding.subject.id, finding.message) for finding in errors] == []
    assert design.nodes
