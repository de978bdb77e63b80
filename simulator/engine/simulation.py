"""A run: a design and a scenario in, windows while it goes on, a summary at its end."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from typing import Final

from designer.domain.connections.registry import connections
from designer.domain.graph.fault_document import fault as fault_from_json
from designer.domain.graph.fault_document import fault_to_json
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.scenario import AT_ONCE, Fault, Scenario
from simulator.engine import ENGINE_VERSION
from simulator.engine.backlogs import growing
from simulator.engine.cloudwatch import add_cloudwatch_metrics
from simulator.engine.faults import Faults
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.traffic import check_scenario
from simulator.engine.lowering.whole_design import lower
from simulator.engine.machine import InFlightBoundError, Machine
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
from simulator.engine.remarks import ended_early, remarks
from simulator.engine.results import Summary, Window
from simulator.engine.timeline import Action, Timeline, planned
from simulator.engine.traces import Trace, Tracebook
from simulator.engine.watch import Watch

__all__ = ["RESULT_VERSION", "Simulation", "SimulationRefused", "simulate", "warm_up"]

RESULT_VERSION: Final = 1
MAXIMUM_LOAD_FACTOR: Final = 1000.0
_EVENTS_AT_ONCE: Final = 50_000
"""Events between two looks at the clock: a few milliseconds."""


class Simulation:
    """One run that can be advanced in slices; the slices make no difference to the results.

    Raises :class:`SimulationRefused` when the scenario cannot or must not be run.
    """

    def __init__(
        self,
        design: Design,
        scenario: Scenario,
        overrides: Overrides = PUBLISHED,
        *,
        load_factor: float = 1.0,
        actions: Iterable[Action] = (),
    ) -> None:
        """``load_factor`` multiplies all traffic; ``actions`` are those that viewers took in an earlier run."""
        check_scenario(design, scenario, load_factor)
        self._scenario = scenario
        self._load_factor = load_factor
        self._plan, state = lower(design, scenario, overrides, load_factor)
        self._machine = Machine(state)
        self._totals = empty_tallies(state)
        self._design = design
        self._metering = Metering(design, scenario.payload_sizes_kb)
        self._faults = Faults(self._plan, self._machine)
        self._timeline = Timeline()
        self._tracebook = Tracebook(self._plan, self._machine.state)
        self._prices = overrides.priced(price_list())
        self._watch = Watch(self._plan)
        self._windows = 0
        self._extra_windows = 0
        """Windows more than their length says: 1 when the warm-up ended within one."""
        self._window_start_s = 0.0
        self._ended_early = False
        for fault in scenario.faults:
            self._faults.check(fault)
        for action in (*planned(scenario), *actions):
            self._timeline.add(action)

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

    def newest_traces(self) -> list[Trace]:
        """The last sampled requests, up to the last completed window."""
        return self._tracebook.newest()

    def usage(self) -> dict[str, dict[str, float]]:
        """By node and rate, what has been used."""
        return self._metering.usage(self._plan, self._totals)

    @property
    def ended_early(self) -> bool:
        """True when more was in flight than the machine holds: the design does not keep up with its load."""
        return self._ended_early

    def growing(self) -> dict[str, float]:
        """By node, how fast (per s) what waits there grew in the second half of the run; empty when all keeps up."""
        return growing(self._plan, self._watch)

    def advance(self, wall_ms: float = 100, until_s: float = math.inf) -> list[Window]:
        """Go on for about this long (ms of real time), but not beyond ``until_s`` of simulated time.

        Returns the windows that were completed.
        """
        deadline = time.perf_counter() + wall_ms / 1000.0
        windows: list[Window] = []
        while not self.finished:
            stop_s = min(self.window_end_s, self._timeline.next_s, until_s)
            try:
                reached = self._machine.advance(max(stop_s, self._machine.now), _EVENTS_AT_ONCE)
            except InFlightBoundError:
                self._ended_early = reached = True
            if reached:
                if self._ended_early or self._machine.now >= self.window_end_s:
                    windows.append(self._close_window())
                self._act()
            if time.perf_counter() >= deadline or self._machine.now >= until_s:
                break
        return windows

    @property
    def duration_s(self) -> float:
        """The horizon in simulated seconds."""
        return self._scenario.duration_s

    @property
    def now_s(self) -> float:
        """Simulated seconds so far."""
        return self._machine.now

    @property
    def actions(self) -> list[Action]:
        """What has been done to the run so far, by the scenario or by viewers."""
        return self._timeline.applied

    def set_load_factor(self, factor: float) -> Action:
        """All traffic becomes ``factor`` times what the scenario says, from now on; returns the action as recorded."""
        if not 0.0 <= factor <= MAXIMUM_LOAD_FACTOR:
            raise SimulationRefused(f"The load factor is {factor:g}; it must be from 0 to {MAXIMUM_LOAD_FACTOR:g}.")
        return self._plan_now({"at_s": 0.0, "kind": "load", "factor": factor, "planned": False})

    def inject(self, name: str, fault: Fault) -> Action:
        """A fault begins now; its ``start_s`` is not looked at. Raises :class:`SimulationRefused` when it cannot."""
        self._faults.check(fault)
        action = self._plan_now(
            {"at_s": 0.0, "kind": "inject", "id": name, "fault": fault_to_json(fault), "planned": False}
        )
        if fault.duration_s is not None and fault.kind not in AT_ONCE:
            self._timeline.add(
                {"at_s": action["at_s"] + fault.duration_s, "kind": "lift", "id": name, "planned": False}
            )
        return action

    def lift(self, name: str) -> Action:
        """The fault of this name, planned or not, ends now."""
        return self._plan_now({"at_s": 0.0, "kind": "lift", "id": name, "planned": False})

    def _plan_now(self, action: Action) -> Action:
        """On the next full millisecond, so that the time is exact in the record."""
        action["at_s"] = math.ceil(self._machine.now * 1000.0) / 1000.0
        self._timeline.add(action)
        return action

    def _act(self) -> None:
        """Apply what is due."""
        for action in self._timeline.due(self._machine.now):
            if action["kind"] == "load":
                factor = self._load_factor * action["factor"]
                for number, source in enumerate(self._plan.tables.sources):
                    if "segment" in source:
                        self._machine.retune(number, int(source["frame"]), factor)
            elif action["kind"] == "inject":
                self._faults.inject(action["id"], fault_from_json(action["fault"], "fault"))
            else:
                self._faults.lift(action["id"])

    @property
    def window_end_s(self) -> float:
        """When the present window ends."""
        end_s = min((self._windows + 1 - self._extra_windows) * self._scenario.window_s, self._scenario.duration_s)
        warm_up_s = self._scenario.warm_up_s
        return warm_up_s if self._window_start_s < warm_up_s < end_s else end_s

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
        self._watch.see(window, self._machine.state)
        self._tracebook.take(self._machine.state, int(tallies.entries[:, 0].sum()))
        self._windows += 1
        if self._window_start_s < self._scenario.warm_up_s <= now:
            self._begin_measuring(now)
        self._window_start_s = now
        return window

    def _begin_measuring(self, now: float) -> None:
        """The warm-up is over: the summary counts from here."""
        self._totals = empty_tallies(self._machine.state)
        self._watch = Watch(self._plan)
        self._tracebook = Tracebook(self._plan, self._machine.state)
        if now % self._scenario.window_s:
            self._extra_windows = 1

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
        nodes = node_stats(plan, self._totals, state, levels(plan, state))
        meters = {node_id: self._totals.meters[plan.number(node_id)].tolist() for node_id in plan.node_ids}
        add_cloudwatch_metrics(self._design, nodes, meters)
        edges, entries = edge_stats(plan, self._totals), entry_stats(plan, self._totals)
        summary: Summary = {
            "format": "windtunnel-result",
            "version": RESULT_VERSION,
            "engine_version": ENGINE_VERSION,
            "seed": self._scenario.seed,
            "duration_s": round(self._machine.now, 6),
            "warm_up_s": self._scenario.warm_up_s,
            "status": "cancelled" if cancelled else "finished",
            "events": self._machine.events,
            "nodes": nodes,
            "edges": edges,
            "entry_points": entries,
            "cost": bill(self._design, self._metering.usage(plan, self._totals), self._totals.seconds, self._prices),
            "remarks": remarks(plan, self._watch, nodes, edges=edges, entries=entries, state=state),
            "traces": self._tracebook.traces(),
            "actions": self._timeline.applied,
        }
        if self._ended_early:
            summary["remarks"].insert(0, ended_early(self._machine.now, self._scenario.duration_s))
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
