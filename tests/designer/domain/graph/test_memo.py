"""What is remembered of a design never outlives what it was computed from."""

from __future__ import annotations

from dataclasses import replace

from designer.domain.graph.memo import once_per_design, once_per_wiring
from designer.domain.graph.model import Design
from designer.domain.graph.operations import SetEdgeParameter, SetNodeParameter, apply
from tests.designer.domain.building import design, edge, node

CASE = design(node("f", "lambda"), node("q", "sqs_standard"), edge("f", "q", "lambda.sqs_standard.send_message"))


def test_it_is_computed_once_for_a_design_and_again_for_a_changed_one() -> None:
    asked: list[Design] = []

    @once_per_design
    def count(case: Design) -> int:
        asked.append(case)
        return len(case.nodes)

    assert count(CASE) == count(CASE) == 2
    changed = apply(CASE, [SetNodeParameter("f", "timeout_s", 9)]).design
    assert count(changed) == 2
    assert len(asked) == 2
    assert replace(CASE) == CASE


def test_what_follows_from_the_edges_outlives_an_edit_of_a_node_and_no_other() -> None:
    asked: list[Design] = []

    @once_per_wiring
    def count(case: Design) -> int:
        asked.append(case)
        return len(case.edges)

    for case in (CASE, apply(CASE, [SetNodeParameter("f", "timeout_s", 9)]).design):
        assert count(case) == 1
    assert len(asked) == 1
    count(apply(CASE, [SetEdgeParameter("f-q", "calls_per_request", 2)]).design)
    assert len(asked) == 2
    other_service = replace(CASE, nodes={**CASE.nodes, "q": replace(CASE.nodes["q"], service="sqs_fifo")})
    assert other_service.edges is CASE.edges
    count(other_service)
    assert len(asked) == 3


def test_neighbours_are_found_anew_when_edges_change() -> None:
    assert [found.id for found in CASE.outgoing("f")] == ["f-q"]
    without = replace(CASE, edges={})
    assert without.outgoing("f") == ()
    assert [found.id for found in CASE.incoming("q")] == ["f-q"]
