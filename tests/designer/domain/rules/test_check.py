"""The check as a whole: deterministic, ordered, and after an edit equal to a check from scratch."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddNode, Operation, RemoveEdge, SetNodeParameter, apply
from designer.domain.rules.check import check, check_change, difference
from designer.domain.rules.registry import rules
from designer.domain.rules.rule import Finding, Severity, SubjectKind
from tests.designer.domain.designs import designs, operations

SLOW_TO_DRAW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def edge(source: str, target: str, connection: str) -> Edge:
    row = connections()[connection]
    return Edge(f"{source}-{target}", source, target, connection, row.mode, row.flow)


def unplaced(findings: list[Finding]) -> list[Finding]:
    """The findings without the places of the cards that their fixes add."""
    return [
        replace(
            finding,
            fixes=tuple(replace(fix, operations=tuple(map(_unplaced, fix.operations))) for fix in finding.fixes),
        )
        for finding in findings
    ]


def _unplaced(operation: Operation) -> Operation:
    return AddNode(replace(operation.node, x=0.0, y=0.0)) if isinstance(operation, AddNode) else operation


@SLOW_TO_DRAW
@given(st.data())
def test_after_any_edit_the_incremental_check_equals_the_full_one(data: st.DataObject) -> None:
    design = data.draw(designs())
    findings = check(design)
    for _ in range(data.draw(st.integers(1, 4))):
        after = apply(design, [data.draw(operations(design))]).design
        touched = difference(design, after)
        findings = check_change(after, findings, touched.node_ids, touched.edge_ids)
        assert unplaced(findings) == unplaced(check(after))
        design = after


@SLOW_TO_DRAW
@given(designs())
def test_every_finding_has_an_id_of_its_own_a_known_rule_and_an_existing_subject(design: Design) -> None:
    findings = check(design)
    assert len({finding.id for finding in findings}) == len(findings)
    for finding in findings:
        assert rules()[finding.rule_id].severity is finding.severity
        assert finding.message
        assert finding.why
        assert finding.source.title
        match finding.subject.kind:
            case SubjectKind.NODE:
                assert finding.subject.id in design.nodes
            case SubjectKind.EDGE:
                assert finding.subject.id in design.edges
            case SubjectKind.DESIGN:
                assert not finding.subject.id


@SLOW_TO_DRAW
@given(designs())
def test_every_fix_fits_the_design_clears_its_finding_and_can_be_undone(design: Design) -> None:
    for finding in check(design):
        for fix in finding.fixes:
            applied = apply(design, fix.operations)
            assert finding.id not in {other.id for other in check(applied.design)}, (finding.rule_id, fix.label)
            assert apply(applied.design, applied.inverse).design == design


@SLOW_TO_DRAW
@given(designs(), st.randoms(use_true_random=False))
def test_the_order_of_nodes_and_edges_in_the_file_changes_nothing(design: Design, source: random.Random) -> None:
    nodes, edges = list(design.nodes.items()), list(design.edges.items())
    source.shuffle(nodes)
    source.shuffle(edges)
    assert check(replace(design, nodes=dict(nodes), edges=dict(edges))) == check(design)


def test_findings_come_errors_first_then_by_subject_and_id() -> None:
    design = Design(
        "Two problems",
        {
            "a": Node("a", "lambda", "a", parameters={"timeout_s": 3600}),
            "b": Node("b", "sqs_standard", "b", parameters={"delay_s": 5000}),
        },
    )
    found = [(finding.severity, finding.subject.id, finding.id) for finding in check(design)]
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}
    assert found == sorted(found, key=lambda item: (rank[item[0]], item[1], item[2]))
    assert found[:2] == [
        (Severity.ERROR, "a", "L004:node:a:timeout_s"),
        (Severity.ERROR, "b", "L004:node:b:delay_s"),
    ]


def test_a_removed_edge_rechecks_its_two_ends() -> None:
    design = Design(
        "Queue and dead-letter queue",
        {"q": Node("q", "sqs_standard", "q"), "d": Node("d", "sqs_standard", "d")},
        {"q-d": edge("q", "d", "sqs_standard.sqs_standard.redrive")},
    )
    after = apply(design, [RemoveEdge("q-d")]).design
    touched = difference(design, after)
    assert touched.node_ids == {"q", "d"}
    found = check_change(after, check(design), touched.node_ids, touched.edge_ids)
    assert {f.subject.id for f in found if f.rule_id == "R002"} == {"q", "d"}


def test_a_changed_function_rechecks_the_queue_it_reads() -> None:
    design = Design(
        "Queue and function",
        {"q": Node("q", "sqs_standard", "q"), "f": Node("f", "lambda", "f")},
        {"q-f": edge("q", "f", "sqs_standard.lambda.event_source_mapping")},
    )
    after = apply(design, [SetNodeParameter("f", "timeout_s", 40)]).design
    assert "R003:node:q:visibility_timeout_s" in {f.id for f in check_change(after, check(design), {"f"}, set())}


@pytest.mark.parametrize("design", [Design("Empty"), Design("One", {"a": Node("a", "other", "a")})])
def test_a_design_without_anything_to_say_has_no_findings(design: Design) -> None:
    assert check(design) == []
