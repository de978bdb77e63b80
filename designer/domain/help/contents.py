"""All help pages: the list, one page, and both as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections
from designer.domain.help.article import Article, Block, Bullets, Code, Facts, Line, Paragraph, Part, Table
from designer.domain.help.connection_articles import connection_article
from designer.domain.help.guide_articles import guide_articles
from designer.domain.help.rule_articles import rule_article
from designer.domain.help.service_articles import service_article
from designer.domain.rules.registry import rules


@cache
def articles() -> Mapping[str, Article]:
    """Every page by its address: services, then connections, rules and guides."""
    found = [
        *(service_article(service) for service in services().values()),
        *(connection_article(row) for _, row in sorted(connections().items())),
        *(rule_article(rule) for rule in rules().values()),
        *guide_articles(),
    ]
    return MappingProxyType({article.address: article for article in found})


def contents_to_json() -> list[dict[str, str]]:
    """What the app searches: address, title, kind and further words of every page."""
    return [
        {
            "address": article.address,
            "topic": article.topic.value,
            "title": article.title,
            "kind": article.kind,
            "words": article.words,
        }
        for article in articles().values()
    ]


def article_to_json(article: Article) -> dict[str, object]:
    """One page as the app shows it."""
    return {
        "address": article.address,
        "topic": article.topic.value,
        "title": article.title,
        "kind": article.kind,
        "parts": [_part_to_json(part) for part in article.parts],
    }


def _part_to_json(part: Part) -> dict[str, object]:
    return {"title": part.title, "blocks": [_block_to_json(block) for block in part.blocks]}


def _block_to_json(block: Block) -> dict[str, object]:
    match block:
        case Paragraph(line):
            return {"block": "paragraph", "line": _line_to_json(line)}
        case Bullets(lines):
            return {"block": "bullets", "lines": [_line_to_json(line) for line in lines]}
        case Facts(items):
            return {"block": "facts", "items": [{"name": name, "line": _line_to_json(line)} for name, line in items]}
        case Table(head, rows):
            cells = [[_line_to_json(cell) for cell in row] for row in rows]
            return {"block": "table", "head": list(head), "rows": cells}
        case Code(text):
            return {"block": "code", "text": text}


def _line_to_json(line: Line) -> list[dict[str, object]]:
    return [{"text": span.text, "link": span.link, "code": span.code} for span in line]
