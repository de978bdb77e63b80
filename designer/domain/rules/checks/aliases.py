"""Aliases and versions of functions, and their provisioned concurrency."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import LAMBDA_ASYNC, SQS_MAPPING, aws_docs, service_model, toolkit
from designer.domain.connections.registry import connections, find_edge_parameter
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, AddNode, Operation, SetEdgeConnection, SetNodeParameter
from designer.domain.rules.fixes import add_failure_queue, new_edge, new_node, remove_edges, set_node
from designer.domain.rules.meanings import (
    ALIAS,
    ALIAS_MAPPING,
    async_callers,
    keeps_async_failures,
    names,
    polled_sources,
)
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_ALIAS: Final = ("lambda_alias_version",)
_ALIASES: Final = aws_docs("Lambda aliases", "lambda/latest/dg/configuration-aliases.html")
_CONCURRENCY: Final = toolkit("Lambda concurrency", "concurrency.md")


@rule(
    "C140",
    Severity.ERROR,
    "More than two versions behind an alias",
    scope=Scope.NODE,
    only=_ALIAS,
    why="AWS refuses an alias with more than two versions.",
    source=service_model("lambda", "CreateAlias.RoutingConfig"),
)
def too_many_versions(design: Design, alias: Node) -> Iterator[Problem]:
    """The alias leads to three versions or more."""
    edges = _versions(design, alias)
    most = int(services()[alias.service].limit("versions").value)
    if len(edges) > most:
        kept = names([design.nodes[edge.target] for edge in edges[:most]])
        yield problem(
            alias,
            f"{alias.label} shares its calls between {len(edges)} versions.",
            remove_edges(edges[most:], f"Keep {kept}"),
        )


@rule(
    "R145",
    Severity.WARNING,
    "Alias without a version",
    scope=Scope.NODE,
    only=_ALIAS,
    why="An alias is a name for a published version. Without one, calls lead nowhere.",
    source=_ALIASES,
)
def alias_without_version(design: Design, alias: Node) -> Iterator[Problem]:
    """Nothing stands behind the alias."""
    if not _versions(design, alias):
        yield problem(alias, f"{alias.label} names no version. Connect it to its function.")


@rule(
    "R142",
    Severity.WARNING,
    "Provisioned concurrency without an alias",
    scope=Scope.NODE,
    only=("lambda",),
    why="Provisioned concurrency belongs to a version or an alias. Whoever calls the function by its plain name gets "
    "$LATEST, which has none, while the prepared environments are paid for.",
    source=_CONCURRENCY,
)
def provisioned_without_alias(design: Design, function: Node) -> Iterator[Problem]:
    """The function has provisioned concurrency, and is called without an alias that is drawn."""
    provisioned = function.number("provisioned_concurrency")
    incoming = design.incoming(function.id)
    if provisioned <= 0 or not incoming or any(edge.connection == ALIAS for edge in incoming):
        return
    fix = _put_alias_before(design, function, int(provisioned))
    yield problem(
        function,
        f"{function.label} has {provisioned:g} environments prepared. Make sure that its callers name the version or "
        "alias that holds them.",
        *([] if fix is None else [fix]),
        parameter="provisioned_concurrency",
    )


@rule(
    "R143",
    Severity.ERROR,
    "SnapStart behind an alias with provisioned concurrency",
    scope=Scope.NODE,
    only=_ALIAS,
    why="AWS refuses provisioned concurrency for a version that has SnapStart.",
    source=aws_docs("Lambda SnapStart", "lambda/latest/dg/snapstart.html"),
)
def snap_start_behind_alias(design: Design, alias: Node) -> Iterator[Problem]:
    """The alias has provisioned concurrency, and a function behind it has SnapStart."""
    if alias.number("provisioned_concurrency") <= 0:
        return
    functions = [f for f in _functions(design, alias) if f.value("snap_start") is True]
    if functions:
        yield problem(
            alias,
            f"{alias.label} has provisioned concurrency, and {names(functions)} has SnapStart.",
            set_node(alias, "Drop provisioned concurrency", provisioned_concurrency=None),
            Fix("Switch SnapStart off", tuple(SetNodeParameter(f.id, "snap_start", None) for f in functions)),
            parameter="provisioned_concurrency",
        )


@rule(
    "R146",
    Severity.ERROR,
    "Alias provisions more than its function reserves",
    scope=Scope.NODE,
    only=_ALIAS,
    why="Provisioned environments are taken out of the function's reserved concurrency, so AWS refuses more than that.",
    source=_CONCURRENCY,
)
def alias_above_reserved(design: Design, alias: Node) -> Iterator[Problem]:
    """The alias's provisioned concurrency is above the reserved concurrency of its function."""
    provisioned = alias.number("provisioned_concurrency")
    for function in _functions(design, alias):
        reserved = function.number("reserved_concurrency", -1)
        if 0 <= reserved < provisioned:
            yield problem(
                alias,
                f"{alias.label} provisions {provisioned:g} environments, but {function.label} reserves {reserved:g}.",
                set_node(alias, f"Provision {reserved:g}", provisioned_concurrency=int(reserved)),
                set_node(function, f"Reserve {provisioned:g}", reserved_concurrency=int(provisioned)),
                parameter="provisioned_concurrency",
            )
            return


@rule(
    "R144",
    Severity.ADVICE,
    "Caller goes past the alias",
    scope=Scope.NODE,
    only=("lambda",),
    why="Who calls the function by its plain name runs $LATEST: unpublished code, without the alias's shares and "
    "provisioned concurrency.",
    source=_ALIASES,
)
def caller_past_alias(design: Design, function: Node) -> Iterator[Problem]:
    """The function has an alias, and something calls it without."""
    incoming = design.incoming(function.id)
    aliases = [edge.source for edge in incoming if edge.connection == ALIAS]
    direct = [edge for edge in incoming if edge.connection != ALIAS and _is_call(edge)]
    if not aliases or not direct:
        return
    alias = design.nodes[aliases[0]]
    moved = [_moved(edge, alias.id) for edge in direct]
    operations = tuple(SetEdgeConnection(edge) for edge in moved if edge is not None)
    yield problem(
        function,
        f"{names([design.nodes[edge.source] for edge in direct])} calls {function.label} without its alias "
        f"{alias.label}.",
        *([Fix(f"Call it through {alias.label}", operations)] if len(operations) == len(direct) else []),
    )


@rule(
    "R147",
    Severity.WARNING,
    "Queue hides messages too briefly for what is behind an alias",
    scope=Scope.NODE,
    only=_ALIAS,
    why="AWS refuses the mapping when messages reappear before the function's timeout, and advises six timeouts plus "
    "the batch window, because throttled batches are held and tried again.",
    source=SQS_MAPPING,
)
def visibility_behind_alias(design: Design, alias: Node) -> Iterator[Problem]:
    """A queue that is read through the alias hides messages for less than six timeouts of the function."""
    timeout_s = max((function.number("timeout_s", 3) for function in _functions(design, alias)), default=0)
    if not timeout_s:
        return
    for mapping, queue in polled_sources(design, alias, ALIAS_MAPPING):
        wanted_s = min(43_200, math.ceil(6 * timeout_s + mapping.number("batch_window_s")))
        visibility_s = queue.number("visibility_timeout_s", 30)
        if visibility_s < wanted_s:
            yield problem(
                alias,
                f"{queue.label} hides a message for {visibility_s:g} s; six timeouts of what is behind {alias.label} "
                f"are {wanted_s:,} s.",
                set_node(queue, f"Set it to {wanted_s:,} s", visibility_timeout_s=wanted_s),
            )
            return


@rule(
    "R155",
    Severity.WARNING,
    "Events through an alias are lost when they keep failing",
    scope=Scope.EDGE,
    only=(ALIAS,),
    why="Lambda tries a failed event twice more and then drops it. Nobody learns that it is lost.",
    source=LAMBDA_ASYNC,
)
def alias_without_failure_destination(design: Design, edge: Edge) -> Iterator[Problem]:
    """Something invokes the alias asynchronously, and nothing keeps the events that its function cannot handle."""
    alias, function = design.nodes[edge.source], design.nodes[edge.target]
    callers = async_callers(design, alias)
    if not callers or any(keeps_async_failures(outcome) for outcome in design.outgoing(function.id)):
        return
    who = names([design.nodes[caller.source] for caller in callers])
    yield problem(
        edge,
        f"{who} invokes {function.label} asynchronously through {alias.label}; events that keep failing are lost.",
        add_failure_queue(design, function, "lambda.sqs_standard.on_failure", "Add a queue for failed events"),
    )


def _versions(design: Design, alias: Node) -> list[Edge]:
    return [edge for edge in design.outgoing(alias.id) if edge.connection == ALIAS]


def _functions(design: Design, alias: Node) -> list[Node]:
    return [design.nodes[edge.target] for edge in _versions(design, alias)]


def _is_call(edge: Edge) -> bool:
    """True for what invokes the function by a way that an alias offers too."""
    return edge.connection.split(".")[0] in _REACH_ALIASES


_REACH_ALIASES: Final = frozenset(
    row.source for row in connections().values() if row.target == "lambda_alias_version" and row.usable
)


def _moved(edge: Edge, alias_id: str) -> Edge | None:
    """The edge with the alias as its target, or None when the table has no such row."""
    source, _, mechanism = edge.connection.split(".")
    row = connections().get(f"{source}.lambda_alias_version.{mechanism}")
    if row is None or not row.usable:
        return None
    kept = {key: value for key, value in edge.parameters.items() if find_edge_parameter(row.id, key) is not None}
    return replace(edge, target=alias_id, connection=row.id, mode=row.mode, flow=row.flow, parameters=kept)


def _put_alias_before(design: Design, function: Node, provisioned: int) -> Fix | None:
    """A new alias that takes over the provisioned concurrency and all callers, if each can call an alias."""
    place = design.free_place(function.x - 192, function.y)
    alias = new_node(
        design,
        f"{function.id}-live",
        "lambda_alias_version",
        f"{function.label[:180]} live",
        place=place,
        parameters={"provisioned_concurrency": provisioned},
    )
    moved = [_moved(edge, alias.id) for edge in design.incoming(function.id)]
    operations: list[Operation] = [AddNode(alias), AddEdge(new_edge(design, alias.id, function.id, ALIAS))]
    for edge in moved:
        if edge is None:
            return None
        operations.append(SetEdgeConnection(edge))
    operations.append(SetNodeParameter(function.id, "provisioned_concurrency", None))
    return Fix("Put an alias in front that holds them", tuple(operations))
