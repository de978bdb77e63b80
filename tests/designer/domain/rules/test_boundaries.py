"""Where exactly a rule begins: the last setting that it accepts and the first that it finds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from designer.domain.catalog.spec import Value
from designer.domain.graph.document import design_from_json
from designer.domain.graph.model import Design
from designer.domain.graph.operations import apply
from designer.domain.graph.scenario import Scenario
from designer.domain.rules.check import check
from designer.domain.rules.rule import Finding, Severity
from tests.designer.domain.building import design, edge, node

EXAMPLES = Path(__file__).resolve().parents[3] / "fixtures" / "designs" / "rules"
MAPPING = "sqs_standard.lambda.event_source_mapping"


def finding(case: Design, rule_id: str) -> Finding | None:
    return next((found for found in check(case) if found.rule_id == rule_id), None)


def good_example(rule_id: str) -> Design:
    return design_from_json(json.loads((EXAMPLES / rule_id / "good.json").read_text(encoding="utf-8")))


@pytest.mark.point("SQS-03")
@pytest.mark.parametrize(
    ("visibility_s", "window_s", "expected"),
    [(59, 0, "R003"), (60, 0, "R004"), (359, 0, "R004"), (360, 0, None), (360, 20, "R004"), (380, 20, None)],
)
def test_visibility_has_to_be_six_function_timeouts_and_the_batch_window(
    visibility_s: int, window_s: int, expected: str | None
) -> None:
    case = design(
        node("q", "sqs_standard", visibility_timeout_s=visibility_s),
        node("f", "lambda", timeout_s=60),
        edge("q", "f", MAPPING, batch_window_s=window_s),
    )
    assert {f.rule_id for f in check(case)} & {"R003", "R004"} == ({expected} if expected else set())


@pytest.mark.point("SQS-03")
def test_the_slowest_of_several_functions_decides_about_the_visibility_timeout() -> None:
    case = design(
        node("q", "sqs_standard", visibility_timeout_s=60),
        node("quick", "lambda", timeout_s=5),
        node("slow", "lambda", timeout_s=50),
        edge("q", "quick", MAPPING),
        edge("q", "slow", MAPPING),
    )
    found = finding(case, "R004")
    assert found is not None
    assert found.message == "q hides a message for 60 s; six times the timeout of slow are 300 s."


@pytest.mark.point("SQS-04")
@pytest.mark.parametrize(("kept_s", "is_found"), [(345_600, True), (345_601, False)])
def test_a_dead_letter_queue_has_to_keep_messages_longer_than_its_source(kept_s: int, is_found: bool) -> None:  # noqa: FBT001
    case = design(
        node("q", "sqs_standard", message_retention_s=345_600),
        node("d", "sqs_standard", message_retention_s=kept_s),
        edge("q", "d", "sqs_standard.sqs_standard.redrive"),
    )
    assert (finding(case, "R011") is not None) == is_found


@pytest.mark.point("SQS-09")
@pytest.mark.parametrize("sender", ["s3", "sns_standard", "eventbridge_rule"])
def test_a_service_cannot_write_to_a_queue_with_the_aws_managed_key_but_a_function_can(sender: str) -> None:
    mechanism = {
        "s3": "s3.sqs_standard.event_notification",
        "sns_standard": "sns_standard.sqs_standard.subscription",
        "eventbridge_rule": "eventbridge_rule.sqs_standard.target",
    }[sender]
    queue = node("q", "sqs_standard", encryption="kms_aws_managed")
    found = finding(design(node("s", sender), queue, edge("s", "q", mechanism)), "S003")
    assert found is not None
    assert found.severity is Severity.ERROR
    by_code = design(node("f", "lambda"), queue, edge("f", "q", "lambda.sqs_standard.send_message"))
    assert finding(by_code, "S003") is None


@pytest.mark.point("APG-06")
@pytest.mark.parametrize(
    ("endpoint_type", "timeout_ms", "expected"),
    [("edge", 29_000, None), ("edge", 29_001, "R005"), ("regional", 29_001, "R006"), ("private", 60_000, "R006")],
)
def test_only_regional_and_private_apis_can_wait_longer_than_29_seconds(
    endpoint_type: str, timeout_ms: int, expected: str | None
) -> None:
    case = design(node("a", "api_gateway_rest", endpoint_type=endpoint_type, integration_timeout_ms=timeout_ms))
    assert {f.rule_id for f in check(case)} & {"R005", "R006", "L004", "L005"} == ({expected} if expected else set())


@pytest.mark.point("APG-06")
@pytest.mark.parametrize(("timeout_ms", "expected"), [(30_000, set()), (30_001, {"L004"})])
def test_an_http_api_never_waits_longer_than_30_seconds(timeout_ms: int, expected: set[str]) -> None:
    case = design(node("a", "api_gateway_http", integration_timeout_ms=timeout_ms))
    assert {f.rule_id for f in check(case)} & {"L004", "L005"} == expected


@pytest.mark.point("SNS-02", "SQS-02")
@pytest.mark.parametrize(
    ("payload_kb", "target", "mechanism", "is_found"),
    [
        (256, "sns_standard", "publish", False),
        (257, "sns_standard", "publish", True),
        (1024, "sqs_standard", "send_message", False),
        (1025, "sqs_standard", "send_message", True),
        (1025, "eventbridge_bus", "put_events", True),
        (6144, "lambda", "proxy", False),
        (6145, "lambda", "proxy", True),
        (1025, "lambda", "custom_event", True),
    ],
)
def test_what_a_client_sends_has_to_fit_everywhere_on_its_way(
    payload_kb: int,
    target: str,
    mechanism: str,
    is_found: bool,  # noqa: FBT001
) -> None:
    case = design(
        node("c", "client", payload_kb=payload_kb),
        node("a", "api_gateway_rest"),
        node("t", target),
        edge("c", "a", "client.api_gateway_rest.https"),
        edge("a", "t", f"api_gateway_rest.{target}.{mechanism}"),
    )
    found = finding(case, "R034")
    assert (found is not None) == is_found
    assert found is None or found.subject.id == "a-t"


def test_a_large_message_is_followed_through_topics_queues_and_rules() -> None:
    case = design(
        node("c", "client", payload_kb=700),
        node("t", "sns_standard", maximum_message_bytes=1_048_576),
        node("q", "sqs_standard", maximum_message_bytes=262_144),
        edge("c", "t", "client.sns_standard.publish"),
        edge("t", "q", "sns_standard.sqs_standard.subscription"),
    )
    found = finding(case, "R034")
    assert found is not None
    assert found.subject.id == "t-q"
    assert finding(apply(case, found.fixes[0].operations).design, "R034") is None


@pytest.mark.parametrize(("message_kb", "is_found"), [(256, False), (257, True)])
def test_a_message_has_the_size_that_its_connection_says(message_kb: int, is_found: bool) -> None:  # noqa: FBT001
    case = design(
        node("f", "lambda"),
        node("t", "sns_standard"),
        edge("f", "t", "lambda.sns_standard.publish", message_kb=message_kb),
    )
    assert (finding(case, "R034") is not None) == is_found


def test_a_load_balancer_hands_a_function_one_megabyte() -> None:
    case = design(
        node("c", "client", payload_kb=1025),
        node("b", "alb"),
        node("f", "lambda"),
        edge("c", "b", "client.alb.https"),
        edge("b", "f", "alb.lambda.target"),
    )
    found = finding(case, "R034")
    assert found is not None
    assert found.subject.id == "b-f"


@pytest.mark.point("LAM-06")
def test_a_container_image_is_advice_with_a_reason_and_never_an_error() -> None:
    found = finding(design(node("f", "lambda", package_type="image")), "P001")
    assert found is not None
    assert found.severity is Severity.ADVICE
    assert "start slower" in found.why


@pytest.mark.point("SFN-05")
def test_three_functions_in_a_row_are_offered_a_state_machine_and_two_are_not() -> None:
    two = (node("a", "lambda"), node("b", "lambda"), edge("a", "b", "lambda.lambda.invoke"))
    assert finding(design(*two), "R025") is None
    found = finding(design(*two, node("c", "lambda"), edge("b", "c", "lambda.lambda.invoke")), "R025")
    assert found is not None
    assert found.subject.id == "b"
    assert "state machine" in found.message
    (fix,) = found.fixes
    fixed = apply(design(*two, node("c", "lambda"), edge("b", "c", "lambda.lambda.invoke")), fix.operations).design
    assert [edge.connection for edge in fixed.outgoing("a")] == ["lambda.step_functions_express.start_sync_execution"]
    assert {edge.target for edge in fixed.outgoing("b-workflow")} == {"b", "c"}
    assert {finding.rule_id for finding in check(fixed)} & {"R025", "C120", "C121", "C122", "C123"} == set()


@pytest.mark.point("LAM-16")
@pytest.mark.parametrize("keeper", ["lambda.sqs_standard.on_failure", "lambda.sqs_standard.dead_letter"])
def test_a_destination_or_a_dead_letter_queue_keeps_what_an_asynchronous_function_fails(keeper: str) -> None:
    parts = (node("t", "sns_standard"), node("f", "lambda"), edge("t", "f", "sns_standard.lambda.subscription"))
    assert finding(design(*parts), "R001") is not None
    assert finding(design(*parts, node("q", "sqs_standard"), edge("f", "q", keeper)), "R001") is None


def test_a_function_that_is_only_polled_or_waited_for_needs_no_failure_destination() -> None:
    polled = design(node("q", "sqs_standard"), node("f", "lambda"), edge("q", "f", MAPPING))
    waited_for = design(
        node("a", "api_gateway_rest"), node("f", "lambda"), edge("a", "f", "api_gateway_rest.lambda.proxy")
    )
    assert finding(polled, "R001") is None
    assert finding(waited_for, "R001") is None


def test_the_scenario_says_how_much_concurrency_the_account_has() -> None:
    case = design(node("f", "lambda", reserved_concurrency=800))
    assert finding(case, "R016") is None
    small_account = replace(case, scenarios={"s": Scenario(id="s", account_concurrency=850)})
    found = finding(small_account, "R016")
    assert found is not None
    assert "at most 750" in found.message


def test_a_rule_on_cloudtrail_records_needs_no_eventbridge_switch_on_the_bucket() -> None:
    example = good_example("C017")
    off = replace(example, nodes={**example.nodes, "uploads": node("uploads", "s3")})
    assert finding(off, "C017") is not None
    records = node("on-upload", "eventbridge_rule", event_pattern='{"detail": {"eventName": ["PutObject"]}}')
    assert finding(replace(off, nodes={**off.nodes, "on-upload": records}), "C017") is None


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ({"suffix": ".jpg"}, {"suffix": ".png"}, False),
        ({"prefix": "a/"}, {"prefix": "a/b/"}, True),
        ({"prefix": "a/"}, {"prefix": "b/"}, False),
        ({"prefix": "a/"}, {"suffix": ".png"}, True),
        ({"events": "s3:ObjectCreated:*"}, {"events": "s3:ObjectRemoved:*"}, False),
        ({"events": "s3:ObjectCreated:Put"}, {"events": "s3:ObjectRemoved:*, s3:ObjectCreated:*"}, True),
        ({"events": "s3:ObjectCreated:Put"}, {"events": "s3:ObjectCreated:Copy"}, False),
    ],
)
def test_two_notifications_may_not_be_about_the_same_object_and_event(
    first: dict[str, Value],
    second: dict[str, Value],
    overlap: bool,  # noqa: FBT001
) -> None:
    case = design(
        node("b", "s3"),
        node("f", "lambda"),
        node("q", "sqs_standard"),
        edge("b", "f", "s3.lambda.event_notification", **first),
        edge("b", "q", "s3.sqs_standard.event_notification", **second),
    )
    assert (finding(case, "C015") is not None) == overlap


def test_reading_a_table_makes_no_loop_and_writing_to_it_does() -> None:
    parts = (
        node("t", "dynamodb", stream_view_type="NEW_IMAGE"),
        node("f", "lambda"),
        edge("t", "f", "dynamodb.lambda.event_source_mapping"),
    )
    reading = edge("f", "t", "lambda.dynamodb.api", action="GetItem")
    assert finding(design(*parts, reading), "R029") is None
    assert finding(design(*parts, edge("f", "t", "lambda.dynamodb.api")), "R029") is not None


def test_a_long_way_round_is_found_as_one_loop() -> None:
    chain = [node(f"f{number}", "lambda") for number in range(40)]
    ring = [edge(f"f{i}", f"f{(i + 1) % 40}", "lambda.lambda.invoke_event") for i in range(40)]
    loops = [found for found in check(design(*chain, *ring)) if found.rule_id == "R029"]
    assert [found.message for found in loops] == ["Events go round between f0, f1, f10 and 37 more."]
