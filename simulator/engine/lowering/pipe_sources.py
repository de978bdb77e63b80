"""Pipes as readers of queues and streams: they are polled like functions, with the settings of the pipe."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Edge, Node
from simulator.engine.lowering.function_entries import FUNCTIONS
from simulator.engine.lowering.matching import pipe_percent
from simulator.engine.lowering.plan import Plan

PIPE: Final = "eventbridge_pipe"
_SETTINGS: Final = (
    "batch_size",
    "batch_window_s",
    "parallelization_factor",
    "maximum_retry_attempts",
    "maximum_record_age_s",
    "bisect_on_error",
)
_GIVEN_UP: Final = (".stream_on_failure", f"{PIPE}.sqs_standard.target_dlq")


def batch_reader(plan: Plan, edge: Edge) -> Edge | None:
    """The edge with the batch settings of who reads over it: a function's own, or those of a running pipe.

    None for edges over which nobody is handed batches.
    """
    target = plan.design.nodes[edge.target]
    if edge.flow is not Flow.POLL:
        return None
    if target.service in FUNCTIONS:
        return edge
    if target.service != PIPE or target.value("enabled") is False:
        return None
    settings = {name: target.value(name) for name in _SETTINGS}
    settings["filter_pass_percent"] = pipe_percent(target)
    return replace(edge, parameters={**settings, "report_batch_item_failures": reports_failed_records(target)})


def reports_failed_records(pipe: Node) -> bool:
    """Whether the pipe's target names the records that failed."""
    return pipe.value("reports_failed_records") is True


def given_up(plan: Plan, edge: Edge) -> tuple[Edge, ...]:
    """Where the reader of a stream reports the batches that it gives up."""
    return tuple(other for other in plan.design.outgoing(edge.target) if other.connection.endswith(_GIVEN_UP))
