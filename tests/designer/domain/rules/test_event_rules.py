"""Rules on patterns, schedules, pipes and IoT rules, where the examples alone do not show the boundary."""

from __future__ import annotations

import pytest

from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import SetNodeParameter, apply
from designer.domain.rules.check import check
from designer.domain.rules.rule import Finding
from tests.designer.domain.building import design, edge, node

SUBSCRIPTION = "sns_standard.sqs_standard.subscription"


def findings(case: Design, rule_id: str) -> list[Finding]:
    return [finding for finding in check(case) if finding.rule_id == rule_id]


@pytest.mark.point("EVB-04")
def test_a_bad_pattern_is_found_with_its_line_column_and_path() -> None:
    pattern = '{\n  "source": ["aws.s3"],\n  "detail": {"size": [{"numeric": [">", "9"]}]}\n}'
    (found,) = findings(design(node("r", "eventbridge_rule", event_pattern=pattern)), "L100")
    assert "line 3, column 41, at $.detail.size[0].numeric[1]" in found.message


@pytest.mark.parametrize(
    ("scope", "policy", "expected"),
    [
        (None, '{"kind": ["order"]}', 0),
        (None, '{"order": {"kind": ["a"]}}', 1),
        ("MessageBody", '{"order": {"kind": ["a"]}}', 0),
        ("MessageBody", '{"kind": [{"wildcard": "a*"}]}', 1),
    ],
)
def test_a_filter_policy_is_read_as_sns_does(scope: str | None, policy: str, expected: int) -> None:
    subscription = edge("t", "q", SUBSCRIPTION, filter_policy=policy, filter_policy_scope=scope)
    case = design(node("t", "sns_standard"), node("q", "sqs_standard"), subscription)
    assert len(findings(case, "L102")) == expected


def test_a_nested_filter_policy_is_mended_by_filtering_on_the_body() -> None:
    subscription = edge("t", "q", SUBSCRIPTION, filter_policy='{"order": {"kind": ["a"]}}')
    case = design(node("t", "sns_standard"), node("q", "sqs_standard"), subscription)
    (found,) = findings(case, "L102")
    assert found.fixes[0].label == "Filter on the message body"
    assert not findings(apply(case, found.fixes[0].operations).design, "L102")


@pytest.mark.parametrize(
    ("pattern", "corrected"),
    [
        ('{"Source": ["shop"]}', '{"source": ["shop"]}'),
        ('{"source": ["shop"], "orderId": [17]}', '{"source": ["shop"], "detail": {"orderId": [17]}}'),
        (
            '{"detail_type": ["a"], "detail": {"b": [1]}, "c": [2]}',
            '{"detail-type": ["a"], "detail": {"b": [1], "c": [2]}}',
        ),
        ('{"account": [123456789012]}', None),
    ],
)
def test_a_pattern_that_nothing_fits_is_corrected_where_its_meaning_is_clear(
    pattern: str, corrected: str | None
) -> None:
    (found,) = findings(design(node("r", "eventbridge_rule", event_pattern=pattern)), "R101")
    (operation,) = found.fixes[0].operations
    assert isinstance(operation, SetNodeParameter)
    assert operation.value == corrected


@pytest.mark.point("EVB-03")
@pytest.mark.parametrize(
    ("parameters", "rule_id"),
    [
        ({"schedule_expression": "rate(5 minutes)"}, None),
        ({"schedule_expression": "at(2026-12-01T09:00:00)", "time_zone": "Asia/Tokyo"}, None),
        ({"schedule_expression": "at(2020-12-01T09:00:00)"}, "R104"),
        ({"schedule_expression": "rate(1 hour)", "end_date": "2025-01-01T00:00:00Z"}, "R104"),
        ({"schedule_expression": "every hour"}, "L104"),
        ({"schedule_expression": "rate(1 hour)", "start_date": "soon"}, "L104"),
        ({"schedule_expression": "${Expression}"}, None),
        ({}, "R100"),
    ],
)
def test_a_schedule_has_to_be_readable_and_to_come(parameters: dict[str, str], rule_id: str | None) -> None:
    case = design(node("s", "eventbridge_scheduler", **parameters))
    assert {f.rule_id for f in check(case)} & {"L104", "R100", "R104"} == ({rule_id} if rule_id else set())


@pytest.mark.point("EVB-01")
@pytest.mark.parametrize(("count", "expected"), [(5, 0), (6, 1)])
def test_a_rule_has_five_targets_at_most(count: int, expected: int) -> None:
    queues = [node(f"q{number}", "sqs_standard") for number in range(count)]
    arrows = [edge("r", queue.id, "eventbridge_rule.sqs_standard.target") for queue in queues]
    assert len(findings(design(node("r", "eventbridge_rule"), *queues, *arrows), "R024")) == expected


@pytest.mark.parametrize(
    ("target", "size", "expected"),
    [
        ("sns_standard", 10, 0),
        ("sns_standard", 11, 1),
        ("kinesis_stream", 500, 0),
        ("kinesis_stream", 501, 1),
        ("ecs_fargate", 1, 0),
        ("ecs_fargate", 2, 1),
        ("cloudwatch_logs", 10_000, 0),
    ],
)
def test_a_pipe_does_not_collect_more_than_its_target_takes(target: str, size: int, expected: int) -> None:
    case = design(
        node("p", "eventbridge_pipe", batch_size=size),
        node("t", target),
        edge("p", "t", f"eventbridge_pipe.{target}.pipe_send"),
    )
    assert len(findings(case, "L105")) == expected


@pytest.mark.parametrize(
    ("source", "expected"), [("sqs_standard", 0), ("sqs_fifo", 1), ("kinesis_stream", 1), ("mq", 0)]
)
def test_only_sources_without_order_are_handed_over_without_waiting(source: str, expected: int) -> None:
    case = design(
        node("s", source),
        node("p", "eventbridge_pipe"),
        node("f", "lambda"),
        edge("s", "p", f"{source}.eventbridge_pipe.pipe_source"),
        edge("p", "f", "eventbridge_pipe.lambda.pipe_send"),
    )
    assert len(findings(case, "C100")) == expected


@pytest.mark.point("EVB-02")
@pytest.mark.parametrize(
    ("kind", "source", "forwarded", "expected"),
    [
        ("custom", "aws.s3", False, 1),
        ("custom", "shop", False, 0),
        ("custom", "aws.s3", True, 0),
        ("default", "aws.s3", False, 0),
        ("partner", "aws.s3", False, 0),
    ],
)
def test_events_of_aws_services_arrive_on_the_default_bus(
    kind: str, source: str, *, forwarded: bool, expected: int
) -> None:
    parts: list[Node | Edge] = [
        node("b", "eventbridge_bus", kind=kind),
        node("r", "eventbridge_rule", event_pattern=f'{{"source": ["{source}"]}}'),
        edge("b", "r", "eventbridge_bus.eventbridge_rule.rule"),
    ]
    if forwarded:
        parts += [node("other", "eventbridge_rule"), edge("other", "b", "eventbridge_rule.eventbridge_bus.target")]
    assert len(findings(design(*parts), "R114")) == expected
