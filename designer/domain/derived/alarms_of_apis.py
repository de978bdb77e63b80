"""Alarms of APIs, identity and the edge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.derived.alarms import ANY, AlarmRule
from designer.domain.graph.model import Design, Node

_REST: Final = aws_docs(
    "API Gateway dimensions and metrics",
    "apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
)
_HTTP: Final = aws_docs("HTTP API metrics", "apigateway/latest/developerguide/http-api-metrics.html")
_WEBSOCKET: Final = aws_docs(
    "WebSocket API metrics", "apigateway/latest/developerguide/apigateway-websocket-api-logging.html"
)
_CLOUDFRONT: Final = aws_docs(
    "CloudFront metrics", "AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html"
)
_COGNITO: Final = aws_docs("Cognito metrics", "cognito/latest/developerguide/metrics-for-cognito-user-pools.html")
_APPSYNC: Final = aws_docs("AppSync metrics", "appsync/latest/devguide/monitoring.html")
_ALB: Final = aws_docs(
    "Metrics of an Application Load Balancer",
    "elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
)
_SHARE: Final = "above 1 % of the requests"


def _near_timeout(_: Design, node: Node) -> str:
    milliseconds = node.number("integration_timeout_ms", 29_000)
    return f"above {milliseconds * 0.8:,.6g} ms (80 % of the timeout of {milliseconds:,.6g} ms)"


def _caches(_: Design, node: Node) -> bool:
    return node.value("cache_enabled") is True


ALARMS: Final[Mapping[str, tuple[AlarmRule, ...]]] = {
    "api_gateway_rest": (
        AlarmRule("5XXError", "Average", _SHARE, "The API or what is behind it fails.", _REST, "AWS/ApiGateway"),
        AlarmRule(
            "4XXError",
            "Average",
            "above 5 % of the requests",
            "A client was released with a mistake, an authorizer refuses, or requests are throttled (429).",
            _REST,
            "AWS/ApiGateway",
        ),
        AlarmRule(
            "IntegrationLatency",
            "p99",
            _near_timeout,
            "Answers come close to the timeout, after which the caller gets 504 while the work goes on.",
            _REST,
            "AWS/ApiGateway",
        ),
        AlarmRule(
            "CacheMissCount",
            "Sum",
            "above half of the requests",
            "The cache costs by the hour and saves little.",
            _REST,
            "AWS/ApiGateway",
            _caches,
        ),
    ),
    "api_gateway_http": (
        AlarmRule("5xx", "Average", _SHARE, "The API or what is behind it fails.", _HTTP, "AWS/ApiGateway"),
        AlarmRule(
            "4xx",
            "Average",
            "above 5 % of the requests",
            "A client was released with a mistake, an authorizer refuses, or requests are throttled (429).",
            _HTTP,
            "AWS/ApiGateway",
        ),
        AlarmRule(
            "IntegrationLatency",
            "p99",
            _near_timeout,
            "Answers come close to the timeout, after which the caller gets 503 while the work goes on.",
            _HTTP,
            "AWS/ApiGateway",
        ),
    ),
    "api_gateway_websocket": (
        AlarmRule("IntegrationError", "Sum", ANY, "A message's backend fails.", _WEBSOCKET, "AWS/ApiGateway"),
        AlarmRule(
            "ExecutionError",
            "Sum",
            ANY,
            "Messages fail inside the API: routes or permissions.",
            _WEBSOCKET,
            "AWS/ApiGateway",
        ),
    ),
    "appsync": (
        AlarmRule("5XXError", "Sum", ANY, "Requests fail inside AppSync.", _APPSYNC, "AWS/AppSync"),
        AlarmRule("Latency", "p99", "above 1 s", "Resolvers or their data sources are slow.", _APPSYNC, "AWS/AppSync"),
    ),
    "alb": (
        AlarmRule(
            "HTTPCode_ELB_5XX_Count", "Sum", ANY, "The load balancer finds no target.", _ALB, "AWS/ApplicationELB"
        ),
        AlarmRule(
            "HTTPCode_Target_5XX_Count", "Sum", _SHARE, "The targets answer with errors.", _ALB, "AWS/ApplicationELB"
        ),
        AlarmRule(
            "UnHealthyHostCount", "Maximum", ANY, "A target fails its health checks.", _ALB, "AWS/ApplicationELB"
        ),
        AlarmRule("TargetResponseTime", "p99", "above 1 s", "The targets are slow.", _ALB, "AWS/ApplicationELB"),
    ),
    "cloudfront": (
        AlarmRule(
            "5xxErrorRate",
            "Average",
            "above 1 %",
            "The origin fails, and viewers see it.",
            _CLOUDFRONT,
            "AWS/CloudFront",
        ),
    ),
    "cognito_user_pool": (
        AlarmRule(
            "SignInThrottles",
            "Sum",
            ANY,
            "The quota on sign-in requests is used up: people cannot get in.",
            _COGNITO,
            "AWS/Cognito",
        ),
        AlarmRule("TokenRefreshThrottles", "Sum", ANY, "Signed-in people are thrown out.", _COGNITO, "AWS/Cognito"),
    ),
    "waf": (
        AlarmRule(
            "BlockedRequests",
            "Sum",
            "far above its usual level",
            "An attack is going on, or a rule blocks people who should get in.",
            aws_docs("AWS WAF metrics", "waf/latest/developerguide/waf-metrics.html"),
            "AWS/WAFV2",
        ),
    ),
}
