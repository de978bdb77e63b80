"""Finds the meter of every service and reads what a run used."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from designer.domain.graph.model import Design, Node
from simulator.engine.lowering.plan import Plan
from simulator.engine.metrics import Tallies
from simulator.engine.payloads import payload_sizes
from simulator.engine.pricing import services as services_package
from simulator.engine.pricing.networks import between_regions
from simulator.engine.pricing.usage import Metered, Usage

Meter = Callable[[Usage, Node], Iterator[Metered]]


@cache
def meters() -> Mapping[str, Meter]:
    """By service id: modules of :mod:`simulator.engine.pricing.services` with ``SERVICE`` and ``meter``."""
    found: dict[str, Meter] = {}
    for module_info in sorted(pkgutil.iter_modules(services_package.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{services_package.__name__}.{module_info.name}")
        found[module.SERVICE] = module.meter
    return MappingProxyType(found)


class Metering:
    """Reads the usage of one design's run."""

    def __init__(self, design: Design, payload_kb: Mapping[str, float] | None = None) -> None:
        self._design = design
        self._payload_kb = payload_sizes(design, payload_kb)

    def usage(self, plan: Plan, totals: Tallies) -> dict[str, dict[str, float]]:
        """By node and rate, what was used since the beginning of the run."""
        found: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        usage = Usage(plan, totals, self._payload_kb)
        for used in (*self._metered(plan, usage), *between_regions(usage)):
            found[used.node][used.rate] += used.quantity
        return {node_id: dict(quantities) for node_id, quantities in found.items()}

    def _metered(self, plan: Plan, usage: Usage) -> Iterator[Metered]:
        """What the meters of the services read."""
        for node_id in plan.node_ids:
            node = self._design.nodes[node_id]
            meter = meters().get(node.service)
            if meter is not None:
                yield from meter(usage, node)
