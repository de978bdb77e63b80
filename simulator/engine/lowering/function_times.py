"""How long a function takes: its handler by the processor that its memory gives, and the init phase of a cold start."""

from __future__ import annotations

import math

from designer.domain.catalog.lambda_init import init_duration
from designer.domain.graph.model import Node
from simulator.engine.lowering.plan import Plan


def timeout_s(node: Node) -> float:
    """The longest that an invocation may take."""
    return max(node.number("timeout_s", 3.0), 0.001)


def work_distribution(plan: Plan, node: Node) -> int:
    """Time of the handler for one record, without calls to other services.

    t = wait + cpu * max(1, 1769 MB / memory): one thread gets memory / 1769 MB of a vCPU and gains nothing
    above it. Log-normal with the node's coefficient of variation: sigma^2 = ln(1 + cv^2), mu = ln(t) - sigma^2 / 2.
    """
    full = plan.limit("lambda", "memory_per_vcpu")
    factor = max(full / max(node.number("memory_mb", 128.0), 1.0), 1.0)
    mean = (node.number("wait_ms") + node.number("cpu_ms") * factor) / 1000.0
    variation = node.number("duration_variation")
    if mean <= 0.0 or variation <= 0.0:
        return plan.tables.constant(max(mean, 0.0))
    variance = math.log(1.0 + variation * variation)
    return plan.tables.lognormal(math.log(mean) - variance / 2.0, math.sqrt(variance))


def initialisation(plan: Plan, node: Node) -> int:
    """The billed init phase of a cold start: the person's figure, a SnapStart restore, or measured by runtime.

    A phase that takes longer than AWS allows is stopped there and repeated within the call, up to its timeout.
    """
    if node.value("init_ms") is not None:
        seconds, longest = node.number("init_ms") / 1000.0, plan.limit("lambda", "init")
        if seconds > longest and node.value("snap_start") is not True:
            seconds = longest + min(seconds, timeout_s(node))
        return plan.tables.constant(seconds)
    if node.value("snap_start") is True:
        return plan.latency("lambda.snap_start_restore")
    found = init_duration(str(node.value("runtime")), str(node.value("package_type")), str(node.value("architecture")))
    return plan.percentiles(found.p50_ms, found.p99_ms)


def never_begins(plan: Plan, node: Node) -> bool:
    """Whether every cold start ends with the function's timeout, because its init phase is repeated within it."""
    seconds = node.number("init_ms") / 1000.0
    prepared = node.value("snap_start") is True or node.number("provisioned_concurrency") > 0.0
    return not prepared and seconds > plan.limit("lambda", "init") and seconds >= timeout_s(node)


def lacks_memory(node: Node) -> bool:
    """Whether the code needs more memory than the function has."""
    return node.number("memory_needed_mb") > node.number("memory_mb", 128.0)
