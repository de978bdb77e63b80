"""A cache of answers in front of a backend: time to live, popularity of the keys, and room for some of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.kernel_keys import power_integral
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

_EXACT_TERMS = 10_000


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """Rows of the tables, and the share of the requests that ask for an answer for which there is room."""

    keys: int
    cache: int
    fitting: float


def answer_cache(plan: Plan, node: Node, ttl_s: float, room: float) -> AnswerCache:
    """The cache of a node with the parameters ``cache_keys`` and ``key_skew``; ``room`` is how many answers it holds.

    When it is too small for all, the most popular ones are taken to be in it: what eviction of the least recently
    used tends to.
    """
    keys, skew = int(node.number("cache_keys", 1.0)), node.number("key_skew")
    held = max(min(keys, int(room)), 1)
    fitting = popular_share(held, keys, skew) if held < keys else 1.0
    return AnswerCache(plan.tables.keys(held, skew), plan.tables.cache(held, ttl_s), fitting)


@lru_cache(maxsize=64)
def popular_share(first: int, keys: int, skew: float) -> float:
    """The share of all requests that the ``first`` most popular keys get: H(first) / H(keys)."""
    return _harmonic(first, skew) / _harmonic(keys, skew)


def _harmonic(terms: int, skew: float) -> float:
    """The sum of k ** -skew for k from 1; beyond the first terms by its integral."""
    exact = min(terms, _EXACT_TERMS)
    total: float = sum(k**-skew for k in range(1, exact + 1))
    if terms > exact:
        total += float(power_integral(terms + 0.5, skew) - power_integral(exact + 0.5, skew))
    return total


def look_up(plan: Plan, node: Node, cached: AnswerCache, share: float, *, hit: Label, uncached: Label) -> None:
    """Go to ``hit`` when the answer is there; fall through when it should be stored once it has come.

    This share of the requests may be cached at all; the others go to ``uncached``.
    """
    tables = plan.tables
    skipped = 1.0 - share * cached.fitting
    if skipped > 0.0:
        tables.emit(op.CHANCE, x=skipped, target=uncached, stream=plan.stream(node, "not cached"))
    tables.emit(op.KEY, resource=cached.keys, stream=plan.stream(node, "answer key"))
    tables.emit(op.LOOK_UP, resource=cached.cache, target=hit)
