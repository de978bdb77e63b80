"""Faults as changes of the kernel's arrays: what each node suffers is worked out anew whenever one comes or goes."""

from __future__ import annotations

import math
from collections.abc import Iterable

from designer.domain.graph.scenario import Fault, FaultKind
from simulator.engine.lowering.plan import Owned, Plan
from simulator.engine.machine import Machine
from simulator.engine.refusal import SimulationRefused
from simulator.engine.stations import SCALES_SERVERS


class Faults:
    """The faults of a run."""

    def __init__(self, plan: Plan, machine: Machine) -> None:
        self._plan = plan
        self._machine = machine
        self._active: dict[str, Fault] = {}

    def check(self, fault: Fault) -> None:
        """Raises :class:`SimulationRefused` when the fault cannot happen to its node."""
        if fault.node not in self._plan.owned:
            raise SimulationRefused(f"The design has no node {fault.node!r} that could have a fault.")
        label, owned = self._plan.design.nodes[fault.node].label, self._plan.owned[fault.node]
        if fault.kind is FaultKind.POISON and not self._queues(fault.node):
            raise SimulationRefused(f"{label} reads no queue or stream, so no message can poison it.")
        if fault.kind is FaultKind.ZONE_LOSS and not (owned.pools or self._fleets(owned)):
            raise SimulationRefused(f"{label} has no servers of its own in a zone; AWS spreads it over several.")

    def inject(self, name: str, fault: Fault) -> None:
        """The fault begins; an earlier one of the same name ends."""
        self.lift(name)
        if fault.kind is FaultKind.COLD:
            self._cool(self._plan.owned[fault.node])
        elif fault.kind is FaultKind.POISON:
            queues = self._queues(fault.node)
            self._machine.state.queues["poison"][queues[0]] += int(fault.amount)
        else:
            self._active[name] = fault
            if fault.kind is FaultKind.ZONE_LOSS:
                self._lose_servers(fault)
            self._apply(fault.node)

    def lift(self, name: str) -> None:
        """The fault is over. Does nothing when there is none of this name."""
        fault = self._active.pop(name, None)
        if fault is not None:
            self._apply(fault.node)

    def _queues(self, node_id: str) -> list[int]:
        """The node's queues, or those of what it reads from."""
        plan = self._plan
        own = sorted(plan.owned[node_id].queues)
        if own:
            return own
        sources = (edge.source for edge in plan.design.incoming(node_id) if edge.flow.value == "poll")
        return sorted(queue for source in sources for queue in plan.owned[source].queues)

    def _cool(self, owned: Owned) -> None:
        state = self._machine.state
        for cache in owned.caches:
            first, count = int(state.caches["first"][cache]), int(state.caches["count"][cache])
            state.expiries[first : first + count] = 0.0
        for pool in sorted(owned.pools):
            self._machine.forget_idle(pool)

    def _fleets(self, owned: Owned) -> list[int]:
        """The scalers that launch servers."""
        kinds = self._machine.state.scalers["kind"]
        return [scaler for scaler in sorted(owned.scalers) if kinds[scaler] == SCALES_SERVERS]

    def _lose_servers(self, fault: Fault) -> None:
        """Servers that a scaler looks after are gone at once; it launches new ones as it sees fit."""
        for scaler in self._fleets(self._plan.owned[fault.node]):
            servers = int(self._machine.state.scalers["servers"][scaler])
            self._machine.change_servers(scaler, -math.floor(servers * fault.amount / 100.0))

    def _apply(self, node_id: str) -> None:
        """Write the sum of the node's faults."""
        state, plan = self._machine.state, self._plan
        faults = [fault for fault in self._active.values() if fault.node == node_id]
        number = plan.number(node_id)
        row = state.faults[number]
        row["down"] = any(fault.kind is FaultKind.DOWN for fault in faults)
        row["error_share"] = 1.0 - _remaining(faults, FaultKind.ERRORS)
        row["throttle_share"] = 1.0 - _remaining(faults, FaultKind.THROTTLE)
        row["delay"] = sum(fault.amount for fault in faults if fault.kind is FaultKind.LATENCY) / 1000.0
        row["slow"] = math.prod(fault.amount for fault in faults if fault.kind is FaultKind.SLOW)
        state.gauges["fault"][number] = int(bool(faults))
        self._scale(plan.owned[node_id])

    def _scale(self, owned: Owned) -> None:
        """Limits and rates are what is left of the configured ones; a shared one is cut by all its owners' faults."""
        state, tables = self._machine.state, self._plan.tables
        pools = {int(state.scalers["pool"][scaler]) for scaler in self._fleets(owned)}
        scaled = {int(tables.pools[pool]["limit"]) for pool in pools if pool >= 0}
        for limit in sorted(owned.limits - scaled):
            faults = [fault for fault in self._active.values() if limit in self._plan.owned[fault.node].limits]
            share = _remaining(faults, FaultKind.QUOTA_CUT, FaultKind.ZONE_LOSS)
            state.limits["capacity"][limit] = math.floor(tables.limits[limit]["capacity"] * share + 1e-9)
        for bucket in sorted(owned.buckets):
            faults = [fault for fault in self._active.values() if bucket in self._plan.owned[fault.node].buckets]
            share = _remaining(faults, FaultKind.QUOTA_CUT)
            self._machine.change_bucket(
                bucket, tables.buckets[bucket]["rate"] * share, tables.buckets[bucket]["capacity"] * share
            )
        for pool in sorted(owned.pools):
            self._machine.admit(pool)


def _remaining(faults: Iterable[Fault], *kinds: FaultKind) -> float:
    return math.prod(1.0 - fault.amount / 100.0 for fault in faults if fault.kind in kinds)
