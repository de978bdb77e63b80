"""Faults as changes of the kernel's arrays: what each node suffers is worked out anew whenever one comes or goes."""

from __future__ import annotations

import math
from collections.abc import Iterable

from designer.domain.graph.scenario import Fault, FaultKind
from simulator.engine.lowering.owned import Owned
from simulator.engine.lowering.plan import Plan
from simulator.engine.machine import Machine
from simulator.engine.refusal import SimulationRefused
from simulator.engine.stations import SCALES_CAPACITY, SCALES_SERVERS


def possible_faults(plan: Plan) -> dict[str, list[FaultKind]]:
    """By node, what can go wrong there."""
    return {node_id: [kind for kind in FaultKind if not why_not(plan, node_id, kind)] for node_id in plan.node_ids}


def why_not(plan: Plan, node_id: str, kind: FaultKind) -> str:
    """Why such a fault cannot happen to the node, as a sentence; empty when it can."""
    node, owned = plan.design.nodes[node_id], plan.owned[node_id]
    if node.service == "client":
        return f"{node.label} sends the requests; break something that it calls."
    pools = [plan.tables.pools[pool] for pool in owned.pools]
    match kind:
        case FaultKind.COLD if not owned.caches and not any(pool.get("environments") for pool in pools):
            return f"{node.label} has no cache and no environments that could be cold."
        case FaultKind.POISON if not _queues(plan, node_id):
            return f"{node.label} reads no queue or stream, so no message can poison it."
        case FaultKind.SLOW if not owned.works:
            return f"{node.label} has no work of its own that could be slow; add latency instead."
        case FaultKind.ZONE_LOSS if not _fleets(plan, owned) and all(pool.get("environments") for pool in pools):
            return f"{node.label} has no servers of its own in a zone; AWS spreads it over several."
        case FaultKind.QUOTA_CUT if not owned.limits and not owned.buckets:
            return f"{node.label} has no concurrency or rate that could be cut."
        case _:
            return ""


def _queues(plan: Plan, node_id: str) -> list[int]:
    """The node's queues, or those of what it reads from."""
    own = sorted(plan.owned[node_id].queues)
    if own:
        return own
    sources = (edge.source for edge in plan.design.incoming(node_id) if edge.flow.value == "poll")
    return sorted(queue for source in sources for queue in plan.owned[source].queues)


def _fleets(plan: Plan, owned: Owned) -> list[int]:
    """The scalers that launch servers."""
    scalers = plan.tables.scalers
    return [row for row in sorted(owned.scalers) if scalers[row].get("kind", SCALES_SERVERS) == SCALES_SERVERS]


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
        reason = why_not(self._plan, fault.node, fault.kind)
        if reason:
            raise SimulationRefused(reason)

    def inject(self, name: str, fault: Fault) -> None:
        """The fault begins; an earlier one of the same name ends."""
        self.lift(name)
        if fault.kind is FaultKind.COLD:
            self._cool(self._plan.owned[fault.node])
        elif fault.kind is FaultKind.POISON:
            queues = _queues(self._plan, fault.node)
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

    def _cool(self, owned: Owned) -> None:
        state = self._machine.state
        for cache in owned.caches:
            first, count = int(state.caches["first"][cache]), int(state.caches["count"][cache])
            state.expiries[first : first + count] = 0.0
        for pool in sorted(owned.pools):
            self._machine.forget_idle(pool)

    def _lose_servers(self, fault: Fault) -> None:
        """Servers that a scaler looks after are gone at once; it launches new ones as it sees fit."""
        for scaler in _fleets(self._plan, self._plan.owned[fault.node]):
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
        pools = {int(state.scalers["pool"][scaler]) for scaler in _fleets(self._plan, owned)}
        scaled = {int(tables.pools[pool]["limit"]) for pool in pools if pool >= 0}
        for limit in sorted(owned.limits - scaled):
            faults = [fault for fault in self._active.values() if limit in self._plan.owned[fault.node].limits]
            share = _remaining(faults, FaultKind.QUOTA_CUT, FaultKind.ZONE_LOSS)
            state.limits["capacity"][limit] = math.floor(tables.limits[limit]["capacity"] * share + 1e-9)
        for bucket in sorted(owned.buckets):
            faults = [fault for fault in self._active.values() if bucket in self._plan.owned[fault.node].buckets]
            share = _remaining(faults, FaultKind.QUOTA_CUT)
            rate, capacity = self._configured(bucket, owned, share)
            self._machine.change_bucket(bucket, rate * share, capacity * share)
        for pool in sorted(owned.pools):
            self._machine.admit(pool)

    def _configured(self, bucket: int, owned: Owned, share: float) -> tuple[float, float]:
        """What the bucket gets each second without faults, and how much it holds.

        Throughput that follows its use has its own idea of it, and has to know of the cut when it changes.
        """
        for row in sorted(owned.scalers):
            scaler = self._machine.state.scalers[row]
            if scaler["kind"] >= SCALES_CAPACITY and scaler["bucket"] == bucket:
                scaler["cut"] = 1.0 - share
                return float(scaler["servers"]), float(scaler["servers"] * scaler["saved_s"])
        table = self._plan.tables.buckets[bucket]
        return table["rate"], table["capacity"]


def _remaining(faults: Iterable[Fault], *kinds: FaultKind) -> float:
    return math.prod(1.0 - fault.amount / 100.0 for fault in faults if fault.kind in kinds)
