"""Findings and rules as plain JSON values: what the server publishes and the command line prints."""

from __future__ import annotations

from designer.domain.catalog.spec import Source
from designer.domain.graph.operation_document import operation_to_json
from designer.domain.rules.rule import Finding, Fix, Rule


def finding_to_json(finding: Finding) -> dict[str, object]:
    """The finding as JSON values; ``id`` stays the same while the problem stands."""
    return {
        "id": finding.id,
        "rule_id": finding.rule_id,
        "severity": finding.severity.value,
        "title": finding.title,
        "subject": {
            "kind": finding.subject.kind.value,
            "id": finding.subject.id,
            "parameter": finding.subject.parameter,
        },
        "message": finding.message,
        "why": finding.why,
        "source": _source_to_json(finding.source),
        "fixes": [_fix_to_json(fix) for fix in finding.fixes],
    }


def rule_to_json(rule: Rule) -> dict[str, object]:
    """The rule's identity as JSON values."""
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "title": rule.title,
        "scope": rule.scope.value,
        "why": rule.why,
        "source": _source_to_json(rule.source),
    }


def _fix_to_json(fix: Fix) -> dict[str, object]:
    return {"label": fix.label, "operations": [operation_to_json(operation) for operation in fix.operations]}


def _source_to_json(source: Source) -> dict[str, object]:
    return {"title": source.title, "url": source.url, "as_of": source.as_of, "estimate": source.estimate}
