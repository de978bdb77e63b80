"""What a function's log, code, role and callers ask of its owner."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from designer.domain.catalog.sources import LAMBDA_QUOTAS, aws_docs, toolkit
from designer.domain.connections.permissions import principal
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Mode, PermissionSide
from designer.domain.graph.memo import once_per_wiring
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import SetNodeParameter
from designer.domain.rules.fixes import set_node
from designer.domain.rules.meanings import names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_FUNCTION: Final = ("lambda",)
_KEPT_DAYS: Final = 30
_ZIP_MB: Final = 250
_IMAGE_MB: Final = 10_240
_STATEMENTS: Final = 50
"""About as many statements as fit into the 20 KB of a resource policy, at some 400 bytes each."""
_PACKAGES: Final = toolkit("Lambda", "lambda.md")


@rule(
    "M220",
    Severity.ADVICE,
    "Function's log kept for ever",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Lambda makes the log group without a retention, so nothing is ever deleted, and all of it is billed each "
    "month.",
    source=aws_docs("Working with log groups", "AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html"),
)
def function_log_without_retention(design: Design, function: Node) -> Iterator[Problem]:
    """Nobody has said when the function's log lines go."""
    del design
    if function.value("log_retention_days") is None:
        yield problem(
            function,
            f"The log of {function.label} never loses a line.",
            set_node(function, f"Keep lines for {_KEPT_DAYS} days", log_retention_days=_KEPT_DAYS),
            parameter="log_retention_days",
        )


@rule(
    "R221",
    Severity.ADVICE,
    "One function for several services",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Each service has its own shape of event, its own retries and its own peaks. One function for all of them has "
    "to tell them apart, and one source's flood or error takes the others with it.",
    source=aws_docs("Best practices for Lambda functions", "lambda/latest/dg/best-practices.html"),
)
def several_principals(design: Design, function: Node) -> Iterator[Problem]:
    """More than one service may call the function."""
    callers: dict[str, Node] = {}
    for edge in design.incoming(function.id):
        row = edge.row
        if row is not None and row.permission_side is PermissionSide.RESOURCE_POLICY and principal(row.id):
            callers.setdefault(principal(row.id), design.nodes[edge.source])
    if len(callers) > 1:
        yield problem(
            function, f"{function.label} is called by {names(list(callers.values()))}, of different services."
        )


@rule(
    "S222",
    Severity.WARNING,
    "Role that allows everything",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Whoever gets into the function's code gets everything that its role may do.",
    source=aws_docs("Apply least-privilege permissions", "IAM/latest/UserGuide/best-practices.html"),
)
def role_allows_everything(design: Design, function: Node) -> Iterator[Problem]:
    """The imported function has a policy with a star as its action."""
    del design
    wide = sorted(set(_wide_actions(function.resource)))
    if wide:
        yield problem(
            function,
            f"The template lets {function.label} do {', '.join(wide[:3])}. Its arrows need what the inspector lists "
            "under Permissions.",
        )


def _wide_actions(part: object) -> Iterator[str]:
    """The actions of allowing statements anywhere in the resource that stand for everything of a service, or of all."""
    if isinstance(part, dict):
        if part.get("Effect", "Allow") == "Allow":
            actions = part.get("Action", ())
            for action in (actions,) if isinstance(actions, str) else actions:
                if isinstance(action, str) and (action == "*" or action.endswith(":*")):
                    yield action
        for value in part.values():
            yield from _wide_actions(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _wide_actions(value)


@rule(
    "R228",
    Severity.ADVICE,
    "Work that may be done twice",
    scope=Scope.DESIGN,
    why="Queues, topics, event rules and streams deliver at least once. A function that is called again with the same "
    "event charges, mails or counts twice unless it recognises the event.",
    source=aws_docs("Idempotency in Lambda functions", "lambda/latest/dg/best-practices.html"),
)
def work_done_twice(design: Design) -> Iterator[Problem]:
    """Functions get events at least once, change something, and nobody has said that this may be repeated."""
    found = [design.nodes[node_id] for node_id in _may_repeat(design)]
    found = [function for function in found if function.value("repeatable") is not True]
    if found:
        several = len(found) > 1
        yield problem(
            design,
            f"{names(found)} can get the same event twice and {'change' if several else 'changes'} something.",
            Fix("It is repeatable", tuple(SetNodeParameter(node.id, "repeatable", value=True) for node in found)),
            parameter="repeatable",
        )


@once_per_wiring
def _may_repeat(design: Design) -> tuple[str, ...]:
    """The functions that get events at least once and change something."""
    return tuple(
        function.id
        for function in design.nodes_of("lambda")
        if any(_delivers_again(edge) for edge in design.incoming(function.id))
        and any(_changes_something(edge) for edge in design.outgoing(function.id))
    )


def _delivers_again(edge: Edge) -> bool:
    return edge.mode is not Mode.FAILURE and _is_at_least_once(edge.connection)


@cache
def _is_at_least_once(connection: str) -> bool:
    row = connections().get(connection)
    return row is not None and row.delivery.startswith("At least once")


def _changes_something(edge: Edge) -> bool:
    if edge.mode in (Mode.FAILURE, Mode.AUTHORIZER) or edge.row is None:
        return False
    action = edge.value("action")
    return not (isinstance(action, str) and action.startswith(("Get", "Query", "Scan", "List", "BatchGet")))


@rule(
    "L230",
    Severity.ERROR,
    "Code larger than its package may be",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="AWS refuses a .zip package of more than 250 MB unzipped, layers included, and an image of more than 10 GB.",
    source=_PACKAGES,
)
def code_too_large(design: Design, function: Node) -> Iterator[Problem]:
    """The code does not fit into the kind of package that it has."""
    del design
    size = function.number("code_mb")
    if size > _ZIP_MB and function.value("package_type") != "image":
        as_image = set_node(function, "Make it a container image", package_type="image", layers=None)
        yield problem(
            function,
            f"{function.label} has {size:,g} MB of code; a .zip package takes {_ZIP_MB} MB.",
            *((as_image,) if size <= _IMAGE_MB else ()),
            parameter="code_mb",
        )


@rule(
    "L231",
    Severity.ERROR,
    "Layers on a container image",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Layers belong to .zip packages. For an image they are copied in when it is built.",
    source=_PACKAGES,
)
def layers_on_image(design: Design, function: Node) -> Iterator[Problem]:
    """The function is an image and has layers."""
    del design
    if function.value("package_type") == "image" and function.number("layers") > 0:
        yield problem(
            function,
            f"{function.label} is a container image and has layers.",
            set_node(function, "Take the layers away", layers=None),
            set_node(function, "Make it a .zip package", package_type="zip"),
            parameter="layers",
        )


@rule(
    "L232",
    Severity.WARNING,
    "Function with very many callers",
    scope=Scope.NODE,
    only=_FUNCTION,
    why="Each caller adds a statement to the function's resource policy, which may have 20 KB. AWS refuses the "
    "statement for which there is no room.",
    source=LAMBDA_QUOTAS,
)
def policy_too_long(design: Design, function: Node) -> Iterator[Problem]:
    """More services call the function than its resource policy has room for."""
    callers = [
        edge
        for edge in design.incoming(function.id)
        if edge.row is not None and edge.row.permission_side is PermissionSide.RESOURCE_POLICY
    ]
    if len(callers) > _STATEMENTS:
        yield problem(function, f"{function.label} has {len(callers)} callers in its resource policy.")
