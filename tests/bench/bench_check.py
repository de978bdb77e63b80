"""How long the check of a large design takes."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from typing import Any, Final

from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import SetNodeParameter, apply
from designer.domain.rules.check import check, check_change, difference

_TRIES: Final = 15
_PARTS: Final = 25
"""Alike parts of a large company's system, 20 nodes and 40 edges each."""

_NODES: Final = (
    *(("web", "client"), ("api", "api_gateway_rest"), ("auth", "lambda"), ("create", "lambda"), ("read", "lambda")),
    *(("orders", "dynamodb"), ("changes", "lambda"), ("bus", "eventbridge_bus"), ("placed", "eventbridge_rule")),
    *(("nightly", "eventbridge_rule"), ("report", "lambda"), ("work", "sqs_standard"), ("dead", "sqs_standard")),
    *(("worker", "lambda"), ("topic", "sns_standard"), ("mails", "sqs_standard"), ("mailer", "lambda")),
    *(("uploads", "s3"), ("resize", "lambda"), ("results", "s3")),
)
_SETTINGS: Final[dict[str, dict[str, Value]]] = {
    "orders": {"stream_view_type": "NEW_IMAGE", "point_in_time_recovery": True},
    "placed": {"event_pattern": '{"source": ["shop.orders"]}'},
    "nightly": {"kind": "schedule", "schedule_expression": "cron(0 2 * * ? *)"},
    "dead": {"message_retention_s": 1_209_600},
    "create": {"memory_mb": 512, "timeout_s": 10},
    "worker": {"memory_mb": 1024, "timeout_s": 60},
    "work": {"visibility_timeout_s": 360},
}
_EDGES: Final = (
    *(("web", "api", "https"), ("web", "uploads", "api"), ("api", "auth", "authorizer"), ("api", "create", "proxy")),
    *(
        ("api", "read", "proxy"),
        ("api", "work", "send_message"),
        ("api", "bus", "put_events"),
        ("api", "orders", "action"),
    ),
    *(
        ("create", "orders", "api"),
        ("read", "orders", "api"),
        ("create", "bus", "put_events"),
        ("read", "results", "api"),
    ),
    *(
        ("orders", "changes", "event_source_mapping"),
        ("changes", "topic", "publish"),
        ("changes", "dead", "on_failure"),
    ),
    *(
        ("bus", "placed", "rule"),
        ("placed", "work", "target"),
        ("placed", "report", "target"),
        ("placed", "topic", "target"),
    ),
    *(("placed", "dead", "target_dlq"), ("nightly", "report", "target"), ("nightly", "dead", "target_dlq")),
    *(
        ("report", "orders", "api"),
        ("report", "results", "api"),
        ("report", "dead", "on_failure"),
        ("work", "dead", "redrive"),
    ),
    *(("work", "worker", "event_source_mapping"), ("worker", "orders", "api"), ("worker", "topic", "publish")),
    *(("worker", "create", "invoke"), ("topic", "mails", "subscription"), ("topic", "resize", "subscription")),
    *(
        ("mails", "mailer", "event_source_mapping"),
        ("mailer", "results", "api"),
        ("uploads", "resize", "event_notification"),
    ),
    *(("resize", "results", "api"), ("resize", "orders", "api"), ("resize", "bus", "put_events")),
)


def large_design() -> Design:
    """500 nodes and 1,000 edges: parts alike, each handing events to the next two."""
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    for part in range(_PARTS):
        for at, (name, service) in enumerate(_NODES):
            node_id = f"{name}-{part}"
            x, y = 240.0 * (at % 5 + 6 * (part % 5)), 160.0 * (at // 5 + 5 * (part // 5))
            nodes[node_id] = Node(node_id, service, name, x, y, dict(_SETTINGS.get(name, {})))
        links = [(f"{source}-{part}", f"{target}-{part}", mechanism) for source, target, mechanism in _EDGES]
        links += [(f"worker-{part}", f"bus-{(part + step) % _PARTS}", "put_events") for step in (1, 2)]
        for source, target, mechanism in links:
            edges[f"{source}-{target}"] = _edge(source, target, mechanism)
    return Design("Large", nodes, edges)


def _edge(source: str, target: str, mechanism: str) -> Edge:
    services = (_service(source), _service(target))
    row = connections()[f"{services[0]}.{services[1]}.{mechanism}"]
    return Edge(f"{source}-{target}", source, target, row.id, row.mode, row.flow)


def _service(node_id: str) -> str:
    return dict(_NODES)[node_id.rsplit("-", 1)[0]]


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
        changed = apply(fresh, [SetNodeParameter(f"worker-{number}", "timeout_s", 30)]).design
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
