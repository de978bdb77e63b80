"""The limit rules follow the catalog: every limit of every setting is enforced, and nothing within it."""

from __future__ import annotations

import pytest

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Kind, Parameter, Value
from designer.domain.connections.registry import connections
from designer.domain.events.schedules import schedule_error
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import apply
from designer.domain.rules.check import check
from designer.domain.rules.rule import Finding
from tests.grouped import grouped

NODE_SETTINGS = [(service.id, p) for service in services().values() for p in service.parameters]
EDGE_SETTINGS = [(row.id, p) for row in connections().values() if row.usable for p in row.parameters]
NODES = grouped((service, (service, parameter)) for service, parameter in NODE_SETTINGS)
EDGES = grouped((row.partition(".")[0], (row, parameter)) for row, parameter in EDGE_SETTINGS)
OWN_RULES = {"api_gateway_rest.integration_timeout_ms": {"R005"}}
"""Settings whose quota has a rule of its own that knows more than the number."""


def with_node_setting(service: str, parameter: Parameter, value: Value) -> Design:
    return Design("One setting", {"n": Node("n", service, "n", parameters={parameter.id: value})})


def with_edge_setting(row_id: str, parameter: Parameter, value: Value) -> Design:
    row = connections()[row_id]
    ends = {"a": Node("a", row.source, "a"), "b": Node("b", row.target, "b")}
    return Design("One setting", ends, {"e": Edge("e", "a", "b", row_id, row.mode, row.flow, {parameter.id: value})})


RANGES = frozenset({*(f"L{number:03}" for number in range(1, 100)), "L180", "R005"})
"""Rules about the range and kind of any setting; further ones are about what one setting means."""


def limit_findings(design: Design, parameter: Parameter) -> list[Finding]:
    return [
        finding for finding in check(design) if finding.subject.parameter == parameter.id and finding.rule_id in RANGES
    ]


def assert_found_and_fixed(design: Design, parameter: Parameter, expected: set[str]) -> None:
    findings = limit_findings(design, parameter)
    assert {finding.rule_id for finding in findings} == expected
    for finding in findings:
        assert finding.source.title
        for fix in finding.fixes:
            assert not limit_findings(apply(design, fix.operations).design, parameter)


@NODES
def test_the_limits_themselves_are_within_the_limits(service: str, parameter: Parameter) -> None:
    for value in (parameter.minimum, parameter.maximum, parameter.default, *(c.value for c in parameter.choices)):
        if value is not None:
            assert not limit_findings(with_node_setting(service, parameter, value), parameter)


@NODES
def test_a_node_setting_beyond_its_limits_is_found(service: str, parameter: Parameter) -> None:
    if parameter.minimum is not None:
        assert_found_and_fixed(with_node_setting(service, parameter, parameter.minimum - 1), parameter, {"L004"})
    if parameter.maximum is not None:
        usual = {"L005" if parameter.adjustable else "L004"}
        expected = OWN_RULES.get(f"{service}.{parameter.id}", usual)
        assert_found_and_fixed(with_node_setting(service, parameter, parameter.maximum + 1), parameter, expected)


@EDGES
def test_an_edge_setting_beyond_its_limits_is_found(row: str, parameter: Parameter) -> None:
    if parameter.minimum is not None:
        assert_found_and_fixed(with_edge_setting(row, parameter, parameter.minimum - 1), parameter, {"L014"})
    if parameter.maximum is not None:
        expected = {"L180" if parameter.adjustable else "L014"}
        assert_found_and_fixed(with_edge_setting(row, parameter, parameter.maximum + 1), parameter, expected)


@NODES
def test_a_node_setting_of_the_wrong_kind_is_found(service: str, parameter: Parameter) -> None:
    wrong: Value = 7.5 if parameter.kind in (Kind.TEXT, Kind.JSON, Kind.CHOICE, Kind.BOOLEAN) else "seven"
    assert_found_and_fixed(with_node_setting(service, parameter, wrong), parameter, {"L003"})


@EDGES
def test_an_edge_setting_of_the_wrong_kind_is_found(row: str, parameter: Parameter) -> None:
    wrong: Value = True if parameter.kind in (Kind.INTEGER, Kind.NUMBER, Kind.TEXT, Kind.JSON, Kind.CHOICE) else 1
    assert_found_and_fixed(with_edge_setting(row, parameter, wrong), parameter, {"L013"})


@NODES
def test_an_unknown_choice_and_broken_json_are_found(service: str, parameter: Parameter) -> None:
    expected = {Kind.CHOICE: {"L006"}, Kind.JSON: {"L007"}}.get(parameter.kind)
    if expected:
        assert_found_and_fixed(with_node_setting(service, parameter, "{never heard of"), parameter, expected)


@pytest.mark.point("LAM-05")
def test_a_timeout_of_more_than_fifteen_minutes_is_an_error() -> None:
    timeout = services()["lambda"].parameter("timeout_s")
    assert not limit_findings(with_node_setting("lambda", timeout, 900), timeout)
    (finding,) = limit_findings(with_node_setting("lambda", timeout, 901), timeout)
    assert finding.severity == "error"
    assert finding.fixes[0].label == "Set it to 900 s"


@pytest.mark.point("EVB-03")
@pytest.mark.parametrize(
    "expression",
    [
        "rate(1 minute)",
        "rate(5 minutes)",
        "rate(1 day)",
        "cron(0 12 * * ? *)",
        "cron(0/15 8-17 ? * MON-FRI *)",
        "cron(0 8 L * ? 2027)",
        "cron(30 9 15W JAN,JUL ? *)",
        "cron(0 18 ? * 6#3 *)",
        "cron(0 18 ? * FRIL *)",
    ],
)
def test_a_schedule_that_aws_takes_is_accepted(expression: str) -> None:
    assert schedule_error(expression) == ""


@pytest.mark.point("EVB-03")
@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("every 5 minutes", "neither"),
        ("rate(0 minutes)", "at least 1 minute"),
        ("rate(1 minutes)", "minute after 1"),
        ("rate(5 minute)", "minutes after 5"),
        ("cron(0 12 * * *)", "5 fields"),
        ("cron(0 12 * * * *)", "?"),
        ("cron(60 12 * * ? *)", "'60' as minutes"),
        ("cron(0 12 32 * ? *)", "'32' as day of month"),
        ("cron(0 12 ? * 8 *)", "'8' as day of week"),
        ("cron(0 12 * FOO ? *)", "'FOO' as month"),
        ("cron(0/0 12 * * ? *)", "'0/0' as minutes"),
    ],
)
def test_a_schedule_that_aws_rejects_is_explained(expression: str, said: str) -> None:
    assert said in schedule_error(expression)
