"""Turns metered usage into a bill: quantity times unit price, line by line, and for a month.

Usage is what the services' meters (``meters.py``) yield: for every node the metered things by
rate id, in single requests, GB-seconds, hours and so on; this module divides by the rate's unit.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import UNKNOWN_SERVICE
from simulator.engine.pricing.rates import HOURS_PER_MONTH, FreeTier, PriceList, price_list
from simulator.engine.results import Cost, CostLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from designer.domain.graph.model import Design

EXCLUDED: Final = (
    "Storage of objects, items, messages and logs: it depends on how long they are kept.",
    "Metrics and dashboards; alarms and traces that are not drawn.",
    "Traffic between Availability Zones and Regions, and answers of function URLs.",
    "Instances and storage of relational databases and caches.",
    "Requests to KMS for keys that are not drawn; caching and restoring of SnapStart for Python and .NET.",
    "Taxes, support plans and discounts.",
)


def running_total_usd(usage: Mapping[str, Mapping[str, float]], rates: PriceList | None = None) -> float:
    """What the usage costs at the first tier's prices: the running cost of a run."""
    known = (rates or price_list()).rates
    return sum(
        quantity / known[rate_id].per * known[rate_id].tiers[0].price_usd
        for quantities in usage.values()
        for rate_id, quantity in quantities.items()
    )


def bill(
    design: Design, usage: Mapping[str, Mapping[str, float]], duration_s: float, rates: PriceList | None = None
) -> Cost:
    """The itemised bill of a run of ``duration_s`` simulated seconds.

    The month extrapolates each quantity's mean rate to 730 h. Its tiers count what all nodes of
    the design use together, as AWS counts per account; each line carries its share. What a free tier
    takes off the month stands beside it, for each kind of account.
    """
    prices = rates or price_list()
    months = HOURS_PER_MONTH * 3600.0 / duration_s if duration_s > 0 else 0.0
    monthly_units: defaultdict[str, float] = defaultdict(float)
    for quantities in usage.values():
        for rate_id, quantity in quantities.items():
            monthly_units[rate_id] += quantity / prices.rates[rate_id].per * months
    monthly_usd = {rate_id: prices.rates[rate_id].amount_usd(units) for rate_id, units in monthly_units.items()}
    free_usd = {tier: _free_usd(prices, tier, monthly_units) for tier in FreeTier if tier is not FreeTier.NONE}
    lines: list[CostLine] = []
    for node_id in sorted(usage):
        for rate_id, quantity in sorted(usage[node_id].items()):
            if quantity <= 0:
                continue
            rate = prices.rates[rate_id]
            units = quantity / rate.per
            share = units * months / monthly_units[rate_id]
            lines.append(
                CostLine(
                    node=node_id,
                    service=_service_name(design, node_id),
                    item=rate.item,
                    unit=rate.unit,
                    quantity=units,
                    unit_price_usd=rate.tiers[0].price_usd,
                    amount_usd=units * rate.tiers[0].price_usd,
                    monthly_quantity=units * months,
                    monthly_usd=monthly_usd[rate_id] * share,
                    free_usd={tier.value: free.get(rate_id, 0.0) * share for tier, free in free_usd.items()},
                    source=rate.source,
                    as_of=rate.as_of,
                )
            )
    return Cost(
        region=prices.region,
        currency="USD",
        lines=lines,
        total_usd=sum(line["amount_usd"] for line in lines),
        monthly_usd=sum(line["monthly_usd"] for line in lines),
        monthly_free_usd={tier.value: sum(line["free_usd"][tier.value] for line in lines) for tier in free_usd},
        excluded=[*EXCLUDED, *_unpriced(design)],
    )


def _free_usd(prices: PriceList, tier: FreeTier, units: Mapping[str, float]) -> dict[str, float]:
    """By rate, what a month costs less in an account with this free tier: its units are the first ones."""
    return {
        rate_id: prices.rates[rate_id].amount_usd(units[rate_id])
        - prices.rates[rate_id].amount_usd(units[rate_id] - free)
        for rate_id, free in prices.free_units(tier, units).items()
    }


def _unpriced(design: Design) -> list[str]:
    labels = sorted(node.label for node in design.nodes.values() if node.service == UNKNOWN_SERVICE)
    return [f"Resources that are not modelled: {', '.join(labels)}."] if labels else []


def _service_name(design: Design, node_id: str) -> str:
    node = design.nodes.get(node_id)
    service = None if node is None else services().get(node.service)
    return "" if service is None else service.name
