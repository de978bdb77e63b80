"""How long the check of a large design takes."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from typing import Any, Final

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import usable_rows
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import SetNodeParameter, apply
from designer.domain.rules.check import check, check_change, difference

_NODES: Final = 500
_EDGES: Final = 1000
_TRIES: Final = 15


def large_design() -> Design:
    """500 nodes of all services in turn and 1,000 connections that the table allows."""
    kinds = [service for service in services() if service != "other"]
    nodes = {
        f"node-{number}": Node(
            f"node-{number}",
            kinds[number % len(kinds)],
            f"Node {number}",
            200.0 * (number % 25),
            120.0 * (number // 25),
        )
        for number in range(_NODES)
    }
    edges: dict[str, Edge] = {}
    ids = list(nodes)
    step = 1
    while len(edges) < _EDGES:
        for at, source in enumerate(ids):
            target = ids[(at + step) % _NODES]
            rows = [row for row in usable_rows(nodes[source].service, nodes[target].service) if row.drawable]
            if rows and source != target and len(edges) < _EDGES:
                row = rows[0]
                edge_id = f"edge-{len(edges)}"
                edges[edge_id] = Edge(edge_id, source, target, row.id, row.mode, row.flow)
        step += 1
    return Design("Large", nodes, edges)


def bench_check() -> list[dict[str, Any]]:
    """Median of a check from scratch, and of one after a setting was changed."""
    design = large_design()
    findings = check(design)
    full, edit = [], []
    for number in range(_TRIES):
        fresh = replace(design)
        started = time.perf_counter()
        check(fresh)
        full.append(time.perf_counter() - started)
        changed = apply(fresh, [SetNodeParameter(f"node-{number * 7}", "timeout_s", 20)]).design
        touched = difference(fresh, changed)
        started = time.perf_counter()
        check_change(changed, findings, touched.node_ids, touched.edge_ids)
        edit.append(time.perf_counter() - started)
    return [
        _figure("check of 500 nodes and 1,000 edges", full, 50.0),
        _figure("check after one edit of 500 nodes and 1,000 edges", edit, 5.0),
    ]


def _figure(name: str, seconds: list[float], target_ms: float) -> dict[str, Any]:
    value = statistics.median(seconds) * 1000
    return {"name": name, "value": value, "unit": "ms", "target": f"<= {target_ms:g}", "met": value <= target_ms}
