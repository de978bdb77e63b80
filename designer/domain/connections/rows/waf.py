"""What a web ACL protects, and where it writes its log."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import WAF_RESOURCES, aws_docs
from designer.domain.catalog.spec import Source
from designer.domain.connections.spec import (
    Bridge,
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import BEST_EFFORT, ONCE, UNORDERED

_GUIDE: Final = "waf/latest/developerguide/"
_ASSOCIATION: Final = ("AWS::WAFv2::WebACL", "AWS::WAFv2::WebACLAssociation")
_REGIONAL: Final = Requirement(
    End.SOURCE, "scope", Comparison.ONE_OF, ("REGIONAL",), "the web ACL is a Regional one", fix="REGIONAL"
)
_EDGE: Final = Requirement(
    End.SOURCE, "scope", Comparison.ONE_OF, ("CLOUDFRONT",), "the web ACL is of the CloudFront scope", fix="CLOUDFRONT"
)


def _protects(
    target: str,
    what: str,
    conditions: str,
    *,
    resources: tuple[str, ...] = _ASSOCIATION,
    requirement: Requirement = _REGIONAL,
) -> Connection:
    return Connection(
        id=f"waf.{target}.protect",
        source="waf",
        target=target,
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Protects",
        explanation=f"The web ACL looks at each request to {what} first and blocks it or lets it through.",
        conditions=conditions,
        authority=WAF_RESOURCES,
        preferred=True,
        retries="None: the caller gets 403.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="wafv2:AssociateWebACL for whoever deploys it",
        cfn_resources=resources,
        requirements=(requirement,),
    )


def _cannot(target: str, what: str, alternative: str, bridge: Bridge) -> Connection:
    return Connection(
        id=f"waf.{target}.protect",
        source="waf",
        target=target,
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Protects",
        explanation=f"A web ACL cannot be attached to {what}.",
        conditions="Web ACLs protect CloudFront distributions, REST APIs, load balancers, GraphQL APIs, user pools and "
        "a few further kinds of web front.",
        authority=WAF_RESOURCES,
        alternative=alternative,
        bridge=bridge,
    )


def _log(
    target: str, what: str, conditions: str, *, permission: tuple[PermissionSide, str], authority: Source
) -> Connection:
    side, statement = permission
    return Connection(
        id=f"waf.{target}.log",
        source="waf",
        target=target,
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Web ACL log",
        explanation=f"WAF writes what it decided about each request to {what} in the background.",
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries="Records that are not taken are lost.",
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=side,
        permission=statement,
        cfn_resources=("AWS::WAFv2::LoggingConfiguration",),
    )


_FRONT: Final = "Put a CloudFront distribution in front and attach the web ACL to that."

CONNECTIONS = (
    _protects(
        "api_gateway_rest", "a stage of the API", "A Regional web ACL of the same Region; one web ACL per stage."
    ),
    _protects("alb", "the load balancer", "A Regional web ACL of the same Region; one web ACL per load balancer."),
    _protects("appsync", "the GraphQL API", "A Regional web ACL of the same Region; one web ACL per API."),
    _protects(
        "cognito_user_pool",
        "the sign-in pages and the public API of the user pool",
        "A Regional web ACL of the same Region; one web ACL per user pool.",
    ),
    _protects(
        "cloudfront",
        "the distribution",
        "A web ACL of the CloudFront scope, created in us-east-1. It is named in the distribution, one in each.",
        resources=("AWS::WAFv2::WebACL", "AWS::CloudFront::Distribution"),
        requirement=_EDGE,
    ),
    _cannot(
        "lambda",
        "a function or its URL",
        _FRONT,
        Bridge(
            "cloudfront", "Insert a CloudFront distribution", "waf.cloudfront.protect", "cloudfront.lambda.function_url"
        ),
    ),
    _cannot(
        "s3",
        "a bucket",
        _FRONT,
        Bridge("cloudfront", "Insert a CloudFront distribution", "waf.cloudfront.protect", "cloudfront.s3.origin"),
    ),
    _cannot(
        "sqs_standard",
        "a queue",
        "Say in the queue's policy who may send, or put a REST API with a web ACL in front.",
        Bridge(
            "api_gateway_rest",
            "Insert a REST API",
            "waf.api_gateway_rest.protect",
            "api_gateway_rest.sqs_standard.send_message",
        ),
    ),
    _log(
        "firehose",
        "the stream",
        "The stream's name begins with aws-waf-logs- and takes records by direct put; for CloudFront it is in "
        "us-east-1.",
        permission=(PermissionSide.SERVICE_ROLE, "A service-linked role of WAF"),
        authority=aws_docs("Sending web ACL traffic logs to Firehose", _GUIDE + "logging-kinesis.html"),
    ),
    _log(
        "cloudwatch_logs",
        "the log group",
        "The log group's name begins with aws-waf-logs-.",
        permission=(
            PermissionSide.RESOURCE_POLICY,
            "logs:CreateLogStream and logs:PutLogEvents for delivery.logs.amazonaws.com",
        ),
        authority=aws_docs("Sending web ACL traffic logs to CloudWatch Logs", _GUIDE + "logging-cw-logs.html"),
    ),
)
