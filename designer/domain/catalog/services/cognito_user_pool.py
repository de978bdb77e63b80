"""Amazon Cognito user pool with one app client: a directory of users who sign in and get tokens."""

from designer.domain.catalog.sources import COGNITO_QUOTAS, COGNITO_TRIGGERS, aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Section, Service

_GUIDE = "cognito/latest/developerguide/"
_CLIENT = service_model("cognito-idp", "CreateUserPoolClient")
_POOL = service_model("cognito-idp", "CreateUserPool")
_TOO_MANY = "The caller gets TooManyRequestsException. All user pools of the account and Region share it."
_USERS = workload("who your users are")

_SIGN_IN = (
    Parameter(
        id="auth_flow",
        label="Sign-in",
        kind=Kind.CHOICE,
        default="user_srp",
        choices=(
            Choice("user_srp", "Password by SRP, or custom challenges (AWS default)"),
            Choice("user_password", "Password, sent over TLS"),
            Choice("user_auth", "Choice of password, passkey or one-time code"),
            Choice("custom", "Custom challenges in functions only"),
        ),
        help="How the app client lets people in. A flow that the app client does not allow is refused with "
        "InvalidParameterException.",
        source=service_model("cognito-idp", "CreateUserPoolClient.ExplicitAuthFlows"),
        cfn_property="UserPoolClient.ExplicitAuthFlows",
    ),
    Parameter(
        id="mfa",
        label="Second factor",
        kind=Kind.CHOICE,
        default="OFF",
        choices=(Choice("OFF", "Off"), Choice("OPTIONAL", "For those who want it"), Choice("ON", "For everybody")),
        help="Whether signing in also takes a code or another second factor.",
        source=service_model("cognito-idp", "CreateUserPool.MfaConfiguration"),
        cfn_property="MfaConfiguration",
        headline=True,
    ),
    Parameter(
        id="self_sign_up",
        label="Self sign-up",
        kind=Kind.BOOLEAN,
        default=True,
        help="Whether people may register themselves. Off: only an administrator adds users.",
        source=service_model("cognito-idp", "CreateUserPool.AdminCreateUserConfig"),
        cfn_property="AdminCreateUserConfig.AllowAdminCreateUserOnly",
    ),
    Parameter(
        id="managed_login",
        label="Managed sign-in pages",
        kind=Kind.BOOLEAN,
        default=False,
        help="Sign-in pages that Cognito hosts on a domain of the pool. They are needed for sign-in through other "
        "identity providers.",
        source=aws_docs("User pool managed login", _GUIDE + "cognito-user-pools-managed-login.html"),
        cfn_property="UserPoolDomain.Domain",
    ),
    Parameter(
        id="client_secret",
        label="App client secret",
        kind=Kind.BOOLEAN,
        default=False,
        help="A password of the app client itself. Only for servers: whatever is shipped to a browser or phone can be "
        "read there.",
        source=service_model("cognito-idp", "CreateUserPoolClient.GenerateSecret"),
        cfn_property="UserPoolClient.GenerateSecret",
    ),
)

_TOKENS = (
    Parameter(
        id="access_token_validity_s",
        label="Access and ID token lifetime",
        kind=Kind.INTEGER,
        default=3_600,
        unit="s",
        minimum=300,
        maximum=86_400,
        help="How long a token is good for. Then the client has to fetch a new one, which counts as an authentication "
        "request.",
        source=_CLIENT,
        beyond="APIs answer 401 to an expired token.",
        cfn_property="UserPoolClient.AccessTokenValidity",
    ),
    Parameter(
        id="refresh_token_validity_s",
        label="Refresh token lifetime",
        kind=Kind.INTEGER,
        default=2_592_000,
        unit="s",
        minimum=3_600,
        maximum=315_360_000,
        help="How long a person stays signed in without typing the password again: 30 days by default, up to 10 years.",
        source=_CLIENT,
        beyond="The person has to sign in again.",
        cfn_property="UserPoolClient.RefreshTokenValidity",
    ),
    Parameter(
        id="auth_session_min",
        label="Sign-in session",
        kind=Kind.INTEGER,
        default=3,
        unit="min",
        minimum=3,
        maximum=15,
        help="How long the steps of one sign-in may take together, codes included.",
        source=_CLIENT,
        beyond="The challenge expires and the sign-in begins anew.",
        cfn_property="UserPoolClient.AuthSessionValidity",
        botocore="cognito-idp:CreateUserPoolClientRequest.AuthSessionValidity",
    ),
)

_POOL_SETTINGS = (
    Parameter(
        id="tier",
        label="Feature plan",
        kind=Kind.CHOICE,
        default="ESSENTIALS",
        choices=(Choice("LITE", "Lite"), Choice("ESSENTIALS", "Essentials"), Choice("PLUS", "Plus")),
        help="Decides the price per monthly active user. Access tokens are customized with Essentials or Plus, threat "
        "protection comes with Plus.",
        source=aws_docs("User pool feature plans", _GUIDE + "cognito-sign-in-feature-plans.html"),
        cfn_property="UserPoolTier",
    ),
    Parameter(
        id="threat_protection",
        label="Threat protection",
        kind=Kind.CHOICE,
        default="OFF",
        choices=(Choice("OFF", "Off"), Choice("AUDIT", "Report only"), Choice("ENFORCED", "Block risky sign-ins")),
        help="Looks for leaked passwords and unusual sign-ins. Part of the Plus plan.",
        source=service_model("cognito-idp", "CreateUserPool.UserPoolAddOns"),
        cfn_property="UserPoolAddOns.AdvancedSecurityMode",
    ),
    Parameter(
        id="email_sender",
        label="E-mail is sent by",
        kind=Kind.CHOICE,
        default="COGNITO_DEFAULT",
        choices=(Choice("COGNITO_DEFAULT", "Cognito, 50 a day"), Choice("DEVELOPER", "Amazon SES of your own")),
        help="Cognito's own sender stops after 50 messages a day for the whole account.",
        source=COGNITO_QUOTAS,
        beyond="Codes are not delivered: CodeDeliveryFailureException.",
        cfn_property="EmailConfiguration.EmailSendingAccount",
    ),
    Parameter(
        id="custom_sender_key",
        label="KMS key for custom senders",
        kind=Kind.BOOLEAN,
        default=False,
        help="A key of yours that encrypts the codes for functions that send e-mail or text messages themselves.",
        source=service_model("cognito-idp", "CreateUserPool.LambdaConfig.KMSKeyID"),
        cfn_property="LambdaConfig.KMSKeyID",
    ),
    Parameter(
        id="deletion_protection",
        label="Deletion protection",
        kind=Kind.BOOLEAN,
        default=False,
        help="Refuses to delete the pool, and with it all users, until it is switched off.",
        source=_POOL,
        cfn_property="DeletionProtection",
    ),
)

_WORKLOAD = (
    Parameter(
        id="monthly_active_users",
        label="Monthly active users",
        kind=Kind.INTEGER,
        default=1_000,
        unit="users",
        minimum=0,
        maximum=40_000_000,
        help="People who sign in, sign up or refresh a token at least once in a month. Each is billed once, however "
        "often.",
        source=_USERS,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="federated_percent",
        label="Users from SAML or OpenID providers",
        kind=Kind.NUMBER,
        default=0,
        unit="%",
        minimum=0,
        maximum=100,
        help="Share of the monthly active users who come through a SAML or OpenID Connect provider; they have a price "
        "of their own.",
        source=_USERS,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="wrong_password_percent",
        label="Failed sign-ins",
        kind=Kind.NUMBER,
        default=0,
        unit="%",
        minimum=0,
        maximum=100,
        help="Share of the sign-ins that Cognito refuses in a run. They use up the request rate all the same.",
        source=_USERS,
        section=Section.WORKLOAD,
    ),
)


def _rate(identifier: str, what: str, per_s: int, *, adjustable: bool) -> Limit:
    return Limit(identifier, f"Request rate: {what}", per_s, "/s", _TOO_MANY, COGNITO_QUOTAS, adjustable)


SERVICE = Service(
    id="cognito_user_pool",
    name="Cognito user pool",
    label="user pool",
    category=Category.IDENTITY,
    summary="A directory of users with sign-up, sign-in and second factors. It answers with tokens (JWT), which APIs "
    "accept and most AWS services do not.",
    icon="architecture-service/AmazonCognito",
    source=aws_docs("Amazon Cognito user pools", _GUIDE + "cognito-user-pools.html"),
    parameters=(*_SIGN_IN, *_TOKENS, *_POOL_SETTINGS, *_WORKLOAD),
    limits=(
        _rate("user_authentication", "signing in and refreshing tokens", 120, adjustable=True),
        _rate("user_creation", "signing up", 50, adjustable=True),
        _rate("user_federation", "signing in through another provider", 25, adjustable=True),
        _rate("user_account_recovery", "recovering a password", 30, adjustable=False),
        _rate("user_read", "reading users", 120, adjustable=True),
        _rate("user_update", "changing users", 25, adjustable=False),
        _rate("user_token", "revoking tokens", 120, adjustable=True),
        _rate("user_resource_read", "reading devices, groups and the like", 50, adjustable=True),
        _rate("user_resource_update", "changing devices, groups and the like", 25, adjustable=False),
        _rate("user_list", "listing users", 30, adjustable=False),
        _rate("user_pool_read", "reading the pool's settings", 15, adjustable=False),
        _rate("user_pool_client_read", "reading the app client's settings", 15, adjustable=False),
        _rate("client_authentication", "tokens for machines", 150, adjustable=False),
        _rate("challenge_responses", "answering challenges", 360, adjustable=True),
        Limit("per_user_rate", "Reads, and writes, of one user", 10, "/s", _TOO_MANY, COGNITO_QUOTAS),
        Limit("trigger_timeout", "Answer of a trigger", 5, "s", "The sign-up or sign-in fails.", COGNITO_TRIGGERS),
        Limit("trigger_attempts", "Attempts at a trigger", 3, "attempts", "The operation fails.", COGNITO_TRIGGERS),
        Limit("users", "Users per pool", 40_000_000, "users", "Adding one fails.", COGNITO_QUOTAS, adjustable=True),
        Limit(
            "default_emails",
            "E-mails a day without SES",
            50,
            "messages",
            "Codes are not delivered. The count starts anew at 09:00 UTC.",
            COGNITO_QUOTAS,
        ),
    ),
    prices=(
        PriceRef("cognito_user_pool.mau_lite", "Monthly active users, Lite"),
        PriceRef("cognito_user_pool.mau_essentials", "Monthly active users, Essentials"),
        PriceRef("cognito_user_pool.mau_plus", "Monthly active users, Plus"),
        PriceRef("cognito_user_pool.mau_federated", "Monthly active users by SAML or OpenID Connect"),
        PriceRef("cognito_user_pool.machine_tokens", "Tokens for machines"),
    ),
    model=Modelled(
        modelled=(
            "Each action under the account's request rate of its category, which all user pools share.",
            "Triggers before and after an action, with 5 s and three attempts each; senders of codes go their own way.",
            "Sign-in through an external provider, and refused sign-ins by their share.",
            "Price of the monthly active users, a run's share of the month.",
        ),
        estimated=("Time of each action.",),
        not_modelled=("Tokens that expire and are refreshed by themselves: draw the refreshes as traffic.",),
    ),
    cfn_types=("AWS::Cognito::UserPool",),
    keywords=("cognito", "sign-in", "login", "jwt", "token", "users", "directory", "mfa", "oauth", "sign-up"),
)
