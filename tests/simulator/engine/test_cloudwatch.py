"""A summary carries CloudWatch's own metric names."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.domain.catalog.registry import services
from simulator.engine.cloudwatch import CONSUMED, METRICS
from simulator.engine.stations import STATUSES
from tests.simulator.engine.designs import Made, Run


@pytest.mark.point("LAM-09")
def test_a_functions_figures_have_the_names_of_its_cloudwatch_metrics(run: Run) -> None:
    summary = run(
        {
            "users": ("client", {"rate_per_s": 60}),
            "work": ("lambda", {"error_percent": 20, "reserved_concurrency": 4, "wait_ms": 90, "cpu_ms": 1}),
        },
        [("users", "work", "invoke")],
    )
    stats = summary["nodes"]["work"]
    told = {name: metric["value"] for name, metric in stats["cloudwatch"].items()}
    assert told["Invocations (Sum)"] == stats["arrivals"] - stats["throttles"]
    assert told["Throttles (Sum)"] == stats["throttles"] > 0
    assert told["Errors (Sum)"] == stats["errors"]["function_error"] > 0
    assert told["ConcurrentExecutions (Maximum)"] == 4
    assert told["Duration (Average, with Init)"] == stats["latency_ms"]["mean"]
    assert stats["cloudwatch"]["Duration (Average, with Init)"]["unit"] == "ms"
    assert "cloudwatch" not in summary["nodes"]["users"]


def test_a_queues_and_an_apis_figures_have_theirs(run: Run) -> None:
    summary = run(
        {"users": ("client", {"rate_per_s": 20}), "api": "api_gateway_rest", "queue": "sqs_standard"},
        [("users", "api", "https"), ("api", "queue", "send_message")],
    )
    api, queue = summary["nodes"]["api"]["cloudwatch"], summary["nodes"]["queue"]["cloudwatch"]
    assert api["Count (Sum)"]["value"] == summary["nodes"]["api"]["arrivals"]
    assert api["4XXError (Sum)"]["value"] == api["5XXError (Sum)"]["value"] == 0
    assert queue["NumberOfMessagesSent (Sum)"]["value"] == summary["nodes"]["queue"]["arrivals"]
    assert queue["ApproximateAgeOfOldestMessage (at the end)"]["value"] > 50


def test_every_error_of_an_api_is_counted_as_4xx_or_5xx() -> None:
    stats = {
        "arrivals": len(STATUSES),
        "latency_ms": {"mean": 0.0, "p99": 0.0},
        "errors": dict.fromkeys(STATUSES[1:], 1),
    }
    counted = [m.value(stats) for m in METRICS["api_gateway_rest"] if m.name.endswith("XXError")]  # type: ignore[arg-type]
    assert sum(counted) == len(STATUSES) - 1


def test_metrics_are_of_services_of_the_catalog_and_each_is_named_once() -> None:
    for service, metrics in METRICS.items():
        assert service in services()
        names = [(metric.name, metric.statistic) for metric in metrics]
        assert len(names) == len(set(names))


def test_a_tables_consumed_capacity_is_what_its_calls_took(run: Run) -> None:
    nodes: Made = {"users": ("client", {"rate_per_s": 20, "pattern": "constant"}), "table": "dynamodb"}
    summary = run(nodes, [("users", "table", "api")])
    stats = summary["nodes"]["table"]
    told = {name: metric["value"] for name, metric in stats["cloudwatch"].items()}
    read, written = (told[f"Consumed{kind}CapacityUnits (Sum)"] for kind in ("Read", "Write"))
    assert read + written >= 0.5 * stats["arrivals"] > 0


def test_the_page_about_results_lists_every_metric() -> None:
    page = (Path(__file__).parents[3] / "docs" / "result-format.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| `")]
    listed = {row[1].strip().strip("`"): row[2] for row in rows}
    for service, metrics in METRICS.items():
        assert services()[service].name in listed[service]
        for name in {metric.name for metric in metrics} | (set(CONSUMED) if service == "dynamodb" else set()):
            assert f"`{name}`" in listed[service], f"{service}: {name}"
