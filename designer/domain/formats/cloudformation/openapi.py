"""OpenAPI definitions inside a template: their integrations and authorizers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.integrations import connect_integration, integration_of
from designer.domain.formats.cloudformation.values import at, mapping, whole

_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
_ANY: Final = "x-amazon-apigateway-any-method"
_INTEGRATION: Final = "x-amazon-apigateway-integration"


def connect_definition(draft: Draft, api: str, body: object) -> None:
    """Draw every integration and authorizer of an OpenAPI body; parts in other files are noted."""
    for file in included_files(body):
        draft.notes.append(f"{api} takes a part of its definition from {file}, which is not in the template.")
    for place, entry in _integrations(body):
        connect_integration(draft, api, integration_of(entry), place)
    schemes = mapping(at(body, "components", "securitySchemes")) or mapping(at(body, "securityDefinitions"))
    for scheme in schemes.values():
        _connect_scheme(draft, api, mapping(scheme))


def _integrations(body: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    for path, entry in mapping(at(body, "paths")).items():
        for method, operation in mapping(entry).items():
            found = at(operation, _INTEGRATION)
            if (method.lower() in _METHODS or method == _ANY) and isinstance(found, Mapping):
                yield f"{'ANY' if method == _ANY else method.upper()} {path}", found


def included_files(body: object) -> list[str]:
    """Locations that ``AWS::Include`` takes parts of a definition from, outermost first."""
    found: list[str] = []
    pending = [body]
    while pending:
        item = pending.pop()
        if isinstance(item, Mapping):
            transform = item.get("Fn::Transform")
            if at(transform, "Name") == "AWS::Include":
                found.append(str(at(transform, "Parameters", "Location") or "another file"))
            pending.extend(value for key, value in item.items() if key != "Fn::Transform")
        elif isinstance(item, list):
            pending.extend(item)
    return found


def _connect_scheme(draft: Draft, api: str, scheme: Mapping[str, object]) -> None:
    authorizer = mapping(scheme.get("x-amazon-apigateway-authorizer"))
    if authorizer.get("authorizerUri"):
        function = draft.find(authorizer.get("authorizerUri"), "Function")
        parameters = {"result_ttl_s": whole(authorizer.get("authorizerResultTtlInSeconds"))}
        draft.connect(api, function, "authorizer", parameters)
        draft.set_parameters(api, authorization="lambda")
    elif authorizer.get("providerARNs"):
        for pool in draft.find_all(authorizer.get("providerARNs"), "UserPool"):
            draft.connect(api, pool, "authorizer")
        draft.set_parameters(api, authorization="cognito")
    elif str(authorizer.get("type")).lower() == "jwt":
        for pool in draft.find_all(authorizer, "UserPool"):
            draft.connect(api, pool, "authorizer")
        draft.set_parameters(api, authorization="jwt")
