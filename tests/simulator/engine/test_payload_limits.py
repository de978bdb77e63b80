"""Requests and messages that are larger than what the first service on their way takes."""

from __future__ import annotations

import pytest

from designer.domain.catalog.spec import Value
from designer.domain.graph.scenario import Traffic
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Nodes, Run

MB = 1024.0
API: Nodes = {"users": "client", "api": "api_gateway_rest", "fn": ("lambda", {"cpu_ms": 1})}
API_ARROWS: list[Arrow] = [("users", "api", "https"), ("api", "fn", "proxy")]


def refused(summary: Summary, node: str) -> int:
    """All that arrived at the node, each refused because of its size."""
    stats = summary["nodes"][node]
    assert stats["completions"] == 0
    assert stats["errors"] == {"payload_too_large": stats["arrivals"]}
    return stats["arrivals"]


def sent(run: Run, target: str, mechanism: str, payload_kb: float, **settings: Value) -> Summary:
    nodes: Nodes = {"users": ("client", {"payload_kb": payload_kb}), "target": (target, settings)}
    return run(nodes, [("users", "target", mechanism)], duration_s=5.0, window_s=5.0)


def test_an_api_refuses_more_than_ten_megabytes_with_413(run: Run) -> None:
    traffic = (Traffic(entry="users", rate_per_s=10.0, payload_kb=10 * MB + 1),)
    summary = run(API, API_ARROWS, traffic=traffic)
    assert refused(summary, "api") > 500
    assert summary["nodes"]["fn"]["arrivals"] == 0
    assert summary["entry_points"]["users"]["errors"] == {"payload_too_large": summary["nodes"]["api"]["arrivals"]}
    first = summary["remarks"][0]
    assert first["node"] == "api"
    assert "of 10,241 KB from users: it takes 10,240 KB. The caller gets 413." in first["text"]


def test_a_function_behind_an_api_refuses_more_than_six_megabytes(run: Run) -> None:
    fitting, large = (
        run(API, API_ARROWS, traffic=(Traffic(entry="users", rate_per_s=10.0, payload_kb=size),))
        for size in (6 * MB, 6 * MB + 1)
    )
    assert fitting["entry_points"]["users"]["errors"] == {}
    assert refused(large, "fn") == large["nodes"]["api"]["arrivals"]
    assert large["entry_points"]["users"]["completions"] == 0


@pytest.mark.parametrize(
    ("target", "mechanism", "most_kb"),
    [
        ("lambda", "invoke", 6 * MB),
        ("lambda", "invoke_event", MB),
        ("sns_standard", "publish", 256.0),
        ("eventbridge_bus", "put_events", MB),
    ],
)
def test_a_service_takes_what_its_limit_says_and_no_more(run: Run, target: str, mechanism: str, most_kb: float) -> None:
    assert sent(run, target, mechanism, most_kb)["entry_points"]["users"]["errors"] == {}
    assert refused(sent(run, target, mechanism, most_kb + 1), "target") > 0


def test_traffic_that_begins_at_a_service_is_refused_there(run: Run) -> None:
    summary = run({"queue": "sqs_standard"}, [], traffic=(Traffic(entry="queue", rate_per_s=10.0, payload_kb=MB + 1),))
    assert refused(summary, "queue") > 500
    assert "of 1,025 KB that begin there: it takes 1,024 KB." in summary["remarks"][0]["text"]


def test_a_message_is_as_large_as_its_connection_says(run: Run) -> None:
    nodes: Nodes = {"users": "client", "fn": "lambda", "topic": "sns_standard"}
    arrows: list[Arrow] = [("users", "fn", "invoke"), ("fn", "topic", "publish", {"message_kb": 300})]
    summary = run(nodes, arrows, duration_s=5.0, window_s=5.0)
    assert refused(summary, "topic") > 0
    assert summary["nodes"]["fn"]["completions"] == 0
