"""Pages of the documentation that the app shows too, read from their Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from designer.domain.catalog.sources import WINDTUNNEL
from designer.domain.help.article import Article, Block, Bullets, Code, Line, Paragraph, Part, Span, Table, Topic

_DOCS: Final = Path(__file__).resolve().parents[3] / "docs"
GUIDES: Final = ("model", "experiments", "stories", "scenario-format", "result-format", "design-format")
"""Names of the pages, in the order in which they are listed."""


def guide_articles() -> Iterator[Article]:
    """Every guide that is there; an installation without the documentation has none."""
    for name in GUIDES:
        path = _DOCS / f"{name}.md"
        if path.is_file():
            yield guide_article(name, path.read_text(encoding="utf-8"))


def guide_article(name: str, text: str) -> Article:
    """The page from its Markdown; headings below the second level stand as paragraphs of their own."""
    title, parts = name, [Part("", ())]
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(_without_comments(text))
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = _end(tokens, place)
        if token.type == "heading_open" and token.tag == "h1":
            title = _text(_line(tokens[place + 1]))
        elif token.type == "heading_open" and token.tag == "h2":
            parts.append(Part(_text(_line(tokens[place + 1])), ()))
        else:
            block = _block(tokens[place : end + 1])
            if block is not None:
                parts[-1] = Part(parts[-1].title, (*parts[-1].blocks, block))
        place = end + 1
    filled = tuple(part for part in parts if part.blocks)
    return Article(Topic.GUIDES, name, title, "Guide", filled, WINDTUNNEL, words=" ".join(p.title for p in filled))


def _without_comments(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(line for line in lines if not (line.startswith("<!--") and line.endswith("-->")))


def _end(tokens: Sequence[Token], place: int) -> int:
    """The place of the token that closes the one here."""
    level = 0
    for at in range(place, len(tokens)):
        level += tokens[at].nesting
        if level == 0:
            return at
    return len(tokens) - 1


def _block(tokens: Sequence[Token]) -> Block | None:
    first = tokens[0]
    match first.type:
        case "paragraph_open" | "heading_open":
            return Paragraph(_line(tokens[1]))
        case "bullet_list_open" | "ordered_list_open":
            lines = [_line(token) for token in tokens if token.type == "inline"]
            return Bullets(tuple(lines))
        case "fence" | "code_block":
            return Code(first.content.rstrip("\n"))
        case "table_open":
            return _table(tokens)
        case _:
            return None


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[Line]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_line(token))
    return Table(tuple(_text(cell) for cell in rows[0]), tuple(tuple(row) for row in rows[1:]))


def _line(token: Token) -> Line:
    spans: list[Span] = []
    link = ""
    for child in token.children or ():
        match child.type:
            case "link_open":
                link = _address(str(child.attrGet("href") or ""))
            case "link_close":
                link = ""
            case "softbreak" | "hardbreak":
                spans.append(Span(" "))
            case "text" | "code_inline" if child.content:
                spans.append(Span(child.content, link=link, code=child.type == "code_inline"))
    return tuple(spans)


def _address(href: str) -> str:
    """A guide or a web address; a link to anything else of the documentation is left as text."""
    name = href.partition("#")[0].removesuffix(".md")
    if name in GUIDES:
        return f"{Topic.GUIDES}/{name}"
    if name.startswith("services/") and name != "services/":
        return name
    return href if href.startswith("https://") else ""


def _text(line: Line) -> str:
    return "".join(span.text for span in line)
