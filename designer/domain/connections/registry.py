"""THE connection table: every row, indexed by id and by pair.

Rows live in :mod:`designer.domain.connections.rows`, one module per source service, each
with a constant ``CONNECTIONS``. A pair without a row is unknown: drawable, with a warning.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from designer.domain.connections import rows as rows_package
from designer.domain.connections.spec import Connection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from designer.domain.catalog.spec import Parameter, Value

UNKNOWN_CONNECTION = "unknown"
"""Connection id of an edge between two services for which the table has no row."""


class ConnectionTableError(ValueError):
    """A row breaks the table's own rules; raised at import, never at run time."""


@cache
def connections() -> Mapping[str, Connection]:
    """Every row by its id."""
    found: dict[str, Connection] = {}
    for module_info in sorted(pkgutil.iter_modules(rows_package.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{rows_package.__name__}.{module_info.name}")
        rows: tuple[Connection, ...] = module.CONNECTIONS
        for row in rows:
            if row.id in found:
                raise ConnectionTableError(f"connection id {row.id!r} is declared twice")
            if not row.id.startswith(f"{row.source}.{row.target}."):
                raise ConnectionTableError(f"connection id {row.id!r} does not begin with its pair")
            found[row.id] = row
    return MappingProxyType(found)


@cache
def _by_pair() -> Mapping[tuple[str, str], tuple[Connection, ...]]:
    pairs: defaultdict[tuple[str, str], list[Connection]] = defaultdict(list)
    for row in connections().values():
        pairs[row.source, row.target].append(row)
    return {pair: tuple(sorted(rows, key=lambda r: (not r.preferred, r.id))) for pair, rows in pairs.items()}


def rows_between(source: str, target: str) -> tuple[Connection, ...]:
    """All rows of the pair of service ids, the preferred one first; empty when unknown."""
    return _by_pair().get((source, target), ())


def usable_rows(source: str, target: str) -> tuple[Connection, ...]:
    """The rows of the pair that an edge may have, the preferred one first."""
    return tuple(row for row in rows_between(source, target) if row.usable)


def refusal(source: str, target: str) -> Connection | None:
    """The row that says why the pair cannot be connected, or None when it can or is unknown."""
    rows = [row for row in rows_between(source, target) if row.drawable]
    if not rows or any(row.usable for row in rows):
        return None
    return rows[0]


@cache
def find_edge_parameter(connection_id: str, parameter_id: str) -> Parameter | None:
    """The specification of an edge's parameter, or None when the connection has none of that name."""
    row = connections().get(connection_id)
    return None if row is None else next((p for p in row.parameters if p.id == parameter_id), None)


@cache
def _edge_defaults(connection_id: str) -> Mapping[str, Value]:
    row = connections().get(connection_id)
    return {} if row is None else {p.id: p.default for p in row.parameters}


def edge_parameter_value(connection_id: str, parameters: Mapping[str, Value], parameter_id: str) -> Value:
    """The value an edge has for a parameter: its own, or the connection's default."""
    if parameter_id in parameters:
        return parameters[parameter_id]
    return _edge_defaults(connection_id).get(parameter_id)
