"""The dated price list: unit prices with tiers, read from the files in ``rates``, one per service.

Prices are list prices of one Region in US dollars. A tier reaches up to and including
``up_to`` units a month; the last one has no end.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HOURS_PER_MONTH: Final = 730.0
"""The AWS pricing calculator's month."""
_FOLDER: Final = Path(__file__).with_name("rates")


@dataclass(frozen=True, slots=True)
class Tier:
    """``price_usd`` per unit for the units up to ``up_to`` a month (None: all further ones)."""

    up_to: float | None
    price_usd: float


@dataclass(frozen=True, slots=True)
class Rate:
    """One line of the price list. ``unit`` is what ``price_usd`` is for, e.g. ``1M requests``."""

    id: str
    item: str
    unit: str
    tiers: tuple[Tier, ...]
    as_of: str
    source: str
    url: str
    free_tier: str
    rounding: str
    estimate: str = ""
    """What of the line's quantity or price is an estimate; empty: nothing."""
    own: bool = False
    """Whether an account's own price stands in the place of the published one."""

    @property
    def per(self) -> float:
        """How many metered things make one unit: 1,000,000 for ``1M requests``, else 1."""
        number = self.unit.split(" ")[0].replace(",", "")
        if number.endswith("M") and number[:-1].isdigit():
            return float(number[:-1]) * 1e6
        return float(number) if number.isdigit() else 1.0

    def amount_usd(self, units: float) -> float:
        """The price of ``units`` units in one month, through the tiers."""
        amount = 0.0
        below = 0.0
        for tier in self.tiers:
            end = units if tier.up_to is None else min(units, tier.up_to)
            amount += max(0.0, end - below) * tier.price_usd
            if tier.up_to is None or units <= tier.up_to:
                break
            below = tier.up_to
        return amount


class FreeTier(StrEnum):
    """What AWS gives an account for nothing each month."""

    NONE = "none"
    ALWAYS = "always"
    """What every account gets for ever."""
    LEGACY_12_MONTHS = "legacy_12_months"
    """That, and what accounts made before 15 July 2025 get in their first year; newer ones get credits instead."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """``quantity`` units a month that cost nothing, shared by ``rates``, which all have the same unit."""

    id: str
    kind: FreeTier
    quantity: float
    rates: tuple[str, ...]
    source: str
    as_of: str

    def holds_for(self, free_tier: FreeTier) -> bool:
        """Whether an account with this free tier has the allowance."""
        return self.kind is free_tier or (self.kind is FreeTier.ALWAYS and free_tier is not FreeTier.NONE)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Things that AWS charges for and that no bill here holds, with the one reason for all of them."""

    items: tuple[str, ...]
    reason: str

    def text(self) -> str:
        """In words: ``Archives, replays: not part of a design.``"""
        return f"{', '.join(self.items)}: {self.reason}."


@dataclass(frozen=True, slots=True)
class PriceList:
    """Every rate of one Region, and what of it is free. ``left_out`` is by service."""

    region: str
    as_of: str
    rates: Mapping[str, Rate]
    allowances: tuple[Allowance, ...] = ()
    left_out: Mapping[str, tuple[LeftOut, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def free_units(self, free_tier: FreeTier, units: Mapping[str, float]) -> dict[str, float]:
        """Units a month by rate that cost nothing, of the ``units`` used.

        Rates that share an allowance get it in proportion to what they use, an estimate: AWS does not
        say in which order it counts.
        """
        found: dict[str, float] = {}
        for allowance in self.allowances:
            used = sum(units.get(rate, 0.0) for rate in allowance.rates)
            if used > 0.0 and allowance.holds_for(free_tier):
                share = min(allowance.quantity / used, 1.0)
                for rate in allowance.rates:
                    found[rate] = found.get(rate, 0.0) + units.get(rate, 0.0) * share
        return found


@cache
def price_list() -> PriceList:
    """The price list that the product ships with: every file's rates, which are all of one Region."""
    files = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.json"))}
    regions = {data["region"] for data in files.values()}
    if len(regions) != 1:
        raise ValueError(f"the price list mixes Regions: {', '.join(sorted(regions))}")
    rates: dict[str, Rate] = {}
    for entry in (entry for data in files.values() for entry in data["rates"]):
        if entry["id"] in rates:
            raise ValueError(f"the price list has {entry['id']} twice")
        rates[entry["id"]] = Rate(**{**entry, "tiers": tuple(Tier(**tier) for tier in entry["tiers"])})
    allowances = tuple(
        Allowance(**{**entry, "kind": FreeTier(entry["kind"]), "rates": tuple(entry["rates"])})
        for data in files.values()
        for entry in data.get("allowances", ())
    )
    left_out = {
        service: tuple(LeftOut(tuple(entry["items"]), entry["reason"]) for entry in data.get("left_out", ()))
        for service, data in files.items()
    }
    as_of = max(data["as_of"] for data in files.values())
    return PriceList(regions.pop(), as_of, MappingProxyType(rates), allowances, MappingProxyType(left_out))
