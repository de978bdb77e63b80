"""Checks a design against every rule: all of it, or only what a change touches."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import KEPT_CHARACTERS
from designer.domain.rules.registry import design_checks, edge_checks, node_checks, scopes
from designer.domain.rules.rule import Finding, Scope, Severity

_RANK: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}

T = TypeVar("T", Node, Edge)


def check(design: Design) -> list[Finding]:
    """Every finding of the design: errors first, then by subject and finding id."""
    return sorted(_findings(design, design.nodes, design.edges), key=_order)


def check_change(
    design: Design,
    previous: Iterable[Finding],
    touched_node_ids: Collection[str],
    touched_edge_ids: Collection[str],
) -> list[Finding]:
    """The findings of ``design`` after a change, equal to ``check(design)``.

    Only the place that a kept fix has for a new card may differ: it is not looked for again when cards move.
    ``previous`` are the findings before the change, in their order. Touched are all nodes and edges that were
    added, removed or changed, and the two ends of an edge that was removed or got other ends:
    :func:`difference` lists them.
    """
    node_ids, edge_ids = _affected(design, touched_node_ids, touched_edge_ids)
    kept = list(_kept(previous, design, node_ids, edge_ids))
    for finding in _findings(design, node_ids, edge_ids):
        insort(kept, finding, key=_order)
    return kept


@dataclass(frozen=True, slots=True)
class Difference:
    """What :func:`check_change` has to be told about a change."""

    node_ids: frozenset[str]
    edge_ids: frozenset[str]


def difference(before: Design, after: Design) -> Difference:
    """The nodes and edges that ``after`` has otherwise than ``before``, with the ends of the edges among them."""
    nodes = set(_changed(before.nodes, after.nodes)) | set(_reframed(before, after))
    edges = frozenset(_changed(before.edges, after.edges))
    for edge_id in edges:
        for design in (before, after):
            edge = design.edges.get(edge_id)
            if edge is not None:
                nodes.update((edge.source, edge.target))
    return Difference(frozenset(nodes), edges)


def _changed(before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[str]:
    for key, value in after.items():
        old = before.get(key)
        if old is not value and (old is None or old != value or _kinds(old) != _kinds(value)):
            yield key
    yield from before.keys() - after.keys()


def _reframed(before: Design, after: Design) -> Iterator[str]:
    """The nodes inside frames, when what a frame is or lies in has changed: rules ask whether a node is in a VPC."""
    if before.groups is after.groups or _frames(before) == _frames(after):
        return
    yield from (node.id for node in after.nodes.values() if node.group is not None)


def _frames(design: Design) -> dict[str, tuple[str, str | None]]:
    return {group.id: (group.kind, group.parent) for group in design.groups.values()}


def _kinds(item: Node | Edge) -> dict[str, type]:
    """The types of the settings: Python takes 0 and False for equal, the rules do not."""
    return {key: type(value) for key, value in item.parameters.items()}


def _order(finding: Finding) -> tuple[int, str, str, str]:
    subject = finding.subject
    return _RANK[finding.severity], subject.kind, subject.id, finding.id


def _findings(design: Design, node_ids: Iterable[str], edge_ids: Iterable[str]) -> list[Finding]:
    found: list[Finding] = []
    for node_id in node_ids:
        node = design.nodes[node_id]
        for check_node in node_checks(node.service):
            found += check_node(design, node)
    for edge_id in edge_ids:
        edge = design.edges[edge_id]
        for check_edge in edge_checks(edge.connection):
            found += check_edge(design, edge)
    for check_design in design_checks():
        found += check_design(design)
    return found


def _affected(
    design: Design, touched_node_ids: Collection[str], touched_edge_ids: Collection[str]
) -> tuple[set[str], set[str]]:
    """The nodes and edges whose rules look at what was touched, by the two local scopes."""
    touched = {node_id for node_id in touched_node_ids if node_id in design.nodes}
    for identifier in (*touched_node_ids, *touched_edge_ids):
        touched.update(_named_after(design, identifier))
    changed = [design.edges[edge_id] for edge_id in touched_edge_ids if edge_id in design.edges]
    ends = touched | {end for edge in changed for end in (edge.source, edge.target)}
    nodes, edges = set(ends), set[str]()
    for node_id in ends:
        around = (*design.outgoing(node_id), *design.incoming(node_id))
        edges.update(edge.id for edge in around)
        if node_id in touched:
            nodes.update(end for edge in around for end in (edge.source, edge.target))
    return nodes, edges


def _named_after(design: Design, identifier: str) -> Iterator[str]:
    """The nodes whose fixes could give this id to something new, which has now been taken or set free.

    Such an id begins with a node's own id, shortened when it is long, and a hyphen.
    """
    for position, character in enumerate(identifier):
        if character == "-" and identifier[:position] in design.nodes:
            yield identifier[:position]
    if len(identifier) >= KEPT_CHARACTERS:
        yield from (node_id for node_id in design.nodes if node_id.startswith(identifier[:KEPT_CHARACTERS]))


def _kept(previous: Iterable[Finding], design: Design, node_ids: set[str], edge_ids: set[str]) -> Iterator[Finding]:
    """The findings that the change did not touch."""
    known = scopes()
    for finding in previous:
        subject_id = finding.subject.id
        match known[finding.rule_id]:
            case Scope.NODE if subject_id not in node_ids and subject_id in design.nodes:
                yield finding
            case Scope.EDGE if subject_id not in edge_ids and subject_id in design.edges:
                yield finding
