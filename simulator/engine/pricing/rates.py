"""The dated rates file, and what a quantity costs at them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

RATES_FILE: Final = Path(__file__).with_name("rates.json")
MONTH_HOURS: Final = 730.0
"""Hours of a month, as the AWS Pricing Calculator counts them."""


@dataclass(frozen=True, slots=True)
class Rate:
    """The price of one thing. ``tiers`` are (from this quantity on in a month, USD per unit), ascending."""

    id: str
    item: str
    unit: str
    tiers: tuple[tuple[float, float], ...]
    source: str
    as_of: str

    @property
    def unit_price_usd(self) -> float:
        """The price of one unit in the first tier."""
        return self.tiers[0][1]

    def usd(self, quantity: float, *, free: float = 0.0) -> float:
        """What this much costs in one month: each tier's share at its own price, after ``free`` units."""
        billed = max(quantity - free, 0.0)
        total = 0.0
        for position, (start, price) in enumerate(self.tiers):
            end = self.tiers[position + 1][0] if position + 1 < len(self.tiers) else float("inf")
            if billed > start:
                total += (min(billed, end) - start) * price
        return total


@dataclass(frozen=True, slots=True)
class Rates:
    """All rates of one Region."""

    region: str
    as_of: str
    by_id: dict[str, Rate]


@cache
def rates() -> Rates:
    """The rates that the product comes with."""
    data = json.loads(RATES_FILE.read_text(encoding="utf-8"))
    found = {
        rate_id: Rate(
            id=rate_id,
            item=row["item"],
            unit=row["unit"],
            tiers=tuple((float(tier["from"]), float(tier["usd"])) for tier in row["tiers"]),
            source=row["source"],
            as_of=row["as_of"],
        )
        for rate_id, row in data["rates"].items()
    }
    return Rates(data["region"], data["as_of"], found)
