"""The worst case of an edge in words, computed from its settings."""

from __future__ import annotations

import pytest

from designer.domain.connections.registry import connections
from designer.domain.derived.failures import failure_story
from designer.domain.derived.words import duration, listed, times
from designer.domain.graph.model import Design, Edge, Node
from tests.designer.domain.building import design, edge, node

NOTIFICATION = "s3.lambda.event_notification"
MAPPING = "sqs_standard.lambda.event_source_mapping"
STREAM = "dynamodb.lambda.event_source_mapping"


def story(case: Design, edge_id: str) -> str:
    return " ".join(failure_story(case, case.edges[edge_id]))


def invoked(function: Node, *more: Node | Edge) -> Design:
    return design(node("b", "s3"), function, edge("b", "f", NOTIFICATION), *more)


@pytest.mark.point("LAM-16")
@pytest.mark.parametrize(
    ("retries", "expected"),
    [
        (2, "When f fails: 3 attempts over 3 minutes, then the event is lost."),
        (1, "When f fails: 2 attempts over 1 minute, then the event is lost."),
        (0, "When f fails: 1 attempt, then the event is lost."),
    ],
)
def test_an_asynchronous_event_is_tried_as_often_as_the_function_says(retries: int, expected: str) -> None:
    assert expected in story(invoked(node("f", "lambda", async_retries=retries)), "b-f")


@pytest.mark.point("LAM-16")
def test_a_dead_letter_queue_keeps_the_event_alone_and_a_destination_the_error_too() -> None:
    queue = node("q", "sqs_standard")
    dead = invoked(node("f", "lambda"), queue, edge("f", "q", "lambda.sqs_standard.dead_letter"))
    assert "3 attempts over 3 minutes, then q keeps it (the event alone)." in story(dead, "b-f")
    destination = invoked(node("f", "lambda"), queue, edge("f", "q", "lambda.sqs_standard.on_failure"))
    assert "then q keeps it (the event, the error and its stack)." in story(destination, "b-f")


def test_throttled_events_wait_as_long_as_their_age_allows() -> None:
    case = invoked(node("f", "lambda", async_maximum_event_age_s=3_600))
    assert "While it is throttled, events wait up to 1 hour" in story(case, "b-f")


@pytest.mark.point("SQS-03", "SQS-04")
def test_a_queue_brings_a_message_back_until_its_receives_are_used_up() -> None:
    queue = node("q", "sqs_standard", visibility_timeout_s=180)
    parts = (queue, node("f", "lambda"), edge("q", "f", MAPPING))
    alone = story(design(*parts), "q-f")
    assert alone.startswith(
        "A failed message comes back after 3 minutes with the rest of its batch, again and again until it is 4 days old"
    )
    redrive = edge("q", "d", "sqs_standard.sqs_standard.redrive", max_receive_count=5)
    kept = story(design(*parts, node("d", "sqs_standard"), redrive), "q-f")
    assert kept.startswith("5 attempts over at least 12 minutes: a failed message comes back after 3 minutes")
    assert "Then SQS moves the whole message to d." in kept
    single = edge("q", "f", MAPPING, report_batch_item_failures=True)
    assert "with the rest of its batch" not in story(design(queue, node("f", "lambda"), single), "q-f")


@pytest.mark.point("LAM-17")
def test_a_bad_record_blocks_its_shard_until_it_is_too_old_or_tried_enough() -> None:
    table, function = node("t", "dynamodb", stream_view_type="NEW_IMAGE"), node("f", "lambda")
    for_ever = story(design(table, function, edge("t", "f", STREAM)), "t-f")
    assert "is repeated until its records are 1 day old, then the records are skipped without a trace." in for_ever
    assert for_ever.endswith("it blocks its shard: nothing that came after it there is worked on.")
    limited = edge("t", "f", STREAM, maximum_retry_attempts=3, maximum_record_age_s=3_600, bisect_on_error=True)
    case = design(table, function, node("b", "s3"), limited, edge("f", "b", "lambda.s3.stream_on_failure"))
    told = story(case, "t-f")
    assert told.startswith("4 attempts in ever smaller halves, and no longer than until the records are 1 hour old")
    assert "then b keeps it (the records themselves)." in told


@pytest.mark.point("EVB-01")
def test_a_rule_delivers_as_its_retry_policy_says_and_then_uses_its_dead_letter_queue() -> None:
    parts = (node("r", "eventbridge_rule"), node("q", "sqs_standard"))
    default = story(design(*parts, edge("r", "q", "eventbridge_rule.sqs_standard.target")), "r-q")
    assert default == "EventBridge tries to deliver 186 times at most and for 1 day at most, then the event is lost."
    once = edge("r", "q", "eventbridge_rule.sqs_standard.target", retry_attempts=0)
    dead = (node("d", "sqs_standard"), edge("r", "d", "eventbridge_rule.sqs_standard.target_dlq"))
    assert story(design(*parts, once, *dead), "r-q") == "EventBridge delivers once, then d keeps it."


def test_a_schedule_delivers_as_its_retry_policy_says() -> None:
    target = edge("s", "f", "eventbridge_scheduler.lambda.target", retry_attempts=2, maximum_event_age_s=3_600)
    told = story(design(node("s", "eventbridge_scheduler"), node("f", "lambda"), target), "s-f")
    assert told.startswith("EventBridge Scheduler tries to deliver 3 times at most and for 1 hour at most, then")
    assert "3 attempts over 3 minutes" in told


def test_a_failing_message_of_a_fifo_queue_blocks_its_group() -> None:
    case = design(node("q", "sqs_fifo"), node("f", "lambda"), edge("q", "f", "sqs_fifo.lambda.event_source_mapping"))
    assert story(case, "q-f").endswith("it blocks the later messages of its group; other groups go on.")


def test_a_bad_record_blocks_a_shard_for_as_long_as_the_stream_keeps_it() -> None:
    stream = node("k", "kinesis_stream", retention_h=168)
    case = design(stream, node("f", "lambda"), edge("k", "f", "kinesis_stream.lambda.event_source_mapping"))
    assert "until its records are 7 days old" in story(case, "k-f")


@pytest.mark.point("SNS-03")
def test_a_topic_tries_for_weeks_and_the_function_then_three_times() -> None:
    case = design(node("t", "sns_standard"), node("f", "lambda"), edge("t", "f", "sns_standard.lambda.subscription"))
    told = story(case, "t-f")
    assert told.startswith("SNS tries to deliver 100,015 times over 23 days, then the message is lost.")
    assert "3 attempts over 3 minutes" in told


def test_other_edges_tell_what_their_row_says_and_unknown_ones_nothing() -> None:
    call = design(node("f", "lambda"), node("g", "lambda"), edge("f", "g", "lambda.lambda.invoke"))
    assert story(call, "f-g") == connections()["lambda.lambda.invoke"].retries
    row = connections()["sqs_standard.dynamodb.push"]
    refused = Edge("e", "q", "t", row.id, row.mode, row.flow)
    nodes = (node("q", "sqs_standard"), node("t", "dynamodb"))
    assert failure_story(design(*nodes, refused), refused) == ()
    strange = edge("q", "t", MAPPING)
    assert failure_story(design(*nodes, strange), strange) == ()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (30, "30 s"),
        (60, "1 minute"),
        (90, "1.5 minutes"),
        (100, "100 s"),
        (180, "3 minutes"),
        (5_400, "1.5 hours"),
        (86_400, "1 day"),
        (1_209_600, "14 days"),
        (700, "about 12 minutes"),
    ],
)
def test_a_duration_is_said_in_the_largest_unit_that_fits(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_lists_and_counts_are_said_as_people_say_them() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [times(1, "attempt"), times(1_000, "attempt")] == ["1 attempt", "1,000 attempts"]
