"""WebSocket and GraphQL APIs, Kafka and MQ in a run."""

from __future__ import annotations

import pytest

from designer.domain.graph.scenario import Pattern, Traffic
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0, "timeout_s": 5}


def _traffic(entry: str, rate_per_s: float) -> tuple[Traffic, ...]:
    return (Traffic(entry, pattern=Pattern.CONSTANT, rate_per_s=rate_per_s),)


def _steady(rate_per_s: float) -> tuple[str, Parameters]:
    return ("client", {"pattern": "constant", "rate_per_s": rate_per_s, "payload_kb": 40})


@pytest.mark.point("APG-01")
def test_a_websocket_api_bills_messages_both_ways_and_minutes_of_connections(run: Run) -> None:
    nodes: Made = {
        "phones": _steady(50),
        "chat": (
            "api_gateway_websocket",
            {"authorization": "iam", "messages_per_connection": 5, "connection_minutes": 2.5},
        ),
        "talk": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("phones", "chat", "connect"),
        ("chat", "talk", "proxy"),
        ("talk", "chat", "post_to_connection", {"calls_per_request": 2}),
    ]
    summary = run(nodes, arrows)
    messages = summary["edges"]["phones-chat-connect"]["calls"]
    lines = {line["item"]: line["quantity"] * 1e6 for line in summary["cost"]["lines"] if line["node"] == "chat"}
    assert lines["Messages"] == pytest.approx(3 * messages * 2, rel=0.02)
    assert lines["Connection minutes"] == pytest.approx(messages / 5 * 3, rel=0.1)
    assert summary["edges"]["talk-chat-post_to_connection"]["calls"] == pytest.approx(2 * messages, rel=0.01)


@pytest.mark.point("APG-01")
def test_more_than_500_new_connections_a_second_are_refused(run: Run) -> None:
    nodes: Made = {
        "phones": _steady(1_000),
        "chat": ("api_gateway_websocket", {"messages_per_connection": 1}),
        "talk": ("lambda", EXACT),
    }
    summary = run(nodes, [("phones", "chat", "connect"), ("chat", "talk", "proxy")], duration_s=10.0)
    chat = summary["nodes"]["chat"]
    assert chat["completions"] == pytest.approx(500 * 11, rel=0.03)
    assert chat["errors"]["throttled"] == pytest.approx(1_000 * 10 - 500 * 11, rel=0.05)


@pytest.mark.point("APG-01")
def test_each_connection_runs_connect_and_disconnect_once_and_a_refused_one_sends_nothing(run: Run) -> None:
    nodes: Made = {
        "phones": _steady(50),
        "chat": ("api_gateway_websocket", {"messages_per_connection": 5}),
        "hello": ("lambda", {**EXACT, "cpu_ms": 0, "error_percent": 50}),
        "talk": ("lambda", EXACT),
        "bye": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("phones", "chat", "connect"),
        ("chat", "hello", "proxy", {"called_for": "connect"}),
        ("chat", "talk", "proxy"),
        ("chat", "bye", "proxy", {"called_for": "disconnect"}),
    ]
    summary = run(nodes, arrows)
    calls = {edge: figures["calls"] for edge, figures in summary["edges"].items()}
    connects = calls["chat-hello-proxy"]
    refused = sum(summary["nodes"]["chat"]["errors"].values())
    assert connects == pytest.approx(50 * 60 / 5, rel=0.15)
    assert refused == pytest.approx(connects / 2, rel=0.15)
    assert calls["chat-bye-proxy"] == pytest.approx(connects - refused, abs=3)
    assert calls["chat-talk-proxy"] == pytest.approx(calls["phones-chat-connect"] - refused, abs=3)


def test_ten_minutes_of_silence_make_a_client_connect_for_each_message(run: Run) -> None:
    api: Parameters = {"messages_per_connection": 5, "connection_minutes": 100}
    nodes: Made = {"phones": _steady(20), "chat": ("api_gateway_websocket", api), "talk": ("lambda", EXACT)}
    arrows: list[Arrow] = [("phones", "chat", "connect"), ("chat", "talk", "proxy", {"called_for": "all"})]
    summary = run(nodes, arrows, duration_s=20.0)
    lines = {line["item"]: line["quantity"] * 1e6 for line in summary["cost"]["lines"] if line["node"] == "chat"}
    assert lines["Connection minutes"] == pytest.approx(400 * 10, rel=0.02)
    assert summary["edges"]["chat-talk-proxy"]["calls"] == pytest.approx(3 * 400, rel=0.02)


def test_a_websocket_message_ends_after_29_seconds_while_the_function_goes_on(run: Run) -> None:
    slow: Parameters = {**EXACT, "timeout_s": 60, "cpu_ms": 0, "wait_ms": 40_000}
    nodes: Made = {"phones": _steady(1), "chat": "api_gateway_websocket", "talk": ("lambda", slow)}
    summary = run(nodes, [("phones", "chat", "connect"), ("chat", "talk", "proxy")], duration_s=120.0)
    assert summary["nodes"]["chat"]["errors"]["integration_timeout"] > 60
    assert summary["nodes"]["talk"]["completions"] > 60


def test_a_graphql_request_waits_for_its_slowest_resolver(run: Run) -> None:
    nodes: Made = {
        "users": _steady(10),
        "shop": ("appsync", {"authorization": "AWS_IAM"}),
        "price": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 300}),
        "stock": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 100}),
    }
    arrows: list[Arrow] = [
        ("users", "shop", "graphql"),
        ("shop", "price", "resolver"),
        ("shop", "stock", "resolver", {"calls_per_request": 2}),
    ]
    summary = run(nodes, arrows)
    assert summary["nodes"]["stock"]["arrivals"] == pytest.approx(2 * summary["nodes"]["price"]["arrivals"], abs=4)
    assert 300 < summary["nodes"]["shop"]["latency_ms"]["p50"] < 400


def test_a_failing_resolver_fails_the_request(run: Run) -> None:
    nodes: Made = {
        "users": _steady(10),
        "shop": ("appsync", {"authorization": "AWS_IAM"}),
        "price": ("lambda", {**EXACT, "error_percent": 100}),
        "items": "dynamodb",
    }
    arrows: list[Arrow] = [("users", "shop", "graphql"), ("shop", "price", "resolver"), ("shop", "items", "action")]
    shop = run(nodes, arrows)["nodes"]["shop"]
    assert shop["completions"] == 0
    assert sum(shop["errors"].values()) == pytest.approx(600, abs=5)


@pytest.mark.point("LAM-17")
def test_each_partition_of_a_kafka_topic_is_read_in_order_by_one_batch_at_a_time(run: Run) -> None:
    worker: Parameters = {**EXACT, "cpu_ms": 0, "wait_ms": 50}
    nodes: Made = {"clicks": ("msk", {"partitions": 4}), "count": ("lambda", worker)}
    summary = run(
        nodes, [("clicks", "count", "event_source_mapping", {"batch_size": 10})], traffic=_traffic("clicks", 40)
    )
    count = summary["nodes"]["count"]
    assert count["concurrency_max"] <= 4
    assert summary["nodes"]["clicks"]["arrivals"] == pytest.approx(2_400, rel=0.1)
    assert count["completions"] > 200


@pytest.mark.point("LAM-17")
@pytest.mark.parametrize(("engine", "at_once"), [("ACTIVEMQ", 5), ("RABBITMQ", 1)])
def test_a_broker_is_read_by_as_many_batches_at_once_as_its_engine_allows(run: Run, engine: str, at_once: int) -> None:
    worker: Parameters = {**EXACT, "cpu_ms": 0, "wait_ms": 500}
    nodes: Made = {"broker": ("mq", {"engine": engine}), "count": ("lambda", worker)}
    summary = run(
        nodes, [("broker", "count", "event_source_mapping", {"batch_size": 1})], traffic=_traffic("broker", 40)
    )
    assert summary["nodes"]["count"]["concurrency_max"] == at_once
