"""Which rows of the tables belong to a node."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Owned:
    """Rows of the tables that a node has, or has a share in."""

    buckets: set[int] = field(default_factory=set)
    limits: set[int] = field(default_factory=set)
    pools: set[int] = field(default_factory=set)
    queues: set[int] = field(default_factory=set)
    caches: set[int] = field(default_factory=set)
    scalers: set[int] = field(default_factory=set)
    works: bool = False
    """The node has work of its own that can become slower."""
