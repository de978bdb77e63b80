"""What lowering a design needs to know: numbers of nodes and edges, places in the program, shared quotas."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Final

from designer.domain.catalog.latencies import LATENCIES
from designer.domain.catalog.registry import services
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.scenario import Scenario
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL, EVENT, HAND_OVER, Lowering
from simulator.engine.lowering.owned import Owned
from simulator.engine.lowering.payload_limits import TOO_LARGE, TooLarge, too_large
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.overrides import Overrides

Z99: Final = 2.3263478740408408
"""99th percentile of the standard normal distribution."""

READ: Final = "read"
WRITE: Final = "write"
QUERY: Final = "query"
DELETE: Final = "delete"
RECEIVE: Final = "receive"


class Plan:
    """One lowering of a design for a scenario: the tables under construction and who is who in them."""

    def __init__(
        self, design: Design, scenario: Scenario, lowerings: Mapping[str, Lowering], overrides: Overrides
    ) -> None:
        self.design = design
        self._lowerings = lowerings
        self._overrides = overrides
        self.scenario = scenario
        self.tables = Tables(scenario.seed)
        self.node_ids = tuple(sorted(design.nodes))
        self.edge_ids = tuple(sorted(design.edges))
        self.entry_ids: list[str] = []
        self.used_edges: set[str] = set()
        self.queue_rows: dict[str, int] = {}
        self.stream_queues: dict[str, list[int]] = {}
        self.waiting_events: set[str] = set()
        self.pool_rows: dict[str, int] = {}
        self.concurrency: dict[str, tuple[int, int]] = {}
        self.scaled: dict[str, int] = {}
        self.rated: dict[str, list[tuple[int, float]]] = {}
        self.kept: dict[str, list[tuple[int, int]]] = {}
        self.sharded: dict[str, tuple[int, float]] = {}
        self.remarks: list[tuple[str, str]] = []
        """What a lowering has to tell the person: the node and the sentence."""
        self._meters: dict[tuple[str, str], int] = {}
        self._numbers = {node_id: number for number, node_id in enumerate(self.node_ids)}
        self._edge_numbers = {edge_id: number for number, edge_id in enumerate(self.edge_ids)}
        self._entries: dict[tuple[str, str], Label] = {}
        self.owned: dict[str, Owned] = {node_id: Owned() for node_id in self.node_ids}
        self._lowering_node = ""
        self._breakers: dict[str, int] = {}
        self.breakable: set[str] = set()
        """Edges over which the code of the source calls, so that it could stop calling."""
        self._weights = {edge_id: weight for traffic in scenario.traffic for edge_id, weight in traffic.mix}
        self._account_buckets: dict[str, int] = {}
        for number, node_id in enumerate(self.node_ids):
            self.tables.fault_streams[number] = self.tables.stream(f"{node_id}/fault")

    def number(self, node: Node | str) -> int:
        """The node's row in the tallies."""
        return self._numbers[node if isinstance(node, str) else node.id]

    def edge_number(self, edge: Edge) -> int:
        """The edge's row in the tallies; the edge counts as modelled from now on."""
        self.used_edges.add(edge.id)
        return self._edge_numbers[edge.id]

    def entry(self, node_id: str, kind: str) -> Label:
        """The place where a node is entered; see CALL, HAND_OVER and EVENT."""
        return self._entries.setdefault((node_id, kind), Label(f"{node_id}/{kind}"))

    def place(self, node: Node, kind: str) -> None:
        """The next instruction is this entry of the node."""
        self.tables.place(self.entry(node.id, kind))

    @cached_property
    def too_large(self) -> TooLarge:
        """What is refused because of its size."""
        return too_large(self.design, self.scenario)

    def unplaced(self) -> Iterator[tuple[str, str, Label]]:
        """Entries that are used but that the node's service does not have."""
        for (node_id, kind), label in sorted(self._entries.items()):
            if label.position < 0:
                yield node_id, kind, label

    def _declared(self, node_id: str) -> Lowering | None:
        return self._lowerings.get(self.design.nodes[node_id].service)

    def called(self, edge: Edge) -> Label:
        """The entry that a caller over this edge waits for; another one where it sends too much."""
        if edge.id in self.too_large.edges:
            return self.entry(edge.target, TOO_LARGE)
        declared = self._declared(edge.target)
        wanted = CALL if edge.flow.value == "sync" else HAND_OVER
        return self.entry(edge.target, wanted if declared is None else declared.entry(edge, wanted))

    def delivered(self, edge: Edge) -> Label:
        """The entry for what the source's service delivers over this edge; another one where that is too much."""
        if edge.id in self.too_large.edges:
            return self.entry(edge.target, TOO_LARGE)
        declared = self._declared(edge.target)
        if declared is None or EVENT in declared.entries:
            return self.entry(edge.target, EVENT)
        return self.entry(edge.target, declared.entry(edge, EVENT))

    def first_entry(self, node_id: str) -> Label:
        """Where traffic that begins at this node enters it."""
        if node_id in self.too_large.entries:
            return self.entry(node_id, TOO_LARGE)
        declared = self._declared(node_id)
        return self.entry(node_id, CALL if declared is None else declared.entries[0])

    def delivery(self, edge: Edge, delay: int | None = None) -> Label:
        """A short program of its own: wait for the delivery, then arrive at the edge's target."""
        label = Label(f"delivery over {edge.id}")
        self._deliveries.append((label, delay, edge))
        return label

    @cached_property
    def _deliveries(self) -> list[tuple[Label, int | None, Edge]]:
        return []

    def emit_deliveries(self) -> None:
        """Write the delivery programs asked for so far."""
        for label, delay, edge in self._deliveries:
            self.tables.place(label)
            if delay is not None:
                self.tables.emit(op.DELAY, resource=delay, stream=self.stream(edge.source, "delivery"))
            self.tables.emit(op.JUMP, target=self.delivered(edge))
        self._deliveries.clear()

    def stream(self, node: Node | str, purpose: str) -> int:
        """A random number stream of the node for one purpose."""
        return self.tables.stream(f"{node if isinstance(node, str) else node.id}/{purpose}")

    def latency(self, key: str) -> int:
        """The distribution of a latency of the catalog: log-normal through its median and 99th percentile."""
        found = LATENCIES[key]
        return self.percentiles(found.p50_ms, found.p99_ms)

    def remaining_latency(self, key: str, *parts: str) -> int:
        """An end-to-end latency less the medians of the parts that are modelled by themselves; same shape."""
        whole = LATENCIES[key]
        median = max(whole.p50_ms - sum(LATENCIES[part].p50_ms for part in parts), 1.0)
        return self.percentiles(median, median * whole.p99_ms / whole.p50_ms)

    def percentiles(self, p50_ms: float, p99_ms: float) -> int:
        """A log-normal distribution with this median and 99th percentile: sigma = ln(p99 / p50) / z99."""
        if p50_ms <= 0.0:
            return self.tables.constant(0.0)
        return self.tables.lognormal(math.log(p50_ms / 1000.0), max(math.log(p99_ms / p50_ms), 0.0) / Z99)

    def limit(self, service: str, limit_id: str) -> float:
        """A limit of the catalog, or the account's own quota instead."""
        return self._overrides.quota(service, services()[service].limit(limit_id))

    def account_bucket(self, name: str, rate: float, capacity: float) -> int:
        """A token bucket that all resources of the account share."""
        if name not in self._account_buckets:
            self._account_buckets[name] = self.tables.bucket(rate, capacity)
        if self._lowering_node:
            self.owned[self._lowering_node].buckets.add(self._account_buckets[name])
        return self._account_buckets[name]

    @property
    def account_buckets(self) -> Mapping[str, int]:
        """The token buckets that the account shares, by name."""
        return self._account_buckets

    @contextmanager
    def lowering(self, node_id: str) -> Iterator[None]:
        """What is made meanwhile belongs to this node: faults of the node reach it there."""
        tables, owned = self.tables, self.owned[node_id]
        kinds = ("buckets", "limits", "pools", "queues", "caches", "scalers")
        before = {kind: len(getattr(tables, kind)) for kind in kinds}
        first = len(tables.instructions)
        self._lowering_node = node_id
        yield
        self._lowering_node = ""
        for kind in kinds:
            getattr(owned, kind).update(range(before[kind], len(getattr(tables, kind))))
        owned.limits.update(int(tables.pools[pool]["limit"]) for pool in owned.pools)
        owned.works = owned.works or any(step["op"] == op.WORK for step in tables.instructions[first:])

    def weight(self, edge: Edge) -> float:
        """The edge's share of its source's requests: the scenario's, else its own."""
        return max(self._weights.get(edge.id, edge.number("weight", 1.0)), 0.0)

    def breaker(self, edge: Edge) -> int:
        """The circuit breaker that the scenario puts on an edge over which the source's code calls, or -1."""
        self.breakable.add(edge.id)
        for wanted in self.scenario.breakers:
            if wanted.edge == edge.id:
                if edge.id not in self._breakers:
                    self._breakers[edge.id] = self.tables.breaker(wanted.failures, wanted.open_s)
                return self._breakers[edge.id]
        return -1

    @property
    def breaker_rows(self) -> Mapping[str, int]:
        """The circuit breakers of the run by edge."""
        return self._breakers

    def unused_breakers(self) -> list[str]:
        """Edges for which the scenario wants a circuit breaker but whose source makes no calls of its own."""
        return [wanted.edge for wanted in self.scenario.breakers if wanted.edge not in self._breakers]

    def meter(self, node: Node, name: str) -> int:
        """The column of a meter that the node's service names; pricing reads it by the same name."""
        key = (node.service, name)
        if key not in self._meters:
            column = st.FIRST_OWN_METER + sum(service == node.service for service, _ in self._meters)
            if column >= st.METERS:
                raise ValueError(f"{node.service} has more than {st.METERS - st.FIRST_OWN_METER} meters of its own")
            self._meters[key] = column
        return self._meters[key]

    def remark(self, node: Node, text: str) -> None:
        """Tell the person, with the run's results, what was assumed for the node."""
        self.remarks.append((node.id, text))

    def has_concurrency(self, node: Node, limit: int, provisioned: int = 0) -> None:
        """Report the node's concurrency against this limit; its utilisation is its share of it."""
        self.concurrency[node.id] = (limit, provisioned)

    def has_servers(self, node: Node, per_server: int) -> None:
        """Report the node's utilisation against the servers that its scaler keeps, each with so many workers."""
        self.scaled[node.id] = per_server

    def has_rate(self, node: Node, meter: int, per_s: float) -> None:
        """Report the node's utilisation as a meter against what it can take each second; the highest counts."""
        self.rated.setdefault(node.id, []).append((meter, per_s))

    def has_kept_rate(self, node: Node, meter: int, kept: int) -> None:
        """Report the node's utilisation as a meter against another, of what it could have taken."""
        self.kept.setdefault(node.id, []).append((meter, kept))

    def has_shards(self, node: Node, meter: int, per_s: float) -> None:
        """Report the node's utilisation as a meter against what the shards that its scaler keeps take each second."""
        self.sharded[node.id] = meter, per_s

    def has_queue(self, node: Node, queue: int) -> None:
        """Report depth, messages in flight and age of this queue as the node's."""
        self.queue_rows[node.id] = queue

    def has_stream(self, node: Node, queues: Iterable[int]) -> None:
        """Report the depth and age of these shards as the node's."""
        self.stream_queues.setdefault(node.id, []).extend(queues)

    def has_waiting_events(self, node: Node) -> None:
        """Report the level of METER_WAITING_EVENTS as the node's depth."""
        self.waiting_events.add(node.id)

    def has_waiting_line(self, node: Node, pool: int) -> None:
        """Report those who wait in front of this pool as the node's depth."""
        self.pool_rows[node.id] = pool

    @cached_property
    def unreserved(self) -> int:
        """The account's concurrency that no function has reserved, as a shared limit."""
        taken = 0.0
        for node in self.design.nodes.values():
            if node.service == "lambda":
                reserved = node.value("reserved_concurrency")
                taken += node.number("provisioned_concurrency") if reserved is None else float(reserved)
            elif node.service == "lambda_alias_version":
                taken += node.number("provisioned_concurrency") * self._unreserved_behind(node)
        return self.tables.limit(max(int(self.scenario.account_concurrency - taken), 0))

    def _unreserved_behind(self, alias: Node) -> bool:
        """Whether what the alias provisions comes out of the account's concurrency, not out of a reservation."""
        behind = [self.design.nodes[edge.target] for edge in self.design.outgoing(alias.id)]
        return any(node.service == "lambda" and node.value("reserved_concurrency") is None for node in behind)

    @cached_property
    def looping(self) -> frozenset[str]:
        """Nodes that can reach themselves."""
        found = set()
        for start in self.node_ids:
            seen: set[str] = set()
            waiting = [edge.target for edge in self.design.outgoing(start)]
            while waiting:
                node_id = waiting.pop()
                if node_id not in seen:
                    seen.add(node_id)
                    waiting.extend(edge.target for edge in self.design.outgoing(node_id))
            if start in seen:
                found.add(start)
        return frozenset(found)
