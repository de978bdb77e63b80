"""From the kernel's tallies to the numbers of a window or a summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.engine import kernel_layout as lay
from simulator.engine import stations as st
from simulator.engine.kernel_histogram import FIRST
from simulator.engine.lowering.plan import Plan
from simulator.engine.results import EdgeStats, EntryStats, Latency, NodeStats

_LOWER: Final = ((np.arange(st.BUCKETS, dtype=np.int64) + FIRST) << 47).view(np.float64)
_UPPER: Final = ((np.arange(st.BUCKETS, dtype=np.int64) + FIRST + 1) << 47).view(np.float64)
MIDDLE_S: Final = 0.5 * (_LOWER + _UPPER)
"""The value (s) that stands for each bucket of a histogram."""
NO_LATENCY: Final[Latency] = {"count": 0, "mean": 0.0, "p50": 0.0, "p95": 0.0, "p99": 0.0, "max": 0.0}
_SHARES: Final = np.array([0.50, 0.95, 0.99])


def latency(histogram: NDArray[np.int64], total_s: float, most_s: float) -> Latency:
    """Mean, percentiles (nearest rank, middle of the bucket) and maximum in milliseconds."""
    cumulated = np.cumsum(histogram)
    count = int(cumulated[-1])
    if count == 0:
        return {**NO_LATENCY}
    positions = np.searchsorted(cumulated, np.ceil(_SHARES * count))
    p50, p95, p99 = (round(1000.0 * min(float(MIDDLE_S[position]), most_s), 4) for position in positions)
    mean, most = round(1000.0 * total_s / count, 4), round(1000.0 * most_s, 4)
    return {"count": count, "mean": mean, "p50": p50, "p95": p95, "p99": p99, "max": most}


@dataclass
class Tallies:
    """Counts over a stretch of simulated time. Two stretches add up with :meth:`add`."""

    seconds: float
    counts: NDArray[np.int64]
    errors: NDArray[np.int64]
    lost: NDArray[np.int64]
    edges: NDArray[np.int64]
    entries: NDArray[np.int64]
    entry_errors: NDArray[np.int64]
    histograms: NDArray[np.int64]
    histogram_sums: NDArray[np.float64]
    meters: NDArray[np.float64]
    areas: NDArray[np.float64]
    most: NDArray[np.int64]

    def add(self, other: Tallies) -> None:
        """Add a later stretch."""
        self.seconds += other.seconds
        for name in ("counts", "errors", "lost", "edges", "entries", "entry_errors", "histograms", "meters", "areas"):
            mine = getattr(self, name)
            mine += getattr(other, name)
        self.histogram_sums[:, 0] += other.histogram_sums[:, 0]
        np.maximum(self.histogram_sums[:, 1], other.histogram_sums[:, 1], out=self.histogram_sums[:, 1])
        np.maximum(self.most, other.most, out=self.most)


def empty_tallies(state: lay.State) -> Tallies:
    """Tallies of a stretch of no length."""
    return Tallies(
        seconds=0.0,
        counts=np.zeros_like(state.counts),
        errors=np.zeros_like(state.errors),
        lost=np.zeros_like(state.lost),
        edges=np.zeros_like(state.edges),
        entries=np.zeros_like(state.entries),
        entry_errors=np.zeros_like(state.entry_errors),
        histograms=np.zeros_like(state.histograms),
        histogram_sums=np.zeros_like(state.histogram_sums),
        meters=np.zeros_like(state.meters),
        areas=np.zeros(len(state.gauges)),
        most=np.zeros(len(state.gauges), dtype=np.int64),
    )


def collect(state: lay.State, seconds: float) -> Tallies:
    """Take the tallies of the last ``seconds`` out of the kernel's arrays, which begin at zero again."""
    now = float(state.clock["now"][0])
    state.gauges["area"] += state.gauges["value"] * (now - state.gauges["last"])
    state.gauges["last"] = now
    state.gauges["total"] += state.gauges["area"]
    meters = state.meters.copy()
    # A level, not a total: it is not taken away at the end of a window.
    meters[:, st.METER_WAITING_EVENTS] = 0.0
    taken = Tallies(
        seconds=seconds,
        counts=state.counts.copy(),
        errors=state.errors.copy(),
        lost=state.lost.copy(),
        edges=state.edges.copy(),
        entries=state.entries.copy(),
        entry_errors=state.entry_errors.copy(),
        histograms=state.histograms.copy(),
        histogram_sums=state.histogram_sums.copy(),
        meters=meters,
        areas=state.gauges["area"].copy(),
        most=state.gauges["most"].copy(),
    )
    for array in (state.counts, state.errors, state.lost, state.edges, state.entries, state.entry_errors):
        array[:] = 0
    state.histograms[:] = 0
    state.histogram_sums[:] = 0.0
    np.subtract(state.meters, meters, out=state.meters)
    watching = state.scalers["watched"] >= 0
    rows = state.scalers[watching]
    state.scalers["taken"][watching] -= meters[rows["node"], rows["watched"]]
    state.gauges["area"] = 0.0
    state.gauges["most"] = state.gauges["value"]
    return taken


@dataclass(frozen=True)
class Levels:
    """What is waiting where at one moment, by node row."""

    depth: dict[int, int] = field(default_factory=dict)
    in_flight: dict[int, int] = field(default_factory=dict)
    oldest_s: dict[int, float] = field(default_factory=dict)


def settle_queues(plan: Plan, state: lay.State) -> None:
    """Bring queues up to date: how long they have been empty, and what has been kept too long without a reader."""
    now = float(state.clock["now"][0])
    for row in range(len(plan.tables.scalers)):
        scaler = state.scalers[row]
        servers, column = scaler["servers"] + scaler["launching"], st.METER_SERVER_S
        if scaler["kind"] >= st.SCALES_CAPACITY:
            servers, column = scaler["servers"], scaler["kept"]
        state.meters[scaler["node"], column] += servers * (now - scaler["metered"])
        scaler["metered"] = now
    for row in plan.queue_rows.values():
        queue = state.queues[row]
        if queue["visible"] == 0:
            state.meters[queue["node"], st.METER_EMPTY_S] += now - queue["empty_since"]
            queue["empty_since"] = now
        if queue["first_poller"] >= 0 or queue["stored"] == 0:
            continue
        slot = int(now * st.SLOTS / queue["retention"])
        for passed in range(max(int(queue["slot"]), slot - st.SLOTS) + 1, slot + 1):
            at = passed % st.SLOTS
            state.errors[queue["node"], st.EXPIRED] += state.slots[row, at]
            queue["stored"] -= state.slots[row, at]
            state.slots[row, at] = 0
        queue["slot"] = max(int(queue["slot"]), slot)


def levels(plan: Plan, state: lay.State) -> Levels:
    """Depth, messages in flight and the age of the oldest of every queue, stream and internal queue."""
    found = Levels()
    now = float(state.clock["now"][0])
    for node_id, row in plan.queue_rows.items():
        queue, node = state.queues[row], plan.number(node_id)
        found.depth[node] = int(queue["visible"] + queue["stored"])
        found.in_flight[node] = int(queue["in_flight"])
        found.oldest_s[node] = _oldest(state, row, now)
    for node_id, rows in plan.stream_queues.items():
        node = plan.number(node_id)
        visible = state.queues["visible"][rows]
        found.depth[node] = int(visible.sum())
        waiting = np.array(rows)[visible > 0]
        ages = [_oldest(state, int(row), now) for row in waiting]
        found.oldest_s[node] = max([*ages, _blocked(state, rows, now)])
    for node_id, row in plan.pool_rows.items():
        found.depth[plan.number(node_id)] = int(state.pools["waiting"][row])
    for node_id in sorted(plan.waiting_events):
        node = plan.number(node_id)
        found.depth[node] = round(float(state.meters[node, st.METER_WAITING_EVENTS]))
    return found


def _blocked(state: lay.State, rows: list[int], now: float) -> float:
    """Age of the oldest record of a batch that blocks one of these shards, s."""
    clocks = state.pollers["scale_frame"][state.queues["first_poller"][rows]]
    blocked = clocks[state.frames["attempts"][clocks] > 0]
    return round(float((now - state.frames["started"][blocked]).max(initial=0.0)), 3)


def _oldest(state: lay.State, row: int, now: float) -> float:
    queue = state.queues[row]
    if queue["visible"] > 0:
        return round(now - float(state.frames["enqueued"][queue["head"]]), 3)
    if queue["stored"] > 0:
        kept = state.slots[row] > 0
        return round(now - float(state.slot_starts[row][kept].min()), 3)
    return 0.0


def node_stats(plan: Plan, tallies: Tallies, state: lay.State, levels_now: Levels) -> dict[str, NodeStats]:
    """Statistics of every node over the tallies' stretch, with the levels at its end."""
    return {node_id: _node(plan, tallies, state, levels_now, node_id) for node_id in plan.node_ids}


def _node(plan: Plan, tallies: Tallies, state: lay.State, levels_now: Levels, node_id: str) -> NodeStats:
    row = plan.number(node_id)
    counts = tallies.counts[row]
    seconds = max(tallies.seconds, 1e-12)
    stats: NodeStats = {
        "arrivals": int(counts[st.ARRIVALS]),
        "completions": int(counts[st.COMPLETIONS]),
        "errors": _causes(tallies.errors[row]),
        "throttles": 0 if plan.design.nodes[node_id].service == "client" else int(counts[st.THROTTLES]),
        "cold_starts": int(counts[st.COLD_STARTS]),
        "retries": int(counts[st.RETRIES]),
        "concurrency": round(float(tallies.areas[row]) / seconds, 6),
        "concurrency_max": int(tallies.most[row]),
        "utilisation": _utilisation(plan, tallies, node_id, seconds),
        "queue_depth": levels_now.depth.get(row, 0),
        "in_flight": levels_now.in_flight.get(row, int(state.gauges["value"][row])),
        "oldest_age_s": levels_now.oldest_s.get(row, 0.0),
        "latency_ms": latency(tallies.histograms[row], *tallies.histogram_sums[row].tolist()),
    }
    if tallies.lost[row].any():
        stats["lost"] = _causes(tallies.lost[row])
    if counts[st.FILTERED]:
        stats["filtered"] = int(counts[st.FILTERED])
    if counts[st.DUPLICATES]:
        stats["duplicates"] = int(counts[st.DUPLICATES])
    return stats


def _causes(row: NDArray[np.int64]) -> dict[str, int]:
    return {st.STATUSES[status]: int(row[status]) for status in np.flatnonzero(row)}


def capacity(plan: Plan, node_id: str) -> float | None:
    """What the node can have in service at once, as configured; None where it reports no limit."""
    if node_id not in plan.concurrency:
        return None
    limit, provisioned = plan.concurrency[node_id]
    return float(plan.tables.limits[limit]["capacity"] + provisioned)


def _utilisation(plan: Plan, tallies: Tallies, node_id: str, seconds: float) -> float | None:
    row = plan.number(node_id)
    if node_id in plan.scaled:
        worker_s = float(tallies.meters[row, st.METER_SERVER_S]) * plan.scaled[node_id]
        return round(float(tallies.areas[row]) / worker_s, 6) if worker_s > 0 else None
    if node_id in plan.sharded:
        meter, per_s = plan.sharded[node_id]
        shard_s = float(tallies.meters[row, st.METER_SERVER_S])
        return round(float(tallies.meters[row, meter]) / (shard_s * per_s), 6) if shard_s > 0 else None
    most = capacity(plan, node_id)
    if most is not None:
        return round(float(tallies.areas[row]) / seconds / most, 6) if most > 0 else None
    shares = [float(tallies.meters[row, meter]) / (seconds * per_s) for meter, per_s in plan.rated.get(node_id, ())]
    for meter, kept in plan.kept.get(node_id, ()):
        shares.append(float(tallies.meters[row, meter]) / max(float(tallies.meters[row, kept]), 1e-12))
    return round(max(shares), 6) if shares else None


def edge_stats(plan: Plan, tallies: Tallies) -> dict[str, EdgeStats]:
    """Calls and errors of every edge."""
    return {
        edge_id: {"calls": int(tallies.edges[row, 0]), "errors": int(tallies.edges[row, 1])}
        for row, edge_id in enumerate(plan.edge_ids)
    }


def entry_stats(plan: Plan, tallies: Tallies) -> dict[str, EntryStats]:
    """What the callers of every entry point saw."""
    found: dict[str, EntryStats] = {}
    for row, node_id in enumerate(plan.entry_ids):
        caller = len(plan.node_ids) + 2 * row
        found[node_id] = {
            "requests": int(tallies.entries[row, 0]),
            "completions": int(tallies.entries[row, 1]),
            "errors": _causes(tallies.entry_errors[row]),
            "caller_latency_ms": latency(tallies.histograms[caller], *tallies.histogram_sums[caller].tolist()),
            "journey_ms": latency(tallies.histograms[caller + 1], *tallies.histogram_sums[caller + 1].tolist()),
        }
    return found
