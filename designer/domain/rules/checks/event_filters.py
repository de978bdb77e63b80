"""What the filters of event source mappings do besides filtering."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.graph.model import Design, Edge
from designer.domain.rules.fixes import set_edge
from designer.domain.rules.meanings import QUEUE_MAPPINGS, STREAM_MAPPING
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_FILTERING: Final = aws_docs("Lambda event filtering", "lambda/latest/dg/invocation-eventfiltering.html")
_NUMERIC: Final = "numeric"


@rule(
    "R225",
    Severity.ADVICE,
    "Filtered messages are deleted",
    scope=Scope.EDGE,
    only=tuple(sorted(QUEUE_MAPPINGS)),
    why="Lambda deletes a queue's message that its filter does not let through. No other reader ever sees it.",
    source=_FILTERING,
)
def filter_deletes(design: Design, edge: Edge) -> Iterator[Problem]:
    """The mapping of a queue has a filter."""
    if edge.value("filter_patterns"):
        queue = design.nodes[edge.source]
        yield problem(
            edge,
            f"What this filter does not match is deleted from {queue.label} for good.",
            set_edge(edge, "Take the filter away", filter_patterns=None),
            parameter="filter_patterns",
        )


@rule(
    "C226",
    Severity.WARNING,
    "Filter that compares numbers of a table",
    scope=Scope.EDGE,
    only=(STREAM_MAPPING,),
    why="In the stream of a table a number is a text inside its type, so that numeric comparisons never match.",
    source=_FILTERING,
)
def numeric_filter_of_a_table(design: Design, edge: Edge) -> Iterator[Problem]:
    """The filter of a table's stream has a numeric operator."""
    patterns = edge.value("filter_patterns")
    if isinstance(patterns, str) and _has_numeric(patterns):
        table = design.nodes[edge.source]
        yield problem(
            edge,
            f"The filter compares numbers; records of {table.label} have texts there, and none gets through.",
            set_edge(edge, "Take the filter away", filter_patterns=None),
            parameter="filter_patterns",
        )


def _has_numeric(text: str) -> bool:
    try:
        waiting: list[object] = [json.loads(text)]
    except (json.JSONDecodeError, RecursionError):
        return False
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if _NUMERIC in part:
                return True
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return False
