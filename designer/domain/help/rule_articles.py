"""The page of a rule: what it finds, why that matters and who says so."""

from __future__ import annotations

from typing import Final

from designer.domain.connections.document import SEVERITIES
from designer.domain.help.article import Article, Facts, Paragraph, Part, Topic, cited, plain
from designer.domain.rules.rule import Rule, Scope

_SEVERITIES: Final = {severity: (label, meaning) for severity, label, meaning in SEVERITIES}
_ABOUT: Final = {
    Scope.NODE: "one node with its connections and direct neighbours",
    Scope.EDGE: "one connection with its two ends",
    Scope.DESIGN: "the whole design: paths, loops and sums",
}


def rule_article(rule: Rule) -> Article:
    """The rule's identity in words."""
    label, meaning = _SEVERITIES[rule.severity.value]
    facts = (
        ("Severity", plain(f"{label}: {meaning}")),
        ("Looks at", plain(_ABOUT[rule.scope])),
        ("Source", cited(rule.source)),
    )
    parts = (Part("", (Paragraph(plain(rule.why)),)), Part("About this rule", (Facts(facts),)))
    return Article(Topic.RULES, rule.id, f"{rule.id} {rule.title}", label, parts, rule.source, rule.why)
