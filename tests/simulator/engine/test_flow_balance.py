"""Whatever is drawn: nothing gets lost, nothing crashes."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.domain.connections.registry import usable_rows
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.scenario import Scenario
from simulator.engine.results import NodeStats, Summary
from simulator.engine.simulation import Simulation, SimulationRefused

SERVICES = (
    "client",
    "api_gateway_rest",
    "api_gateway_http",
    "lambda",
    "lambda",
    "sqs_standard",
    "sqs_fifo",
    "sns_standard",
    "sns_fifo",
    "lambda_alias_version",
    "api_gateway_websocket",
    "appsync",
    "msk",
    "mq",
    "s3",
    "dynamodb",
    "eventbridge_bus",
    "eventbridge_rule",
    "alb",
    "ecs_fargate",
    "ec2_autoscaling_group",
    "rds_aurora",
    "elasticache",
    "kinesis_stream",
    "firehose",
    "managed_flink",
    "cloudwatch_logs",
    "cloudwatch_alarm",
    "http_endpoint",
    "redshift",
    "other",
)
WITH_A_LINE = ("sqs_standard", "sqs_fifo", "ecs_fargate", "ec2_autoscaling_group", "rds_aurora", "managed_flink")
"""Services whose depth is part of what has arrived and has not gone."""
FLEET: dict[str, st.SearchStrategy[Any]] = {
    "scaling": st.sampled_from(["none", "backlog", "utilisation"]),
    "duration_ms": st.sampled_from([0, 50, 4000]),
    "concurrency": st.sampled_from([1, 8]),
    "queue_limit": st.sampled_from([0, 5]),
    "request_timeout_s": st.sampled_from([0.5, 30]),
    "error_percent": st.sampled_from([0, 30]),
    "start_time_s": st.sampled_from([0, 5]),
}
PARAMETERS: dict[str, st.SearchStrategy[Any]] = {
    "client": st.fixed_dictionaries(
        {"rate_per_s": st.sampled_from([0.5, 7, 40]), "timeout_s": st.sampled_from([0.05, 30])}
    ),
    "lambda": st.fixed_dictionaries(
        {
            "error_percent": st.sampled_from([0, 10, 100]),
            "reserved_concurrency": st.sampled_from([None, 0, 2, 50]),
            "timeout_s": st.sampled_from([1, 3]),
            "cpu_ms": st.sampled_from([0, 5, 400]),
            "provisioned_concurrency": st.sampled_from([0, 1]),
        }
    ),
    "alb": st.fixed_dictionaries({"idle_timeout_s": st.sampled_from([1, 60])}),
    "ecs_fargate": st.fixed_dictionaries(FLEET),
    "ec2_autoscaling_group": st.fixed_dictionaries({**FLEET, "min_size": st.sampled_from([0, 2])}),
    "rds_aurora": st.fixed_dictionaries(
        {
            "rds_proxy": st.booleans(),
            "max_connections": st.sampled_from([1, 1000]),
            "duration_ms": st.sampled_from([1, 300]),
            "proxy_borrow_timeout_s": st.sampled_from([0, 2]),
        }
    ),
    "sqs_standard": st.fixed_dictionaries({"visibility_timeout_s": st.sampled_from([0, 3, 30])}),
    "sqs_fifo": st.fixed_dictionaries(
        {
            "visibility_timeout_s": st.sampled_from([0, 3, 30]),
            "message_groups": st.sampled_from([1, 50]),
            "duplicate_percent": st.sampled_from([0, 50]),
            "throughput_limit": st.sampled_from(["perQueue", "perMessageGroupId"]),
        }
    ),
    "sns_fifo": st.fixed_dictionaries({"throughput_scope": st.sampled_from(["Topic", "MessageGroup"])}),
    "lambda_alias_version": st.fixed_dictionaries({"provisioned_concurrency": st.sampled_from([0, 2])}),
    "api_gateway_websocket": st.fixed_dictionaries({"messages_per_connection": st.sampled_from([1, 10])}),
    "msk": st.fixed_dictionaries({"partitions": st.sampled_from([1, 4])}),
    "dynamodb": st.fixed_dictionaries(
        {
            "billing_mode": st.sampled_from(["on_demand", "provisioned"]),
            "key_spread": st.sampled_from(["uniform", "zipf"]),
            "distinct_keys": st.sampled_from([1, 5000]),
        }
    ),
    "kinesis_stream": st.fixed_dictionaries(
        {
            "shard_count": st.sampled_from([1, 3]),
            "stream_mode": st.sampled_from(["PROVISIONED", "ON_DEMAND"]),
            "key_spread": st.sampled_from(["uniform", "zipf"]),
            "record_kb": st.sampled_from([0.1, 200]),
        }
    ),
    "firehose": st.fixed_dictionaries(
        {
            "buffer_interval_s": st.sampled_from([0, 5]),
            "buffer_size_mb": st.sampled_from([1, 64]),
            "backup_mode": st.sampled_from(["none", "failed_only", "all"]),
            "retry_duration_s": st.sampled_from([None, 0, 3]),
            "record_kb": st.sampled_from([0.1, 200]),
            "dynamic_partitioning": st.booleans(),
            "partitions": st.sampled_from([1, 800]),
        }
    ),
    "managed_flink": st.fixed_dictionaries(
        {
            "parallelism": st.sampled_from([1, 4]),
            "record_ms": st.sampled_from([0.2, 900]),
            "output_percent": st.sampled_from([0, 50, 100]),
            "window_s": st.sampled_from([0, 7]),
            "window_results": st.sampled_from([1, 30]),
            "auto_scaling": st.booleans(),
        }
    ),
    "http_endpoint": st.fixed_dictionaries(
        {"error_percent": st.sampled_from([0, 40]), "concurrent_requests": st.sampled_from([None, 1])}
    ),
    "eventbridge_rule": st.sampled_from(
        [{}, {"match_percent": 50}, {"kind": "schedule", "schedule_expression": "rate(1 minute)"}]
    ),
}
EDGE_PARAMETERS: dict[str, list[Any]] = {
    "calls_per_request": [0, 0.5, 1, 3],
    "max_receive_count": [1, 3],
    "batch_size": [1, 10, 100],
    "batch_window_s": [0, 2],
    "report_batch_item_failures": [True, False],
    "filter_pass_percent": [0, 50, 100],
    "maximum_retry_attempts": [-1, 0, 2],
    "bisect_on_error": [True, False],
    "match_percent": [0, 100],
    "http_retries": [0, 2],
    "http_deliveries_per_s": [None, 5],
    "parallelization_factor": [1, 10],
    "tumbling_window_s": [0, 7],
    "enhanced_fan_out": [True, False],
    "transform_buffer_mb": [0.2, 3],
    "transform_interval_s": [0, 2],
}


@st.composite
def designs(draw: st.DrawFn) -> Design:
    """Up to eight nodes and twelve edges that the table allows, loops included."""
    services = ["client", *draw(st.lists(st.sampled_from(SERVICES), min_size=1, max_size=7))]
    nodes: dict[str, Node] = {}
    for number, service in enumerate(services):
        parameters = draw(PARAMETERS.get(service, st.just({})))
        nodes[f"n{number}"] = Node(f"n{number}", service, f"n{number}", parameters=parameters)
    pairs = [(a, b) for a in nodes for b in nodes if usable_rows(nodes[a].service, nodes[b].service)]
    edges: dict[str, Edge] = {}
    if pairs:
        for number, (source, target) in enumerate(draw(st.lists(st.sampled_from(pairs), max_size=12))):
            row = draw(st.sampled_from(usable_rows(nodes[source].service, nodes[target].service)))
            chosen = {
                parameter.id: draw(st.sampled_from(EDGE_PARAMETERS[parameter.id]))
                for parameter in row.parameters
                if parameter.id in EDGE_PARAMETERS
            }
            edges[f"e{number}"] = Edge(f"e{number}", source, target, row.id, row.mode, row.flow, chosen)
    return Design("random", nodes, edges)


def remaining(service: str, stats: NodeStats) -> int:
    return stats["in_flight"] + (stats["queue_depth"] if service in WITH_A_LINE else 0)


def assert_balanced(design: Design, summary: Summary) -> None:
    for node_id, stats in summary["nodes"].items():
        gone = stats["completions"] + sum(stats["errors"].values())
        assert stats["arrivals"] - gone == remaining(design.nodes[node_id].service, stats), node_id
        assert math.isfinite(stats["latency_ms"]["mean"])
        assert math.isfinite(stats["latency_ms"]["max"])
        assert stats["latency_ms"]["count"] == stats["completions"]
    for edge in summary["edges"].values():
        assert 0 <= edge["errors"] <= edge["calls"]
    for entry in summary["entry_points"].values():
        answered = entry["completions"] + sum(entry["errors"].values())
        assert answered == entry["caller_latency_ms"]["count"] <= entry["requests"]
        assert entry["journey_ms"]["count"] <= answered


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(designs(), st.integers(0, 5))
def test_arrivals_are_completions_errors_and_what_is_in_flight(design: Design, seed: int) -> None:
    try:
        simulation = Simulation(design, Scenario(duration_s=20.0, window_s=5.0, seed=seed, account_concurrency=100))
    except SimulationRefused:
        return
    windows = simulation.advance(wall_ms=1000)
    if not simulation.finished:
        return  # rules that feed each other multiply events without end: nothing to learn from more of them
    summary = simulation.summary()
    assert_balanced(design, summary)
    for node_id, stats in summary["nodes"].items():
        assert sum(window["nodes"][node_id]["arrivals"] for window in windows) == stats["arrivals"]
        assert sum(window["nodes"][node_id]["completions"] for window in windows) == stats["completions"]
    assert windows[-1]["cost_usd"] == pytest.approx(summary["cost"]["total_usd"], abs=1e-8)
