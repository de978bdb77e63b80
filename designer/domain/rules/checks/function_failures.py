"""What becomes of events that a function could not handle, and what it runs on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.lambda_runtimes import DEPRECATED_RUNTIMES
from designer.domain.catalog.sources import (
    LAMBDA_ASYNC,
    LAMBDA_DESTINATIONS,
    LAMBDA_RUNTIMES,
)
from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Design, Node
from designer.domain.rules.fixes import add_failure_queue, remove_edges
from designer.domain.rules.meanings import (
    DEAD_LETTER,
    ON_FAILURE,
    ON_SUCCESS,
    async_callers,
    is_destination,
    keeps_async_failures,
    names,
)
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_FUNCTION: Final = ("lambda",)
_KINDS_OF_DESTINATION: Final = (
    ("on-failure destination", ON_FAILURE),
    ("on-success destination", ON_SUCCESS),
    ("dead-letter queue", DEAD_LETTER),
)


@rule(
    "R001",
    Severity.WARNING,
    "Asynchronous function without a failure destination",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Lambda tries a failed event twice more and then drops it. Nobody learns that it is lost.",
    source=LAMBDA_ASYNC,
)
def async_without_failure_destination(design: Design, function: Node) -> Iterator[Problem]:
    """Something invokes the function asynchronously, and nothing keeps the events that it cannot handle."""
    callers = async_callers(design, function)
    if not callers or any(keeps_async_failures(edge) for edge in design.outgoing(function.id)):
        return
    who = names([design.nodes[edge.source] for edge in callers])
    yield problem(
        function,
        f"{who} invokes {function.label} asynchronously; events that keep failing are lost.",
        add_failure_queue(design, function, "lambda.sqs_standard.on_failure", "Add a queue for failed events"),
    )


@rule(
    "R039",
    Severity.WARNING,
    "Destination that is never used",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Destinations and the function's dead-letter queue get asynchronous invocations only. A caller that waits gets "
    "the error itself, and for a queue or stream the mapping or the queue's own redrive policy counts.",
    source=LAMBDA_DESTINATIONS,
)
def destination_never_used(design: Design, function: Node) -> Iterator[Problem]:
    """The function has a destination, and everything that invokes it waits or polls."""
    destinations = [edge for edge in design.outgoing(function.id) if is_destination(edge)]
    callers = design.incoming(function.id)
    if not destinations or not callers or any(edge.flow is Flow.ASYNC for edge in callers):
        return
    yield problem(
        function,
        f"{names([design.nodes[edge.target] for edge in destinations])} never gets anything: nothing invokes "
        f"{function.label} asynchronously.",
        remove_edges(destinations, "Remove what is never used"),
    )


@rule(
    "R040",
    Severity.ERROR,
    "Several destinations of one kind",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="A function has one on-failure and one on-success destination and one dead-letter queue.",
    source=LAMBDA_DESTINATIONS,
)
def several_destinations(design: Design, function: Node) -> Iterator[Problem]:
    """The function has two destinations for the same outcome."""
    outgoing = design.outgoing(function.id)
    surplus = {
        kind: [edge for edge in outgoing if edge.connection in connections][1:]
        for kind, connections in _KINDS_OF_DESTINATION
    }
    if any(surplus.values()):
        kinds = " and ".join(f"{len(edges) + 1} {kind}s" for kind, edges in surplus.items() if edges)
        yield problem(
            function,
            f"{function.label} has {kinds}.",
            remove_edges([edge for edges in surplus.values() for edge in edges], "Keep the first of each"),
        )


@rule(
    "R050",
    Severity.ADVICE,
    "Failed events kept twice",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="A destination's record holds the request, the error and the response; the dead-letter queue gets the bare "
    "event once more.",
    source=LAMBDA_DESTINATIONS,
)
def destination_and_dead_letter(design: Design, function: Node) -> Iterator[Problem]:
    """The function has an on-failure destination and a dead-letter queue."""
    outgoing = design.outgoing(function.id)
    dead_letters = [edge for edge in outgoing if edge.connection in DEAD_LETTER]
    if dead_letters and any(edge.connection in ON_FAILURE for edge in outgoing):
        yield problem(
            function,
            f"{function.label} has an on-failure destination and a dead-letter queue.",
            remove_edges(dead_letters, "Keep only the destination"),
        )


@rule(
    "R045",
    Severity.WARNING,
    "Runtime that AWS no longer maintains",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="It gets no security fixes, and later AWS blocks creating and updating functions that use it.",
    source=LAMBDA_RUNTIMES,
)
def deprecated_runtime(design: Design, function: Node) -> Iterator[Problem]:
    """The runtime is deprecated."""
    del design
    runtime = function.value("runtime")
    if isinstance(runtime, str) and runtime in DEPRECATED_RUNTIMES and function.value("package_type") != "image":
        yield problem(
            function,
            f"{function.label} runs on {DEPRECATED_RUNTIMES[runtime]}, which is deprecated.",
            parameter="runtime",
        )
