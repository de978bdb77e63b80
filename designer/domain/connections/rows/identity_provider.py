"""Where the account of another identity provider is accepted."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Source
from designer.domain.connections.spec import (
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import ONCE, UNORDERED

_GUIDE: Final = "cognito/latest/developerguide/"


def _vouches(
    target: str,
    mechanism: str,
    label: str,
    *,
    explanation: str,
    conditions: str,
    authority: Source,
    resource: str,
    requirements: tuple[Requirement, ...] = (),
) -> Connection:
    return Connection(
        id=f"identity_provider.{target}.{mechanism}",
        source="identity_provider",
        target=target,
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.CONDITIONAL if requirements else Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries="None: the person signs in again.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None in AWS: the app is registered with the provider",
        cfn_resources=(resource,),
        requirements=requirements,
    )


CONNECTIONS = (
    _vouches(
        "cognito_user_pool",
        "federation",
        "Sign-in through the provider",
        explanation="The user pool sends people to the provider, keeps a profile for whoever comes back, and answers "
        "with its own tokens: one kind of token, whatever the provider.",
        conditions="Needs the pool's managed sign-in pages. Who comes by SAML or OpenID Connect has a price of "
        "its own.",
        authority=aws_docs(
            "User pool sign-in with third party identity providers",
            _GUIDE + "cognito-user-pools-identity-federation.html",
        ),
        resource="AWS::Cognito::UserPoolIdentityProvider",
        requirements=(
            Requirement(
                End.TARGET,
                "managed_login",
                Comparison.ONE_OF,
                (True,),
                "the user pool has its managed sign-in pages",
                fix=True,
            ),
        ),
    ),
    _vouches(
        "cognito_identity_pool",
        "login",
        "Login of the identity pool",
        explanation="The caller shows the provider's token to the identity pool and gets temporary AWS credentials.",
        conditions="The identity pool lists the provider and has role settings for it: each provider is configured by "
        "itself.",
        authority=aws_docs(
            "Identity pools third-party identity providers", _GUIDE + "external-identity-providers.html"
        ),
        resource="AWS::Cognito::IdentityPool",
    ),
    _vouches(
        "api_gateway_http",
        "jwt_authorizer",
        "JWT authorizer",
        explanation="The API checks issuer, audience and signature of the provider's tokens by itself.",
        conditions="The provider speaks OpenID Connect: it publishes its keys and puts an issuer and an audience into "
        "its tokens.",
        authority=service_model("apigatewayv2", "CreateAuthorizer.JwtConfiguration"),
        resource="AWS::ApiGatewayV2::Authorizer",
        requirements=(
            Requirement(
                End.SOURCE,
                "kind",
                Comparison.ONE_OF,
                ("OIDC", "Google", "SignInWithApple"),
                "the provider issues OpenID Connect tokens",
                fix="OIDC",
            ),
        ),
    ),
)
