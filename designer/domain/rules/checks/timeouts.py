"""Who gives up before whom: callers, APIs, functions and the queues that feed them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import (
    REST_LIMITS,
    aws_docs,
    toolkit,
)
from designer.domain.catalog.sources import SQS_MAPPING as MAPPING_SOURCE
from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.meanings import (
    INVOKE,
    QUEUE_MAPPINGS,
    QUEUES,
    names,
    polling_functions,
)
from designer.domain.rules.orchestration import call_in_turn
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_FUNCTION: Final = ("lambda",)
_REST_TIMEOUT_MS: Final = 29_000
"""Quota on the integration timeout of a REST API."""


@rule(
    "R007",
    Severity.WARNING,
    "Function may run longer than its API waits",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="The caller gets 504 while the function goes on and is billed; a retry does the work twice.",
    source=toolkit("API Gateway", "api-gateway.md"),
)
def function_outlasts_api(design: Design, function: Node) -> Iterator[Problem]:
    """The function's timeout is longer than the integration timeout of an API that waits for it."""
    waiting = [
        design.nodes[edge.source]
        for edge in design.incoming(function.id)
        if edge.flow is Flow.SYNC and edge.connection.endswith((".proxy", ".custom"))
    ]
    if not waiting:
        return
    api = min(waiting, key=lambda node: node.number("integration_timeout_ms", 29_000))
    limit_s, timeout_s = api.number("integration_timeout_ms", 29_000) / 1000, function.number("timeout_s", 3)
    if timeout_s > limit_s:
        fixes = [] if limit_s < 1 else [set_node(function, f"Set it to {int(limit_s)} s", timeout_s=int(limit_s))]
        yield problem(
            function,
            f"{function.label} may take {timeout_s:g} s, but {api.label} gives up after {limit_s:g} s.",
            *fixes,
            parameter="timeout_s",
        )


@rule(
    "R008",
    Severity.WARNING,
    "Function gives up before the function it waits for",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="The caller times out, is billed in full and fails, while the other function goes on for nobody.",
    source=toolkit("Lambda", "lambda.md"),
)
def caller_times_out_first(design: Design, function: Node) -> Iterator[Problem]:
    """A function that is called and waited for may take longer than its caller."""
    called = [design.nodes[edge.target] for edge in design.outgoing(function.id) if edge.connection == INVOKE]
    if not called:
        return
    slowest = max(called, key=lambda node: node.number("timeout_s", 3))
    own_s, other_s = function.number("timeout_s", 3), slowest.number("timeout_s", 3)
    if own_s < other_s:
        yield problem(
            function,
            f"{function.label} gives up after {own_s:g} s, but {slowest.label} may take {other_s:g} s.",
            set_node(function, f"Set it to {min(900, int(other_s) + 1)} s", timeout_s=min(900, int(other_s) + 1)),
            parameter="timeout_s",
        )


@rule(
    "R025",
    Severity.WARNING,
    "Long chain of waiting functions",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Every function in the chain is billed while it waits, their times add up, and one failure fails all of them.",
    source=aws_docs("Lambda functions calling Lambda functions", "lambda/latest/dg/concepts-application-design.html"),
)
def synchronous_chain(design: Design, function: Node) -> Iterator[Problem]:
    """A function waits for this one, which in turn waits for a third."""
    around = (*design.incoming(function.id), *design.outgoing(function.id))
    calls = [edge for edge in around if edge.connection == INVOKE and edge.source != edge.target]
    callers = tuple(edge for edge in calls if edge.target == function.id)
    called = tuple(edge for edge in calls if edge.source == function.id)
    if callers and called:
        yield problem(
            function,
            f"{names([design.nodes[edge.source] for edge in callers])} waits for {function.label}, which waits for "
            f"{names([design.nodes[edge.target] for edge in called])}. Put a queue between them, or let a state "
            "machine call one after the other.",
            call_in_turn(design, function, callers, called),
        )


@rule(
    "R003",
    Severity.ERROR,
    "Messages reappear while the function still works",
    scope=Scope.NODE,
    only=QUEUES,
    why="AWS refuses the event source mapping when the visibility timeout is shorter than the function's timeout.",
    source=MAPPING_SOURCE,
)
def visibility_below_timeout(design: Design, queue: Node) -> Iterator[Problem]:
    """The visibility timeout is shorter than the timeout of a function that reads the queue."""
    slowest = _slowest_reader(design, queue)
    if slowest is None:
        return
    edge, function = slowest
    visibility_s, timeout_s = queue.number("visibility_timeout_s", 30), function.number("timeout_s", 3)
    if visibility_s < timeout_s:
        wanted_s = _wanted_visibility_s(edge, function)
        yield problem(
            queue,
            f"{queue.label} hides a message for {visibility_s:g} s; {function.label} may take {timeout_s:g} s.",
            set_node(queue, f"Set it to {wanted_s:,} s", visibility_timeout_s=wanted_s),
            parameter="visibility_timeout_s",
        )


@rule(
    "R004",
    Severity.WARNING,
    "Visibility timeout below six times the function timeout",
    scope=Scope.NODE,
    only=QUEUES,
    why="When the function is throttled, Lambda keeps the batch and tries again. A message that reappears meanwhile is "
    "worked on twice and uses up receives.",
    source=MAPPING_SOURCE,
)
def visibility_below_six_timeouts(design: Design, queue: Node) -> Iterator[Problem]:
    """The visibility timeout is enough, but shorter than six function timeouts and the batch window."""
    slowest = _slowest_reader(design, queue)
    if slowest is None:
        return
    edge, function = slowest
    visibility_s, timeout_s = queue.number("visibility_timeout_s", 30), function.number("timeout_s", 3)
    wanted_s = _wanted_visibility_s(edge, function)
    if timeout_s <= visibility_s < wanted_s:
        window_s = edge.number("batch_window_s")
        extra = f" and the batch window of {window_s:g} s" if window_s else ""
        yield problem(
            queue,
            f"{queue.label} hides a message for {visibility_s:g} s; six times the timeout of {function.label}"
            f"{extra} are {wanted_s:,} s.",
            set_node(queue, f"Set it to {wanted_s:,} s", visibility_timeout_s=wanted_s),
            parameter="visibility_timeout_s",
        )


@rule(
    "R005",
    Severity.ERROR,
    "API timeout above 29 seconds",
    scope=Scope.NODE,
    only=("api_gateway_rest",),
    why="An edge-optimized API never waits longer than 29 s, and AWS does not raise it: the caller gets 504.",
    source=REST_LIMITS,
)
def edge_api_timeout(design: Design, api: Node) -> Iterator[Problem]:
    """An edge-optimized REST API should wait longer than 29 s for its backend."""
    del design
    timeout_ms = api.number("integration_timeout_ms", 29_000)
    if api.value("endpoint_type") == "edge" and timeout_ms > _REST_TIMEOUT_MS:
        yield problem(
            api,
            f"{api.label} should wait {timeout_ms / 1000:g} s. Hand longer work to a queue and let the caller ask for "
            "the result, or use a Regional API and have the quota raised.",
            set_node(api, "Set it to 29 s", integration_timeout_ms=_REST_TIMEOUT_MS),
            parameter="integration_timeout_ms",
        )


@rule(
    "R006",
    Severity.WARNING,
    "API timeout above the quota of 29 seconds",
    scope=Scope.NODE,
    only=("api_gateway_rest",),
    why="A Regional or private API waits longer than 29 s only after AWS has raised the account's quota, which may "
    "lower its request rate.",
    source=REST_LIMITS,
)
def regional_api_timeout(design: Design, api: Node) -> Iterator[Problem]:
    """A Regional or private REST API should wait longer than 29 s for its backend."""
    del design
    timeout_ms = api.number("integration_timeout_ms", 29_000)
    if api.value("endpoint_type") != "edge" and timeout_ms > _REST_TIMEOUT_MS:
        yield problem(
            api,
            f"{api.label} should wait {timeout_ms / 1000:g} s; the quota is 29 s until AWS raises it.",
            set_node(api, "Set it to 29 s", integration_timeout_ms=_REST_TIMEOUT_MS),
            parameter="integration_timeout_ms",
        )


def _slowest_reader(design: Design, queue: Node) -> tuple[Edge, Node] | None:
    readers = list(polling_functions(design, queue, *QUEUE_MAPPINGS))
    return max(readers, key=lambda reader: (_wanted_visibility_s(*reader), reader[0].id), default=None)


def _wanted_visibility_s(edge: Edge, function: Node) -> int:
    """Six function timeouts plus the batch window, as AWS advises, but no more than SQS allows (12 h)."""
    return min(43_200, math.ceil(6 * function.number("timeout_s", 3) + edge.number("batch_window_s")))
