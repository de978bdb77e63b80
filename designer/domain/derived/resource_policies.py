"""The resource policy of a node: which services may call it, and on whose behalf."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.connections.permissions import is_optional, permitted_actions, principal
from designer.domain.connections.spec import PermissionSide
from designer.domain.derived.resources import is_about, resources_of, source_arn
from designer.domain.derived.statements import Condition, Resource, Statement, merged, statement_name
from designer.domain.graph.model import Design, Edge, Node

_ACCOUNT: Final = Resource(suffix="${AWS::AccountId}")
_ARN_WITHOUT_ACCOUNT: Final = ("s3",)
"""Sources whose ARN names no account, so that the account has to be told beside it."""
_URL: Final = "client.lambda.function_url"


def resource_policy(design: Design, node: Node) -> tuple[Statement, ...]:
    """What the node's own policy has to allow for its incoming edges."""
    return merged(statement for edge in design.incoming(node.id) for statement in _statements(design, edge))


def _statements(design: Design, edge: Edge) -> Iterator[Statement]:
    row = edge.row
    if row is None or not row.usable or row.permission_side is not PermissionSide.RESOURCE_POLICY or is_optional(row):
        return
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    actions = tuple(a for a in permitted_actions(row, edge.value("action")) if is_about(a, target))
    if not actions:
        return
    if edge.connection == _URL:
        yield from _open_address(edge, source, target, actions)
        return
    caller = principal(row.id)
    if not caller:
        return
    by_resource: dict[tuple[Resource, ...], list[str]] = {}
    for action in actions:
        by_resource.setdefault(resources_of(action, target), []).append(action)
    for resources, grouped in by_resource.items():
        name = statement_name("Called", "by", source.label)
        yield Statement(name, tuple(sorted(grouped)), resources, caller, _conditions(source), because=(edge.id,))


def _open_address(edge: Edge, source: Node, target: Node, actions: tuple[str, ...]) -> Iterator[Statement]:
    """A function URL without authorization is open to everybody, but only by its address."""
    by_address = Condition("StringEquals", "lambda:FunctionUrlAuthType", Resource(suffix="NONE"))
    name = statement_name("Called", "by", source.label)
    yield Statement(name, tuple(sorted(actions)), (Resource(target.id),), "*", (by_address,), because=(edge.id,))


def _conditions(source: Node) -> tuple[Condition, ...]:
    by_arn = Condition("ArnLike", "aws:SourceArn", source_arn(source))
    if source.service in _ARN_WITHOUT_ACCOUNT:
        return by_arn, Condition("StringEquals", "aws:SourceAccount", _ACCOUNT)
    return (by_arn,)
