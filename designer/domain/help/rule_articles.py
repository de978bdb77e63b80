"""The page of a rule: what it finds, why that matters and who says so."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.connections.document import SEVERITIES
from designer.domain.connections.registry import connections
from designer.domain.help.article import Article, Facts, Line, Paragraph, Part, Span, Topic, cited, plain
from designer.domain.rules.registry import subjects
from designer.domain.rules.rule import Rule, Scope

_SEVERITIES: Final = {severity: (label, meaning) for severity, label, meaning in SEVERITIES}
_MOST_NAMED: Final = 8
_ABOUT: Final = {
    Scope.NODE: "one node with its connections and direct neighbours",
    Scope.EDGE: "one connection with its two ends",
    Scope.DESIGN: "the whole design: paths, loops and sums",
}


def rule_article(rule: Rule) -> Article:
    """The rule's identity in words."""
    label, meaning = _SEVERITIES[rule.severity.value]
    facts = [("Severity", plain(f"{label}: {meaning}")), ("Looks at", plain(_ABOUT[rule.scope]))]
    if subjects(rule.id):
        facts.append(("For", _subjects(rule.id)))
    facts.append(("Source", cited(rule.source)))
    parts = (Part("", (Paragraph(plain(rule.why)),)), Part("About this rule", (Facts(tuple(facts)),)))
    return Article(Topic.RULES, rule.id, f"{rule.id} {rule.title}", label, parts, rule.source, rule.why)


def _subjects(rule_id: str) -> Line:
    """The services or connections that the rule is for, each leading to its page."""
    spans: list[Span] = []
    known = subjects(rule_id)
    for name in known[:_MOST_NAMED]:
        spans += [Span(", ")] if spans else []
        if name in services():
            spans.append(Span(services()[name].name, link=f"{Topic.SERVICES}/{name}"))
        else:
            row = connections()[name]
            ends = f"{services()[row.source].name} → {services()[row.target].name}"
            spans.append(Span(f"{ends}: {row.label}", link=f"{Topic.CONNECTIONS}/{name}"))
    if len(known) > _MOST_NAMED:
        spans.append(Span(f" and {len(known) - _MOST_NAMED} more"))
    return tuple(spans)
