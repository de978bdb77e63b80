"""The page of a connection: how this invocation works, what it needs and what happens when it fails."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.catalog.registry import services
from designer.domain.connections.document import FLOW_LABELS, MODE_LABELS, PERMISSION_LABELS
from designer.domain.connections.spec import Connection, Requirement
from designer.domain.help.article import Article, Facts, Line, Paragraph, Part, Span, Topic, cited, plain
from designer.domain.help.service_articles import VERDICTS, service_link, value_line


def connection_article(row: Connection) -> Article:
    """Everything that the table knows of the connection."""
    source, target = services()[row.source].name, services()[row.target].name
    return Article(
        Topic.CONNECTIONS,
        row.id,
        f"{source} → {target}: {row.label}",
        MODE_LABELS[row.mode],
        (
            Part("", (Paragraph(plain(row.explanation)),)),
            Part("How this works", (Facts(tuple((name, line) for name, line in _facts(row) if line)),)),
        ),
        row.authority,
        row.id,
    )


def _facts(row: Connection) -> Iterator[tuple[str, Line]]:
    yield "Works", plain(VERDICTS[row.verdict])
    yield "From", service_link(row.source)
    yield "To", service_link(row.target)
    yield "Mode", plain(f"{MODE_LABELS[row.mode]}: {FLOW_LABELS[row.flow][0].lower()}{FLOW_LABELS[row.flow][1:]}")
    yield "Conditions", _text(row.conditions)
    yield "Requires", _text(" ".join(_requirement(requirement) for requirement in row.requirements))
    yield "Instead", _text(row.alternative)
    yield "Fetched by", _text(row.poller)
    yield "Retries and failures", _text(row.retries)
    yield "Delivery", _text(row.delivery)
    yield "Order", _text(row.ordering)
    yield (
        "Permission",
        _text(f"{row.permission} ({PERMISSION_LABELS[row.permission_side].lower()})" * bool(row.permission)),
    )
    yield "In templates", _codes(row.cfn_resources)
    yield "Settings", _settings(row)
    yield "Source", cited(row.authority)


def _text(text: str) -> Line:
    return plain(text) if text else ()


def _requirement(requirement: Requirement) -> str:
    doubt = "" if requirement.certain else " (check this: AWS changed it lately, or its documents disagree)"
    return f"It works only when {requirement.message}{doubt}."


def _codes(names: tuple[str, ...]) -> Line:
    spans: list[Span] = []
    for name in names:
        spans += [Span(", ")] if spans else []
        spans.append(Span(name, code=True))
    return tuple(spans)


def _settings(row: Connection) -> Line:
    spans: list[Span] = []
    for parameter in row.parameters:
        spans += [Span(", ")] if spans else []
        spans += [Span(f"{parameter.label} ("), *value_line(parameter.default, parameter.unit), Span(")")]
    return tuple(spans)
