"""What makes functions slow, expensive or hard to follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model, toolkit
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_edge, set_node
from designer.domain.rules.meanings import INVOKE, QUEUE_MAPPINGS
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_FUNCTION: Final = ("lambda",)
_REFERENCE: Final = toolkit("Lambda", "lambda.md")


@rule(
    "P001",
    Severity.ADVICE,
    "Function as a container image",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Images are larger, up to 10 GB, and start slower when they are cold. AWS patches the runtime of a .zip "
    "package, but never what is in your image.",
    source=aws_docs("Lambda container images", "lambda/latest/dg/images-create.html"),
)
def container_image(design: Design, function: Node) -> Iterator[Problem]:
    """The function is packaged as a container image. It works; a .zip package is lighter where it fits in 250 MB."""
    del design
    if function.value("package_type") == "image":
        yield problem(
            function,
            f"{function.label} is a container image. A .zip package up to 250 MB starts faster.",
            set_node(function, "Make it a .zip package", package_type="zip"),
            parameter="package_type",
        )


@rule(
    "P002",
    Severity.ADVICE,
    "Memory left at the default",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="A function with 128 MB gets a fourteenth of a CPU. More memory often makes a function faster for the same "
    "price.",
    source=_REFERENCE,
)
def default_memory(design: Design, function: Node) -> Iterator[Problem]:
    """Nobody has chosen the function's memory."""
    del design
    if function.parameters.get("memory_mb") is None:
        yield problem(
            function,
            f"Nobody has chosen the memory of {function.label}; it gets 128 MB.",
            set_node(function, "Give it 512 MB", memory_mb=512),
            set_node(function, "Keep 128 MB", memory_mb=128),
            parameter="memory_mb",
        )


@rule(
    "P003",
    Severity.ADVICE,
    "Timeout left at the default",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="The default of 3 s may be too short for a cold start with a slow call behind it. The visibility timeout of "
    "its queue and the timeout of its API follow from this one.",
    source=service_model("lambda", "CreateFunction.Timeout"),
)
def default_timeout(design: Design, function: Node) -> Iterator[Problem]:
    """Nobody has chosen the function's timeout."""
    del design
    if function.parameters.get("timeout_s") is None:
        yield problem(
            function,
            f"Nobody has chosen the timeout of {function.label}; it gets 3 s.",
            set_node(function, "Give it 5 s", timeout_s=5),
            set_node(function, "Keep 3 s", timeout_s=3),
            parameter="timeout_s",
        )


@rule(
    "R048",
    Severity.ADVICE,
    "Function without tracing",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Where a slow or failing event spent its time cannot be followed through the services.",
    source=aws_docs("Visualize Lambda invocations with X-Ray", "lambda/latest/dg/services-xray.html"),
)
def function_without_tracing(design: Design, function: Node) -> Iterator[Problem]:
    """X-Ray tracing is off."""
    del design
    if function.value("xray_tracing") is not True:
        yield problem(
            function,
            f"{function.label} records no traces.",
            set_node(function, "Switch X-Ray tracing on", xray_tracing=True),
            parameter="xray_tracing",
        )


@rule(
    "M001",
    Severity.ADVICE,
    "Paying for a function that waits",
    scope=Scope.EDGE,
    only=(INVOKE,),
    why="While it waits, the calling function is billed like one that works, and both take up concurrency.",
    source=aws_docs("Application design for Lambda", "lambda/latest/dg/concepts-application-design.html"),
)
def paying_while_waiting(design: Design, edge: Edge) -> Iterator[Problem]:
    """A function calls another one and waits for it."""
    caller, called = design.nodes[edge.source], design.nodes[edge.target]
    yield problem(
        edge,
        f"{caller.label} is billed while it waits for {called.label}. Hand the work over by a queue or an event, or "
        "make them one function.",
    )


@rule(
    "M002",
    Severity.ADVICE,
    "One call for each message",
    scope=Scope.EDGE,
    only=QUEUE_MAPPINGS,
    why="Each message costs a call of its own, a receive and a delete. Batches share all three.",
    source=toolkit("Lambda event sources", "event-sources.md"),
)
def batch_of_one(design: Design, edge: Edge) -> Iterator[Problem]:
    """The batch size of a queue's mapping is 1."""
    if edge.number("batch_size", 10) == 1:
        yield problem(
            edge,
            f"{design.nodes[edge.target].label} is called for each single message.",
            set_edge(edge, "Use batches of 10", batch_size=10),
            parameter="batch_size",
        )
