"""HTTP and WebSocket APIs: SAM's form, and routes, integrations, authorizers and stages."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.integrations import connect_integration, integration_of
from designer.domain.formats.cloudformation.openapi import connect_definition
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, decimal, flag, mapping, whole

_AUTHORIZATIONS = {"AWS_IAM": "iam", "JWT": "jwt", "CUSTOM": "lambda"}


def http_parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    """Node parameters of an HTTP API from its own properties."""
    del draft
    properties = resource.properties
    return {
        "default_endpoint": False if flag(properties.get("DisableExecuteApiEndpoint")) else None,
        "cors": True if properties.get("CorsConfiguration") else None,
        "custom_domain": True if properties.get("Domain") else None,
        "mutual_tls": True if at(properties, "Domain", "MutualTlsAuthentication") else None,
        **_stage_parameters(properties, "AccessLogSettings"),
    }


def _stage_parameters(stage: Mapping[str, object], logging: str) -> dict[str, Value]:
    settings = stage.get("DefaultRouteSettings")
    return {
        "throttle_rate_per_s": decimal(at(settings, "ThrottlingRateLimit")),
        "throttle_burst": whole(at(settings, "ThrottlingBurstLimit")),
        "access_logging": True if isinstance(stage.get(logging), Mapping) else None,
    }


def connect_http_api(resource: Resource, draft: Draft) -> None:
    """Draw what the definition and the authorizers of an HTTP API name."""
    properties = resource.properties
    body = properties.get("DefinitionBody", properties.get("Body"))
    if body is not None:
        connect_definition(draft, resource.id, body)
    if "DefinitionUri" in properties or "BodyS3Location" in properties:
        draft.notes.append(f"What {resource.id} calls is in a file beside the template: draw its integrations.")
    target = properties.get("Target")
    if isinstance(target, str):
        draft.connect(resource.id, draft.find(target, "Function"), "proxy")
    auth = mapping(properties.get("Auth"))
    for authorizer in mapping(auth.get("Authorizers")).values():
        _connect_sam_authorizer(draft, resource.id, mapping(authorizer))
    if flag(auth.get("EnableIamAuthorizer")) and auth.get("DefaultAuthorizer") == "AWS_IAM":
        draft.set_parameters(resource.id, authorization="iam")


def _connect_sam_authorizer(draft: Draft, api: str, authorizer: Mapping[str, object]) -> None:
    function = draft.find(authorizer.get("FunctionArn"), "Function")
    draft.connect(api, function, "authorizer", {"result_ttl_s": _ttl(at(authorizer, "Identity", "ReauthorizeEvery"))})
    jwt = authorizer.get("JwtConfiguration")
    for pool in draft.find_all(at(jwt, "issuer"), "UserPool"):
        draft.connect(api, pool, "authorizer")
    if authorizer.get("FunctionArn"):
        draft.set_parameters(api, authorization="lambda")
    elif jwt is not None:
        draft.set_parameters(api, authorization="jwt")


def _ttl(value: object) -> int:
    """HTTP APIs keep no authorizer result unless they are told to."""
    return whole(value) or 0


def _connect_integration(resource: Resource, draft: Draft) -> None:
    api = draft.find(resource.properties.get("ApiId"), "Api", "HttpApi")
    if api is None:
        draft.notes.append(f"{resource.id} belongs to an API outside the template: not drawn.")
        return
    connect_integration(draft, api, integration_of(resource.properties), resource.id)


def _connect_authorizer(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    api = draft.find(properties.get("ApiId"), "Api", "HttpApi")
    function = draft.find(properties.get("AuthorizerUri"), "Function")
    ttl = {"result_ttl_s": _ttl(properties.get("AuthorizerResultTtlInSeconds"))}
    draft.connect(api, function, "authorizer", ttl)
    for pool in draft.find_all(at(properties, "JwtConfiguration", "Issuer"), "UserPool"):
        draft.connect(api, pool, "authorizer")


def _read_route(resource: Resource, draft: Draft) -> None:
    api = draft.find(resource.properties.get("ApiId"), "Api", "HttpApi")
    if api is not None:
        draft.set_parameters(api, authorization=_AUTHORIZATIONS.get(str(resource.properties.get("AuthorizationType"))))


def _read_stage(resource: Resource, draft: Draft) -> None:
    api = draft.find(resource.properties.get("ApiId"), "Api", "HttpApi")
    if api is not None:
        draft.set_parameters(api, **_stage_parameters(resource.properties, "AccessLogSettings"))


NODES = {"AWS::ApiGatewayV2::Api": http_parameters, "AWS::Serverless::HttpApi": http_parameters}
EDGES = {
    "AWS::ApiGatewayV2::Api": connect_http_api,
    "AWS::ApiGatewayV2::Authorizer": _connect_authorizer,
    "AWS::ApiGatewayV2::Integration": _connect_integration,
    "AWS::ApiGatewayV2::Route": _read_route,
    "AWS::ApiGatewayV2::Stage": _read_stage,
    "AWS::Serverless::HttpApi": connect_http_api,
}
