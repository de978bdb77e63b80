"""Bills of servers, load balancers, gateways and endpoints, against sums done by hand."""

from __future__ import annotations

import pytest

from simulator.engine.results import Summary
from tests.simulator.engine.designs import Nodes, Parameters, Run

CLIENT: Parameters = {"pattern": "constant", "rate_per_s": 10, "payload_kb": 100}
FUNCTION: Parameters = {"in_vpc": True, "cpu_ms": 1}
GB_A_MONTH = 10 * 100 * 730 * 3600 / 1024**2
"""10 payloads of 100 KB a second for 730 hours."""


def monthly(summary: Summary, node: str) -> dict[str, float]:
    return {line["item"]: line["monthly_usd"] for line in summary["cost"]["lines"] if line["node"] == node}


def uploads(run: Run, nodes: Nodes) -> Summary:
    """A function in a VPC that writes what clients send into a bucket."""
    return run(
        {"users": ("client", CLIENT), "save": ("lambda", FUNCTION), "files": "s3", **nodes},
        [("users", "save", "invoke"), ("save", "files", "api")],
        duration_s=3600.0,
        window_s=600.0,
    )


def test_a_nat_gateway_costs_by_the_hour_and_for_what_goes_through_it(run: Run) -> None:
    bill = monthly(uploads(run, {"nat": ("nat", {"gateways": 2}), "igw": "igw"}), "nat")
    assert bill["NAT gateway hours"] == pytest.approx(2 * 730 * 0.045)
    assert bill["Public IPv4 addresses"] == pytest.approx(2 * 730 * 0.005)
    assert bill["Data through a NAT gateway"] == pytest.approx(GB_A_MONTH * 0.045, rel=0.01)


def test_a_gateway_endpoint_is_free_and_takes_the_traffic_off_the_nat_gateway(run: Run) -> None:
    summary = uploads(run, {"nat": "nat", "igw": "igw", "way": ("vpc_endpoint", {"aws_service": "s3"})})
    assert monthly(summary, "way") == {}
    assert "Data through a NAT gateway" not in monthly(summary, "nat")


def test_an_interface_endpoint_costs_in_each_zone_and_for_what_goes_through_it(run: Run) -> None:
    way: Parameters = {"aws_service": "s3", "type": "interface", "zones": 3}
    bill = monthly(uploads(run, {"way": ("vpc_endpoint", way)}), "way")
    assert bill["Interface endpoint hours"] == pytest.approx(3 * 730 * 0.01)
    assert bill["Data through interface endpoints"] == pytest.approx(GB_A_MONTH * 0.01, rel=0.01)


def test_tasks_and_their_load_balancer_cost_by_the_hour(run: Run) -> None:
    tasks: Parameters = {"desired_count": 2, "vcpu": "0.5", "memory_mb": 1024}
    summary = run(
        {"users": ("client", CLIENT), "web": "alb", "shop": ("ecs_fargate", tasks)},
        [("users", "web", "https"), ("web", "shop", "target")],
        duration_s=3600.0,
        window_s=600.0,
    )
    shop, web = monthly(summary, "shop"), monthly(summary, "web")
    assert shop["vCPU of tasks, Linux on x86"] == pytest.approx(2 * 730 * 0.5 * 0.04048)
    assert shop["Memory of tasks"] == pytest.approx(2 * 730 * 0.004445)
    assert web["Load balancer hours"] == pytest.approx(730 * 0.0225)
    assert web["Public IPv4 addresses"] == pytest.approx(2 * 730 * 0.005)
    assert web["Load balancer capacity units"] == pytest.approx(GB_A_MONTH * 0.008, rel=0.01)


def test_instances_cost_from_their_launch_on(run: Run) -> None:
    """One instance all the time, and seven more from the first look of the alarm, three minutes later, on."""
    group: Parameters = {
        "instance_type": "m6i.large",
        "min_size": 1,
        "max_size": 8,
        "scaling": "backlog",
        "backlog_per_instance": 1,
        "duration_ms": 100_000,
        "concurrency": 1,
    }
    summary = run(
        {
            "users": ("client", {"pattern": "constant", "rate_per_s": 10}),
            "front": ("lambda", {"cpu_ms": 1}),
            "jobs": "sqs_standard",
            "group": ("ec2_autoscaling_group", group),
        },
        [("users", "front", "invoke"), ("front", "jobs", "send_message"), ("jobs", "group", "poll")],
        duration_s=3600.0,
        window_s=600.0,
    )
    (line,) = (line for line in summary["cost"]["lines"] if line["node"] == "group")
    assert line["item"] == "m6i.large instances, Linux on demand"
    assert line["quantity"] == pytest.approx(1 + 7 * (3600 - 180) / 3600, rel=0.001)
    assert line["amount_usd"] == pytest.approx(line["quantity"] * 0.096)


def test_a_fixed_group_costs_its_number(run: Run) -> None:
    summary = run(
        {"users": "client", "web": "alb", "group": ("ec2_autoscaling_group", {"min_size": 3, "max_size": 3})},
        [("users", "web", "https"), ("web", "group", "target")],
    )
    assert monthly(summary, "group") == {"t3.medium instances, Linux on demand": pytest.approx(3 * 730 * 0.0416)}
