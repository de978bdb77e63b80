"""Reserved and provisioned concurrency, and SnapStart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import (
    SQS_MAPPING_SCALING,
    aws_docs,
    toolkit,
)
from designer.domain.graph.model import Design, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.meanings import (
    QUEUE_MAPPINGS,
    polled_sources,
)
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_CONCURRENCY: Final = toolkit("Lambda concurrency", "concurrency.md")
_FUNCTION: Final = ("lambda",)
_SNAP_START: Final = aws_docs("Lambda SnapStart", "lambda/latest/dg/snapstart.html")
_SNAP_START_RUNTIMES: Final = (
    *("java11", "java17", "java21", "java25", "python3.12", "python3.13", "python3.14", "python3.15"),
    *("java11.al2023", "java17.al2023", "dotnet8", "dotnet10"),
)


@rule(
    "R014",
    Severity.WARNING,
    "Less concurrency than its queues ask for",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="The pollers start batches that are throttled. Their messages come back later with one more receive, and can "
    "end in the dead-letter queue without ever having been worked on.",
    source=SQS_MAPPING_SCALING,
)
def reserved_below_mappings(design: Design, function: Node) -> Iterator[Problem]:
    """The maximum concurrency of the function's queues adds up to more than its reserved concurrency."""
    reserved = function.number("reserved_concurrency", -1)
    asked = sum(edge.number("maximum_concurrency") for edge, _ in polled_sources(design, function, *QUEUE_MAPPINGS))
    if 0 < reserved < asked:
        yield problem(
            function,
            f"The queues of {function.label} may start {asked:g} batches at once, but {reserved:g} are reserved.",
            set_node(function, f"Reserve {asked:g}", reserved_concurrency=int(asked)),
            parameter="reserved_concurrency",
        )


@rule(
    "R015",
    Severity.WARNING,
    "Function switched off",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="A reserved concurrency of 0 throttles every call: callers get 429 and events wait until they are too old.",
    source=_CONCURRENCY,
)
def reserved_concurrency_zero(design: Design, function: Node) -> Iterator[Problem]:
    """The reserved concurrency is 0."""
    del design
    if function.value("reserved_concurrency") == 0:
        yield problem(
            function,
            f"{function.label} may not run at all: its reserved concurrency is 0.",
            set_node(function, "Remove the reservation", reserved_concurrency=None),
            parameter="reserved_concurrency",
        )


@rule(
    "R026",
    Severity.ERROR,
    "SnapStart with provisioned concurrency",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="AWS refuses a version that has both.",
    source=_SNAP_START,
)
def snap_start_and_provisioned(design: Design, function: Node) -> Iterator[Problem]:
    """The function has SnapStart and provisioned concurrency."""
    del design
    if function.value("snap_start") is True and function.number("provisioned_concurrency") > 0:
        yield problem(
            function,
            f"{function.label} has both SnapStart and provisioned concurrency.",
            set_node(function, "Switch SnapStart off", snap_start=None),
            set_node(function, "Drop provisioned concurrency", provisioned_concurrency=None),
            parameter="snap_start",
        )


@rule(
    "R027",
    Severity.ERROR,
    "SnapStart that this function cannot have",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="AWS rejects the configuration.",
    source=_SNAP_START,
)
def snap_start_preconditions(design: Design, function: Node) -> Iterator[Problem]:
    """SnapStart needs a .zip package, a runtime that supports it and no more than 512 MB of ephemeral storage."""
    del design
    if function.value("snap_start") is not True:
        return
    reasons = []
    if function.value("package_type") == "image":
        reasons.append("it is a container image")
    elif function.value("runtime") not in _SNAP_START_RUNTIMES:
        reasons.append(f"its runtime is {function.value('runtime')}")
    if function.number("ephemeral_storage_mb") > 512:
        reasons.append("it has more than 512 MB of ephemeral storage")
    if reasons:
        yield problem(
            function,
            f"{function.label} cannot use SnapStart: {' and '.join(reasons)}.",
            set_node(function, "Switch SnapStart off", snap_start=None),
            parameter="snap_start",
        )


@rule(
    "R028",
    Severity.ERROR,
    "More concurrency provisioned than reserved",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Provisioned environments are taken out of the function's reserved concurrency, so AWS refuses more than that.",
    source=_CONCURRENCY,
)
def provisioned_above_reserved(design: Design, function: Node) -> Iterator[Problem]:
    """The provisioned concurrency is above the reserved concurrency."""
    del design
    reserved, provisioned = function.number("reserved_concurrency", -1), function.number("provisioned_concurrency")
    if 0 <= reserved < provisioned:
        yield problem(
            function,
            f"{function.label} has {provisioned:g} environments provisioned, but only {reserved:g} reserved.",
            set_node(function, f"Provision {reserved:g}", provisioned_concurrency=int(reserved)),
            set_node(function, f"Reserve {provisioned:g}", reserved_concurrency=int(provisioned)),
            parameter="provisioned_concurrency",
        )
