"""WebSocket API: connections, messages of clients to a route, and messages back to them."""

from __future__ import annotations

import math
from typing import Final

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.api_access import authorization, throttling
from simulator.engine.lowering.api_routes import connection_routes, routes, run_route
from simulator.engine.lowering.declaration import CALL, HAND_OVER
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "api_gateway_websocket"
ENTRIES = (CALL, HAND_OVER)
REFUSED = "the account's rate of requests or of new connections"

MESSAGES: Final = "messages"
MINUTES: Final = "connection minutes"
SECONDS_IN_MINUTE: Final = 60.0


def entry_for(edge: Edge) -> str | None:
    """Clients send to a route; code posts to a connection."""
    return CALL if edge.connection.startswith("client.") else HAND_OVER


def session(plan: Plan, node: Node) -> tuple[float, float]:
    """How many messages a client sends over one connection, and how many minutes that lasts.

    When the pauses between its messages are longer than the idle timeout and nothing is posted to it in between, it has
    to connect anew for each message.
    """
    messages = max(node.number("messages_per_connection", 1.0), 1.0)
    longest = plan.limit(SERVICE, "connection_duration") / SECONDS_IN_MINUTE
    minutes = min(node.number("connection_minutes", 10.0), longest)
    idle = plan.limit(SERVICE, "idle_timeout") / SECONDS_IN_MINUTE
    posted = any(entry_for(edge) == HAND_OVER for edge in plan.design.incoming(node.id))
    if minutes / messages > idle and not posted:
        return 1.0, idle
    return messages, minutes


def lower(plan: Plan, node: Node) -> None:
    """Every so many messages a client connects anew; a message goes to one route and is answered or not."""
    tables, number = plan.tables, plan.number(node)
    disconnect = _disconnect(plan, node)
    connect, talk, end = Label("connect"), Label("talk"), Label("end")
    messages = plan.meter(node, MESSAGES)
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=end)
    throttling(plan, node, end)
    tables.emit(op.DELAY, resource=plan.latency("api_gateway_websocket.overhead"), stream=plan.stream(node, "overhead"))
    per_connection, minutes = session(plan, node)
    tables.emit(op.CHANCE, x=1.0 / per_connection, target=connect, stream=plan.stream(node, "connections"))
    tables.emit(op.JUMP, target=talk)
    tables.place(connect)
    _connect(plan, node, minutes, end)
    if disconnect is not None:
        tables.emit(op.SEND, node=number, target=disconnect, x=1.0, flags=1)
    tables.place(talk)
    tables.emit(op.METER, node=number, resource=messages, x=1.0)
    routes(plan, node, end)
    tables.place(end)
    tables.emit(op.END)
    _post(plan, node, messages)


def _connect(plan: Plan, node: Node, minutes: float, end: Label) -> None:
    """A new connection takes a token of the account's, asks the authorizer, runs $connect, and is paid by the minute.

    It is refused when one of them fails. Only started minutes of a connection that came about are paid for.
    """
    tables = plan.tables
    rate = plan.limit(SERVICE, "new_connections")
    bucket = plan.account_bucket("websocket connections", rate, rate)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.THROTTLED, otherwise=end)
    authorization(plan, node, end)
    edges = connection_routes(plan, node, "connect")
    if edges:
        run_route(plan, node, edges, end)
    tables.emit(op.METER, node=plan.number(node), resource=plan.meter(node, MINUTES), x=float(math.ceil(minutes)))


def _disconnect(plan: Plan, node: Node) -> Label | None:
    """A program of its own that runs $disconnect, once, whatever comes of it.

    It is started along with a new connection: an older one ends for each that begins.
    """
    edges = connection_routes(plan, node, "disconnect")
    if not edges:
        return None
    start, end = Label("disconnect"), Label("disconnected")
    plan.tables.place(start)
    run_route(plan, node, edges, end)
    plan.tables.place(end)
    plan.tables.emit(op.END)
    return start


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
