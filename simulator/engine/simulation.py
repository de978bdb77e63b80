"""A run: a design and a scenario in, windows while it goes on, a summary at its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.scenario import Scenario
from simulator.engine import ENGINE_VERSION
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.traffic import check_scenario
from simulator.engine.lowering.whole_design import lower
from simulator.engine.machine import MAXIMUM_IN_FLIGHT, InFlightBoundError, Machine
from simulator.engine.metrics import (
    Tallies,
    collect,
    edge_stats,
    empty_tallies,
    entry_stats,
    levels,
    node_stats,
    settle_queues,
)
from simulator.engine.overrides import PUBLISHED, Overrides
from simulator.engine.pricing.bill import bill, running_total_usd
from simulator.engine.pricing.meters import Metering
from simulator.engine.pricing.rates import price_list
from simulator.engine.refusal import SimulationRefused
from simulator.engine.remarks import Watch, remarks
from simulator.engine.results import Summary, Window

__all__ = ["RESULT_VERSION", "Simulation", "SimulationRefused", "simulate", "warm_up"]

RESULT_VERSION: Final = 1
_EVENTS_AT_ONCE: Final = 50_000
"""Events between two looks at the clock: a few milliseconds."""


class Simulation:
    """One run that can be advanced in slices; the slices make no difference to the results.

    Raises :class:`SimulationRefused` when the scenario cannot or must not be run.
    """

    def __init__(self, design: Design, scenario: Scenario, overrides: Overrides = PUBLISHED) -> None:
        check_scenario(design, scenario)
        self._scenario = scenario
        self._plan, state = lower(design, scenario, overrides)
        self._machine = Machine(state)
        self._totals = empty_tallies(state)
        self._design = design
        self._metering = Metering(design)
        self._prices = overrides.priced(price_list())
        self._watch = Watch(self._plan)
        self._windows = 0
        self._window_start_s = 0.0
        self._ended_early = False

    @property
    def finished(self) -> bool:
        """True when the horizon has been reached, or the bound on what may be in flight."""
        return self._ended_early or self._window_start_s >= self._scenario.duration_s

    @property
    def progress(self) -> float:
        """Share of the horizon that has been simulated, 0 to 1."""
        return min(self._machine.now / self._scenario.duration_s, 1.0)

    @property
    def plan(self) -> Plan:
        """Who is who in the tallies."""
        return self._plan

    @property
    def totals(self) -> Tallies:
        """Everything counted up to the last completed window; callers read it only."""
        return self._totals

    @property
    def ended_early(self) -> bool:
        """True when more was in flight than the machine holds: the design does not keep up with its load."""
        return self._ended_early

    def advance(self, wall_ms: float = 100) -> list[Window]:
        """Go on for about this long (ms of real time). Returns the windows that were completed."""
        deadline = time.perf_counter() + wall_ms / 1000.0
        windows: list[Window] = []
        while not self.finished:
            try:
                reached = self._machine.advance(self._window_end_s(), _EVENTS_AT_ONCE)
            except InFlightBoundError:
                self._ended_early = reached = True
            if reached:
                windows.append(self._close_window())
            if time.perf_counter() >= deadline:
                break
        return windows

    def _window_end_s(self) -> float:
        return min((self._windows + 1) * self._scenario.window_s, self._scenario.duration_s)

    def _close_window(self) -> Window:
        plan, now = self._plan, self._machine.now
        tallies = self._take()
        levels_now = levels(plan, self._machine.state)
        window: Window = {
            "index": self._windows,
            "start_s": round(self._window_start_s, 6),
            "end_s": round(now, 6),
            "nodes": node_stats(plan, tallies, self._machine.state, levels_now),
            "edges": edge_stats(plan, tallies),
            "entry_points": entry_stats(plan, tallies),
            "cost_usd": round(running_total_usd(self._metering.usage(plan, self._totals), self._prices), 9),
        }
        self._watch.see(window)
        self._windows += 1
        self._window_start_s = now
        return window

    def _take(self) -> Tallies:
        """Take the tallies since the last window out of the kernel and add them to the totals."""
        state = self._machine.state
        settle_queues(self._plan, state)
        tallies = collect(state, self._machine.now - self._window_start_s)
        self._totals.add(tallies)
        return tallies

    def summary(self, *, cancelled: bool = False) -> Summary:
        """The whole run so far. Call it once, at the end."""
        plan, state = self._plan, self._machine.state
        if self._machine.now > self._window_start_s:
            self._take()
            self._window_start_s = self._machine.now
            state = self._machine.state
        nodes = node_stats(plan, self._totals, state, levels(plan, state))
        summary: Summary = {
            "format": "windtunnel-result",
            "version": RESULT_VERSION,
            "engine_version": ENGINE_VERSION,
            "seed": self._scenario.seed,
            "duration_s": round(self._machine.now, 6),
            "status": "cancelled" if cancelled else "finished",
            "events": self._machine.events,
            "nodes": nodes,
            "edges": edge_stats(plan, self._totals),
            "entry_points": entry_stats(plan, self._totals),
            "cost": bill(self._design, self._metering.usage(plan, self._totals), self._totals.seconds, self._prices),
            "remarks": remarks(plan, self._watch, nodes, state),
        }
        if self._ended_early:
            summary["remarks"].insert(
                0,
                {
                    "kind": "ended_early",
                    "text": f"The run was ended at {self._machine.now:,.1f} s of {self._scenario.duration_s:,.0f} s: "
                    f"more than {MAXIMUM_IN_FLIGHT:,} requests, messages and environments were in flight at once, "
                    "so the design does not keep up with its load. Lower the rate or remove the bottleneck.",
                },
            )
        return summary


def simulate(design: Design, scenario: Scenario, on_window: Callable[[Window], None] | None = None) -> Summary:
    """Run to the end. ``on_window`` is called with every window.

    Raises :class:`SimulationRefused` when the scenario cannot or must not be run.
    """
    simulation = Simulation(design, scenario)
    while not simulation.finished:
        for window in simulation.advance(wall_ms=1000):
            if on_window is not None:
                on_window(window)
    return simulation.summary()


def warm_up() -> None:
    """Compile the kernel, or load it from the cache, by running a tiny design; call it when a server starts."""
    row = connections()["client.dynamodb.api"]
    nodes = {"client": Node("client", "client", "client"), "table": Node("table", "dynamodb", "table")}
    edges = {"edge": Edge("edge", "client", "table", row.id, row.mode, row.flow)}
    simulate(Design("warm-up", nodes, edges), Scenario(duration_s=1.0))
