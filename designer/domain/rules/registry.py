"""Finds every rule and knows which nodes and edges each one is for.

A rule is a function in a module of :mod:`designer.domain.rules.checks`, decorated with
:func:`rule`. The decorator states its identity; the function yields
:class:`~designer.domain.rules.problem.Problem` values and changes nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, overload

from designer.domain.catalog.spec import Source
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules import checks as checks_package
from designer.domain.rules.problem import Problem
from designer.domain.rules.rule import DesignCheck, EdgeCheck, Finding, NodeCheck, Rule, Scope, Severity

_ID = re.compile(r"[CLRSPM]\d{3}")


class RuleError(ValueError):
    """A rule breaks the registry's own laws; raised at import, never at run time."""


@dataclass(frozen=True, slots=True)
class _Registered:
    rule: Rule
    check: Callable[..., list[Finding]]
    only: tuple[str, ...]
    """Services of the nodes, or connection ids of the edges, that the rule is for; empty: all."""


_registered: dict[str, _Registered] = {}


@overload
def rule(
    rule_id: str,
    severity: Severity,
    title: str,
    *,
    scope: Literal[Scope.NODE],
    why: str,
    source: Source,
    only: tuple[str, ...] = (),
    own_settings: bool = False,
) -> Callable[[Callable[[Design, Node], Iterator[Problem]]], NodeCheck]: ...


@overload
def rule(
    rule_id: str,
    severity: Severity,
    title: str,
    *,
    scope: Literal[Scope.EDGE],
    why: str,
    source: Source,
    only: tuple[str, ...] = (),
    own_settings: bool = False,
) -> Callable[[Callable[[Design, Edge], Iterator[Problem]]], EdgeCheck]: ...


@overload
def rule(
    rule_id: str,
    severity: Severity,
    title: str,
    *,
    scope: Literal[Scope.DESIGN],
    why: str,
    source: Source,
) -> Callable[[Callable[[Design], Iterator[Problem]]], DesignCheck]: ...


def rule(
    rule_id: str,
    severity: Severity,
    title: str,
    *,
    scope: Scope,
    why: str,
    source: Source,
    only: tuple[str, ...] = (),
    own_settings: bool = False,
) -> Callable[[Callable[..., Iterator[Problem]]], Callable[..., list[Finding]]]:
    """Register the decorated function as a rule.

    What it may look at depends on ``scope``, because an edit re-checks no more than that. The
    problems of a node rule are about its node, those of an edge rule about its edge; those of a
    design rule about anything. A design rule runs after every edit: keep it linear in what it
    reads. ``only`` limits a node rule to services and an edge rule to connection ids. A rule about
    the ``own_settings`` of its node or edge is not asked about one that has none.
    """
    identity = Rule(rule_id, severity, title, scope, why, source)

    def decorate(problems: Callable[..., Iterator[Problem]]) -> Callable[..., list[Finding]]:
        def check(*subject: Design | Node | Edge) -> list[Finding]:
            if own_settings and isinstance(at := subject[-1], Node | Edge) and not at.parameters:
                return []
            return [_finding(identity, found) for found in problems(*subject)]

        _register(_Registered(identity, check, only))
        return check

    return decorate


def _finding(identity: Rule, found: Problem) -> Finding:
    return Finding(
        identity.id,
        identity.severity,
        identity.title,
        found.subject,
        found.message,
        found.why or identity.why,
        found.source or identity.source,
        found.fixes,
    )


def _register(entry: _Registered) -> None:
    if _ID.fullmatch(entry.rule.id) is None:
        raise RuleError(f"rule id {entry.rule.id!r} is not one of C, L, R, S, P, M and three digits")
    if entry.rule.id in _registered:
        raise RuleError(f"rule id {entry.rule.id!r} is declared twice")
    _registered[entry.rule.id] = entry


@cache
def _entries() -> Mapping[str, _Registered]:
    for module_info in sorted(pkgutil.iter_modules(checks_package.__path__), key=lambda m: m.name):
        importlib.import_module(f"{checks_package.__name__}.{module_info.name}")
    return MappingProxyType(dict(sorted(_registered.items())))


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id, in the order of the ids."""
    return MappingProxyType({rule_id: entry.rule for rule_id, entry in _entries().items()})


@cache
def scopes() -> Mapping[str, Scope]:
    """The scope of every rule by its id."""
    return MappingProxyType({rule_id: known.scope for rule_id, known in rules().items()})


@cache
def subjects(rule_id: str) -> tuple[str, ...]:
    """The services of the nodes, or the ids of the connections, that the rule is for; empty: all of them."""
    return _entries()[rule_id].only


@cache
def node_checks(service: str) -> tuple[NodeCheck, ...]:
    """The checks for a node of this service."""
    return _checks(Scope.NODE, service)


@cache
def edge_checks(connection: str) -> tuple[EdgeCheck, ...]:
    """The checks for an edge with this connection id."""
    return _checks(Scope.EDGE, connection)


@cache
def design_checks() -> tuple[DesignCheck, ...]:
    """The checks of whole designs."""
    return _checks(Scope.DESIGN, "")


def _checks(scope: Scope, key: str) -> tuple[Callable[..., list[Finding]], ...]:
    return tuple(
        entry.check
        for entry in _entries().values()
        if entry.rule.scope is scope and (not entry.only or key in entry.only)
    )
