"""User pools and identity pools with their clients, providers, triggers and roles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, items, json_text, mapping, text, whole

TRIGGERS: Final = MappingProxyType(
    {
        "PreSignUp": "pre_sign_up",
        "PostConfirmation": "post_confirmation",
        "PreAuthentication": "pre_authentication",
        "PostAuthentication": "post_authentication",
        "PreTokenGeneration": "pre_token_generation",
        "CustomMessage": "custom_message",
        "UserMigration": "user_migration",
        "DefineAuthChallenge": "define_auth_challenge",
        "CreateAuthChallenge": "create_auth_challenge",
        "VerifyAuthChallengeResponse": "verify_auth_challenge",
        "PreTokenGenerationConfig": "pre_token_generation",
        "CustomSMSSender": "custom_sms_sender",
        "CustomEmailSender": "custom_email_sender",
        "InboundFederation": "inbound_federation",
    }
)
"""Mechanism of each trigger in ``LambdaConfig``."""
_FLOWS: Final = (
    ("USER_SRP_AUTH", "user_srp"),
    ("CUSTOM", "custom"),
    ("USER_AUTH", "user_auth"),
    ("USER_PASSWORD_AUTH", "user_password"),
)
"""Parts of ``ExplicitAuthFlows``; without any of them AWS allows SRP and custom challenges."""
_SECONDS: Final = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}


def _user_pool(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    properties = resource.properties
    parameters: dict[str, Value] = {
        "mfa": text(properties.get("MfaConfiguration")),
        "tier": text(properties.get("UserPoolTier")),
        "threat_protection": text(at(properties, "UserPoolAddOns", "AdvancedSecurityMode")),
        "email_sender": text(at(properties, "EmailConfiguration", "EmailSendingAccount")),
        "custom_sender_key": True if at(properties, "LambdaConfig", "KMSKeyID") else None,
        "deletion_protection": True if properties.get("DeletionProtection") == "ACTIVE" else None,
        "managed_login": True if _of_pool(draft, resource, "AWS::Cognito::UserPoolDomain") else None,
    }
    if flag(at(properties, "AdminCreateUserConfig", "AllowAdminCreateUserOnly")):
        parameters["self_sign_up"] = False
    for client in _of_pool(draft, resource, "AWS::Cognito::UserPoolClient")[:1]:
        parameters |= _app_client(client.properties)
    return parameters


def _of_pool(draft: Draft, pool: Resource, resource_type: str) -> list[Resource]:
    found = draft.of_type(resource_type)
    return [resource for resource in found if draft.find(resource.properties.get("UserPoolId"), "UserPool") == pool.id]


def _app_client(properties: Mapping[str, object]) -> dict[str, Value]:
    flows = " ".join(str(name) for name in items(properties.get("ExplicitAuthFlows")))
    units = mapping(properties.get("TokenValidityUnits"))
    return {
        "auth_flow": next((value for part, value in _FLOWS if part in flows), None),
        "client_secret": flag(properties.get("GenerateSecret")),
        "access_token_validity_s": _seconds(properties, units, "AccessToken", "hours"),
        "refresh_token_validity_s": _seconds(properties, units, "RefreshToken", "days"),
        "auth_session_min": whole(properties.get("AuthSessionValidity")),
    }


def _seconds(properties: Mapping[str, object], units: Mapping[str, object], token: str, usual: str) -> int | None:
    number = whole(properties.get(f"{token}Validity"))
    factor = _SECONDS.get(str(units.get(token, usual)))
    return None if number is None or factor is None else number * factor


def _connect_user_pool(resource: Resource, draft: Draft) -> None:
    for name, function in mapping(resource.properties.get("LambdaConfig")).items():
        mechanism = TRIGGERS.get(name)
        if mechanism is not None:
            version = {"token_version": text(at(function, "LambdaVersion"))}
            for found in draft.find_all(function, "Function"):
                draft.connect(resource.id, found, mechanism, version)


def _identity_pool(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    properties = resource.properties
    roles: dict[str, Value] = {}
    for attachment in draft.of_type("AWS::Cognito::IdentityPoolRoleAttachment"):
        if draft.find(attachment.properties.get("IdentityPoolId"), "IdentityPool") == resource.id:
            named = mapping(attachment.properties.get("Roles"))
            roles["unauthenticated_role"] = True if "unauthenticated" in named else None
            roles["authenticated_role"] = None if "authenticated" in named else False
    return {
        "guest_access": flag(properties.get("AllowUnauthenticatedIdentities")) or None,
        "classic_flow": flag(properties.get("AllowClassicFlow")) or None,
        **roles,
    }


def _connect_identity_pool(resource: Resource, draft: Draft) -> None:
    for provider in items(resource.properties.get("CognitoIdentityProviders")):
        draft.connect(draft.find(at(provider, "ProviderName"), "UserPool"), resource.id, "provider")


def _provider(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    return {
        "kind": text(resource.properties.get("ProviderType")),
        "attribute_mapping": json_text(resource.properties.get("AttributeMapping")),
    }


def _connect_provider(resource: Resource, draft: Draft) -> None:
    draft.connect(resource.id, draft.find(resource.properties.get("UserPoolId"), "UserPool"), "federation")


NODES = {
    "AWS::Cognito::IdentityPool": _identity_pool,
    "AWS::Cognito::UserPool": _user_pool,
    "AWS::Cognito::UserPoolIdentityProvider": _provider,
}
EDGES = {
    "AWS::Cognito::IdentityPool": _connect_identity_pool,
    "AWS::Cognito::UserPool": _connect_user_pool,
    "AWS::Cognito::UserPoolIdentityProvider": _connect_provider,
}
