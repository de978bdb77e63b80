"""WebSocket API: connections, messages of clients to a route, and messages back to them."""

from __future__ import annotations

import math
from typing import Final

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.api_access import authorization, throttling
from simulator.engine.lowering.api_routes import routes
from simulator.engine.lowering.declaration import CALL, HAND_OVER
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "api_gateway_websocket"
ENTRIES = (CALL, HAND_OVER)
REFUSED = "the account's rate of requests or of new connections"

MESSAGES: Final = "messages"
MINUTES: Final = "connection minutes"
LONGEST_MINUTES: Final = 120.0


def entry_for(edge: Edge) -> str | None:
    """Clients send to a route; code posts to a connection."""
    return CALL if edge.connection.startswith("client.") else HAND_OVER


def lower(plan: Plan, node: Node) -> None:
    """Every so many messages a client connects anew; a message goes to one route and is answered or not."""
    tables, number = plan.tables, plan.number(node)
    connect, talk, end = Label("connect"), Label("talk"), Label("end")
    messages = plan.meter(node, MESSAGES)
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=end)
    throttling(plan, node, end)
    tables.emit(op.DELAY, resource=plan.latency("api_gateway_websocket.overhead"), stream=plan.stream(node, "overhead"))
    share = 1.0 / max(node.number("messages_per_connection", 1.0), 1.0)
    tables.emit(op.CHANCE, x=share, target=connect, stream=plan.stream(node, "connections"))
    tables.emit(op.JUMP, target=talk)
    tables.place(connect)
    _connect(plan, node, end)
    tables.place(talk)
    tables.emit(op.METER, node=number, resource=messages, x=1.0)
    routes(plan, node, end)
    tables.place(end)
    tables.emit(op.END)
    _post(plan, node, messages)


def _connect(plan: Plan, node: Node, end: Label) -> None:
    """A new connection takes a token of the account's, asks the authorizer, and is paid for by the started minute."""
    tables = plan.tables
    rate = plan.limit(SERVICE, "new_connections")
    bucket = plan.account_bucket("websocket connections", rate, rate)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.THROTTLED, otherwise=end)
    authorization(plan, node, end)
    minutes = math.ceil(min(node.number("connection_minutes", 10.0), LONGEST_MINUTES))
    tables.emit(op.METER, node=plan.number(node), resource=plan.meter(node, MINUTES), x=float(minutes))


def _post(plan: Plan, node: Node, messages: int) -> None:
    """A message to a client passes the account's throttle and counts like one from a client."""
    tables, number = plan.tables, plan.number(node)
    end = Label("posted")
    plan.place(node, HAND_OVER)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=end)
    throttling(plan, node, end)
    tables.emit(op.DELAY, resource=plan.latency("api_gateway_websocket.overhead"), stream=plan.stream(node, "overhead"))
    tables.emit(op.METER, node=number, resource=messages, x=1.0)
    tables.place(end)
    tables.emit(op.END)
