"""What lowering a design needs to know: numbers of nodes and edges, places in the program, shared quotas."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from designer.domain.catalog.latencies import LATENCIES
from designer.domain.catalog.registry import services
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.scenario import Scenario
from simulator.engine import instructions as op
from simulator.engine.lowering.tables import Label, Tables

Z99: Final = 2.3263478740408408
"""99th percentile of the standard normal distribution."""

CALL: Final = "call"
"""Entry of a node for a caller that waits for the work."""
HAND_OVER: Final = "hand_over"
"""Entry for a caller that waits until the service has accepted (SendMessage, Publish, PutEvents, Invoke Event)."""
EVENT: Final = "event"
"""Entry for what a service delivers by itself."""
READ: Final = "read"
WRITE: Final = "write"
QUERY: Final = "query"
DELETE: Final = "delete"
RECEIVE: Final = "receive"

_ACTIONS: Final = {
    "GetItem": READ,
    "Query": QUERY,
    "Scan": QUERY,
    "PutItem": WRITE,
    "UpdateItem": WRITE,
    "DeleteItem": WRITE,
    "GetObject": READ,
    "PutObject": WRITE,
    "DeleteObject": DELETE,
}
_ENTRIES: Final = {
    "lambda": (CALL, HAND_OVER, EVENT),
    "api_gateway_rest": (CALL,),
    "api_gateway_http": (CALL,),
    "sqs_standard": (HAND_OVER, EVENT, RECEIVE),
    "sns_standard": (HAND_OVER, EVENT),
    "eventbridge_bus": (HAND_OVER, EVENT),
    "eventbridge_rule": (EVENT,),
    "dynamodb": (WRITE, READ, QUERY),
    "s3": (WRITE, READ, DELETE, EVENT),
    "client": (CALL,),
}
"""Entries that a service has, the one where traffic begins first."""


class Plan:
    """One lowering of a design for a scenario: the tables under construction and who is who in them."""

    def __init__(self, design: Design, scenario: Scenario) -> None:
        self.design = design
        self.scenario = scenario
        self.tables = Tables(scenario.seed)
        self.node_ids = tuple(sorted(design.nodes))
        self.edge_ids = tuple(sorted(design.edges))
        self.entry_ids: list[str] = []
        self.used_edges: set[str] = set()
        self.queue_rows: dict[str, int] = {}
        self.stream_queues: dict[str, list[int]] = {}
        self.function_pools: dict[str, int] = {}
        self._numbers = {node_id: number for number, node_id in enumerate(self.node_ids)}
        self._edge_numbers = {edge_id: number for number, edge_id in enumerate(self.edge_ids)}
        self._entries: dict[tuple[str, str], Label] = {}
        self._account_buckets: dict[str, int] = {}

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

    def unplaced(self) -> Iterator[tuple[str, Label]]:
        """Entries that are used but that the node's service does not have."""
        for (node_id, _), label in sorted(self._entries.items()):
            if label.position < 0:
                yield node_id, label

    def called(self, edge: Edge) -> Label:
        """The entry that a caller over this edge waits for."""
        service = self.design.nodes[edge.target].service
        if service in ("dynamodb", "s3"):
            return self.entry(edge.target, _ACTIONS.get(str(edge.value("action")), WRITE))
        if edge.connection.endswith(".receive_message"):
            return self.entry(edge.target, RECEIVE)
        kinds = _ENTRIES.get(service, (CALL, HAND_OVER, EVENT))
        wanted = CALL if edge.flow.value == "sync" else HAND_OVER
        return self.entry(edge.target, wanted if wanted in kinds else kinds[0])

    def delivered(self, edge: Edge) -> Label:
        """The entry for what the source's service delivers over this edge."""
        kinds = _ENTRIES.get(self.design.nodes[edge.target].service, (EVENT,))
        return self.entry(edge.target, EVENT if EVENT in kinds else kinds[0])

    def first_entry(self, node_id: str) -> Label:
        """Where traffic that begins at this node enters it."""
        return self.entry(node_id, _ENTRIES.get(self.design.nodes[node_id].service, (CALL,))[0])

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
        """A fixed limit of the catalog."""
        return services()[service].limit(limit_id).value

    def account_bucket(self, name: str, rate: float, capacity: float) -> int:
        """A token bucket that all resources of the account share."""
        if name not in self._account_buckets:
            self._account_buckets[name] = self.tables.bucket(rate, capacity)
        return self._account_buckets[name]

    @cached_property
    def unreserved(self) -> int:
        """The account's concurrency that no function has reserved, as a shared limit."""
        taken = 0.0
        for node in self.design.nodes.values():
            if node.service == "lambda":
                reserved = node.value("reserved_concurrency")
                taken += node.number("provisioned_concurrency") if reserved is None else float(reserved)
        return self.tables.limit(max(int(self.scenario.account_concurrency - taken), 0))

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
