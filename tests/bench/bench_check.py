"""How long the check of a large design takes, and how that compares with a linter of templates."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from cfnlint.api import lint_all

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
        fresh = _fresh(design)
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


_RESOURCES: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "api_gateway_rest": ("AWS::ApiGateway::RestApi", {"Name": "api"}),
    "lambda": (
        "AWS::Lambda::Function",
        {
            "Handler": "index.handler",
            "Runtime": "python3.13",
            "MemorySize": 512,
            "Timeout": 10,
            "Role": "arn:aws:iam::123456789012:role/function",
            "Code": {"ZipFile": "def handler(event, context): pass"},
        },
    ),
    "dynamodb": (
        "AWS::DynamoDB::Table",
        {
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
        },
    ),
    "eventbridge_bus": ("AWS::Events::EventBus", {"Name": "bus"}),
    "eventbridge_rule": ("AWS::Events::Rule", {"EventPattern": {"source": ["shop.orders"]}}),
    "sqs_standard": ("AWS::SQS::Queue", {"VisibilityTimeout": 60}),
    "sns_standard": ("AWS::SNS::Topic", {}),
    "s3": ("AWS::S3::Bucket", {}),
}
"""What a node is in a template. A client is in none."""


def _template(design: Design) -> str:
    """The design's resources, and those of its event source mappings and subscriptions, as a template."""
    names = {node_id: node_id.title().replace("-", "") for node_id in design.nodes}
    resources: dict[str, Any] = {}
    for node in design.nodes.values():
        if node.service in _RESOURCES:
            kind, properties = _RESOURCES[node.service]
            resources[names[node.id]] = {"Type": kind, "Properties": properties}
    for edge in design.edges.values():
        source, target = names[edge.source], names[edge.target]
        arn = {"Fn::GetAtt": [target, "Arn"]}
        match edge.connection:
            case "sqs_standard.lambda.event_source_mapping":
                of_queue = {"EventSourceArn": {"Fn::GetAtt": [source, "Arn"]}, "FunctionName": {"Ref": target}}
                resources[f"{source}{target}"] = {"Type": "AWS::Lambda::EventSourceMapping", "Properties": of_queue}
            case "sns_standard.lambda.subscription" | "sns_standard.sqs_standard.subscription":
                protocol = edge.connection.split(".")[1].removesuffix("_standard")
                subscription = {"TopicArn": {"Ref": source}, "Protocol": protocol, "Endpoint": arn}
                resources[f"{source}{target}"] = {"Type": "AWS::SNS::Subscription", "Properties": subscription}
    return json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}, indent=1)


def bench_against_linter() -> list[dict[str, Any]]:
    """How many times as long cfn-lint takes for a template of the same resources, in the same run."""
    design = large_design()
    template = _template(design)
    own = []
    for _ in range(_TRIES):
        fresh = _fresh(design)
        started = time.perf_counter()
        check(fresh)
        own.append(time.perf_counter() - started)
    started = time.perf_counter()
    lint_all(template)
    linted = time.perf_counter() - started
    ratio = linted / statistics.median(own)
    return [
        {
            "name": "cfn-lint on a template of the same resources, as a multiple of the check",
            "value": ratio,
            "unit": "x",
            "target": ">= 20",
            "met": ratio >= 20,
        }
    ]


def _fresh(design: Design) -> Design:
    """The same design of which nothing is remembered."""
    return replace(design, nodes=dict(design.nodes), edges=dict(design.edges))


def _figure(name: str, seconds: list[float], target_ms: float) -> dict[str, Any]:
    value = statistics.median(seconds) * 1000
    return {"name": name, "value": value, "unit": "ms", "target": f"<= {target_ms:g}", "met": value <= target_ms}
