"""Event source mappings: Lambda's pollers in front of queues and streams."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Mapping:
    """One mapping: an edge from a queue or stream to a function, and how its source is polled."""

    edge: Edge
    poll: int
    """Distribution of the time from a message's arrival to the invocation, or -1: it has passed already."""
    passing: float
    """Share of the messages that pass the filter."""
    least_window_s: float = 0.0
    """What arrives within this time comes in one batch, whatever the edge's own batch window."""
    record_kb: float = 0.0
    """Size of a record, 0 where it is not known: a batch closes when its records have reached Lambda's limit."""


def map_queue(plan: Plan, mapping: Mapping, queue: int, visibility_s: float) -> None:
    """Pollers of a standard queue: 5 concurrent batches, 300 more per minute while all are busy, up to the maximum."""
    edge, tables = mapping.edge, plan.tables
    least, most, growth = _concurrency(plan, edge)
    visibility = max(visibility_s, LEAST_VISIBILITY_S)
    timer = tables.timer(visibility, st.OK, queue=queue)
    entry, settle = Label("batch"), Label("settle")
    poller = tables.poller(
        queue,
        **mapping_row(plan, mapping, entry, Label("unused")),
        limit=least,
        limit_least=least,
        limit_most=most,
        growth=growth / 60.0,
        visibility=visibility,
    )
    tables.place(entry)
    tables.emit(op.START_TIMER, resource=timer)
    invoke_function(plan, mapping, settle)
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


def _batch_size(plan: Plan, mapping: Mapping) -> int:
    size = max(int(mapping.edge.number("batch_size", 10.0)), 1)
    if mapping.record_kb <= 0.0:
        return size
    return max(min(size, int(plan.limit("lambda", "mapping_payload") * 1024.0 / mapping.record_kb)), 1)


def mapping_row(plan: Plan, mapping: Mapping, entry: Label, invoke: Label) -> dict[str, float | Label]:
    """The fields of the mapping's poller that queues and shards have in common."""
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
        "batch_size": _batch_size(plan, mapping),
        "window": max(edge.number("batch_window_s"), mapping.least_window_s, 0.0),
        "passing": mapping.passing,
        "partial": int(edge.value("report_batch_item_failures") is True),
        "stream": plan.stream(source, f"filter {edge.id}"),
    }


def invoke_function(
    plan: Plan, mapping: Mapping, settle: Label, invoke: Label | None = None, worked: Label | None = None
) -> None:
    """Hand the batch to the function, or to one of an alias's versions; errors go to ``settle``.

    ``worked`` is what follows right behind; None when that is ``settle`` too.
    """
    edge, tables = mapping.edge, plan.tables
    if mapping.poll >= 0:
        tables.emit(op.DELAY, resource=mapping.poll, stream=plan.stream(edge.source, f"poll {edge.id}"))
    if invoke is not None:
        tables.place(invoke)
    if plan.design.nodes[edge.target].service == ALIAS:
        _invoke_version(plan, edge, settle, settle if worked is None else worked)
    else:
        _hand_over_batch(plan, edge, invoked(plan, edge), settle)


def _invoke_version(plan: Plan, mapping: Edge, settle: Label, worked: Label) -> None:
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
        tables.emit(op.JUMP, target=worked)


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
