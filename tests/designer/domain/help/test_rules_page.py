"""The generated page of the rules."""

from __future__ import annotations

from pathlib import Path

from designer.domain.help.pages import rules_page
from designer.domain.rules.registry import rules

DOCS = Path(__file__).resolve().parents[4] / "docs"


def test_the_page_in_docs_is_the_generated_one() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_page(), "run `manage.py generate_docs`"


def test_every_rule_is_on_the_page_with_its_severity_and_both_examples() -> None:
    page = rules_page()
    for rule in rules().values():
        entry = page.split(f"### {rule.id} {rule.title}\n", 1)[1].split("\n### ", 1)[0]
        assert f"**{rule.severity.value.capitalize()}**" in entry
        assert rule.why in entry
        for example in ("good", "bad"):
            link = f"../tests/fixtures/designs/rules/{rule.id}/{example}.json"
            assert f"]({link})" in entry
            assert (DOCS / link).is_file()
