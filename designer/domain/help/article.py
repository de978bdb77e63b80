"""The shape of a help page: plain values that the app shows and the documentation prints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from designer.domain.catalog.spec import Source


class Topic(StrEnum):
    """What a page is about; the first part of its address."""

    SERVICES = "services"
    CONNECTIONS = "connections"
    RULES = "rules"
    GUIDES = "guides"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. ``link`` is the address of another page, ``services/lambda``, or a web address."""

    text: str
    link: str = ""
    code: bool = False


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Named statements."""

    items: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A program's text, kept line by line."""

    text: str


Block = Paragraph | Bullets | Facts | Table | Code


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a page; the first one has no title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One page. ``kind`` says in a word or two what its subject is; ``words`` are what else finds it."""

    topic: Topic
    id: str
    title: str
    kind: str
    parts: tuple[Part, ...]
    source: Source
    words: str = ""

    @property
    def address(self) -> str:
        """Where the page is, below the folder of all pages."""
        return f"{self.topic}/{self.id}"


def plain(text: str) -> Line:
    """The text as one piece."""
    return (Span(text),)


def linked(text: str, link: str) -> Line:
    """The text as a link."""
    return (Span(text, link=link),)


def coded(text: str) -> Line:
    """The text as a program's word."""
    return (Span(text, code=True),)


def cited(source: Source) -> Line:
    """A source with its year, as a link where it has an address."""
    year = (Span(f" ({source.as_of})"),) if source.as_of else ()
    return (Span(source.title, link=source.url), *year)


def bullets(texts: tuple[str, ...]) -> Bullets:
    """The texts as a list."""
    return Bullets(tuple(plain(text) for text in texts))
