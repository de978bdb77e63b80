"""Servers: fleets that serve requests or read queues and grow with a delay, load balancers, databases and caches."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from designer.domain.graph.scenario import Pattern, Scenario, Traffic
from simulator.engine.results import Summary, Window
from simulator.engine.simulation import simulate
from tests.simulator.engine.designs import Arrow, Nodes, Parameters, Run, draw_design

STEADY: Parameters = {"pattern": "constant", "rate_per_s": 20}
EXACT: Parameters = {"duration_cv": 0, "duration_ms": 400}


def watched(nodes: Nodes, arrows: Sequence[Arrow], duration_s: float) -> tuple[Summary, list[Window]]:
    """A run with its windows of one minute."""
    windows: list[Window] = []
    scenario = Scenario(duration_s=duration_s, window_s=60.0)
    return simulate(draw_design(nodes, arrows), scenario, windows.append), windows


def backlog(duration_s: float = 2400.0, **group: float | str) -> list[int]:
    """Waiting messages after each minute: 20 come in a second, and one instance does 2 / 0.4 s = 5."""
    workers = {**EXACT, "min_size": 1, "max_size": 8, "concurrency": 2, "backlog_per_instance": 200, **group}
    _, windows = watched(
        {
            "users": ("client", STEADY),
            "front": ("lambda", {"cpu_ms": 1, "duration_variation": 0}),
            "jobs": "sqs_standard",
            "workers": ("ec2_autoscaling_group", workers),
        },
        [
            ("users", "front", "invoke"),
            ("front", "jobs", "send_message"),
            ("jobs", "workers", "poll", {"fetch_size": 1}),
        ],
        duration_s,
    )
    return [window["nodes"]["jobs"]["queue_depth"] for window in windows]


@pytest.mark.point("SQS-05")
def test_instances_that_scale_on_their_backlog_catch_up_and_a_fixed_number_does_not() -> None:
    fixed, growing = backlog(), backlog(scaling="backlog")
    assert fixed[-1] == pytest.approx(15 * 2400, rel=0.05)
    assert growing[1] == pytest.approx(15 * 120, rel=0.1), "the alarm has not looked yet"
    assert max(growing) < 12_000
    assert min(growing[20:]) == 0


@pytest.mark.point("SQS-05")
def test_a_launched_instance_takes_messages_only_after_its_start() -> None:
    slow, fast = (backlog(900.0, scaling="backlog", start_time_s=start) for start in (600, 30))
    assert slow[9] == pytest.approx(15 * 600, rel=0.1), "nothing has started yet"
    assert fast[9] < slow[9] / 1.5


def test_failed_messages_come_back_and_the_others_are_deleted(run: Run) -> None:
    summary = run(
        {
            "users": ("client", {"pattern": "constant", "rate_per_s": 5}),
            "front": ("lambda", {"cpu_ms": 1}),
            "jobs": ("sqs_standard", {"visibility_timeout_s": 5}),
            "tasks": ("ecs_fargate", {"duration_ms": 10, "duration_cv": 0, "error_percent": 50}),
            "dead": "sqs_standard",
        },
        [
            ("users", "front", "invoke"),
            ("front", "jobs", "send_message"),
            ("jobs", "tasks", "poll"),
            ("jobs", "dead", "redrive", {"max_receive_count": 2}),
        ],
        duration_s=600.0,
    )
    queue = summary["nodes"]["jobs"]
    assert queue["completions"] == pytest.approx(3000 * 0.75, rel=0.06)
    assert summary["nodes"]["dead"]["arrivals"] == pytest.approx(3000 * 0.25, rel=0.12)


def web(
    tasks: Parameters, client: Parameters = STEADY, balancer: Parameters | None = None
) -> tuple[Nodes, list[Arrow]]:
    return (
        {"users": ("client", client), "web": ("alb", balancer or {}), "shop": ("ecs_fargate", {**EXACT, **tasks})},
        [("users", "web", "https"), ("web", "shop", "target")],
    )


def test_a_service_is_as_busy_as_its_workers_are_asked_for(run: Run) -> None:
    """20/s of 0.4 s each are 8 busy workers; two tasks have 16 of them."""
    shop = run(*web({"desired_count": 2, "concurrency": 8}), duration_s=600.0)["nodes"]["shop"]
    assert shop["utilisation"] == pytest.approx(0.5, abs=0.01)
    assert shop["latency_ms"]["p50"] == pytest.approx(400, rel=0.03)
    assert not shop["errors"]


def test_requests_wait_for_a_worker_and_are_refused_when_the_line_is_full(run: Run) -> None:
    """Ten workers serve 25/s; 50/s come, so half of them find 20 others waiting."""
    tasks = {"desired_count": 1, "concurrency": 10, "queue_limit": 20}
    summary = run(*web(tasks, {"pattern": "poisson", "rate_per_s": 50}), duration_s=300.0)
    shop = summary["nodes"]["shop"]
    assert shop["completions"] == pytest.approx(25 * 300, rel=0.03)
    assert shop["errors"]["queue_full"] == pytest.approx(25 * 300, rel=0.1)
    assert shop["latency_ms"]["p95"] > 900
    assert summary["entry_points"]["users"]["errors"]["service_unavailable"] == shop["errors"]["queue_full"]


def test_who_has_waited_too_long_for_a_worker_gets_an_error(run: Run) -> None:
    tasks = {"desired_count": 1, "concurrency": 4, "request_timeout_s": 2}
    shop = run(*web(tasks), duration_s=300.0)["nodes"]["shop"]
    assert shop["completions"] == pytest.approx(10 * 300, rel=0.03)
    assert shop["errors"]["wait_timeout"] == pytest.approx(10 * 300, rel=0.05)


def test_a_load_balancer_gives_up_after_its_idle_timeout(run: Run) -> None:
    tasks = {"desired_count": 4, "concurrency": 100, "duration_ms": 5_000}
    summary = run(*web(tasks, {"pattern": "constant", "rate_per_s": 5}, {"idle_timeout_s": 2}), duration_s=120.0)
    assert set(summary["nodes"]["web"]["errors"]) == {"integration_timeout"}
    assert summary["entry_points"]["users"]["completions"] == 0


def test_a_service_that_scales_on_utilisation_settles_where_the_target_says() -> None:
    """8 busy workers at a target of 50 % are 16 workers: four tasks of 4."""
    tasks: Parameters = {
        "desired_count": 2,
        "min_tasks": 1,
        "max_tasks": 10,
        "concurrency": 4,
        "scaling": "utilisation",
        "target_utilisation_percent": 50,
    }
    _, windows = watched(*web(tasks), 3600.0)
    assert windows[0]["nodes"]["shop"]["utilisation"] == pytest.approx(1.0, abs=0.05)
    assert windows[-1]["nodes"]["shop"]["utilisation"] == pytest.approx(0.5, abs=0.03)


def test_a_service_keeps_its_tasks_through_a_lull_and_gives_them_up_after_a_quarter_of_an_hour() -> None:
    """14.4 busy workers at a target of 50 % need four tasks of 8; when it is quiet, one is enough."""
    tasks: Parameters = {
        "desired_count": 4,
        "min_tasks": 1,
        "max_tasks": 10,
        "concurrency": 8,
        "scaling": "utilisation",
        "target_utilisation_percent": 50,
    }
    steps = ((0.0, 36.0), (1800.0, 1.0), (2160.0, 36.0), (2700.0, 1.0))
    traffic = (Traffic("users", pattern=Pattern.STEP, rate_per_s=36.0, steps=steps),)
    windows: list[Window] = []
    scenario = Scenario(duration_s=4500.0, window_s=60.0, traffic=traffic)
    simulate(draw_design(*web(tasks)), scenario, windows.append)
    busy = [window["nodes"]["shop"]["utilisation"] or 0.0 for window in windows]
    assert busy[40] == pytest.approx(0.45, abs=0.05), "six quiet minutes took no task away"
    assert busy[54] == pytest.approx(0.4 / 32, abs=0.01)
    assert busy[-1] == pytest.approx(0.4 / 8, abs=0.02), "one task is left"


def test_a_function_that_fails_is_a_502_of_its_load_balancer_and_a_server_s_error_is_passed_on(run: Run) -> None:
    nodes: Nodes = {
        "users": ("client", STEADY),
        "web": "alb",
        "fn": ("lambda", {"cpu_ms": 1}),
        "inner": ("lambda", {"cpu_ms": 1, "error_percent": 100}),
        "shop": ("ecs_fargate", {**EXACT, "duration_ms": 1, "error_percent": 100}),
    }
    arrows = [("users", "web", "https"), ("web", "fn", "target"), ("fn", "inner", "invoke"), ("web", "shop", "target")]
    assert set(run(nodes, arrows)["nodes"]["web"]["errors"]) == {"bad_gateway", "internal_error"}


def test_a_load_balancer_spreads_requests_by_weight(run: Run) -> None:
    nodes, arrows = web({"concurrency": 100})
    nodes = {**nodes, "fn": ("lambda", {"cpu_ms": 1, "duration_variation": 0})}
    summary = run(
        nodes, [*arrows[:1], ("web", "shop", "target", {"weight": 3}), ("web", "fn", "target")], duration_s=600.0
    )
    share = summary["nodes"]["shop"]["arrivals"] / summary["nodes"]["web"]["arrivals"]
    assert share == pytest.approx(0.75, abs=0.02)


def database(run: Run, **settings: float | bool) -> Summary:
    """40 queries/s of 100 ms on two processors: twice what they can do."""
    return run(
        {
            "users": ("client", {"pattern": "poisson", "rate_per_s": 40}),
            "fn": ("lambda", {"in_vpc": True, "cpu_ms": 1, "timeout_s": 60}),
            "db": ("rds_aurora", {"duration_ms": 100, "duration_cv": 0, "max_connections": 20, **settings}),
        },
        [("users", "fn", "invoke"), ("fn", "db", "connect")],
        duration_s=300.0,
    )


def test_a_database_refuses_connections_beyond_its_most_and_a_proxy_makes_them_wait(run: Run) -> None:
    refused = database(run)["nodes"]["db"]
    assert refused["errors"]["connections_exhausted"] == pytest.approx(20 * 300, rel=0.1)
    assert refused["completions"] == pytest.approx(20 * 300, rel=0.03)
    assert refused["concurrency_max"] == 20
    assert refused["concurrency"] == pytest.approx(20.0, rel=0.05)
    waiting = database(run, rds_proxy=True, proxy_borrow_timeout_s=5)["nodes"]["db"]
    assert waiting["concurrency"] == pytest.approx(20.0, rel=0.03)
    assert waiting["queue_depth"] == pytest.approx(5 * 40, rel=0.1)
    assert "connections_exhausted" not in waiting["errors"]
    assert waiting["errors"]["wait_timeout"] == pytest.approx(20 * 300, rel=0.1)
    assert waiting["latency_ms"]["p50"] > refused["latency_ms"]["p50"]


def test_a_cache_answers_in_its_time(run: Run) -> None:
    summary = run(
        {"users": "client", "fn": ("lambda", {"in_vpc": True}), "cache": ("elasticache", {"duration_ms": 0.8})},
        [("users", "fn", "invoke"), ("fn", "cache", "connect")],
    )
    assert summary["nodes"]["cache"]["latency_ms"]["p50"] == pytest.approx(0.8, rel=0.05)


def test_a_task_that_is_started_for_a_job_works_after_its_start_while_the_caller_goes_on(run: Run) -> None:
    summary = run(
        {
            "users": ("client", {"pattern": "constant", "rate_per_s": 1}),
            "fn": ("lambda", {"cpu_ms": 1}),
            "job": ("ecs_fargate", {"desired_count": 0, "start_time_s": 30, "duration_ms": 10_000, "duration_cv": 0}),
        },
        [("users", "fn", "invoke"), ("fn", "job", "run_task")],
        duration_s=600.0,
    )
    assert summary["nodes"]["fn"]["latency_ms"]["p50"] < 1_000
    assert summary["nodes"]["job"]["latency_ms"]["p50"] == pytest.approx(40_000, rel=0.1)


def test_gateways_and_endpoints_are_ways_of_calls_and_no_stations_that_a_run_would_miss(run: Run) -> None:
    summary = run(
        {
            "users": "client",
            "fn": ("lambda", {"in_vpc": True}),
            "files": "s3",
            "nat": "nat",
            "igw": "igw",
            "way": "vpc_endpoint",
        },
        [
            ("users", "fn", "invoke"),
            ("fn", "files", "api"),
            ("nat", "igw", "route"),
            ("way", "files", "gateway_endpoint"),
        ],
    )
    assert [remark for remark in summary["remarks"] if remark["kind"] == "not_modelled"] == []
