"""What holds for all rules together."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import WINDTUNNEL
from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Node
from designer.domain.rules import registry
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import RuleError, edge_checks, node_checks, rule, rules
from designer.domain.rules.rule import Rule, Scope, Severity
from tests.grouped import grouped

EVERY_RULE = grouped((known.id[0], (known,)) for known in rules().values())


def test_there_are_at_least_eighty_rules_of_every_kind() -> None:
    assert len(rules()) >= 80
    assert {rule_id[0] for rule_id in rules()} == set("CLRSPM")
    assert {known.severity for known in rules().values()} == set(Severity)


@EVERY_RULE
def test_a_rule_has_a_wellformed_id_and_says_what_happens_in_sentences(known: Rule) -> None:
    assert re.fullmatch(r"[CLRSPM]\d{3}", known.id)
    assert re.fullmatch(r"[A-Z].*[^.]", known.title)
    assert re.fullmatch(r"[A-Z].*\.", known.why)
    assert len(known.title) <= 60


@EVERY_RULE
def test_a_rule_about_aws_has_a_source_that_can_be_followed(known: Rule) -> None:
    assert known.source == WINDTUNNEL or known.source.url.startswith("https://")


def test_no_two_rules_have_the_same_title_at_the_same_kind_of_subject() -> None:
    titles = [(known.title, known.scope) for known in rules().values()]
    assert len(set(titles)) == len(titles)


def test_every_service_and_connection_that_a_rule_is_limited_to_exists() -> None:
    known = set(services()) | set(connections())
    for entry in registry._entries().values():
        assert set(entry.only) <= known, entry.rule.id


def test_a_node_gets_only_the_rules_of_its_service() -> None:
    assert len(node_checks("lambda")) > len(node_checks("other"))
    assert set(node_checks("other")) <= set(node_checks("lambda"))
    assert len(edge_checks("unknown")) < len(edge_checks("sqs_standard.lambda.event_source_mapping"))


@pytest.mark.parametrize("rule_id", ["R1", "X001", "R0001", "C001"])
def test_a_malformed_or_taken_id_is_refused_when_the_rule_is_declared(rule_id: str) -> None:
    with pytest.raises(RuleError, match=rule_id):

        @rule(rule_id, Severity.ADVICE, "Title", scope=Scope.NODE, why="Why.", source=WINDTUNNEL)
        def check(design: Design, node: Node) -> Iterator[Problem]:
            yield problem(node, design.name)

    assert len(rules()) == len(registry._entries())
