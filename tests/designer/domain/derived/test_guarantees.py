"""Delivery and order of a whole way, by its weakest link."""

from __future__ import annotations

import pytest

from designer.domain.connections.registry import connections
from designer.domain.derived.guarantees import Delivery, Order, delivery_of, order_of, path_guarantees
from tests.designer.domain.building import design, edge, node

USABLE = [row for row in connections().values() if row.usable]
SHOP = design(
    node("web", "client"),
    node("api", "api_gateway_rest"),
    node("take", "lambda"),
    node("work", "sqs_standard"),
    node("dead", "sqs_standard"),
    node("fulfil", "lambda"),
    edge("web", "api", "client.api_gateway_rest.https"),
    edge("api", "take", "api_gateway_rest.lambda.proxy"),
    edge("take", "work", "lambda.sqs_standard.send_message"),
    edge("work", "fulfil", "sqs_standard.lambda.event_source_mapping"),
    edge("work", "dead", "sqs_standard.sqs_standard.redrive"),
)


@pytest.mark.point("SQS-01")
def test_a_way_promises_what_its_weakest_link_does() -> None:
    (found,) = path_guarantees(SHOP, "fulfil")
    assert found.entry == "web"
    assert [hop.edge for hop in found.hops] == ["web-api", "api-take", "take-work", "work-fulfil"]
    assert found.delivery == (
        "Can be lost up to take: nobody repeats what fails at api → take, unless the caller does. "
        "Can arrive more than once from take → work on: make the work repeatable."
    )
    assert found.ordering == "Not kept: it breaks at web → api."


def test_failure_paths_are_no_way_and_the_entry_itself_has_none() -> None:
    assert path_guarantees(SHOP, "dead") == ()
    assert path_guarantees(SHOP, "web") == ()


def test_each_entry_point_has_its_own_way_and_the_nearest_comes_first() -> None:
    case = design(
        *SHOP.nodes.values(),
        *SHOP.edges.values(),
        node("nightly", "eventbridge_rule", kind="schedule"),
        edge("nightly", "work", "eventbridge_rule.sqs_standard.target"),
    )
    found = path_guarantees(case, "fulfil")
    assert [guarantee.entry for guarantee in found] == ["nightly", "web"]
    assert "Can be lost" not in found[0].delivery


def test_a_loop_has_an_end() -> None:
    case = design(
        node("f", "lambda"),
        node("q", "sqs_standard"),
        node("web", "client"),
        edge("web", "f", "client.lambda.invoke_event"),
        edge("f", "q", "lambda.sqs_standard.send_message"),
        edge("q", "f", "sqs_standard.lambda.event_source_mapping"),
    )
    assert [len(found.hops) for found in path_guarantees(case, "q")] == [2]


@pytest.mark.parametrize(
    ("text", "delivery"),
    [
        ("At most once per request", Delivery.MAY_BE_LOST),
        ("Best effort", Delivery.MAY_BE_LOST),
        ("At least once per object", Delivery.MAY_REPEAT),
        ("Exactly once within 5 minutes", Delivery.ONCE),
        ("Once, in bulk", Delivery.ONCE),
        ("Eventually", Delivery.MAY_REPEAT),
        ("Exactly once in its state, at least once in most sinks", Delivery.MAY_REPEAT),
        ("Once per change of state, best effort", Delivery.MAY_BE_LOST),
        ("Messages may be lost when the connection breaks", Delivery.MAY_BE_LOST),
        ("As the connection that goes this way", Delivery.ONCE),
    ],
)
def test_the_words_of_a_row_fall_into_a_class_of_delivery(text: str, delivery: Delivery) -> None:
    assert delivery_of(text) is delivery


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Not kept", Order.LOST),
        ("Best effort", Order.BEST_EFFORT),
        ("Per message group", Order.KEPT),
        ("Per item", Order.KEPT),
        ("Optional, by event group", Order.BEST_EFFORT),
    ],
)
def test_the_words_of_a_row_fall_into_a_class_of_order(text: str, order: Order) -> None:
    assert order_of(text) is order


def test_an_ordered_stream_keeps_order_until_something_that_does_not() -> None:
    case = design(
        node("web", "client"),
        node("t", "dynamodb", stream_view_type="NEW_IMAGE"),
        node("f", "lambda"),
        edge("web", "t", "client.dynamodb.api"),
        edge("t", "f", "dynamodb.lambda.event_source_mapping"),
    )
    (found,) = path_guarantees(case, "f")
    kept = [order_of(hop.ordering) for hop in found.hops]
    assert kept[-1] is Order.KEPT
    assert found.ordering.startswith("Not kept") == (Order.LOST in kept)
