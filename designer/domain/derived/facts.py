"""Everything derived about one node or one edge, as JSON values for the inspector and the exporters."""

from __future__ import annotations

from designer.domain.catalog.spec import Source
from designer.domain.connections.permissions import permitted_actions, principal
from designer.domain.derived.alarms import alarms
from designer.domain.derived.failures import failure_story
from designer.domain.derived.guarantees import PathGuarantee, path_guarantees
from designer.domain.derived.resource_policies import resource_policy
from designer.domain.derived.roles import TRUSTED, role_statements
from designer.domain.derived.statements import policy_to_json, trust_to_json
from designer.domain.graph.model import Design, Edge, Node


def node_facts(design: Design, node: Node) -> dict[str, object]:
    """Permissions, alarms, what happens on failure and the guarantees of the ways that lead to the node."""
    role, policy = role_statements(design, node), resource_policy(design, node)
    trusted = TRUSTED.get(node.service)
    return {
        "role_policy": policy_to_json(role) if role else None,
        "role_trust": trust_to_json(trusted) if role and trusted else None,
        "resource_policy": policy_to_json(policy) if policy else None,
        "alarms": [
            {
                "namespace": alarm.namespace,
                "metric": alarm.metric,
                "statistic": alarm.statistic,
                "threshold": alarm.threshold,
                "why": alarm.why,
                "authority": _source_to_json(alarm.source),
            }
            for alarm in alarms(design, node)
        ],
        "failures": [
            {"edge": edge.id, "sentences": list(story)}
            for edge in design.incoming(node.id)
            if (story := failure_story(design, edge))
        ],
        "guarantees": [_guarantee_to_json(found) for found in path_guarantees(design, node.id)],
    }


def edge_facts(design: Design, edge: Edge) -> dict[str, object]:
    """What the edge needs to be allowed, what happens when it fails, and the guarantees of the way that it ends."""
    row = edge.row
    return {
        "actions": list(permitted_actions(row, edge.value("action"))) if row is not None else [],
        "principal": principal(edge.connection),
        "failure": list(failure_story(design, edge)),
        "guarantees": [_guarantee_to_json(found) for found in path_guarantees(design, edge.target)],
    }


def _guarantee_to_json(guarantee: PathGuarantee) -> dict[str, object]:
    return {
        "entry": guarantee.entry,
        "delivery": guarantee.delivery,
        "ordering": guarantee.ordering,
        "hops": [{"edge": hop.edge, "delivery": hop.delivery, "ordering": hop.ordering} for hop in guarantee.hops],
    }


def _source_to_json(source: Source) -> dict[str, object]:
    return {"title": source.title, "url": source.url, "as_of": source.as_of, "estimate": source.estimate}
