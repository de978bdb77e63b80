"""Who reads patterns, and which comparisons each of them knows."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from designer.domain.catalog.sources import aws_docs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from designer.domain.catalog.spec import Source

OPERATORS: Final = (
    "prefix",
    "suffix",
    "equals-ignore-case",
    "wildcard",
    "anything-but",
    "numeric",
    "exists",
    "cidr",
)
NUMERIC_OPERATORS: Final = ("=", "<", "<=", ">", ">=")
RESERVED_IN_OR: Final = frozenset({*OPERATORS, *NUMERIC_OPERATORS, "exactly", "regex"})
"""Names that a field inside $or may not have."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The patterns of one service. ``negatable`` are the comparisons that anything-but takes."""

    id: str
    who: str
    source: Source
    operators: frozenset[str] = frozenset(OPERATORS)
    negatable: frozenset[str] = frozenset({"prefix", "suffix", "equals-ignore-case", "wildcard"})
    nested: bool = True
    largest_number: float = 5e9
    most_keys: int | None = None
    most_combinations: int | None = None


_PATTERNS = aws_docs(
    "Comparison operators for use in event patterns", "eventbridge/latest/userguide/eb-create-pattern-operators.html"
)
_SNS_CONSTRAINTS = aws_docs(
    "Filter policy constraints in Amazon SNS", "sns/latest/dg/subscription-filter-policy-constraints.html"
)
_SNS_OPERATORS = frozenset({"prefix", "suffix", "equals-ignore-case", "anything-but", "numeric", "exists", "cidr"})

EVENT_BUS: Final = Dialect("event_bus", "EventBridge", _PATTERNS)
PIPE: Final = Dialect("pipe", "EventBridge Pipes", _PATTERNS, negatable=frozenset())
EVENT_SOURCE_MAPPING: Final = Dialect(
    "event_source_mapping",
    "Lambda",
    aws_docs("Lambda event filtering", "lambda/latest/dg/invocation-eventfiltering.html"),
    operators=frozenset({"prefix", "suffix", "equals-ignore-case", "anything-but", "numeric", "exists", "cidr"}),
    negatable=frozenset(),
)
SNS_ATTRIBUTES: Final = Dialect(
    "sns_attributes",
    "SNS",
    _SNS_CONSTRAINTS,
    operators=_SNS_OPERATORS,
    negatable=frozenset({"prefix"}),
    nested=False,
    largest_number=1e9,
    most_keys=5,
    most_combinations=150,
)
SNS_BODY: Final = Dialect(
    "sns_body",
    "SNS",
    _SNS_CONSTRAINTS,
    operators=_SNS_OPERATORS,
    negatable=frozenset({"prefix"}),
    largest_number=1e9,
    most_keys=5,
    most_combinations=150,
)

DIALECTS: Final[Mapping[str, Dialect]] = MappingProxyType(
    {dialect.id: dialect for dialect in (EVENT_BUS, PIPE, EVENT_SOURCE_MAPPING, SNS_ATTRIBUTES, SNS_BODY)}
)
