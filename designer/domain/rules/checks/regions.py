"""Connections that AWS makes within one Region only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Group
from designer.domain.network.placement import frames_around
from designer.domain.rules.fixes import remove_edge
from designer.domain.rules.meanings import NOTIFICATIONS, QUEUE_MAPPINGS
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_WITHIN_ONE: Final = (
    *NOTIFICATIONS,
    *sorted(QUEUE_MAPPINGS),
    *sorted(
        identifier
        for identifier, row in connections().items()
        if row.usable
        and (
            identifier.endswith((".redrive", ".dead_letter", ".target_dlq", ".subscription_dlq"))
            or (row.source == "alb" and row.target == "lambda")
        )
    ),
)


@rule(
    "C227",
    Severity.ERROR,
    "Both ends have to be in one Region",
    scope=Scope.EDGE,
    only=_WITHIN_ONE,
    why="AWS refuses this connection between Regions. Cross the border with an event bus, with SNS, with replication "
    "or in code.",
    source=aws_docs(
        "S3 event notification types and destinations", "AmazonS3/latest/userguide/EventNotifications.html"
    ),
)
def across_regions(design: Design, edge: Edge) -> Iterator[Problem]:
    """The two ends lie in frames of different Regions."""
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    here = next((frame for frame in frames_around(design, source) if frame.kind == "region"), None)
    there = next((frame for frame in frames_around(design, target) if frame.kind == "region"), None)
    if here is not None and there is not None and not _same(here, there):
        yield problem(
            edge,
            f"{source.label} lies in {here.label} and {target.label} in {there.label}.",
            remove_edge(edge),
        )


def _same(here: Group, there: Group) -> bool:
    """Two frames of one name are one Region drawn twice, for instance in two accounts."""
    return here.id == there.id or here.label.strip().casefold() == there.label.strip().casefold()
