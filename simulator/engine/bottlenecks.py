"""Which limits a run reached, in words and from its figures: what it was, from when on, and whom it hurt.

Each statement carries ``harm``, the number of calls and messages that were refused, lost or kept waiting, so that the
worst comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import kernel_layout as lay
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.registry import lowerings
from simulator.engine.results import EdgeStats, EntryStats, NodeStats, Remark
from simulator.engine.watch import Stretch, Watch

_UNEVEN: Final = 0.8
"""With less than this in use on the whole, a refusal comes of one shard or key."""
_WAITED_FOR: Final = 0.1
"""Share of the run for which a node without refusals has to be fully in use before it is worth a word."""
_ALL_FAILED: Final = 0.001
_QUOTAS: Final = {
    "state transitions": ("state transitions", "executions wait for each state"),
    "eventbridge invocations": ("EventBridge target invocations", "deliveries wait"),
    "scheduler invocations": ("Scheduler invocations", "deliveries wait"),
}
"""Quotas of the account that make others wait and refuse nothing: their name, and what comes of it."""
_WORKFLOWS: Final = ("step_functions_standard", "step_functions_express")
_NO_PLACE: Final = ("queue_full", "wait_timeout", "connections_exhausted")


def clock(seconds: float) -> str:
    """Simulated time as ``m:ss`` or ``h:mm:ss``."""
    whole = int(seconds + 1e-6)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def percent(part: float, whole: float) -> str:
    """A share in words: ``31 %``, or with two digits below one per cent."""
    share = 100.0 * part / whole if whole else 0.0
    if part < whole and share > 99.5:
        return "more than 99 %"
    return f"{share:.0f} %" if share >= 1.0 or share == 0.0 else f"{share:.2g} %"


def statement(kind: str, text: str, harm: float, node_id: str | None = None) -> Remark:
    """A remark that tells how many calls or messages it is about."""
    remark: Remark = {"kind": kind, "text": text, "harm": round(harm)}
    if node_id is not None:
        remark["node"] = node_id
    return remark


def bottlenecks(plan: Plan, watch: Watch, nodes: Mapping[str, NodeStats]) -> Iterator[Remark]:
    """A statement for every limit that the nodes of the run reached."""
    for node_id in plan.node_ids:
        node, stats = plan.design.nodes[node_id], nodes[node_id]
        if stats["throttles"]:
            yield statement("bottleneck", _refusal(plan, watch, node, stats), stats["throttles"], node_id)
        yield from _saturation(watch, node, stats)
        timeouts = stats["errors"].get("integration_timeout", 0)
        if timeouts:
            share = percent(timeouts, stats["arrivals"])
            text = (
                f"{node.label} gave up waiting for its integration {timeouts:,} times ({share} of its calls, 504); "
                "the integration went on."
            )
            yield statement("bottleneck", text, timeouts, node_id)


def _refusal(plan: Plan, watch: Watch, node: Node, stats: NodeStats) -> str:
    since = watch.throttled_since_s(node.id, stats["throttles"] / max(stats["arrivals"], 1))
    refused = percent(stats["throttles"], stats["arrivals"])
    if node.service == "lambda":
        limit = _function_limit(plan, watch, node)
        return f"{node.label} is at {limit} from {clock(since)}; {refused} of its calls were throttled."
    return f"{node.label} reached {_limit(watch, node)} from {clock(since)}; {refused} of its calls were refused."


def _function_limit(plan: Plan, watch: Watch, node: Node) -> str:
    """Which of a function's limits it was."""
    reserved, account = node.value("reserved_concurrency"), plan.scenario.account_concurrency
    per_unit = plan.limit("lambda", "requests_per_concurrency")
    if reserved is not None:
        units = node.number("reserved_concurrency")
        if node.id in watch.full or units <= 0.0:
            return f"its reserved concurrency {units:,.0f}"
        return f"{per_unit * units:,.0f} requests/s, {per_unit:g} for each of its {units:,.0f} reserved"
    if node.id in watch.full or watch.account_full is not None:
        return f"the account's concurrency {account:,}"
    if watch.throttled_rate.get(node.id, 0.0) >= 0.95 * per_unit * account:
        return f"the account's {per_unit * account:,.0f} requests/s, {per_unit:g} for each unit of concurrency"
    rate = plan.limit("lambda", "scaling_rate")
    return f"its scaling rate ({rate:,.0f} more environments every 10 s) or a quota that the account shares"


def _limit(watch: Watch, node: Node) -> str:
    """The limit that refused calls, with its figure where the node has one."""
    declared = lowerings().get(node.service)
    what = "its limit" if declared is None else declared.refused
    seconds = watch.throttled.get(node.id, Stretch(0.0)).seconds
    use = watch.use_while_throttled.get(node.id, 0.0) / seconds if seconds else 0.0
    uneven = 0.0 < use < _UNEVEN
    if node.service == "kinesis_stream" and uneven:
        return f"the write limit of a hot shard (the stream as a whole was {use:.0%} in use)".replace("%", " %")
    if node.service == "dynamodb":
        if uneven:
            return f"the limit of a hot partition (the table as a whole was {use:.0%} in use)".replace("%", " %")
        if node.value("billing_mode") == "provisioned":
            units = node.number("read_capacity_units", 5.0), node.number("write_capacity_units", 5.0)
            if node.value("auto_scaling_percent") is not None:
                return "the capacity that auto scaling had given it by then"
            return f"its provisioned capacity of {units[0]:,.0f} read and {units[1]:,.0f} write units/s"
        return "what an on-demand table, or one of its partitions, takes"
    rate = node.value("throttle_rate_per_s")
    if isinstance(rate, (int, float)) and node.service.startswith("api_gateway"):
        return f"{what} (its stage lets {rate:,.0f} requests/s pass)"
    return what


def _saturation(watch: Watch, node: Node, stats: NodeStats) -> Iterator[Remark]:
    """Pools that turn callers away without calling it throttling, and those that are in use all the time."""
    missed = sum(stats["errors"].get(cause, 0) for cause in _NO_PLACE)
    busy = watch.busy.get(node.id)
    if missed and not stats["throttles"]:
        since = watch.full.get(node.id) or busy
        begin = f" from {clock(since.since_s)}" if since else ""
        text = (
            f"{node.label} is saturated{begin}: {percent(missed, stats['arrivals'])} of its calls found no place "
            "or waited too long."
        )
        yield statement("bottleneck", text, missed, node.id)
    elif busy and not stats["throttles"] and node.service not in _WORKFLOWS:
        if busy.seconds < max(_WAITED_FOR * watch.seconds, 1e-9):
            return
        waiting = stats["queue_depth"]
        line = f"; {waiting:,} wait in front of it at the end" if waiting else ""
        share = percent(busy.seconds, watch.seconds)
        text = f"{node.label} is fully in use from {clock(busy.since_s)}, {share} of the time{line}."
        yield statement("bottleneck", text, waiting, node.id)


def quotas(plan: Plan, watch: Watch, nodes: Mapping[str, NodeStats]) -> Iterator[Remark]:
    """Quotas of the account that were used up and make executions or deliveries wait."""
    for name, (quota, effect) in _QUOTAS.items():
        dry = watch.dry.get(name)
        if dry is None or name not in plan.account_buckets:
            continue
        row = plan.account_buckets[name]
        rate = plan.tables.buckets[row]["rate"]
        users = [node_id for node_id in plan.node_ids if row in plan.owned[node_id].buckets]
        worst = max(users, key=lambda node_id: nodes[node_id]["arrivals"])
        text = (
            f"The account's quota of {rate:,.0f} {quota}/s is used up from {clock(dry.since_s)}, "
            f"{percent(dry.seconds, watch.seconds)} of the time: {effect}."
        )
        yield statement("bottleneck", text, sum(nodes[node_id]["in_flight"] for node_id in users), worst)


def breakers(plan: Plan, watch: Watch, edges: Mapping[str, EdgeStats]) -> Iterator[Remark]:
    """Circuit breakers that opened."""
    for edge_id, stretch in watch.open.items():
        edge = plan.design.edges[edge_id]
        source, target = plan.design.nodes[edge.source].label, plan.design.nodes[edge.target].label
        text = (
            f"The circuit breaker from {source} to {target} opened at {clock(stretch.since_s)} and was open in windows "
            f"of {percent(stretch.seconds, watch.seconds)} of the time; calls then failed at once."
        )
        yield statement("bottleneck", text, edges[edge_id]["errors"], edge.target)


def retries(plan: Plan, nodes: Mapping[str, NodeStats], entries: Mapping[str, EntryStats]) -> Iterator[Remark]:
    """Retries that come to more than a tenth of the work itself."""
    for node_id in plan.node_ids:
        stats, node = nodes[node_id], plan.design.nodes[node_id]
        entry = entries.get(node_id)
        first = entry["requests"] if entry is not None else stats["arrivals"]
        if stats["retries"] <= max(0.1 * first, 10):
            continue
        again = stats["retries"] / max(first, 1)
        if node_id in plan.queue_rows:
            came = f"{stats['retries']:,} messages of {node.label} came back after a failed try"
            text = f"{came}, {again:.2g} for each that was sent."
        elif entry is not None:
            text = f"Retries multiply the load of {node.label}: {1.0 + again:.2g} attempts for each request."
        else:
            text = f"{node.label} made {stats['retries']:,} retries, {again:.2g} for each call that reached it."
        yield statement("retries", text, stats["retries"], node_id)


def failing_entries(plan: Plan, entries: Mapping[str, EntryStats]) -> Iterator[Remark]:
    """Entry points at which no request at all was answered well."""
    for node_id, entry in entries.items():
        failed = sum(entry["errors"].values())
        if failed and entry["completions"] <= _ALL_FAILED * failed:
            cause = max(entry["errors"], key=lambda name: entry["errors"][name]).replace("_", " ")
            label = plan.design.nodes[node_id].label
            share = percent(failed, failed + entry["completions"])
            text = f"{share} of the requests of {label} failed, most of them with: {cause}."
            yield statement("failing", text, failed, node_id)


def shards_behind(plan: Plan, state: lay.State, node_id: str) -> str:
    """Where what waits in a stream is not spread evenly: which part of it is in one place."""
    rows = plan.stream_queues.get(node_id, [])
    visible = [int(state.queues[row]["visible"]) for row in rows]
    if len(rows) < 2 or max(visible) < 3 * sum(visible) / len(rows):
        return ""
    return f", {percent(max(visible), sum(visible))} of it in one of {len(rows)} places that keep an order"
