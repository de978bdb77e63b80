"""Amazon Cognito identity pool: temporary AWS credentials for people and guests."""

from designer.domain.catalog.sources import COGNITO_QUOTAS, IDENTITY_POOLS, aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, Section, Service

_GUIDE = "cognito/latest/developerguide/"
_ROLES = aws_docs("Using role-based access control", _GUIDE + "role-based-access-control.html")
_TOO_MANY = "The caller gets TooManyRequestsException."

SERVICE = Service(
    id="cognito_identity_pool",
    name="Cognito identity pool",
    label="identity pool",
    category=Category.IDENTITY,
    summary="Exchanges the token of a user pool or another identity provider, or nothing at all for guests, for "
    "temporary AWS credentials of an IAM role.",
    icon="resource/AWSIdentityAccessManagementTemporarySecurityCredential",
    source=IDENTITY_POOLS,
    parameters=(
        Parameter(
            id="guest_access",
            label="Guests",
            kind=Kind.BOOLEAN,
            default=False,
            help="Whether callers who have not signed in get credentials too, those of the guest role.",
            source=service_model("cognito-identity", "CreateIdentityPool.AllowUnauthenticatedIdentities"),
            cfn_property="AllowUnauthenticatedIdentities",
            headline=True,
        ),
        Parameter(
            id="authenticated_role",
            label="Role for signed-in callers",
            kind=Kind.BOOLEAN,
            default=True,
            help="Whether an IAM role is attached for callers with a valid token. It trusts "
            "cognito-identity.amazonaws.com for this pool only.",
            source=_ROLES,
            cfn_property="IdentityPoolRoleAttachment.Roles.authenticated",
        ),
        Parameter(
            id="unauthenticated_role",
            label="Role for guests",
            kind=Kind.BOOLEAN,
            default=False,
            help="Whether an IAM role is attached for guests. Whatever it allows, everybody on the internet may do.",
            source=_ROLES,
            cfn_property="IdentityPoolRoleAttachment.Roles.unauthenticated",
        ),
        Parameter(
            id="role_selection",
            label="Choice of the role",
            kind=Kind.CHOICE,
            default="default",
            choices=(
                Choice("default", "One role for all"),
                Choice("Token", "Role named in the token"),
                Choice("Rules", "Rules on the token's claims"),
            ),
            help="How a signed-in caller's role is found. It is set for each identity provider of the pool by itself.",
            source=_ROLES,
            cfn_property="IdentityPoolRoleAttachment.RoleMappings.Type",
        ),
        Parameter(
            id="classic_flow",
            label="Basic (classic) flow",
            kind=Kind.BOOLEAN,
            default=False,
            help="Lets the caller ask STS for the role itself with a token of the pool. Off: the pool chooses the "
            "role and narrows what guests may do.",
            source=aws_docs("Identity pools authentication flow", _GUIDE + "authentication-flow.html"),
            cfn_property="AllowClassicFlow",
        ),
        Parameter(
            id="principal_tags",
            label="Attributes for access control",
            kind=Kind.BOOLEAN,
            default=False,
            help="Passes claims of the token on as session tags, so that a policy can compare them with tags of "
            "resources.",
            source=service_model("cognito-identity", "SetPrincipalTagAttributeMap"),
            cfn_property="IdentityPoolPrincipalTag.PrincipalTags",
        ),
        Parameter(
            id="callers",
            label="Different callers",
            kind=Kind.INTEGER,
            default=1_000,
            unit="users",
            minimum=1,
            maximum=10_000_000,
            help="How many people, apps or devices use the pool at a time in a run. Each keeps its own credentials.",
            source=workload("who your callers are"),
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="session_s",
            label="Credentials last",
            kind=Kind.INTEGER,
            default=3_600,
            unit="s",
            minimum=900,
            maximum=43_200,
            help="How long a caller uses its credentials before it fetches new ones in a run. The enhanced flow hands "
            "them out for an hour; AssumeRoleWithWebIdentity of the basic flow takes from 15 minutes to the role's "
            "maximum of up to 12 hours.",
            source=workload("how long your callers keep their credentials"),
            section=Section.WORKLOAD,
        ),
    ),
    limits=(
        Limit("get_id", "GetId", 25, "/s", _TOO_MANY, COGNITO_QUOTAS, adjustable=True),
        Limit("get_token", "GetOpenIdToken", 200, "/s", _TOO_MANY, COGNITO_QUOTAS, adjustable=True),
        Limit("get_credentials", "GetCredentialsForIdentity", 200, "/s", _TOO_MANY, COGNITO_QUOTAS, adjustable=True),
        Limit(
            "developer_token",
            "Token of a provider of your own",
            86_400,
            "s",
            "A longer life is rejected; 15 minutes is the default.",
            service_model("cognito-identity", "GetOpenIdTokenForDeveloperIdentity.TokenDuration"),
        ),
        Limit(
            "login_providers",
            "Social login providers",
            10,
            "providers",
            "The setting is rejected.",
            service_model("cognito-identity", "CreateIdentityPool.SupportedLoginProviders"),
        ),
    ),
    model=Modelled(
        modelled=(
            "Credentials per caller, kept for their time; fetching them under the account's request rate.",
            "The call of what the pool opens, where the client has no arrow of its own to it.",
        ),
        estimated=("Time to fetch credentials.",),
        not_modelled=("GetId of new callers, and what a role allows.",),
    ),
    cfn_types=("AWS::Cognito::IdentityPool",),
    keywords=("cognito", "federated identities", "credentials", "sts", "guest", "role", "swap"),
)
