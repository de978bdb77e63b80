"""Relational databases and caches: connections, copies and who gets in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.graph.model import Design, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.meanings import names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_AURORA: Final = "AmazonRDS/latest/AuroraUserGuide/"
_DATA_API: Final = "lambda.rds_aurora.data_api"


@rule(
    "R204",
    Severity.WARNING,
    "Functions can open more connections than the database has",
    scope=Scope.DESIGN,
    why="Every environment of a function holds a connection of its own. At the limit the database refuses all callers. "
    "A proxy shares few connections among many environments.",
    source=aws_docs("Amazon RDS Proxy for Aurora", _AURORA + "rds-proxy.html"),
)
def too_many_connections(design: Design) -> Iterator[Problem]:
    """The functions that connect straight to a database can together run more often than it has connections."""
    for database in design.nodes_of("rds_aurora"):
        if database.value("rds_proxy") is True:
            continue
        functions = _connected_functions(design, database)
        most = _most_environments(design, functions)
        if functions and most > database.number("max_connections"):
            yield problem(
                database,
                f"{names(functions)} can open {most:,g} connections; {database.label} accepts "
                f"{database.number('max_connections'):,g}.",
                set_node(database, "Put RDS Proxy in front", rds_proxy=True),
                parameter="rds_proxy",
            )


def _connected_functions(design: Design, database: Node) -> list[Node]:
    callers = {edge.source for edge in design.incoming(database.id) if edge.connection != _DATA_API}
    return [design.nodes[key] for key in sorted(callers) if design.nodes[key].service == "lambda"]


def _most_environments(design: Design, functions: list[Node]) -> float:
    """How many environments the functions can have at once: what is reserved for them, else the account's share."""
    account = float(design.scenario().account_concurrency)
    reserved = [function.number("reserved_concurrency", -1) for function in functions]
    shared = account if any(value < 0 for value in reserved) else 0.0
    return min(account, shared + sum(value for value in reserved if value >= 0))


@rule(
    "R209",
    Severity.ADVICE,
    "Database or cache without a second copy",
    scope=Scope.NODE,
    only=("rds_aurora", "elasticache"),
    why="When the only instance or its Availability Zone fails, everything that needs it waits until AWS has made "
    "a new one.",
    source=aws_docs("High availability for Amazon Aurora", _AURORA + "Concepts.AuroraHighAvailability.html"),
)
def single_copy(design: Design, node: Node) -> Iterator[Problem]:
    """No reader, standby or replica can take over."""
    del design
    if node.service == "rds_aurora":
        if node.number("readers") == 0 and node.value("multi_az") is not True:
            aurora = str(node.value("engine")).startswith("aurora")
            fix = (
                set_node(node, "Add a reader", readers=1) if aurora else set_node(node, "Add a standby", multi_az=True)
            )
            yield problem(node, f"{node.label} has no reader and no standby.", fix, parameter="readers")
    elif node.number("replicas_per_shard") == 0 and node.value("engine") != "memcached":
        yield problem(
            node,
            f"{node.label} has no replica.",
            set_node(node, "Add a replica", replicas_per_shard=1, automatic_failover=True),
            parameter="replicas_per_shard",
        )


@rule(
    "S200",
    Severity.WARNING,
    "Database has a public address",
    scope=Scope.NODE,
    only=("rds_aurora",),
    why="Only its security group and its passwords stand between the internet and the data.",
    source=service_model("rds", "CreateDBInstance.PubliclyAccessible"),
)
def public_database(design: Design, database: Node) -> Iterator[Problem]:
    """The database is publicly accessible."""
    del design
    if database.value("publicly_accessible") is True:
        yield problem(
            database,
            f"{database.label} can be reached from the internet.",
            set_node(database, "Take the public address away", publicly_accessible=False),
            parameter="publicly_accessible",
        )


@rule(
    "S201",
    Severity.ADVICE,
    "Database is not encrypted",
    scope=Scope.NODE,
    only=("rds_aurora",),
    why="Storage, backups and readers hold the data in the clear, and encryption cannot be turned on later.",
    source=service_model("rds", "CreateDBInstance.StorageEncrypted"),
)
def unencrypted_database(design: Design, database: Node) -> Iterator[Problem]:
    """The database's storage is not encrypted."""
    del design
    if database.value("encryption") is not True:
        yield problem(
            database,
            f"{database.label} is not encrypted at rest.",
            set_node(database, "Encrypt it", encryption=True),
            parameter="encryption",
        )
