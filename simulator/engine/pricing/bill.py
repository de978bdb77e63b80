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
    "Metrics of your own, dashboards and requests to the CloudWatch API; alarms and traces that are not drawn.",
    "Traffic between Availability Zones; answers of function URLs, load balancers and WebSocket APIs.",
    "Requests to KMS for keys that are not drawn.",
    "Taxes, support plans, savings plans and discounts.",
)
"""What no bill holds, whatever the design; what single services lack stands in their files of rates."""


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
    month = _Month(prices, usage, HOURS_PER_MONTH * 3600.0 / duration_s if duration_s > 0 else 0.0)
    lines = [
        _line(design, node_id, month, rate_id, quantity)
        for node_id in sorted(usage)
        for rate_id, quantity in sorted(usage[node_id].items())
        if quantity > 0
    ]
    return Cost(
        region=prices.region,
        currency="USD",
        lines=lines,
        total_usd=sum(line["amount_usd"] for line in lines),
        monthly_usd=sum(line["monthly_usd"] for line in lines),
        monthly_free_usd={tier.value: sum(line["free_usd"][tier.value] for line in lines) for tier in month.free},
        excluded=[*left_out(design, prices), *EXCLUDED],
    )


class _Month:
    """What the nodes of a design use together in a month, in the units of the rates."""

    def __init__(self, prices: PriceList, usage: Mapping[str, Mapping[str, float]], months: float) -> None:
        self.prices = prices
        self.months = months
        self.units: defaultdict[str, float] = defaultdict(float)
        for quantities in usage.values():
            for rate_id, quantity in quantities.items():
                self.units[rate_id] += quantity / prices.rates[rate_id].per * months
        self.usd = {rate_id: prices.rates[rate_id].amount_usd(units) for rate_id, units in self.units.items()}
        self.free = {tier: prices.free_units(tier, self.units) for tier in FreeTier if tier is not FreeTier.NONE}
        """By free tier and rate, the units that cost nothing: the first ones, so that tiers keep their edges."""


def _line(design: Design, node_id: str, month: _Month, rate_id: str, quantity: float) -> CostLine:
    rate = month.prices.rates[rate_id]
    units = quantity / rate.per
    share = units * month.months / month.units[rate_id] if month.months else 0.0
    free = {tier.value: units_free.get(rate_id, 0.0) for tier, units_free in month.free.items()}
    return CostLine(
        node=node_id,
        service=_service_name(design, node_id),
        rate=rate_id,
        item=rate.item,
        unit=rate.unit,
        tiers=[{"up_to": tier.up_to, "price_usd": tier.price_usd} for tier in rate.tiers],
        quantity=units,
        unit_price_usd=rate.tiers[0].price_usd,
        amount_usd=units * rate.tiers[0].price_usd,
        monthly_quantity=units * month.months,
        monthly_usd=month.usd[rate_id] * share,
        free_usd={tier: rate.amount_usd(first) * share for tier, first in free.items()},
        free_quantity={tier: first * share for tier, first in free.items()},
        free_tier=rate.free_tier,
        rounding=rate.rounding,
        estimate=rate.estimate,
        own_price=rate.own,
        source=rate.source,
        url=rate.url,
        as_of=rate.as_of,
    )


def left_out(design: Design, prices: PriceList) -> list[str]:
    """What AWS charges for the services of the design and the bill does not hold, service by service."""
    used = {node.service for node in design.nodes.values()}
    names = {service: known.name for service, known in services().items() if service in used}
    return [
        *(
            f"{names[service]}: {entry.text()}"
            for service in sorted(names, key=names.__getitem__)
            for entry in prices.left_out.get(service, ())
        ),
        *_unpriced(design),
    ]


def _unpriced(design: Design) -> list[str]:
    labels = sorted(node.label for node in design.nodes.values() if node.service == UNKNOWN_SERVICE)
    return [f"Resources that are not modelled: {', '.join(labels)}."] if labels else []


def _service_name(design: Design, node_id: str) -> str:
    node = design.nodes.get(node_id)
    service = None if node is None else services().get(node.service)
    return "" if service is None else service.name
