"""The generated page of rules."""

from __future__ import annotations

from pathlib import Path

from designer.domain.rules.pages import rules_page
from designer.domain.rules.registry import rules

PAGE = Path(__file__).resolve().parents[4] / "docs" / "rules.md"


def test_the_page_in_the_project_is_what_make_docs_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page()


def test_every_rule_is_on_the_page_with_its_reason() -> None:
    page = rules_page()
    for rule in rules().values():
        assert rule.id in page
        assert rule.title in page
        assert rule.why in page
