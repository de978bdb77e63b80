"""What caches, distributions, keys, secrets and parameters protect, and what they leave open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.graph.model import Design, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_CACHE: Final = aws_docs("API caching", "apigateway/latest/developerguide/api-gateway-caching.html")
_SECRETS: Final = ("ssm_secrets",)
_ROOM_KB: Final = {
    "standard": ("standard_size", 1.0, "advanced"),
    "advanced": ("advanced_size", 1.0, "secret"),
    "secret": ("secret_size", 1 / 1024, None),
}
"""By where a value is kept: its limit, in KB per unit of the limit, and where there is more room."""


@rule(
    "S184",
    Severity.ADVICE,
    "Cached answers without encryption",
    scope=Scope.NODE,
    only=("api_gateway_rest",),
    why="Answers that are kept on the stage can hold what one caller alone should see.",
    source=_CACHE,
)
def cache_without_encryption(design: Design, api: Node) -> Iterator[Problem]:
    """The stage's cache is on, without encryption."""
    del design
    if api.value("cache_enabled") is True and api.value("cache_encrypted") is not True:
        yield problem(
            api,
            f"{api.label} keeps answers in the clear.",
            set_node(api, "Encrypt the cache", cache_encrypted=True),
            parameter="cache_encrypted",
        )


@rule(
    "S185",
    Severity.WARNING,
    "Cache that every caller can empty",
    scope=Scope.NODE,
    only=("api_gateway_rest",),
    why="A caller who sends Cache-Control: max-age=0 with each request takes every one of them to the backend.",
    source=_CACHE,
)
def cache_for_everybody(design: Design, api: Node) -> Iterator[Problem]:
    """The stage's cache is on, and no permission is needed to renew an answer."""
    del design
    if api.value("cache_enabled") is True and api.value("cache_invalidation") == "everybody":
        yield problem(
            api,
            f"{api.label} lets every caller empty its cache.",
            set_node(api, "Ask for the permission", cache_invalidation="authorized"),
            parameter="cache_invalidation",
        )


@rule(
    "S187",
    Severity.WARNING,
    "Distribution that answers without TLS",
    scope=Scope.NODE,
    only=("cloudfront",),
    why="Whoever is on the way can read and change what is sent.",
    source=aws_docs(
        "Require HTTPS between viewers and CloudFront",
        "AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html",
    ),
)
def answers_without_tls(design: Design, distribution: Node) -> Iterator[Problem]:
    """HTTP is let through."""
    del design
    if distribution.value("viewer_protocol") == "allow-all":
        yield problem(
            distribution,
            f"{distribution.label} answers requests without TLS.",
            set_node(distribution, "Redirect to HTTPS", viewer_protocol="redirect-to-https"),
            parameter="viewer_protocol",
        )


@rule(
    "S189",
    Severity.ADVICE,
    "Key that is never rotated",
    scope=Scope.NODE,
    only=("kms",),
    why="The longer one key's material is in use, the more a leak of it opens. Rotation changes nothing for those who "
    "use the key.",
    source=aws_docs("Rotate AWS KMS keys", "kms/latest/developerguide/rotate-keys.html"),
)
def key_without_rotation(design: Design, key: Node) -> Iterator[Problem]:
    """A symmetric customer managed key has rotation switched off."""
    del design
    symmetric = key.value("key_spec") == "SYMMETRIC_DEFAULT"
    if key.value("manager") == "customer" and symmetric and key.value("rotation") is not True:
        yield problem(
            key,
            f"{key.label} keeps its material for ever.",
            set_node(key, "Rotate it every year", rotation=True),
            parameter="rotation",
        )


@rule(
    "S190",
    Severity.ADVICE,
    "Secret that is never rotated",
    scope=Scope.NODE,
    only=_SECRETS,
    why="A password that has leaked works until somebody changes it.",
    source=aws_docs("Rotate AWS Secrets Manager secrets", "secretsmanager/latest/userguide/rotating-secrets.html"),
)
def secret_without_rotation(design: Design, secret: Node) -> Iterator[Problem]:
    """A secret of Secrets Manager has rotation switched off."""
    del design
    if secret.value("kind") == "secret" and secret.value("rotation") is not True:
        yield problem(
            secret,
            f"{secret.label} stays the same for ever.",
            set_node(secret, "Rotate it every 30 days", rotation=True),
            parameter="rotation",
        )


@rule(
    "L182",
    Severity.ERROR,
    "Value too large for where it is kept",
    scope=Scope.NODE,
    only=_SECRETS,
    why="AWS rejects the value.",
    source=aws_docs(
        "Managing parameter tiers", "systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
    ),
)
def value_too_large(design: Design, secret: Node) -> Iterator[Problem]:
    """The value is larger than a secret or a parameter of its tier may be."""
    del design
    kind, size_kb = str(secret.value("kind")), secret.number("value_kb")
    if kind not in _ROOM_KB:
        return
    limit_id, kb_per_unit, larger = _ROOM_KB[kind]
    room_kb = services()["ssm_secrets"].limit(limit_id).value * kb_per_unit
    if size_kb > room_kb:
        wanted = "secret" if size_kb > 8 else larger
        fixes = [] if wanted is None else [set_node(secret, "Keep it where it fits", kind=wanted)]
        yield problem(
            secret, f"{secret.label} is {size_kb:g} KB; {room_kb:g} KB fit there.", *fixes, parameter="value_kb"
        )


@rule(
    "L183",
    Severity.ERROR,
    "Rotation of a parameter",
    scope=Scope.NODE,
    only=_SECRETS,
    why="Parameter Store does not rotate anything by itself.",
    source=service_model("secretsmanager", "RotateSecret"),
)
def rotated_parameter(design: Design, secret: Node) -> Iterator[Problem]:
    """Rotation is on for a value that is not in Secrets Manager."""
    del design
    if secret.value("rotation") is True and secret.value("kind") in ("standard", "advanced"):
        yield problem(
            secret,
            f"{secret.label} should be rotated, but is kept in Parameter Store.",
            set_node(secret, "Keep it in Secrets Manager", kind="secret"),
            parameter="rotation",
        )
