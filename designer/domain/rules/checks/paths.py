"""What only the whole design shows: entries, loops, sums over the account, sizes along a path."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import LAMBDA_PAYLOADS, WINDTUNNEL, aws_docs, toolkit
from designer.domain.catalog.spec import UNKNOWN_SERVICE
from designer.domain.graph.model import Design, Node
from designer.domain.network.placement import WAYS
from designer.domain.rules.fixes import set_node
from designer.domain.rules.meanings import names
from designer.domain.rules.payloads import larger_messages, oversized
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.reach import entries, loops, reached, used
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity


@rule(
    "R016",
    Severity.ERROR,
    "More concurrency reserved than the account has",
    scope=Scope.DESIGN,
    why="AWS refuses a reservation that leaves fewer than 100 executions for all other functions of the account.",
    source=toolkit("Lambda concurrency", "concurrency.md"),
)
def reserved_above_account(design: Design) -> Iterator[Problem]:
    """The reservations of all functions leave less than the floor of the account's concurrency."""
    holders = [node for node in design.nodes_of("lambda") if node.number("reserved_concurrency") > 0]
    total = sum(node.number("reserved_concurrency") for node in holders)
    account = design.scenario().account_concurrency
    most = account - services()["lambda"].limit("unreserved_floor").value
    if total > most:
        largest = max(holders, key=lambda node: (node.number("reserved_concurrency"), node.id))
        yield problem(
            design,
            f"{names(holders)} reserve {total:,g} executions; with an account limit of {account:,} at most {most:,g} "
            "can be reserved.",
            set_node(largest, f"Remove the reservation of {largest.label}", reserved_concurrency=None),
        )


@rule(
    "R029",
    Severity.WARNING,
    "Events go round in a loop",
    scope=Scope.DESIGN,
    why="What goes in never comes out and is paid for on every round. Lambda stops loops over functions, queues, "
    "topics and buckets after about 16 rounds; others run on.",
    source=aws_docs("Recursive loop detection of Lambda", "lambda/latest/dg/invocation-recursion.html"),
)
def endless_loop(design: Design) -> Iterator[Problem]:
    """Calls and events lead from a node back to itself.

    A function and a bucket that trigger each other are left to R017 and R018.
    """
    for loop in loops(design):
        nodes = [design.nodes[node_id] for node_id in loop]
        if {node.service for node in nodes} == {"lambda", "s3"} and len(nodes) == 2:
            continue
        if len(nodes) == 1:
            yield problem(nodes[0], f"{nodes[0].label} calls itself.")
        else:
            yield problem(nodes[0], f"Events go round between {names(nodes)}.")


@rule(
    "R030",
    Severity.ADVICE,
    "No entry point",
    scope=Scope.DESIGN,
    why="A run needs a place where requests or events begin.",
    source=WINDTUNNEL,
)
def no_entry_point(design: Design) -> Iterator[Problem]:
    """Every node where traffic could begin is called by another one."""
    possible = any(service.entry_point and design.nodes_of(service.id) for service in services().values())
    if possible and not entries(design):
        yield problem(design, "Traffic begins nowhere: everything is called by something else. Add a client.")


@rule(
    "R031",
    Severity.ADVICE,
    "Nothing leads here",
    scope=Scope.DESIGN,
    why="No request and no event ever gets to it, so a run shows nothing.",
    source=WINDTUNNEL,
)
def unreached_node(design: Design) -> Iterator[Problem]:
    """No path leads from an entry point, or from something that the catalog does not know, to the node.

    What has no edge at all is told so by R032.
    """
    begin = entries(design)
    if not begin:
        return
    unknown = [node.id for node in design.nodes.values() if node.service not in services()]
    unknown += [node.id for node in design.nodes_of(UNKNOWN_SERVICE)]
    found = used(design, reached(design, [*begin, *unknown]))
    for node in design.nodes.values():
        connected = bool(design.incoming(node.id) or design.outgoing(node.id))
        if connected and node.id not in found and node.service not in WAYS:
            yield problem(node, f"No traffic gets to {node.label}.")


@rule(
    "R032",
    Severity.ADVICE,
    "Not connected",
    scope=Scope.NODE,
    why="Nothing calls it and it calls nothing.",
    source=WINDTUNNEL,
)
def unconnected_node(design: Design, node: Node) -> Iterator[Problem]:
    """The node has no edge."""
    if node.service in WAYS or node.service == UNKNOWN_SERVICE:
        return
    if not design.incoming(node.id) and not design.outgoing(node.id):
        yield problem(node, f"{node.label} is not connected to anything.")


@rule(
    "R034",
    Severity.ERROR,
    "Message too large",
    scope=Scope.DESIGN,
    why="The service refuses it. Put the data into S3 and send its address.",
    source=LAMBDA_PAYLOADS,
)
def message_too_large(design: Design) -> Iterator[Problem]:
    """What a client sends, or a connection says it sends, reaches something that does not take so much."""
    for edge, size_kb, room in oversized(design):
        target = design.nodes[edge.target]
        yield problem(
            edge,
            f"{size_kb:,g} KB arrive on the way to {target.label}, which takes {room.kilobytes:,g} KB.",
            *larger_messages(target, edge, size_kb),
            why=room.beyond,
            source=room.source,
        )
