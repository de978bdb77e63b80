"""AWS AppSync GraphQL API."""

from designer.domain.catalog.api_parameters import RESPONSE_KB
from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, Service

_GUIDE = "appsync/latest/devguide/"
_QUOTAS = aws_docs("AWS AppSync endpoints and quotas", "general/latest/gr/appsync.html")
_CACHING = service_model("appsync", "CreateApiCache")

SERVICE = Service(
    id="appsync",
    name="AppSync GraphQL API",
    label="GraphQL API",
    category=Category.INTEGRATION,
    summary="Answers GraphQL queries and mutations by calling a data source for each field that has a resolver, and "
    "tells subscribed clients about changes.",
    icon="architecture-service/AWSAppSync",
    source=aws_docs("What is AWS AppSync", _GUIDE + "what-is-appsync.html"),
    parameters=(
        Parameter(
            id="authorization",
            label="Authorization",
            kind=Kind.CHOICE,
            default="API_KEY",
            choices=(
                Choice("API_KEY", "API key"),
                Choice("AWS_IAM", "IAM"),
                Choice("AMAZON_COGNITO_USER_POOLS", "Cognito user pool"),
                Choice("OPENID_CONNECT", "OpenID provider"),
                Choice("AWS_LAMBDA", "Lambda authorizer"),
            ),
            help="How callers are known by default. An API key is in every client and keeps nobody out. A Lambda "
            "authorizer also needs its arrow to the function.",
            source=service_model("appsync", "CreateGraphqlApi.authenticationType"),
            cfn_property="AuthenticationType",
            headline=True,
        ),
        Parameter(
            id="visibility",
            label="Reachable from",
            kind=Kind.CHOICE,
            default="GLOBAL",
            choices=(Choice("GLOBAL", "The internet"), Choice("PRIVATE", "VPCs, through an interface endpoint")),
            help="Where the API can be called from. It cannot be changed afterwards.",
            source=service_model("appsync", "CreateGraphqlApi.visibility"),
            cfn_property="Visibility",
        ),
        Parameter(
            id="cache_ttl_s",
            label="Cache lifetime",
            kind=Kind.INTEGER,
            default=None,
            unit="s",
            minimum=1,
            maximum=3_600,
            help="How long answers are kept in the API's cache. Unset: there is no cache.",
            source=_CACHING,
            cfn_property="ApiCache.Ttl",
        ),
        Parameter(
            id="cache_behavior",
            label="Cached",
            kind=Kind.CHOICE,
            default="FULL_REQUEST_CACHING",
            choices=(
                Choice("FULL_REQUEST_CACHING", "Every resolver"),
                Choice("PER_RESOLVER_CACHING", "Chosen resolvers"),
                Choice("OPERATION_LEVEL_CACHING", "Whole operations"),
            ),
            help="What the cache keeps, if there is one.",
            source=_CACHING,
            cfn_property="ApiCache.ApiCachingBehavior",
        ),
        Parameter(
            id="query_depth_limit",
            label="Deepest query",
            kind=Kind.INTEGER,
            default=0,
            unit="levels",
            minimum=0,
            maximum=75,
            help="How many levels a query may nest. 0: no limit of your own.",
            source=service_model("appsync", "CreateGraphqlApi.queryDepthLimit"),
            beyond="The query is answered with an error.",
            cfn_property="QueryDepthLimit",
            botocore="appsync:CreateGraphqlApiRequest.queryDepthLimit",
        ),
        Parameter(
            id="resolver_count_limit",
            label="Resolvers per request",
            kind=Kind.INTEGER,
            default=0,
            unit="resolvers",
            minimum=0,
            maximum=10_000,
            help="How many resolvers one request may run. 0: the 10,000 of AWS.",
            source=service_model("appsync", "CreateGraphqlApi.resolverCountLimit"),
            beyond="The request is answered with an error.",
            cfn_property="ResolverCountLimit",
            botocore="appsync:CreateGraphqlApiRequest.resolverCountLimit",
        ),
        Parameter(
            id="xray_tracing",
            label="X-Ray tracing",
            kind=Kind.BOOLEAN,
            default=False,
            help="Records sampled requests with a segment for each resolver.",
            source=aws_docs("Using AWS X-Ray to trace requests in AppSync", _GUIDE + "x-ray-tracing.html"),
            cfn_property="XrayEnabled",
        ),
        RESPONSE_KB,
    ),
    limits=(
        Limit("request_time", "Time of a query or mutation", 30, "s", "The caller gets a timeout error.", _QUOTAS),
        Limit(
            "authorizer_time",
            "Answer of a Lambda authorizer",
            10,
            "s",
            "The caller gets 401.",
            aws_docs("AWS AppSync authorization and authentication", _GUIDE + "security-authz.html"),
        ),
    ),
    model=Modelled(
        modelled=(
            "The resolvers of a request side by side, each with its number of calls, and its 30 s.",
            "Web ACL and Lambda authorizer with its remembered answers.",
        ),
        estimated=("Overhead of a request.",),
        not_modelled=(
            "The API's cache.",
            "Fields that depend on each other, and answers with some fields missing.",
            "Messages to subscribed clients.",
            "Cost.",
        ),
    ),
    cfn_types=("AWS::AppSync::GraphQLApi", "AWS::Serverless::GraphQLApi"),
    keywords=("appsync", "graphql", "api", "query", "mutation", "subscription", "resolver", "realtime"),
    entry_point=True,
)
