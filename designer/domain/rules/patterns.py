"""The patterns, filters and sample events of a design, read once each."""

from __future__ import annotations

from functools import lru_cache

from designer.domain.catalog.spec import Value
from designer.domain.events.dialects import DIALECTS, EVENT_SOURCE_MAPPING, SNS_ATTRIBUTES, SNS_BODY, Dialect
from designer.domain.events.filters import Verdict, read_filter, try_filter
from designer.domain.events.located_json import TextError, read_json
from designer.domain.events.pattern import Fields
from designer.domain.graph.model import Edge

_MOST_KEPT = 2_048


def fault(text: Value, dialect: Dialect) -> TextError | None:
    """Why the service refuses the pattern or filter; None for one that it takes and for text that is no JSON.

    That the text is no JSON is another rule's finding.
    """
    return _fault(text, dialect.id) if isinstance(text, str) and text.strip() else None


def verdict(text: Value, sample: Value, dialect: Dialect) -> Verdict | None:
    """Whether the sample event passes; None when one of them is missing or cannot be read."""
    if not isinstance(text, str) or not isinstance(sample, str) or not text.strip() or not sample.strip():
        return None
    return _verdict(text, sample, dialect.id)


def patterns(text: Value, dialect: Dialect) -> tuple[Fields, ...]:
    """The patterns in the text; none when it cannot be read."""
    if not isinstance(text, str) or fault(text, dialect) is not None:
        return ()
    return _patterns(text, dialect.id)


def where(error: TextError) -> str:
    """The error with its place and cure, as a sentence behind a colon."""
    place = f"line {error.place.line}, column {error.place.column}"
    path = f", at {error.place.path}" if error.place.path != "$" else ""
    return f"{error.message} ({place}{path}) {error.cure}".rstrip()


def edge_filter(edge: Edge) -> tuple[str, Dialect] | None:
    """Which parameter of the edge is a filter, and who reads it."""
    row = edge.row
    known = {parameter.id for parameter in row.parameters} if row is not None else set()
    if "filter_patterns" in known:
        return "filter_patterns", EVENT_SOURCE_MAPPING
    if "filter_policy" in known:
        return "filter_policy", SNS_BODY if edge.value("filter_policy_scope") == "MessageBody" else SNS_ATTRIBUTES
    return None


def first_miss(found: Verdict) -> str:
    """Why the sample does not pass, told by the field that comes first."""
    if not found.misses:
        return found.note
    miss = found.misses[0]
    more = f" {len(found.misses) - 1} more fields do not fit." if len(found.misses) > 1 else ""
    return f"{miss.path} should be {miss.wanted}; it is {miss.found}.{more} {miss.hint}".rstrip()


@lru_cache(maxsize=_MOST_KEPT)
def _fault(text: str, dialect: str) -> TextError | None:
    try:
        read_json(text)
    except TextError:
        return None
    try:
        read_filter(text, DIALECTS[dialect])
    except TextError as error:
        return error
    return None


@lru_cache(maxsize=_MOST_KEPT)
def _patterns(text: str, dialect: str) -> tuple[Fields, ...]:
    try:
        return read_filter(text, DIALECTS[dialect])
    except TextError:
        return ()


@lru_cache(maxsize=_MOST_KEPT)
def _verdict(text: str, sample: str, dialect: str) -> Verdict | None:
    try:
        return try_filter(text, sample, DIALECTS[dialect])
    except TextError:
        return None
