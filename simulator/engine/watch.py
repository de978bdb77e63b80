"""What is remembered of the windows of a run, so that its end can say when a limit was reached and what grew."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from simulator.engine import kernel_layout as lay
from simulator.engine.kernel_faults import CLOSED
from simulator.engine.lowering.plan import Plan
from simulator.engine.metrics import capacity
from simulator.engine.results import NodeStats, Window

BUSY: Final = 0.97
"""From this utilisation on everything counts as in use."""
_DRY: Final = 0.01
"""A token bucket with no more than this share of its tokens is used up."""
_GROWING_SHARE: Final = 0.05
_GROWING_LEAST: Final = 20
_DEVIATIONS: Final = 4.0


@dataclass
class Stretch:
    """Since when something was so, and how long in all (s)."""

    since_s: float
    seconds: float = 0.0


@dataclass
class Line:
    """What was not done at a node at the end of each window, and what had come by then."""

    ends_s: list[float] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    arrived: list[int] = field(default_factory=list)


def not_done(plan: Plan, node_id: str, stats: NodeStats) -> int:
    """What waits at a node. Of a queue also what is in flight: throttled messages wait there to be visible again."""
    return stats["queue_depth"] + (stats["in_flight"] if node_id in plan.queue_rows else 0)


class Watch:
    """Takes note of every window."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._capacities = {node_id: capacity(plan, node_id) for node_id in plan.node_ids}
        self._unreserved = tuple(
            node_id
            for node_id in plan.node_ids
            if plan.design.nodes[node_id].service == "lambda"
            and plan.design.nodes[node_id].value("reserved_concurrency") is None
        )
        self._arrived: dict[str, int] = dict.fromkeys(plan.node_ids, 0)
        self._starts_s: list[float] = []
        self.seconds = 0.0
        self.full: dict[str, Stretch] = {}
        """Nodes whose concurrency reached its limit at some moment of a window."""
        self.busy: dict[str, Stretch] = {}
        """Nodes that were in use as far as they can be, on the average of a window."""
        self.account_full: Stretch | None = None
        """The functions without a reservation together were at the account's concurrency."""
        self.throttled: dict[str, Stretch] = {}
        self._refused: dict[str, list[tuple[float, float]]] = {}
        self.use_while_throttled: dict[str, float] = {}
        """Utilisation x seconds, of windows in which calls were throttled."""
        self.throttled_rate: dict[str, float] = {}
        """Highest rate of calls (per s) in a window in which calls were throttled."""
        self.dry: dict[str, Stretch] = {}
        """Quotas of the account that were used up at the end of a window, by name."""
        self.open: dict[str, Stretch] = {}
        """Edges whose circuit breaker was open, or opened, in a window."""
        self.lines: dict[str, Line] = {}
        self.oldest_s: dict[str, float] = {}
        """The greatest age of the oldest message at the end of a window."""

    def see(self, window: Window, state: lay.State) -> None:
        """Take note of a window that has just ended."""
        start_s, end_s = window["start_s"], window["end_s"]
        self.seconds += end_s - start_s
        self._starts_s.append(start_s)
        for node_id, stats in window["nodes"].items():
            self._see_node(node_id, stats, start_s, end_s)
        together = sum(window["nodes"][node_id]["concurrency_max"] for node_id in self._unreserved)
        refused = any(window["nodes"][node_id]["throttles"] for node_id in self._unreserved)
        if refused and together >= self._plan.tables.limits[self._plan.unreserved]["capacity"]:
            self.account_full = self.account_full or Stretch(start_s)
            self.account_full.seconds += end_s - start_s
        for name, row in self._plan.account_buckets.items():
            bucket = state.buckets[row]
            tokens = bucket["tokens"] + bucket["rate"] * (end_s - bucket["last"])
            if tokens <= _DRY * bucket["capacity"]:
                _note(self.dry, name, start_s, end_s)
        for edge_id, row in self._plan.breaker_rows.items():
            breaker = state.breakers[row]
            if breaker["state"] != CLOSED or breaker["opened"] > start_s:
                _note(self.open, edge_id, start_s, end_s)

    def _see_node(self, node_id: str, stats: NodeStats, start_s: float, end_s: float) -> None:
        most, use = self._capacities[node_id], stats["utilisation"]
        self._arrived[node_id] += stats["arrivals"]
        if most is not None and stats["concurrency_max"] >= most:
            _note(self.full, node_id, start_s, end_s)
        if use is not None and use >= BUSY:
            _note(self.busy, node_id, start_s, end_s)
        if stats["throttles"]:
            _note(self.throttled, node_id, start_s, end_s)
            share = stats["throttles"] / max(stats["arrivals"], 1)
            self._refused.setdefault(node_id, []).append((start_s, share))
            seconds = end_s - start_s
            self.use_while_throttled[node_id] = self.use_while_throttled.get(node_id, 0.0) + (use or 0.0) * seconds
            rate = stats["arrivals"] / max(seconds, 1e-9)
            self.throttled_rate[node_id] = max(self.throttled_rate.get(node_id, 0.0), rate)
        undone = not_done(self._plan, node_id, stats)
        if undone or node_id in self.lines:
            line = self.lines.setdefault(node_id, Line())
            line.ends_s.append(end_s)
            line.depths.append(undone)
            line.arrived.append(self._arrived[node_id])
        self.oldest_s[node_id] = max(self.oldest_s.get(node_id, 0.0), stats["oldest_age_s"])

    def throttled_since_s(self, node_id: str, share: float) -> float:
        """Since when the node refused at least half of this share of its calls; single refusals before do not count."""
        windows = self._refused.get(node_id, [])
        return next((start_s for start_s, refused in windows if refused >= 0.5 * share), 0.0)

    def growth_per_s(self, node_id: str) -> float:
        """By how much what waits at a node grew in the second half of the windows; 0 where chance explains it.

        More than a twentieth of what came then, and more than four of its standard deviations (Poisson), is growth.
        """
        line = self.lines.get(node_id)
        if line is None or len(self._starts_s) < 2:
            return 0.0
        middle_s = self._starts_s[len(self._starts_s) // 2]
        before = [at for at, end_s in enumerate(line.ends_s) if end_s <= middle_s + 1e-9]
        depth, arrived = (line.depths[before[-1]], line.arrived[before[-1]]) if before else (0, line.arrived[0])
        growth, came = line.depths[-1] - depth, max(line.arrived[-1] - arrived, 0)
        if growth <= max(_GROWING_SHARE * came, _DEVIATIONS * math.sqrt(came), _GROWING_LEAST):
            return 0.0
        return growth / max(line.ends_s[-1] - middle_s, 1e-9)


def _note(found: dict[str, Stretch], key: str, start_s: float, end_s: float) -> None:
    found.setdefault(key, Stretch(start_s)).seconds += end_s - start_s
