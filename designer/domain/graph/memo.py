"""Remembers what was computed from a design, so that many rules and many edits share it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Final, TypeVar

from designer.domain.graph.model import Design, Edge

_DESIGNS_AT_ONCE: Final = 8
"""How many designs, being edited at the same time, keep what follows from their edges."""

T = TypeVar("T")


def once_per_design(compute: Callable[[Design], T]) -> Callable[[Design], T]:
    """Compute it once for each design, which never changes; callers share the value and must not change it."""
    key = f"{compute.__module__}.{compute.__qualname__}"

    @wraps(compute)
    def remembered(design: Design) -> T:
        # The same place in which cached_property keeps its values; a changed design is another object.
        kept = vars(design)
        if key not in kept:
            kept[key] = compute(design)
        value: T = kept[key]
        return value

    return remembered


def once_per_wiring(compute: Callable[[Design], T]) -> Callable[[Design], T]:
    """Compute it once for each set of edges between nodes of the same services, whatever the nodes are set to.

    Only for what looks at the edges with their settings and at the nodes' services. An edit of a node leaves the
    mapping of the edges as it is, which tells without a look at each of them.
    """
    latest: deque[tuple[Mapping[str, Edge], dict[str, str], T]] = deque(maxlen=_DESIGNS_AT_ONCE)

    @wraps(compute)
    def remembered(design: Design) -> T:
        services = _services(design)
        for edges, known, value in tuple(latest):
            if edges is design.edges and known == services:
                return value
        value = compute(design)
        latest.appendleft((design.edges, services, value))
        return value

    return remembered


@once_per_design
def _services(design: Design) -> dict[str, str]:
    return {node_id: node.service for node_id, node in design.nodes.items()}
