"""Finds the lowering of every service."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, ModuleType

from simulator.engine.lowering import services as services_package
from simulator.engine.lowering.declaration import Lowering


@cache
def lowerings() -> Mapping[str, Lowering]:
    """By service id: the modules of :mod:`simulator.engine.lowering.services` and what they declare."""
    found: dict[str, Lowering] = {}
    for module_info in sorted(pkgutil.iter_modules(services_package.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{services_package.__name__}.{module_info.name}")
        declared = _declared(module)
        found[declared.service] = declared
    return MappingProxyType(found)


def _declared(module: ModuleType) -> Lowering:
    names = {"ENTRIES": "entries", "REFUSED": "refused", "AFTER_QUEUES": "after_queues"}
    names |= {name: name for name in ("entry_for", "traffic", "schedules")}
    optional = {field: getattr(module, name) for name, field in names.items() if hasattr(module, name)}
    return Lowering(module.SERVICE, module.lower, **optional)
