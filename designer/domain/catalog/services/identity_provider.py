"""An identity provider outside AWS: social, corporate (SAML) or any OpenID Connect issuer."""

from designer.domain.catalog.sources import aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Modelled, Parameter, Section, Service

_GUIDE = "cognito/latest/developerguide/"

SERVICE = Service(
    id="identity_provider",
    name="External identity provider",
    label="identity provider",
    category=Category.IDENTITY,
    summary="Google, Facebook, Amazon, Apple, a company's SAML directory or any OpenID Connect issuer: where people "
    "already have an account.",
    icon="resource/AuthenticatedUser",
    source=aws_docs(
        "User pool sign-in with third party identity providers", _GUIDE + "cognito-user-pools-identity-federation.html"
    ),
    parameters=(
        Parameter(
            id="kind",
            label="Provider",
            kind=Kind.CHOICE,
            default="Google",
            choices=(
                Choice("Google", "Google"),
                Choice("Facebook", "Facebook"),
                Choice("LoginWithAmazon", "Login with Amazon"),
                Choice("SignInWithApple", "Sign in with Apple"),
                Choice("SAML", "SAML 2.0"),
                Choice("OIDC", "OpenID Connect"),
            ),
            help="Who vouches for the person. Users who come by SAML or OpenID Connect have a price of their own.",
            source=service_model("cognito-idp", "CreateIdentityProvider.ProviderType"),
            cfn_property="ProviderType",
            headline=True,
        ),
        Parameter(
            id="attribute_mapping",
            label="Attribute mapping",
            kind=Kind.JSON,
            default=None,
            help='Which attribute of the provider fills which attribute of the user, e.g. {"email": "email"}.',
            source=service_model("cognito-idp", "CreateIdentityProvider.AttributeMapping"),
            cfn_property="AttributeMapping",
        ),
        Parameter(
            id="answer_ms",
            label="Answer time",
            kind=Kind.NUMBER,
            default=300,
            unit="ms",
            minimum=0,
            maximum=60_000,
            help="How long the provider takes for one sign-in in a run, without the person's typing.",
            source=workload("how fast the provider answers"),
            section=Section.WORKLOAD,
        ),
    ),
    model=Modelled(modelled=("Its answer time.",), not_modelled=("Limits and failures of the provider.",)),
    cfn_types=("AWS::Cognito::UserPoolIdentityProvider",),
    keywords=("google", "facebook", "amazon", "apple", "twitter", "saml", "oidc", "openid", "sso", "federation", "idp"),
)
