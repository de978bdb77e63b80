"""What a connection requires of its ends: decided from data, here and in the browser alike."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from designer.domain.catalog.registry import find_parameter
from designer.domain.catalog.spec import Kind, Parameter
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Comparison, Connection, End, Requirement
from designer.domain.graph.model import Design, Group
from designer.domain.graph.operations import apply
from designer.domain.network.placement import in_vpc
from designer.domain.rules.check import check, check_change, difference
from designer.domain.rules.requirements import holds, unmet
from designer.domain.rules.values import outside_range, unknown_choice, wrong_kind
from tests.designer.domain.building import design, edge, node
from tests.grouped import grouped

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).resolve().parents[3] / "fixtures" / "requirements.json").read_text(encoding="utf-8")
)
REQUIRING = [row for row in connections().values() if row.requirements]
FRAMES_ALSO_TELL = "in_vpc"
"""A requirement on this one can be met by a frame, so that a service need not have the setting."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['comparison']} {case['values']} {case['value']!r}")
def test_a_value_meets_a_requirement_as_the_shared_fixture_says(case: dict[str, Any]) -> None:
    requirement = Requirement(End.SOURCE, "p", Comparison(case["comparison"]), tuple(case["values"]), "it does")
    assert holds(requirement, case["value"]) is case["holds"]


def specification(row: Connection, requirement: Requirement) -> Parameter | None:
    match requirement.end:
        case End.SOURCE:
            return find_parameter(row.source, requirement.parameter)
        case End.TARGET:
            return find_parameter(row.target, requirement.parameter)
        case End.EDGE:
            return next((p for p in row.parameters if p.id == requirement.parameter), None)


@grouped((row.source, (row,)) for row in REQUIRING)
def test_a_row_requires_settings_that_exist_and_values_that_they_can_have(row: Connection) -> None:
    for requirement in row.requirements:
        parameter = specification(row, requirement)
        if parameter is None:
            assert requirement.parameter == FRAMES_ALSO_TELL
            continue
        if parameter.kind is Kind.CHOICE:
            assert not [value for value in requirement.values if unknown_choice(parameter, value)]
        bounds = requirement.comparison in {Comparison.AT_LEAST, Comparison.AT_MOST}
        assert len(requirement.values) == 1 if bounds else True
        assert bool(requirement.values) != (requirement.comparison is Comparison.IS_SET)


@grouped((row.source, (row,)) for row in REQUIRING)
def test_what_one_click_sets_is_allowed_and_meets_the_requirement(row: Connection) -> None:
    for requirement in row.requirements:
        if requirement.fix is None:
            continue
        parameter = specification(row, requirement)
        assert parameter is not None
        assert holds(requirement, requirement.fix)
        assert wrong_kind(parameter, requirement.fix) == ""
        assert outside_range(parameter, requirement.fix) == ""
        assert unknown_choice(parameter, requirement.fix) == ""


@grouped((row.source, (row,)) for row in REQUIRING)
def test_a_requirement_is_worded_so_that_it_ends_the_sentence(row: Connection) -> None:
    for requirement in row.requirements:
        assert requirement.message
        assert not requirement.message.endswith(".")
        assert not requirement.message.startswith(("The ", "A ", "An ", "It "))


def test_two_settings_of_one_name_at_both_ends_are_two_findings() -> None:
    case = design(node("a", "s3"), node("b", "s3"), edge("a", "b", "s3.s3.replication"))
    found = [finding for finding in check(case) if finding.rule_id == "C017"]
    assert [finding.subject.parameter for finding in found] == ["source.versioning", "target.versioning"]
    assert [finding.fixes[0].label for finding in found] == ["a: Versioning on", "b: Versioning on"]
    for finding in found:
        case = apply(case, finding.fixes[0].operations).design
    assert not list(unmet(case, case.edges["a-b"]))


def test_a_node_is_in_a_vpc_by_its_setting_or_by_any_frame_around_it() -> None:
    function = node("f", "lambda")
    vpc, subnet, plain = Group("v", "vpc", "VPC"), Group("s", "subnet", "Subnet", parent="v"), Group("p", "plain", "P")
    loop = (Group("a", "plain", "A", parent="b"), Group("b", "plain", "B", parent="a"))
    groups = {group.id: group for group in (vpc, subnet, plain, *loop)}
    assert not in_vpc(Design("d", {}, {}, groups), function)
    assert in_vpc(Design("d"), node("f", "lambda", in_vpc=True))
    for frame, inside in (("s", True), ("v", True), ("p", False), ("a", False), ("gone", False)):
        assert in_vpc(Design("d", {}, {}, groups), replace(function, group=frame)) is inside


def test_a_frame_that_becomes_a_vpc_is_checked_with_what_lies_in_it() -> None:
    before = Design("d", {"f": replace(node("f", "lambda"), group="g")}, {}, {"g": Group("g", "plain", "G")})
    after = replace(before, groups={"g": Group("g", "vpc", "G")})
    moved = replace(before, groups={"g": Group("g", "plain", "G", x=40.0)})
    assert difference(before, after).node_ids == {"f"}
    assert difference(before, moved).node_ids == frozenset()
    touched = difference(before, after)
    assert check_change(after, check(before), touched.node_ids, touched.edge_ids) == check(after)


def test_a_requirement_says_nothing_about_an_edge_of_other_services() -> None:
    case = design(node("f", "lambda"), node("q", "sqs_standard"), edge("f", "q", "s3.s3.replication"))
    assert not list(unmet(case, case.edges["f-q"]))
