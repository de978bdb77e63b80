"""Valid designs, each broken in one known way: the right rule says so, and its fix puts it right.

The mutations are declared in ``tests/fixtures/mutations.json``: which node or edge of which design (its first of the
service or connection), what is changed, and the rule that has to notice. Without ``hosts`` a mutation is tried on the
first designs that have such a node or edge. Besides, each rule's good example is turned into its bad one step by step.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from designer.domain.connections.spec import Flow
from designer.domain.formats.examples import examples, load_example
from designer.domain.graph.document import design_from_json
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import apply
from designer.domain.rules.check import check
from designer.domain.rules.registry import rules
from designer.domain.rules.rule import Finding, Severity

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
EXAMPLES = FIXTURES / "designs" / "rules"
DECLARED: list[dict[str, Any]] = json.loads((FIXTURES / "mutations.json").read_text(encoding="utf-8"))
HOSTS_AT_MOST = 3


@cache
def host(name: str) -> Design:
    """A starter design, or the good example of a rule."""
    if name in rules():
        return design_from_json(json.loads((EXAMPLES / name / "good.json").read_text(encoding="utf-8")))
    return load_example(name)


@cache
def findings(name: str) -> frozenset[str]:
    return frozenset(finding.id for finding in check(host(name)))


@cache
def host_names() -> tuple[str, ...]:
    return (*(example.id for example in examples()), *sorted(path.name for path in EXAMPLES.iterdir()))


@dataclass(frozen=True)
class Mutation:
    """One change of one design."""

    rule: str
    host: str
    declared: int

    def __str__(self) -> str:
        return f"{self.rule}-{self.host}-{self.declared}"


def subject(declared: dict[str, Any], design: Design) -> Node | Edge | None:
    """The first node of the service, or the first edge of the connection, that the mutation is for."""
    if "node" in declared:
        return next(iter(design.nodes_of(declared["node"])), None)
    return next((edge for _, edge in sorted(design.edges.items()) if edge.connection == declared["edge"]), None)


def is_free(name: str, declared: dict[str, Any]) -> bool:
    """True when the design has such a part, and the rule has nothing to say about it yet."""
    part = subject(declared, host(name))
    return part is not None and not any(_is_about(found, declared["rule"], part.id) for found in findings(name))


def _is_about(finding_id: str, rule_id: str, part_id: str) -> bool:
    found_rule, _, rest = finding_id.partition(":")
    return found_rule == rule_id and (rest.startswith("design") or rest.split(":")[1:2] == [part_id])


def mutations() -> Iterator[Mutation]:
    for number, declared in enumerate(DECLARED):
        named: list[str] | None = declared.get("hosts")
        fitting = (name for name in host_names() if is_free(name, declared)) if named is None else iter(named)
        for _, name in zip(range(HOSTS_AT_MOST), fitting, strict=False):
            yield Mutation(declared["rule"], name, number)


def mutated(design: Design, declared: dict[str, Any]) -> Design:
    """The design after the declared change."""
    part = subject(declared, design)
    assert part is not None, "no such part"
    if isinstance(part, Node):
        changed = replace(part, parameters=_set(part, declared), service=declared.get("service", part.service))
        return replace(design, nodes={**design.nodes, part.id: changed})
    edges = dict(design.edges)
    if declared.get("remove"):
        del edges[part.id]
    elif declared.get("repeat"):
        edges[f"{part.id}-again"] = replace(part, id=f"{part.id}-again")
    else:
        edges[part.id] = replace(
            part,
            parameters=_set(part, declared),
            connection=declared.get("connection", part.connection),
            flow=Flow(declared.get("flow", part.flow)),
        )
    return replace(design, edges=edges)


def _set(part: Node | Edge, declared: dict[str, Any]) -> dict[str, Any]:
    values = {**part.parameters, **declared.get("set", {})}
    return {key: value for key, value in values.items() if value is not None}


def errors(design: Design) -> Counter[str]:
    return Counter(finding.id for finding in check(design) if finding.severity is Severity.ERROR)


def assert_fixes_put_it_right(broken: Design, found: list[Finding]) -> None:
    before = errors(broken)
    for finding in found:
        for fix in finding.fixes:
            fixed = apply(broken, fix.operations).design
            assert finding.id not in {other.id for other in check(fixed)}, fix.label
            assert not errors(fixed) - before, fix.label


MUTATIONS = list(mutations())


def test_there_are_hundreds_of_mutations_and_each_declared_one_has_a_design() -> None:
    assert len(MUTATIONS) >= 200
    assert {mutation.declared for mutation in MUTATIONS} == set(range(len(DECLARED)))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_broken_design_is_noticed_by_the_right_rule_and_its_fix_puts_it_right(mutation: Mutation) -> None:
    broken = mutated(host(mutation.host), DECLARED[mutation.declared])
    found = [f for f in check(broken) if f.rule_id == mutation.rule and f.id not in findings(mutation.host)]
    assert found
    assert_fixes_put_it_right(broken, found)


@pytest.mark.parametrize("rule_id", rules())
def test_the_way_from_a_rules_good_example_to_its_bad_one_is_noticed(rule_id: str) -> None:
    broken = design_from_json(json.loads((EXAMPLES / rule_id / "bad.json").read_text(encoding="utf-8")))
    good = {finding.id for finding in check(host(rule_id)) if finding.rule_id == rule_id}
    found = [finding for finding in check(broken) if finding.rule_id == rule_id]
    assert not good
    assert found
    assert_fixes_put_it_right(broken, found)
