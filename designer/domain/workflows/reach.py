"""What the calls of a definition mean on the canvas: the node that each reaches, and the connection that it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Connection, Flow, Mode
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.workflows.analysis import analyse
from designer.domain.workflows.integrations import CallKind, Pattern
from designer.domain.workflows.tasks import TaskCall, arguments, last_name, mentioned, task_calls

WORKFLOWS: Final = ("step_functions_standard", "step_functions_express")

TARGETS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "apigateway": ("api_gateway_rest", "api_gateway_http", "api_gateway_websocket"),
        "dynamodb": ("dynamodb",),
        "ecs": ("ecs_fargate",),
        "eventbridge": ("eventbridge_bus",),
        "events": ("eventbridge_bus",),
        "firehose": ("firehose",),
        "http": ("http_endpoint",),
        "kinesis": ("kinesis_stream",),
        "lambda": ("lambda",),
        "redshiftdata": ("redshift",),
        "s3": ("s3",),
        "sfn": WORKFLOWS,
        "sns": ("sns_standard", "sns_fifo"),
        "sqs": ("sqs_standard", "sqs_fifo"),
        "states": WORKFLOWS,
    }
)
"""For each service of an integration the services of the catalog that it reaches."""

_MECHANISMS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("lambda", "invoke"): "invoke",
        ("sqs", "sendMessage"): "send_message",
        ("sns", "publish"): "publish",
        ("events", "putEvents"): "put_events",
        ("eventbridge", "putEvents"): "put_events",
        ("apigateway", "invoke"): "call_api",
        ("http", "invoke"): "http_task",
        ("ecs", "runTask"): "run_task",
        ("states", "startExecution"): "start_execution",
        ("sfn", "startExecution"): "start_execution",
        ("sfn", "startSyncExecution"): "start_sync_execution",
        ("kinesis", "putRecord"): "put_record",
        ("kinesis", "putRecords"): "put_record",
        ("firehose", "putRecord"): "put_record",
        ("firehose", "putRecordBatch"): "put_record",
        ("redshiftdata", "executeStatement"): "execute_statement",
    }
)
_ITEM_ACTIONS: Final = frozenset({"getItem", "putItem", "updateItem", "deleteItem"})
_HANDED_OVER: Final = frozenset({"publish", "sendMessage", "putEvents", "startExecution"})
_SUFFIXES: Final = {Pattern.RESPONSE: "", Pattern.JOB: "_job", Pattern.CALLBACK: "_callback"}
_FLOWS: Final = {Pattern.JOB: Flow.JOB, Pattern.CALLBACK: Flow.CALLBACK}


def mechanism(call: TaskCall, target: str) -> str:
    """The last part of the id of the connection to a service of the catalog."""
    if call.distributed_map:
        return "distributed_map"
    service, action = call.call.service, call.call.action
    if target == "api_gateway_websocket":
        return "post_to_connection"
    if service == "dynamodb":
        return "action" if action in _ITEM_ACTIONS else "sdk_action"
    if service == "lambda" and call.hands_over and call.call.pattern is Pattern.RESPONSE:
        return "invoke_event"
    known = _MECHANISMS.get((service, action))
    if known is not None:
        return known + _SUFFIXES[call.call.pattern]
    return "sdk_action" if service == "ecs" else "action"


def connection_of(call: TaskCall, source: str, target: str) -> Connection | None:
    """The row of the connection table that the call is, or None when the table does not know it."""
    return connections().get(f"{source}.{target}.{mechanism(call, target)}")


def travels(call: TaskCall) -> tuple[Mode, Flow]:
    """How a call travels that the connection table does not know."""
    if call.call.pattern is not Pattern.RESPONSE:
        return Mode.SYNCHRONOUS, _FLOWS[call.call.pattern]
    handed_over = call.call.action in _HANDED_OVER or call.hands_over
    return (Mode.ASYNCHRONOUS, Flow.ASYNC) if handed_over else (Mode.SYNCHRONOUS, Flow.SYNC)


def edge_parameters(call: TaskCall, row: Connection) -> dict[str, Value]:
    """What the call says about its edge: the action, the authorization, the message group."""
    given = arguments(call.state)
    action = call.call.action
    found: dict[str, Value] = {
        "action": action[:1].upper() + action[1:],
        "auth_type": _text(given.get("AuthType")),
        "message_group": _text(given.get("MessageGroupId", given.get("MessageGroupId.$"))),
    }
    known = {parameter.id: parameter for parameter in row.parameters}
    return {
        key: value
        for key, value in found.items()
        if value is not None and key in known and _allowed(value, [choice.value for choice in known[key].choices])
    }


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _allowed(value: Value, choices: list[str]) -> bool:
    return not choices or value in choices


@dataclass(frozen=True, slots=True)
class Reached:
    """A call with the node that it reaches; ``missing`` are ids that it names and the design does not have."""

    call: TaskCall
    node: Node | None
    missing: tuple[str, ...] = ()


def calls_of(design: Design, workflow: Node) -> tuple[Reached, ...]:
    """Every call of a workflow's definition, in the order of the text; empty when it cannot be read."""
    definition = workflow.value("definition")
    if not isinstance(definition, str) or not definition.strip():
        return ()
    return tuple(_reached(design, call) for call in _calls(definition, is_express(workflow)))


def is_express(workflow: Node) -> bool:
    """Whether the node is an Express workflow."""
    return workflow.service == WORKFLOWS[1]


@lru_cache(maxsize=256)
def _calls(definition: str, express: bool) -> tuple[TaskCall, ...]:  # noqa: FBT001 - a cached function takes positions
    machine = analyse(definition, express=express).machine
    return () if machine is None else tuple(task_calls(machine))


def _reached(design: Design, call: TaskCall) -> Reached:
    missing: list[str] = []
    for name in call.names:
        for node_id in mentioned(name):
            node = design.nodes.get(node_id) or _by_label(design, node_id, call)
            if node is not None:
                return Reached(call, node)
            missing.append(node_id)
    if call.call.kind not in (CallKind.UNKNOWN, CallKind.ACTIVITY):
        for name in call.names:
            node = _by_label(design, last_name(name), call)
            if node is not None:
                return Reached(call, node)
        if call.call.service in ("events", "eventbridge") and not call.names:
            return Reached(call, _default_bus(design))
    return Reached(call, None, tuple(dict.fromkeys(missing)))


def _by_label(design: Design, name: str, call: TaskCall) -> Node | None:
    """The node of a fitting service with this id or label; None when there are several."""
    fitting = [
        node
        for service in TARGETS.get(call.call.service, ())
        for node in design.nodes_of(service)
        if name in (node.id, node.label)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _default_bus(design: Design) -> Node | None:
    buses = [bus for bus in design.nodes_of("eventbridge_bus") if bus.value("kind") == "default"]
    return buses[0] if len(buses) == 1 else None


def is_task_edge(edge: Edge) -> bool:
    """Whether the edge stands for calls of states: not for the log, the traces and the status changes."""
    row = edge.row
    if row is None:
        return False
    return row.source in WORKFLOWS and row.id.split(".")[2] not in ("logging", "tracing", "status_change")


def stands_for(edge: Edge, workflow: Node, reached: Reached) -> bool:
    """Whether the edge is the drawing of the call."""
    if reached.node is None or edge.target != reached.node.id or edge.source != workflow.id:
        return False
    row = connection_of(reached.call, workflow.service, reached.node.service)
    if row is None or edge.connection != row.id:
        return row is None and edge.row is None
    action = edge_parameters(reached.call, row).get("action")
    return action is None or edge.value("action") == action
