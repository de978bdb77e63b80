"""What the way from an entry point to a node promises: delivery and order, by its weakest link."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Design, Edge
from designer.domain.rules.reach import entries

_AS_WHAT_PASSES: Final = "as the connection"
"""Words of rows about a way, such as an endpoint, which promises what passes through it does."""


class Delivery(IntEnum):
    """How often something arrives, the weakest first."""

    MAY_BE_LOST = 0
    """At most once, or best effort: what is lost on the way is not sent again."""
    MAY_REPEAT = 1
    """At least once."""
    ONCE = 2


class Order(IntEnum):
    """Whether things arrive in the order in which they were sent, the weakest first."""

    LOST = 0
    BEST_EFFORT = 1
    KEPT = 2
    """Within a group, key or shard, as the connection says."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One edge of a way, with what it promises in the table's words."""

    edge: str
    delivery: str
    ordering: str


@dataclass(frozen=True, slots=True)
class PathGuarantee:
    """The shortest way from an entry point to a node, and what it promises from end to end."""

    entry: str
    hops: tuple[Hop, ...]
    delivery: str
    ordering: str


def path_guarantees(design: Design, node_id: str) -> tuple[PathGuarantee, ...]:
    """One for each entry point from which a way leads to the node, the nearest first."""
    found = []
    for entry in sorted(entries(design)):
        way = _shortest(design, entry, node_id)
        if way:
            found.append(_guarantee(design, entry, way))
    return tuple(sorted(found, key=lambda guarantee: (len(guarantee.hops), guarantee.entry)))


def delivery_of(text: str) -> Delivery:
    """The class of a row's words on delivery."""
    words = text.lower()
    if words.startswith(("at most once", "sampled")) or "best effort" in words or "be lost" in words:
        return Delivery.MAY_BE_LOST
    if "at least once" in words:
        return Delivery.MAY_REPEAT
    if words.startswith(("exactly on", "once", _AS_WHAT_PASSES)):
        return Delivery.ONCE
    return Delivery.MAY_REPEAT


def order_of(text: str) -> Order:
    """The class of a row's words on order."""
    words = text.lower()
    if words.startswith(("not", "none", "no ")):
        return Order.LOST
    if words.startswith(("best effort", "optional")) or "can change" in words:
        return Order.BEST_EFFORT
    return Order.KEPT


def _shortest(design: Design, entry: str, node_id: str) -> list[Edge]:
    if entry == node_id:
        return []
    came_by: dict[str, Edge] = {}
    waiting = deque([entry])
    while waiting:
        for edge in design.outgoing(waiting.popleft()):
            row = edge.row
            if edge.target in came_by or edge.target == entry or row is None or not row.usable:
                continue
            if edge.mode in (Mode.AUTHORIZER, Mode.FAILURE):
                continue
            came_by[edge.target] = edge
            if edge.target == node_id:
                return list(reversed(list(_back(came_by, node_id))))
            waiting.append(edge.target)
    return []


def _back(came_by: dict[str, Edge], node_id: str) -> Iterator[Edge]:
    while node_id in came_by:
        edge = came_by[node_id]
        yield edge
        node_id = edge.source


def _guarantee(design: Design, entry: str, way: list[Edge]) -> PathGuarantee:
    hops = []
    for edge in way:
        row = edge.row
        assert row is not None
        hops.append(Hop(edge.id, row.delivery, row.ordering))
    return PathGuarantee(entry, tuple(hops), _delivery_words(design, way, hops), _order_words(design, way, hops))


def _delivery_words(design: Design, way: list[Edge], hops: list[Hop]) -> str:
    classes = [delivery_of(hop.delivery) for hop in hops]
    losing = [at for at, found in enumerate(classes) if found is Delivery.MAY_BE_LOST]
    repeating = [at for at, found in enumerate(classes) if found is Delivery.MAY_REPEAT]
    if not losing and not repeating:
        return "Exactly once all the way."
    sentences = []
    if losing:
        last = way[losing[-1]]
        sentences.append(
            f"Can be lost up to {_label(design, last.target)}: nobody repeats what fails at {_arrow(design, last)}, "
            "unless the caller does."
        )
    if repeating:
        first = way[repeating[0]]
        sentences.append(f"Can arrive more than once from {_arrow(design, first)} on: make the work repeatable.")
    return " ".join(sentences)


def _order_words(design: Design, way: list[Edge], hops: list[Hop]) -> str:
    classes = [order_of(hop.ordering) for hop in hops]
    weakest = min(classes)
    if weakest is Order.KEPT:
        kept = dict.fromkeys(hop.ordering for hop in hops)
        return f"Kept all the way: {', '.join(text[:1].lower() + text[1:] for text in kept)}."
    first = way[classes.index(weakest)]
    if weakest is Order.BEST_EFFORT:
        return f"Mostly kept: {_arrow(design, first)} does its best and promises nothing."
    return f"Not kept: it breaks at {_arrow(design, first)}."


def _arrow(design: Design, edge: Edge) -> str:
    return f"{_label(design, edge.source)} → {_label(design, edge.target)}"


def _label(design: Design, node_id: str) -> str:
    return design.nodes[node_id].label
