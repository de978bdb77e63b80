"""GraphQL APIs of AppSync: their settings, data sources, authorizer and cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, text, whole

_TABLES: Final = ("Table", "SimpleTable", "GlobalTable")
_DATA_SOURCES: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str]]] = {
    "AWS_LAMBDA": (("LambdaConfig", "LambdaFunctionArn"), ("Function",), "resolver"),
    "AMAZON_DYNAMODB": (("DynamoDBConfig", "TableName"), _TABLES, "action"),
    "AMAZON_EVENTBRIDGE": (("EventBridgeConfig", "EventBusArn"), ("EventBus",), "put_events"),
    "AMAZON_OPENSEARCH_SERVICE": (("OpenSearchServiceConfig", "Endpoint"), ("Domain",), "query"),
    "RELATIONAL_DATABASE": (
        ("RelationalDatabaseConfig", "RdsHttpEndpointConfig", "DbClusterIdentifier"),
        ("DBCluster",),
        "data_api",
    ),
}
"""By kind: where the data source names its target, what that may be, and how it is reached."""


def _parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    return {
        "authorization": text(properties.get("AuthenticationType")),
        "visibility": text(properties.get("Visibility")),
        "query_depth_limit": whole(properties.get("QueryDepthLimit")),
        "resolver_count_limit": whole(properties.get("ResolverCountLimit")),
        "xray_tracing": flag(properties.get("XrayEnabled")) or None,
    }


def _connect_authorizer(resource: Resource, draft: Draft) -> None:
    authorizer = resource.properties.get("LambdaAuthorizerConfig")
    function = draft.find(at(authorizer, "AuthorizerUri"), "Function")
    ttl_s = whole(at(authorizer, "AuthorizerResultTtlInSeconds")) or 0
    draft.connect(resource.id, function, "authorizer", {"result_ttl_s": ttl_s})


def _connect_data_source(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    api = draft.find(properties.get("ApiId"), "GraphQLApi")
    kind = str(properties.get("Type"))
    if api is None or kind == "NONE":
        return
    if kind not in _DATA_SOURCES:
        draft.notes.append(f"{resource.id} is a data source outside the template ({kind}): draw what it calls.")
        return
    place, types, mechanism = _DATA_SOURCES[kind]
    target = draft.find(at(properties, *place), *types)
    if target is None:
        draft.notes.append(f"{resource.id} reads from something outside the template: not drawn.")
    draft.connect(api, target, mechanism)


def _read_cache(resource: Resource, draft: Draft) -> None:
    api = draft.find(resource.properties.get("ApiId"), "GraphQLApi")
    if api is not None:
        draft.set_parameters(
            api,
            cache_ttl_s=whole(resource.properties.get("Ttl")),
            cache_behavior=text(resource.properties.get("ApiCachingBehavior")),
        )


NODES = {"AWS::AppSync::GraphQLApi": _parameters}
EDGES = {
    "AWS::AppSync::ApiCache": _read_cache,
    "AWS::AppSync::DataSource": _connect_data_source,
    "AWS::AppSync::GraphQLApi": _connect_authorizer,
}
