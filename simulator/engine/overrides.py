"""Prices and quotas of one's own: what an account has agreed with AWS instead of the published figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Limit
from simulator.engine.pricing.rates import PriceList, Tier, price_list

MOST_TIERS: Final = 20
MOST_USD: Final = 1e6
"""For one unit of a rate; the dearest published one is 15 dollars. More is a slip of the keyboard."""
MOST_UNITS: Final = 1e15
"""A tier's edge or a quota above it means that there is none."""


class OverrideError(ValueError):
    """The JSON holds no usable prices or quotas. ``path`` names the entry at fault."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}" if path else problem)


@dataclass(frozen=True)
class Overrides:
    """``prices`` by rate id, and ``quotas`` by ``service.limit`` of the catalog, in the limit's own unit."""

    prices: Mapping[str, tuple[Tier, ...]] = field(default_factory=lambda: MappingProxyType({}))
    quotas: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def priced(self, published: PriceList) -> PriceList:
        """The price list with the account's own prices in it."""
        if not self.prices:
            return published
        own = {
            rate_id: replace(published.rates[rate_id], tiers=tiers, source="Your own price", url="", own=True)
            for rate_id, tiers in self.prices.items()
            if rate_id in published.rates
        }
        return replace(published, rates=MappingProxyType({**published.rates, **own}))

    def quota(self, service: str, limit: Limit) -> float:
        """The account's quota, or the published limit."""
        return self.quotas.get(f"{service}.{limit.id}", limit.value)


PUBLISHED: Final = Overrides()
"""Nothing of one's own."""


def overrides_from_json(data: object) -> Overrides:
    """Read ``{"prices": {rate: [{"up_to", "price_usd"}]}, "quotas": {"service.limit": value}}``.

    Raises :class:`OverrideError` naming the first bad entry.
    """
    if not isinstance(data, Mapping):
        raise OverrideError("", "prices and quotas must be an object")
    for key in data:
        if key not in ("prices", "quotas"):
            raise OverrideError(str(key), "is neither prices nor quotas")
    prices, quotas = data.get("prices", {}), data.get("quotas", {})
    if not isinstance(prices, Mapping):
        raise OverrideError("prices", "must be an object by rate id")
    if not isinstance(quotas, Mapping):
        raise OverrideError("quotas", "must be an object by service.limit")
    return Overrides(
        MappingProxyType({str(key): _tiers(f"prices.{key}", str(key), value) for key, value in prices.items()}),
        MappingProxyType({str(key): _quota(f"quotas.{key}", str(key), value) for key, value in quotas.items()}),
    )


def overrides_to_json(overrides: Overrides) -> dict[str, object]:
    """The same as JSON values."""
    return {
        "prices": {
            rate_id: [{"up_to": tier.up_to, "price_usd": tier.price_usd} for tier in tiers]
            for rate_id, tiers in sorted(overrides.prices.items())
        },
        "quotas": dict(sorted(overrides.quotas.items())),
    }


def raisable_limits() -> dict[str, Limit]:
    """The limits that AWS raises on request, by ``service.limit``."""
    return {
        f"{service.id}.{limit.id}": limit
        for service in services().values()
        for limit in service.limits
        if limit.adjustable
    }


def _tiers(path: str, rate_id: str, data: object) -> tuple[Tier, ...]:
    if rate_id not in price_list().rates:
        raise OverrideError(path, "is no line of the price list")
    if not isinstance(data, Sequence) or isinstance(data, str) or not 1 <= len(data) <= MOST_TIERS:
        raise OverrideError(path, f"must be a list of 1 to {MOST_TIERS} tiers")
    tiers: list[Tier] = []
    below = 0.0
    for index, entry in enumerate(data):
        place = f"{path}[{index}]"
        if not isinstance(entry, Mapping) or set(entry) - {"up_to", "price_usd"}:
            raise OverrideError(place, "must have up_to and price_usd")
        last = index == len(data) - 1
        up_to = entry.get("up_to")
        if last != (up_to is None):
            raise OverrideError(f"{place}.up_to", "must be null in the last tier and a number in the others")
        end = None if up_to is None else _number(f"{place}.up_to", up_to, MOST_UNITS)
        if end is not None and end <= below:
            raise OverrideError(f"{place}.up_to", f"must be above {below:g}")
        tiers.append(Tier(end, _number(f"{place}.price_usd", entry.get("price_usd"), MOST_USD)))
        below = end or below
    return tuple(tiers)


def _quota(path: str, key: str, value: object) -> float:
    known = raisable_limits().get(key)
    if known is None:
        service, _, limit = key.partition(".")
        fixed = service in services() and any(each.id == limit for each in services()[service].limits)
        raise OverrideError(path, "is a limit that AWS does not raise" if fixed else "is no limit of the catalog")
    return _number(path, value, MOST_UNITS)


def _number(path: str, value: object, most: float) -> float:
    """Not a number and infinity lie between no bounds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise OverrideError(path, f"must be a number from 0 to {most:,.0f}")
    return float(value)
