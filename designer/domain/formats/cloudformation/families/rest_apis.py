"""REST APIs, as SAM writes them and as resources, methods, authorizers and stages."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.integrations import (
    allowed_integrations,
    connect_integration,
    integration_of,
)
from designer.domain.formats.cloudformation.openapi import connect_definition, included_files
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, decimal, flag, items, mapping, text, whole

_AUTHORIZATIONS = {"AWS_IAM": "iam", "COGNITO_USER_POOLS": "cognito", "CUSTOM": "lambda"}


def rest_parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    """Node parameters of a REST API from its own properties."""
    del draft
    endpoint = resource.properties.get("EndpointConfiguration")
    types = items(at(endpoint, "Types")) or [at(endpoint, "Type") or endpoint]
    kind = types[0].lower() if isinstance(types[0], str) else None
    return {
        "endpoint_type": kind if kind in ("edge", "regional", "private") else None,
        "default_endpoint": False if flag(resource.properties.get("DisableExecuteApiEndpoint")) else None,
        "cors": True if resource.properties.get("Cors") else None,
        "custom_domain": True if resource.properties.get("Domain") else None,
        "mutual_tls": True if at(resource.properties, "Domain", "MutualTlsAuthentication") else None,
        **_sam_keys(resource.properties),
        **_stage_parameters(resource.properties),
    }


def _sam_keys(properties: Mapping[str, object]) -> dict[str, Value]:
    """API keys and the usage plan of SAM's ``Auth``."""
    auth = mapping(properties.get("Auth"))
    plan = mapping(auth.get("UsagePlan"))
    return {"api_key_required": flag(auth.get("ApiKeyRequired")) or None, **_usage_plan(plan)}


def _usage_plan(plan: Mapping[str, object]) -> dict[str, Value]:
    return {
        "plan_rate_per_s": decimal(at(plan, "Throttle", "RateLimit")),
        "plan_burst": whole(at(plan, "Throttle", "BurstLimit")),
        "plan_quota": whole(at(plan, "Quota", "Limit")),
        "plan_period": text(at(plan, "Quota", "Period")),
    }


def _stage_parameters(stage: Mapping[str, object]) -> dict[str, Value]:
    parameters: dict[str, Value] = {
        "cache_enabled": flag(stage.get("CacheClusterEnabled")) or None,
        "cache_size_gb": text(str(stage["CacheClusterSize"])) if "CacheClusterSize" in stage else None,
        "canary_percent": decimal(at(stage, "CanarySetting", "PercentTraffic")),
        "canary_stage_cache": flag(at(stage, "CanarySetting", "UseStageCache")) or None,
        "xray_tracing": flag(stage.get("TracingEnabled")) or None,
        "access_logging": True if isinstance(stage.get("AccessLogSetting"), Mapping) else None,
    }
    for setting in items(stage.get("MethodSettings")):
        ttl = whole(at(setting, "CacheTtlInSeconds"))
        parameters["cache_ttl_s"] = parameters.get("cache_ttl_s") if ttl is None else ttl
        if flag(at(setting, "CacheDataEncrypted")):
            parameters["cache_encrypted"] = True
        if at(setting, "ResourcePath") in ("/*", "/", None) and at(setting, "HttpMethod") in ("*", None):
            parameters["throttle_rate_per_s"] = decimal(at(setting, "ThrottlingRateLimit"))
            parameters["throttle_burst"] = whole(at(setting, "ThrottlingBurstLimit"))
    return parameters


def connect_rest_api(resource: Resource, draft: Draft) -> None:
    """Draw what the definition and the authorizers of a REST API name."""
    properties = resource.properties
    body = properties.get("DefinitionBody", properties.get("Body"))
    if body is not None:
        connect_definition(draft, resource.id, body)
    _connect_sam_authorizers(draft, resource.id, mapping(properties.get("Auth")))
    if not _definition_elsewhere(properties):
        return
    with_definitions = [
        api
        for api in draft.of_type("AWS::Serverless::Api", "AWS::ApiGateway::RestApi")
        if _definition_elsewhere(api.properties)
    ]
    found = allowed_integrations(draft)
    if len(with_definitions) > 1 or not found:
        draft.notes.append(f"What {resource.id} calls is in a file beside the template: draw its integrations.")
        return
    for target, mechanism, parameters in found:
        draft.connect(resource.id, target, mechanism, parameters)
    draft.notes.append(
        f"What {resource.id} calls is in a file beside the template: its arrows are what API Gateway's role allows."
    )


def _definition_elsewhere(properties: Mapping[str, object]) -> bool:
    """Whether the API's paths are in another file: included, or named by a location."""
    body = properties.get("DefinitionBody", properties.get("Body"))
    if body is not None:
        return bool(included_files(body)) and not at(body, "paths")
    return any(key in properties for key in ("DefinitionUri", "BodyS3Location"))


def _connect_sam_authorizers(draft: Draft, api: str, auth: Mapping[str, object]) -> None:
    authorizers = mapping(auth.get("Authorizers"))
    for name, authorizer in authorizers.items():
        entry = mapping(authorizer)
        ttl = whole(at(entry, "Identity", "ReauthorizeEvery"))
        function = draft.find(entry.get("FunctionArn"), "Function")
        draft.connect(api, function, "authorizer", {"result_ttl_s": ttl})
        for pool in draft.find_all(entry.get("UserPoolArn"), "UserPool"):
            draft.connect(api, pool, "authorizer")
        if name == auth.get("DefaultAuthorizer") or len(authorizers) == 1:
            kind = "lambda" if entry.get("FunctionArn") else "cognito"
            draft.set_parameters(api, authorization=kind)
    if auth.get("DefaultAuthorizer") == "AWS_IAM":
        draft.set_parameters(api, authorization="iam")
    if flag(auth.get("ApiKeyRequired")):
        draft.set_parameters(api, authorization="api_key")


def _connect_method(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    api = draft.find(properties.get("RestApiId"), "RestApi", "Api")
    if api is None:
        draft.notes.append(f"{resource.id} belongs to an API outside the template: not drawn.")
        return
    integration = mapping(properties.get("Integration"))
    if integration:
        connect_integration(draft, api, integration_of(integration), resource.id)
    kind = _AUTHORIZATIONS.get(str(properties.get("AuthorizationType")))
    key = flag(properties.get("ApiKeyRequired"))
    if kind is None and key:
        kind = "api_key"
    preflight = properties.get("HttpMethod") == "OPTIONS" and integration.get("Type") == "MOCK"
    draft.set_parameters(
        api,
        authorization=kind,
        api_key_required=key or None,
        request_validation=_validation(draft, properties.get("RequestValidatorId")),
        cors=True if preflight else None,
    )


def _validation(draft: Draft, reference: object) -> Value:
    validator = draft.find(reference, "RequestValidator")
    if validator is None:
        return None
    properties = draft.resources[validator].properties
    body, parameters = (flag(properties.get(f"ValidateRequest{part}")) for part in ("Body", "Parameters"))
    if body:
        return "both" if parameters else "body"
    return "parameters" if parameters else None


def _read_usage_plan(resource: Resource, draft: Draft) -> None:
    for stage in items(resource.properties.get("ApiStages")):
        api = draft.find(at(stage, "ApiId"), "RestApi", "Api")
        if api is not None:
            draft.set_parameters(api, **_usage_plan(resource.properties))


def _connect_authorizer(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    api = draft.find(properties.get("RestApiId"), "RestApi", "Api")
    function = draft.find(properties.get("AuthorizerUri"), "Function")
    ttl = {"result_ttl_s": whole(properties.get("AuthorizerResultTtlInSeconds"))}
    draft.connect(api, function, "authorizer", ttl)
    for pool in draft.find_all(properties.get("ProviderARNs"), "UserPool"):
        draft.connect(api, pool, "authorizer")


def _read_stage(resource: Resource, draft: Draft) -> None:
    api = draft.find(resource.properties.get("RestApiId"), "RestApi", "Api")
    if api is not None:
        draft.set_parameters(api, **_stage_parameters(resource.properties))


NODES = {"AWS::ApiGateway::RestApi": rest_parameters, "AWS::Serverless::Api": rest_parameters}
EDGES = {
    "AWS::ApiGateway::Authorizer": _connect_authorizer,
    "AWS::ApiGateway::Method": _connect_method,
    "AWS::ApiGateway::RestApi": connect_rest_api,
    "AWS::ApiGateway::Stage": _read_stage,
    "AWS::ApiGateway::UsagePlan": _read_usage_plan,
    "AWS::Serverless::Api": connect_rest_api,
}
