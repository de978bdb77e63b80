"""Amazon API Gateway WebSocket API with one stage."""

from designer.domain.catalog.api_parameters import ACCOUNT_LIMITS, access_logging, throttle_parameters
from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.sources import aws_docs, toolkit, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Section, Service

_GUIDE = "apigateway/latest/developerguide/"
_QUOTAS = aws_docs("Quotas for WebSocket APIs", _GUIDE + "apigateway-execution-service-websocket-limits-table.html")

SERVICE = Service(
    id="api_gateway_websocket",
    name="API Gateway WebSocket API",
    label="WebSocket API",
    category=Category.INTEGRATION,
    summary="Keeps connections to clients open, so that both sides can send at any time. Each message of a client is "
    "routed to a backend; a backend answers by posting to the connection.",
    icon="resource/Chat",
    source=aws_docs("API Gateway WebSocket APIs", _GUIDE + "apigateway-websocket-api.html"),
    parameters=(
        Parameter(
            id="integration_timeout_ms",
            label="Integration timeout",
            kind=Kind.INTEGER,
            default=29_000,
            unit="ms",
            minimum=50,
            maximum=29_000,
            help="How long the API waits for the backend. AWS does not raise the 29 s.",
            source=_QUOTAS,
            beyond="The client gets an error message; the function behind goes on and is billed.",
            cfn_property="Integration.TimeoutInMillis",
        ),
        *throttle_parameters("Stage.DefaultRouteSettings."),
        Parameter(
            id="authorization",
            label="Authorization",
            kind=Kind.CHOICE,
            default="none",
            choices=(
                Choice("none", "Open"),
                Choice("iam", "IAM"),
                Choice("lambda", "Lambda authorizer"),
            ),
            help="Who may connect. It is asked once, on $connect. There is no authorizer for Cognito or other tokens: "
            "a Lambda authorizer has to check them.",
            source=toolkit("API Gateway", "api-gateway.md"),
            cfn_property="Route.AuthorizationType",
            headline=True,
        ),
        access_logging(
            "Stage.AccessLogSettings", aws_docs("Logging for WebSocket APIs", _GUIDE + "websocket-api-logging.html")
        ),
        Parameter(
            id="connection_minutes",
            label="Connection lasts",
            kind=Kind.NUMBER,
            default=10,
            unit="min",
            minimum=0,
            maximum=120,
            help="How long a client stays connected on average. Each started minute is billed, and after two hours API "
            "Gateway closes the connection.",
            source=workload("how long your clients stay"),
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="messages_per_connection",
            label="Messages per connection",
            kind=Kind.NUMBER,
            default=10,
            unit="messages",
            minimum=1,
            maximum=1_000_000,
            help="How many messages a client sends while it is connected. The rate of messages divided by it is the "
            "rate of new connections.",
            source=workload("how much your clients send"),
            section=Section.WORKLOAD,
        ),
    ),
    limits=(
        *ACCOUNT_LIMITS,
        Limit(
            "new_connections",
            "New connections of the account and Region",
            500,
            "/s",
            "The handshake is answered with 429.",
            _QUOTAS,
            adjustable=True,
        ),
        Limit("connection_duration", "Life of a connection", 7_200, "s", "It is closed with code 1001.", _QUOTAS),
        Limit("idle_timeout", "Silence on a connection", 600, "s", "It is closed with code 1001.", _QUOTAS),
        Limit("payload", "Message, in frames of 32 KB", 128, "KB", "The connection is closed with code 1009.", _QUOTAS),
        Limit("frame", "Frame of a message", 32, "KB", "The connection is closed with code 1009.", _QUOTAS),
        Limit(
            "authorizer_result",
            "Answer of a Lambda authorizer",
            8,
            "KB",
            "The connection is refused.",
            _QUOTAS,
        ),
    ),
    prices=(
        PriceRef("api_gateway_websocket.messages", "Messages both ways, per 32 KB"),
        PriceRef("api_gateway_websocket.minutes", "Connection minutes"),
    ),
    model=Modelled(
        modelled=(
            "Messages of clients to one route each, by the weights of the arrows, with the integration timeout.",
            "New connections at the account's rate, as many as the messages need.",
            "The authorizer and the $connect route; a client that one of them fails for is refused.",
            "Calls of the $disconnect route: one older connection ends for each new one.",
            "Silence of 10 minutes ends a connection to which nothing is posted; the next message connects anew.",
            "Throttling by token buckets, messages that are posted to connections, and minutes of connection.",
            TOO_LARGE,
        ),
        estimated=("Overhead of a message.",),
        not_modelled=("Clients that have left (410).",),
    ),
    cfn_types=("AWS::ApiGatewayV2::Api", "AWS::Serverless::WebSocketApi"),
    keywords=("api gateway", "websocket", "api", "chat", "realtime", "push", "connection", "two-way"),
    entry_point=True,
)
