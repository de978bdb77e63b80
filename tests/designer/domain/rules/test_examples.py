"""Every rule finds its bad example, is content with its good one, and every fix clears its finding."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Mode
from designer.domain.graph.document import design_from_json, design_to_json
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import apply
from designer.domain.rules.check import check
from designer.domain.rules.registry import rules
from designer.domain.rules.rule import Finding, Severity

EXAMPLES = Path(__file__).resolve().parents[3] / "fixtures" / "designs" / "rules"
WITHOUT_FIX = {
    "L181": "AWS raises the rate on request, or the traffic has to change",
    "C002": "nothing is known about the pair",
    "C203": "how the networks are connected is the person's choice",
    "L001": "the service is not in the catalog",
    "L009": "which part of the pattern can go is the person's choice",
    "R018": "where the results should go is the person's choice",
    "R021": "the target is the person's choice",
    "R029": "which part of the loop is wrong is the person's choice",
    "R030": "where traffic begins is the person's choice",
    "R031": "where traffic comes from is the person's choice",
    "R032": "what it is for is the person's choice",
    "R033": "the backend is the person's choice",
    "R037": "which reader goes is the person's choice",
    "R038": "which reader goes is the person's choice",
    "R045": "the code has to run on the new runtime",
    "P140": "what has to stay in order is the person's choice",
    "R145": "which function the alias stands for is the person's choice",
    "R153": "whether each reader should get everything is the person's choice",
    "L103": "which rules do without a wildcard is the person's choice",
    "R105": "the target is the person's choice",
    "R107": "which of them stays is the person's choice",
    "R108": "what it fetches from and hands over to is the person's choice",
    "M001": "how the work is handed over is the person's choice",
    "R221": "which of the services gets a function of its own is the person's choice",
    "S222": "the policy is in the imported template",
    "L232": "which callers go elsewhere is the person's choice",
    "L161": "which key spreads better is the person's choice",
    "L163": "which key spreads better is the person's choice",
    "R161": "only the person knows whether the order matters",
    "C120": "what the state should say is the person's choice",
    "L121": "which wait goes is the person's choice",
    "R121": "what was meant is the person's choice",
    "R123": "where failures lead is the person's choice",
    "M162": "the sender has to put records together",
    "L178": "AWS raises the quota, or the person chooses another source",
    "R173": "who should read it is the person's choice",
}
"""Rules whose problem has no change that a program could compute, and why."""


def example(rule_id: str, kind: str) -> Design:
    return design_from_json(json.loads((EXAMPLES / rule_id / f"{kind}.json").read_text(encoding="utf-8")))


def found(design: Design, rule_id: str) -> list[Finding]:
    return [finding for finding in check(design) if finding.rule_id == rule_id]


def errors(design: Design) -> Counter[str]:
    return Counter(finding.id for finding in check(design) if finding.severity is Severity.ERROR)


def test_every_rule_has_a_good_and_a_bad_example_and_no_example_is_without_a_rule() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(rules())
    assert all({p.name for p in path.iterdir()} == {"good.json", "bad.json"} for path in EXAMPLES.iterdir())


@pytest.mark.parametrize("kind", ["good", "bad"])
@pytest.mark.parametrize("rule_id", rules())
def test_an_example_is_a_complete_design_file_in_its_canonical_form(rule_id: str, kind: str) -> None:
    text = (EXAMPLES / rule_id / f"{kind}.json").read_text(encoding="utf-8")
    assert json.dumps(design_to_json(example(rule_id, kind)), indent=2, ensure_ascii=False) + "\n" == text


@pytest.mark.parametrize("rule_id", rules())
def test_the_rule_finds_its_bad_example_and_not_its_good_one(rule_id: str) -> None:
    assert found(example(rule_id, "bad"), rule_id)
    assert not found(example(rule_id, "good"), rule_id)


@pytest.mark.parametrize("rule_id", rules())
def test_a_good_example_has_no_error(rule_id: str) -> None:
    assert not errors(example(rule_id, "good"))


@pytest.mark.parametrize("rule_id", rules())
def test_each_fix_clears_its_finding_without_a_new_error_and_can_be_undone(rule_id: str) -> None:
    bad = example(rule_id, "bad")
    for finding in found(bad, rule_id):
        for fix in finding.fixes:
            applied = apply(bad, fix.operations)
            after = check(applied.design)
            assert finding.id not in {other.id for other in after}, fix.label
            assert not errors(applied.design) - errors(bad), fix.label
            assert apply(applied.design, applied.inverse).design == bad, fix.label


@pytest.mark.parametrize("rule_id", rules())
def test_a_rule_offers_a_fix_wherever_one_can_be_computed(rule_id: str) -> None:
    fixable = any(finding.fixes for finding in found(example(rule_id, "bad"), rule_id))
    assert fixable == (rule_id not in WITHOUT_FIX)


def test_a_fix_that_adds_a_queue_puts_it_where_no_card_lies() -> None:
    bad = example("R002", "bad")
    fixed = apply(bad, found(bad, "R002")[0].fixes[0].operations).design
    added = next(node for node_id, node in fixed.nodes.items() if node_id not in bad.nodes)
    overlapping = [n for n in bad.nodes.values() if abs(n.x - added.x) < 168 and abs(n.y - added.y) < 64]
    assert not overlapping
    assert [edge.mode for edge in fixed.incoming(added.id)] == [Mode.FAILURE]


def test_a_refused_connection_offers_the_bridge_first_and_its_removal_last() -> None:
    bad = example("C001", "bad")
    fixes = found(bad, "C001")[0].fixes
    assert [fix.label for fix in fixes] == ["Insert a function", "Remove the connection"]
    bridged = apply(bad, fixes[0].operations).design
    assert sorted(edge.connection for edge in bridged.edges.values()) == [
        "lambda.dynamodb.api",
        "sqs_standard.lambda.event_source_mapping",
    ]


def test_surplus_targets_move_to_rules_that_the_same_bus_feeds() -> None:
    bad = example("R024", "bad")
    rows = connections()
    feed, target = rows["eventbridge_bus.eventbridge_rule.rule"], rows["eventbridge_rule.sqs_standard.target"]
    more = {f"queue-{number}": Node(f"queue-{number}", "sqs_standard", "queue") for number in range(6, 12)}
    crowded = replace(
        bad,
        nodes={**bad.nodes, **more},
        edges={
            **bad.edges,
            "again": Edge("again", "events", "on-order", feed.id, feed.mode, feed.flow),
            **{node: Edge(node, "on-order", node, target.id, target.mode, target.flow) for node in more},
        },
    )
    fixed = apply(crowded, found(crowded, "R024")[0].fixes[0].operations).design
    targets = [len(fixed.outgoing(node.id)) for node in fixed.nodes_of("eventbridge_rule")]
    assert targets == [5, 5, 2]
    assert all(fixed.incoming(node.id) for node in fixed.nodes_of("eventbridge_rule"))
