"""Event source mappings: Lambda's pollers in front of queues and streams."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Edge
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.function_entries import ALIAS, invoked, through, version_edges
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

LEAST_POLLERS: Final = 2.0
DEFAULT_POLLERS: Final = 200.0
"""Provisioned pollers of a queue when only one of the two numbers is given (botocore: ProvisionedPollerConfig)."""
LEAST_VISIBILITY_S: Final = 1.0
"""A visibility timeout below one second is run as one second: at zero a message would never be out of sight."""
READ_AGAIN_S: Final = 0.2
"""Five calls a second for each shard: a reader that got nothing asks again after a fifth of a second."""
STREAM_BACKOFF_S: Final = 1.0
STREAM_BACKOFF_MOST_S: Final = 60.0
"""Estimate: a failing stream batch is tried again after 1, 2, 4 ... at most 60 s."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """One mapping: an edge from a queue or stream to a function, and how its source is polled."""

    edge: Edge
    poll: int
    """Distribution of the time from a message's arrival to the invocation."""
    passing: float
    """Share of the messages that pass the filter."""
    poll_interval_s: float = 0.0
    """Time between two polls of a shard: what arrives in between comes in one batch."""
    read_bucket: int = -1
    """Kilobytes that all polling readers of the shard may read, or -1."""
    record_kb: float = 0.0


def filter_share(edge: Edge) -> float:
    """Share of messages that pass the edge's filter; all pass where no filter is set."""
    percent = edge.number("filter_pass_percent", 100.0)
    return min(max(percent / 100.0, 0.0), 1.0)


def map_queue(plan: Plan, mapping: Mapping, queue: int, visibility_s: float) -> None:
    """Pollers of a standard queue: 5 concurrent batches, 300 more per minute while all are busy, up to the maximum."""
    edge, tables = mapping.edge, plan.tables
    least, most, growth = _concurrency(plan, edge)
    visibility = max(visibility_s, LEAST_VISIBILITY_S)
    timer = tables.timer(visibility, st.OK, queue=queue)
    entry, settle = Label("batch"), Label("settle")
    poller = tables.poller(
        queue,
        **_common(plan, mapping, entry, Label("unused")),
        limit=least,
        limit_least=least,
        limit_most=most,
        growth=growth / 60.0,
        visibility=visibility,
    )
    tables.place(entry)
    tables.emit(op.START_TIMER, resource=timer)
    _invoke(plan, mapping, settle)
    tables.place(settle)
    tables.emit(op.STOP_TIMER)
    tables.emit(op.SETTLE, resource=poller)
    tables.emit(op.RETURN, resource=poller)


def _concurrency(plan: Plan, edge: Edge) -> tuple[float, float, float]:
    """Batches at once at the start and at most, and how many more a minute may bring."""
    if edge.value("minimum_pollers") is not None or edge.value("maximum_pollers") is not None:
        each = plan.limit("lambda", "sqs_poller_concurrency")
        least = max(edge.number("minimum_pollers", LEAST_POLLERS), LEAST_POLLERS)
        most = max(edge.number("maximum_pollers", DEFAULT_POLLERS), least)
        return least * each, most * each, plan.limit("lambda", "sqs_provisioned_scale_up")
    most = plan.limit("lambda", "sqs_maximum_concurrency")
    if edge.value("maximum_concurrency") is not None:
        most = max(edge.number("maximum_concurrency"), 1.0)
    return min(plan.limit("lambda", "sqs_initial_concurrency"), most), most, plan.limit("lambda", "sqs_scale_up")


def map_shard(
    plan: Plan, mapping: Mapping, queue: int, failures: tuple[Edge, ...], *, at_once: int | None = None
) -> None:
    """The poller of one shard: ordered batches, which are retried until they work or are given up."""
    edge, tables = mapping.edge, plan.tables
    entry, invoke, settle = Label("batch"), Label("invoke"), Label("settle")
    factor = max(edge.number("parallelization_factor", 1.0), 1.0) if at_once is None else float(at_once)
    age = edge.number("maximum_record_age_s", -1.0)
    row = _common(plan, mapping, entry, invoke)
    row |= {"limit": factor, "limit_least": factor, "limit_most": factor, "ordered": 1}
    if failures:
        row |= {"on_failure": plan.delivery(failures[0]), "on_failure_edge": plan.edge_number(failures[0])}
    poller = tables.poller(
        queue,
        **row,
        bisect=int(edge.value("bisect_on_error") is True),
        maximum_retries=int(edge.number("maximum_retry_attempts", -1.0)),
        maximum_age=math.inf if age < 0 else age,
        backoff=STREAM_BACKOFF_S,
        backoff_most=STREAM_BACKOFF_MOST_S,
    )
    tables.place(entry)
    _invoke(plan, mapping, settle, invoke)
    tables.place(settle)
    tables.emit(op.SETTLE, resource=poller)


def _common(plan: Plan, mapping: Mapping, entry: Label, invoke: Label) -> dict[str, float | Label]:
    edge = mapping.edge
    if invoke.name == "unused":
        invoke = entry
    source = plan.design.nodes[edge.source]
    return {
        "entry": entry,
        "invoke": invoke,
        "node": plan.number(source),
        "function": plan.number(edge.target),
        "edge": plan.edge_number(edge),
        "batch_size": max(int(edge.number("batch_size", 10.0)), 1),
        "window": max(edge.number("batch_window_s"), mapping.poll_interval_s, 0.0),
        "passing": mapping.passing,
        "partial": int(edge.value("report_batch_item_failures") is True),
        "stream": plan.stream(source, f"filter {edge.id}"),
    }


def _invoke(plan: Plan, mapping: Mapping, settle: Label, invoke: Label | None = None) -> None:
    edge, tables = mapping.edge, plan.tables
    if mapping.read_bucket >= 0:
        _wait_for_reading(plan, mapping)
    tables.emit(op.DELAY, resource=mapping.poll, stream=plan.stream(edge.source, f"poll {edge.id}"))
    if invoke is not None:
        tables.place(invoke)
    if plan.design.nodes[edge.target].service == ALIAS:
        _invoke_version(plan, edge, settle)
    else:
        _hand_over_batch(plan, edge, invoked(plan, edge), settle)


def _invoke_version(plan: Plan, mapping: Edge, settle: Label) -> None:
    """One of the alias's versions gets the batch, by their shares."""
    tables, alias = plan.tables, plan.design.nodes[mapping.target]
    plan.edge_number(mapping)
    versions = version_edges(plan, alias.id)
    tables.emit(op.ARRIVE, node=plan.number(alias), flags=2)
    tables.emit(op.DEPART)
    branches = [(plan.weight(edge), Label(edge.id)) for edge in versions]
    if len(branches) > 1:
        tables.route(branches, plan.stream(alias, "version"), plan.number(alias))
    for edge, (_, branch) in zip(versions, branches, strict=True):
        tables.place(branch)
        _hand_over_batch(plan, edge, through(plan, edge), settle)
        tables.emit(op.JUMP, target=settle)


def _hand_over_batch(plan: Plan, edge: Edge, target: Label, settle: Label) -> None:
    plan.tables.emit(
        op.CALL,
        node=plan.number(edge.target),
        target=target,
        edge=plan.edge_number(edge),
        x=1.0,
        flags=2,
        otherwise=settle,
    )


def _wait_for_reading(plan: Plan, mapping: Mapping) -> None:
    """The batch waits until the readers of the shard may read so many kilobytes more."""
    tables = plan.tables
    again, wait, free = Label("read"), Label("wait"), Label("free")
    tables.place(again)
    tables.emit(op.BUCKET, resource=mapping.read_bucket, x=mapping.record_kb, code=st.OK, otherwise=wait)
    tables.emit(op.JUMP, target=free)
    tables.place(wait)
    tables.emit(op.DELAY, resource=tables.constant(READ_AGAIN_S))
    tables.emit(op.JUMP, target=again)
    tables.place(free)
