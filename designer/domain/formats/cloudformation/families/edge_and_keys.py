"""CloudFront distributions, web ACLs, KMS keys, secrets and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import connections
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.kinds import service_of
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, items, mapping, text, whole

_ORIGINS: Final = ("Bucket", "RestApi", "Api", "HttpApi", "LoadBalancer")
_PROTECTED: Final = ("RestApi", "Api", "Stage", "LoadBalancer", "GraphQLApi", "UserPool")
_ENCRYPTED: Final = {
    "AWS::SQS::Queue": ("KmsMasterKeyId",),
    "AWS::SNS::Topic": ("KmsMasterKeyId",),
    "AWS::S3::Bucket": ("BucketEncryption",),
    "AWS::DynamoDB::Table": ("SSESpecification", "KMSMasterKeyId"),
}
"""Where each kind of resource names the key that it is encrypted with."""


def _distribution(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    config = mapping(resource.properties.get("DistributionConfig"))
    behaviour = mapping(config.get("DefaultCacheBehavior"))
    methods = len(items(behaviour.get("AllowedMethods")))
    return {
        "default_ttl_s": whole(behaviour.get("DefaultTTL")),
        "max_ttl_s": whole(behaviour.get("MaxTTL")),
        "compress": flag(behaviour.get("Compress")),
        "viewer_protocol": text(behaviour.get("ViewerProtocolPolicy")),
        "allowed_methods": {2: "read", 3: "options", 7: "all"}.get(methods),
        "http_version": text(config.get("HttpVersion")),
        "price_class": text(config.get("PriceClass")),
        "custom_domain": True if items(config.get("Aliases")) else None,
        "access_logging": True if config.get("Logging") else None,
    }


def _connect_distribution(resource: Resource, draft: Draft) -> None:
    config = mapping(resource.properties.get("DistributionConfig"))
    for origin in items(config.get("Origins")):
        domain = at(origin, "DomainName")
        draft.connect(resource.id, draft.find(domain, *_ORIGINS), "origin")
        for url in draft.of_type("AWS::Lambda::Url"):
            if draft.find(domain, "Url") == url.id:
                function = draft.find(url.properties.get("TargetFunctionArn"), "Function")
                draft.connect(resource.id, function, "function_url")
    draft.connect(resource.id, draft.find(config.get("WebACLId"), "WebACL"), "web_acl")


def _web_acl(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    return {
        "scope": text(properties.get("Scope")),
        "default_action": "block" if "Block" in mapping(properties.get("DefaultAction")) else None,
        "rules": len(items(properties.get("Rules"))),
        "rate_limit": next(
            (
                limit
                for rule in items(properties.get("Rules"))
                if (limit := whole(at(rule, "Statement", "RateBasedStatement", "Limit"))) is not None
            ),
            None,
        ),
    }


def _connect_association(resource: Resource, draft: Draft) -> None:
    acl = draft.find(resource.properties.get("WebACLArn"), "WebACL")
    protected = draft.find(resource.properties.get("ResourceArn"), *_PROTECTED)
    if protected is not None and draft.resources[protected].type == "AWS::ApiGateway::Stage":
        protected = draft.find(draft.resources[protected].properties.get("RestApiId"), "RestApi")
    draft.connect(acl, protected, "protect")


def _key(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    return {
        "key_spec": text(properties.get("KeySpec")),
        "rotation": flag(properties.get("EnableKeyRotation")),
        "rotation_days": whole(properties.get("RotationPeriodInDays")),
        "pending_days": whole(properties.get("PendingWindowInDays")),
        "multi_region": flag(properties.get("MultiRegion")),
        "services_allowed": True if _lets_services_in(properties.get("KeyPolicy")) else None,
    }


def _lets_services_in(policy: object) -> bool:
    """A statement of the key policy allows a service to use the key."""
    for statement in items(at(policy, "Statement")):
        service = at(statement, "Principal", "Service")
        actions = [str(action) for action in items(at(statement, "Action"))]
        if service is not None and any(a.startswith(("kms:GenerateDataKey", "kms:*")) for a in actions):
            return True
    return False


def _connect_key(resource: Resource, draft: Draft) -> None:
    for resource_type, path in _ENCRYPTED.items():
        for user in draft.of_type(resource_type):
            known = f"{service_of(resource_type, user.properties)}.kms.encryption" in connections()
            if known and resource.id in draft.find_all(at(user.properties, *path), "Key"):
                draft.connect(user.id, resource.id, "encryption")
    for function in draft.of_type("AWS::Lambda::Function", "AWS::Serverless::Function"):
        if draft.find(function.properties.get("KmsKeyArn"), "Key") == resource.id:
            draft.connect(resource.id, function.id, "environment_key")


def _secret(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    rotated = [
        schedule
        for schedule in draft.of_type("AWS::SecretsManager::RotationSchedule")
        if draft.find(schedule.properties.get("SecretId"), "Secret") == resource.id
    ]
    days = [whole(at(schedule.properties, "RotationRules", "AutomaticallyAfterDays")) for schedule in rotated]
    return {
        "rotation": True if rotated else None,
        "rotation_days": next(iter(days), None),
        "encryption": "customer_managed" if resource.properties.get("KmsKeyId") else None,
    }


def _parameter(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    tier = {"Standard": "standard", "Advanced": "advanced"}.get(str(resource.properties.get("Tier")), "standard")
    return {"kind": tier, "encryption": None if resource.properties.get("Type") == "SecureString" else "none"}


def _connect_rotation(resource: Resource, draft: Draft) -> None:
    secret = draft.find(resource.properties.get("SecretId"), "Secret")
    draft.connect(secret, draft.find(resource.properties.get("RotationLambdaARN"), "Function"), "rotation")


NODES = {
    "AWS::CloudFront::Distribution": _distribution,
    "AWS::KMS::Key": _key,
    "AWS::SSM::Parameter": _parameter,
    "AWS::SecretsManager::Secret": _secret,
    "AWS::WAFv2::WebACL": _web_acl,
}
EDGES = {
    "AWS::CloudFront::Distribution": _connect_distribution,
    "AWS::KMS::Key": _connect_key,
    "AWS::SecretsManager::RotationSchedule": _connect_rotation,
    "AWS::WAFv2::WebACLAssociation": _connect_association,
}
