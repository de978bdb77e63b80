"""Warehouses, search and endpoints, and how streams and they store data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Value
from designer.domain.graph.model import Design, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_LEAST_RPU: Final = 4
_STEP_RPU: Final = 8


@rule(
    "L174",
    Severity.ERROR,
    "Base capacity that Redshift refuses",
    scope=Scope.NODE,
    only=("redshift",),
    why="The base capacity is 4 RPU, or 8 and more in steps of 8.",
    source=aws_docs("Compute capacity for Amazon Redshift Serverless", "redshift/latest/mgmt/serverless-capacity.html"),
)
def odd_base_capacity(design: Design, warehouse: Node) -> Iterator[Problem]:
    """The base capacity is neither 4 nor a multiple of 8."""
    del design
    units = warehouse.number("base_capacity_rpu", 128)
    if warehouse.value("deployment") == "serverless" and units != _LEAST_RPU and units % _STEP_RPU:
        nearest = min(1_024, max(_STEP_RPU, round(units / _STEP_RPU) * _STEP_RPU))
        yield problem(
            warehouse,
            f"{warehouse.label} begins with {units:g} RPU.",
            set_node(warehouse, f"Use {nearest} RPU", base_capacity_rpu=nearest),
            parameter="base_capacity_rpu",
        )


@rule(
    "R171",
    Severity.ADVICE,
    "Search in one zone",
    scope=Scope.NODE,
    only=("opensearch",),
    why="When the Availability Zone fails, the domain fails, and what it had not copied is lost.",
    source=service_model("opensearch", "ClusterConfig.ZoneAwarenessEnabled"),
)
def search_in_one_zone(design: Design, domain: Node) -> Iterator[Problem]:
    """A domain's nodes are all in one Availability Zone."""
    del design
    if domain.value("deployment") == "domain" and domain.value("zone_awareness") is False:
        yield problem(
            domain,
            f"{domain.label} lies in one Availability Zone.",
            set_node(domain, "Spread it over several zones", zone_awareness=True),
            parameter="zone_awareness",
        )


_PLAIN: Final[dict[str, tuple[str, Value, Value]]] = {
    "kinesis_stream": ("encryption", "none", "kms_aws_managed"),
    "firehose": ("encryption", "none", "AWS_OWNED_CMK"),
    "opensearch": ("encryption_at_rest", False, True),
    "redshift": ("encrypted", False, True),
}
"""The setting of encryption, its value for none, and the one that needs no key of one's own."""


@rule(
    "S160",
    Severity.ADVICE,
    "Records stored without encryption",
    scope=Scope.NODE,
    only=tuple(_PLAIN),
    why="Whoever gets at the storage can read it, and most rules about personal data ask for encryption.",
    source=service_model("kinesis", "StartStreamEncryption"),
)
def stored_in_the_clear(design: Design, node: Node) -> Iterator[Problem]:
    """A stream, a search domain or a warehouse stores data without a key."""
    del design
    parameter, plain, safe = _PLAIN[node.service]
    if node.value(parameter) != plain or (node.service == "firehose" and node.value("source_type") != "DirectPut"):
        return
    if node.value("deployment") == "serverless":
        return
    yield problem(
        node,
        f"{node.label} stores data as it is.",
        set_node(node, "Encrypt it", **{parameter: safe}),
        parameter=parameter,
    )


@rule(
    "S161",
    Severity.WARNING,
    "Data in the clear on its way",
    scope=Scope.NODE,
    only=("http_endpoint",),
    why="Anybody on the way can read and change what is sent over plain HTTP.",
    source=aws_docs("Amazon SNS security best practices", "sns/latest/dg/sns-security-best-practices.html"),
)
def plain_http(design: Design, endpoint: Node) -> Iterator[Problem]:
    """The endpoint does not answer over HTTPS, and something calls it."""
    if endpoint.value("https") is False and design.incoming(endpoint.id):
        yield problem(
            endpoint,
            f"{endpoint.label} is called over plain HTTP.",
            set_node(endpoint, "Use HTTPS", https=True),
            parameter="https",
        )
