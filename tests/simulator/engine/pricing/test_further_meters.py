"""Meters of things that cost beside requests: storage, snapshots, filters, distance. Each against a sum by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.domain.graph.model import Group
from designer.domain.graph.scenario import Scenario
from simulator.engine.results import Cost
from simulator.engine.simulation import simulate
from tests.simulator.engine.designs import Made, Parameters, Run, draw_design
from tests.simulator.engine.workflow_designs import EXACT

CLIENT: Parameters = {"pattern": "constant", "rate_per_s": 10, "payload_kb": 100}
GB_A_MONTH = 10 * 100 * 730 * 3600 / 1024**2
"""10 payloads of 100 KB a second for 730 hours."""
HOUR = {"duration_s": 3600.0, "window_s": 1800.0}


def monthly(cost: Cost, rate: str) -> float:
    """USD a month at this rate, of all nodes."""
    return sum(line["monthly_usd"] for line in cost["lines"] if line["rate"] == rate)


@pytest.mark.parametrize(("runtime", "cache_usd"), [("python3.13", 0.5 * 730 * 3600 * 1.5046e-6), ("java21", 0.0)])
def test_snapstart_costs_its_cache_and_each_restore_but_not_for_java(run: Run, runtime: str, cache_usd: float) -> None:
    fn: Parameters = {**EXACT, "runtime": runtime, "snap_start": True, "memory_mb": 512}
    summary = run({"users": ("client", CLIENT), "fn": ("lambda", fn)}, [("users", "fn", "invoke")], **HOUR)
    cold = summary["nodes"]["fn"]["cold_starts"] if cache_usd else 0
    assert monthly(summary["cost"], "lambda.snap_start_cache") == pytest.approx(cache_usd)
    assert monthly(summary["cost"], "lambda.snap_start_restore") == pytest.approx(cold * 730 * 0.5 * 0.0001397998)


def test_streamed_answers_cost_what_they_have_above_6_mb(run: Run) -> None:
    nodes: Made = {"users": ("client", CLIENT), "api": ("api_gateway_rest", {"response_kb": 7168}), "fn": "lambda"}
    summary = run(nodes, [("users", "api", "https"), ("api", "fn", "streaming")])
    streamed_gb = summary["edges"]["api-fn-streaming"]["calls"] / 1024
    assert sum(
        line["quantity"] for line in summary["cost"]["lines"] if line["rate"] == "lambda.response_streaming"
    ) == (pytest.approx(streamed_gb))


@pytest.mark.parametrize(("scope", "usd"), [("MessageBody", GB_A_MONTH * 0.09), ("MessageAttributes", 0.0)])
def test_a_filter_on_the_body_costs_for_every_message(run: Run, scope: str, usd: float) -> None:
    policy: Parameters = {"filter_policy": '{"kind": ["order"]}', "filter_policy_scope": scope}
    nodes: Made = {"users": ("client", CLIENT), "topic": "sns_standard", "queue": "sqs_standard"}
    summary = run(nodes, [("users", "topic", "publish"), ("topic", "queue", "subscription", policy)], **HOUR)
    assert monthly(summary["cost"], "sns_standard.body_filtering") == pytest.approx(usd, rel=0.01)


def test_stored_data_costs_by_the_gigabyte_month(run: Run) -> None:
    table: Parameters = {"stored_gb": 100, "point_in_time_recovery": True}
    nodes: Made = {
        "users": "client",
        "fn": "lambda",
        "files": ("s3", {"stored_gb": 1000}),
        "table": ("dynamodb", table),
    }
    cost = run(nodes, [("users", "fn", "invoke"), ("fn", "files", "api"), ("fn", "table", "api")])["cost"]
    assert monthly(cost, "s3.storage") == pytest.approx(23.0)
    assert monthly(cost, "dynamodb.storage") == pytest.approx(25.0)
    assert monthly(cost, "dynamodb.point_in_time_recovery") == pytest.approx(20.0)


@pytest.mark.parametrize(("days", "months"), [(73, 2.4), (None, 1.0)])
def test_log_lines_are_kept_compressed_for_their_retention(run: Run, days: float | None, months: float) -> None:
    fn: Parameters = {**EXACT, "log_bytes": 1_000_000 - 26, "log_retention_days": days}
    summary = run({"users": ("client", CLIENT), "fn": ("lambda", fn)}, [("users", "fn", "invoke")], **HOUR)
    taken_gb = sum(line["monthly_quantity"] for line in summary["cost"]["lines"] if line["rate"] == "lambda.logs")
    assert monthly(summary["cost"], "cloudwatch_logs.storage") == pytest.approx(taken_gb * 0.15 * months * 0.03)


def test_firehose_pays_for_its_interfaces_in_the_vpc_of_a_domain(run: Run) -> None:
    domain: Parameters = {"deployment": "domain", "in_vpc": True, "zone_awareness": True}
    nodes: Made = {"users": "client", "hose": "firehose", "search": ("opensearch", domain), "backup": "s3"}
    arrows = [("users", "hose", "put_record"), ("hose", "search", "delivery"), ("hose", "backup", "backup")]
    summary = run(nodes, arrows, **HOUR)
    assert monthly(summary["cost"], "firehose.vpc_hours") == pytest.approx(2 * 730 * 0.01)
    assert monthly(summary["cost"], "firehose.vpc_data") > 0


def test_records_of_a_topic_are_not_rounded(run: Run) -> None:
    nodes: Made = {"users": "client", "hose": ("firehose", {"source_type": "MSKAsSource", "record_kb": 1}), "to": "s3"}
    summary = run(nodes, [("users", "hose", "put_record"), ("hose", "to", "delivery")])
    (line,) = (line for line in summary["cost"]["lines"] if line["rate"] == "firehose.ingestion_msk")
    assert line["quantity"] * 1024**2 == pytest.approx(summary["nodes"]["hose"]["arrivals"])


def test_requests_to_another_region_and_events_to_another_account_are_billed() -> None:
    """The same design with and without the frames around its halves."""
    arrows = [
        ("users", "bus", "put_events"),
        ("bus", "rule", "rule"),
        ("rule", "there", "target"),
    ]
    nodes: Made = {
        "users": ("client", CLIENT),
        "bus": "eventbridge_bus",
        "rule": ("eventbridge_rule", {"kind": "pattern", "match_percent": 100}),
        "there": "eventbridge_bus",
    }
    design = draw_design(nodes, arrows)
    scenario = Scenario(duration_s=3600.0, window_s=1800.0)
    assert monthly(simulate(design, scenario)["cost"], "eventbridge_rule.cross_account") == 0.0
    frames = {
        "home": Group("home", "account", "production"),
        "east": Group("east", "region", "us-east-1", parent="home"),
        "audit": Group("audit", "account", "audit"),
        "west": Group("west", "region", "us-west-2", parent="audit"),
    }
    places = {"users": None, "bus": "east", "rule": "east", "there": "west"}
    framed = {node_id: replace(node, group=places[node_id]) for node_id, node in design.nodes.items()}
    cost = simulate(replace(design, nodes=framed, groups=frames), scenario)["cost"]
    events = 10 * 730 * 3600
    assert monthly(cost, "eventbridge_rule.cross_account") == pytest.approx(2 * events / 1e6, rel=0.01)
    assert monthly(cost, "data_transfer.regions") == pytest.approx(GB_A_MONTH * 0.02, rel=0.01)
