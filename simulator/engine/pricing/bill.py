"""The bill of a run: metered usage times dated rates, for the run and for a month."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from designer.domain.graph.model import Design, Node
from simulator.engine.lowering.plan import Plan
from simulator.engine.metrics import Tallies
from simulator.engine.pricing import services as services_package
from simulator.engine.pricing.rates import MONTH_HOURS, rates
from simulator.engine.pricing.usage import Metered, Usage, payload_sizes
from simulator.engine.results import Cost, CostLine

Meter = Callable[[Usage, Node], Iterator[Metered]]

EXCLUDED: Final = (
    "free tiers and credits",
    "storage of objects, items, messages and logs over time (depends on how long they are kept)",
    "X-Ray traces, CloudWatch alarms, custom metrics and dashboards",
    "KMS requests of customer managed keys",
    "SnapStart caching and restoring for Python and .NET",
    "data transfer out of function URLs, NAT gateways and VPC endpoints",
    "support, taxes and discounts",
)


@cache
def meters() -> Mapping[str, Meter]:
    """By service id. A meter is a module of :mod:`simulator.engine.pricing.services` with ``SERVICE`` and ``meter``."""
    found: dict[str, Meter] = {}
    for module_info in sorted(pkgutil.iter_modules(services_package.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{services_package.__name__}.{module_info.name}")
        found[module.SERVICE] = module.meter
    return MappingProxyType(found)


class Bill:
    """The bill of one design."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._payload_kb = payload_sizes(design)

    def so_far(self, plan: Plan, totals: Tallies) -> float:
        """USD from the beginning of the run, at the prices of the first tiers."""
        by_id = rates().by_id
        return sum(used.quantity * by_id[used.rate].unit_price_usd for used in self._metered(plan, totals))

    def whole(self, plan: Plan, totals: Tallies) -> Cost:
        """Every line for the run, and for a month at the run's mean rate with the price tiers."""
        lines = cost_lines(self._design, list(self._metered(plan, totals)), totals.seconds)
        unpriced = {node.service for node in self._design.nodes.values()} - set(meters())
        excluded = list(EXCLUDED)
        others = sorted(
            node.label for node in self._design.nodes.values() if node.service in unpriced and node.service == "other"
        )
        if others:
            excluded.append(f"resources that are not modelled: {', '.join(others)}")
        return {
            "region": rates().region,
            "currency": "USD",
            "lines": lines,
            "total_usd": round(sum(line["amount_usd"] for line in lines), 9),
            "monthly_usd": round(sum(line["monthly_usd"] for line in lines), 6),
            "excluded": excluded,
        }

    def _metered(self, plan: Plan, totals: Tallies) -> Iterator[Metered]:
        usage = Usage(plan, totals, self._payload_kb)
        for node_id in plan.node_ids:
            node = self._design.nodes[node_id]
            meter = meters().get(node.service)
            if meter is not None:
                yield from meter(usage, node)


def cost_lines(design: Design, metered: list[Metered], seconds: float) -> list[CostLine]:
    """One line per node and rate. Tiers apply to the account's whole month, shared out by quantity."""
    months = seconds / 3600.0 / MONTH_HOURS
    monthly: defaultdict[str, float] = defaultdict(float)
    for used in metered:
        monthly[used.rate] += used.quantity / months if months > 0 else 0.0
    lines: list[CostLine] = []
    for used in metered:
        if used.quantity <= 0:
            continue
        rate = rates().by_id[used.rate]
        share = used.quantity / months / monthly[used.rate] if months > 0 else 0.0
        monthly_quantity = used.quantity / months if months > 0 else 0.0
        lines.append(
            {
                "node": used.node,
                "service": design.nodes[used.node].service,
                "item": rate.item,
                "unit": rate.unit,
                "quantity": used.quantity,
                "unit_price_usd": rate.unit_price_usd,
                "amount_usd": round(used.quantity * rate.unit_price_usd, 12),
                "monthly_quantity": round(monthly_quantity, 6),
                "monthly_usd": round(rate.usd(monthly[used.rate]) * share, 6),
                "source": rate.source,
                "as_of": rate.as_of,
            }
        )
    return lines
