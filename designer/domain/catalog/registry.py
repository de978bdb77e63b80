"""Finds every service file and hands out the catalog.

A service is a module in :mod:`designer.domain.catalog.services` with a constant
``SERVICE``. The module is named after the service id; an id that is a Python
keyword gets a trailing underscore (``lambda_``).
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from designer.domain.catalog import services as services_package
from designer.domain.catalog.spec import Parameter, Service, Value

if TYPE_CHECKING:
    from collections.abc import Mapping


class CatalogError(ValueError):
    """A service file breaks the catalog's own rules; raised at import, never at run time."""


def _check(service: Service, module_name: str) -> None:
    if module_name.rstrip("_") != service.id:
        raise CatalogError(f"services/{module_name}.py declares the id {service.id!r}")
    seen: set[str] = set()
    for parameter in service.parameters:
        if parameter.id in seen:
            raise CatalogError(f"{service.id}: parameter {parameter.id!r} is declared twice")
        seen.add(parameter.id)


@cache
def services() -> Mapping[str, Service]:
    """Every service by its id, in the alphabetical order of the ids."""
    found: dict[str, Service] = {}
    for module_info in sorted(pkgutil.iter_modules(services_package.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{services_package.__name__}.{module_info.name}")
        service: Service = module.SERVICE
        _check(service, module_info.name)
        found[service.id] = service
    return MappingProxyType(found)


@cache
def _defaults(service_id: str) -> Mapping[str, Value]:
    service = services().get(service_id)
    if service is None:
        return MappingProxyType({})
    return MappingProxyType({p.id: p.default for p in service.parameters})


def parameter_value(service_id: str, parameters: Mapping[str, Value], parameter_id: str) -> Value:
    """The value a node of this service has for a parameter: its own, or the catalog's default."""
    if parameter_id in parameters:
        return parameters[parameter_id]
    return _defaults(service_id).get(parameter_id)


def find_parameter(service_id: str, parameter_id: str) -> Parameter | None:
    """The specification of a node's parameter, or None when the catalog has none of that name."""
    service = services().get(service_id)
    if service is None:
        return None
    return next((p for p in service.parameters if p.id == parameter_id), None)
