"""What stands behind a CloudFront distribution."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import WAF_RESOURCES, aws_docs, service_model
from designer.domain.catalog.spec import Kind, Parameter, Source
from designer.domain.connections.parameters import WEIGHT
from designer.domain.connections.route_parameters import EDGE_EVENT
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

_GUIDE: Final = "AmazonCloudFront/latest/DeveloperGuide/"
_ORIGIN: Final = service_model("cloudfront", "CreateDistribution.Origin")
_DISTRIBUTION: Final = "AWS::CloudFront::Distribution"
_EDGE_FUNCTIONS: Final = aws_docs("Restrictions on Lambda@Edge", _GUIDE + "lambda-at-edge-function-restrictions.html")
_ORIGIN_GROUP: Final = (
    "The edge connects up to three times; an origin group can name a second origin for the rest. Otherwise the caller "
    "gets 502 or 504."
)


def _origin(
    target: str,
    mechanism: str,
    label: str,
    *,
    explanation: str,
    conditions: str,
    authority: Source = _ORIGIN,
    permission: tuple[PermissionSide, str] = (PermissionSide.NONE, "None: the origin is reached over HTTPS"),
    resources: tuple[str, ...] = (),
    requirements: tuple[Requirement, ...] = (),
    mode: Mode = Mode.INTEGRATION,
) -> Connection:
    """An origin: asked for what the cache does not have."""
    side, statement = permission
    return Connection(
        id=f"cloudfront.{target}.{mechanism}",
        source="cloudfront",
        target=target,
        mode=mode,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries=_ORIGIN_GROUP,
        delivery=f"{ONCE}; answers may come from the cache",
        ordering=UNORDERED,
        permission_side=side,
        permission=statement,
        cfn_resources=(_DISTRIBUTION, *resources),
        requirements=requirements,
        parameters=(WEIGHT,),
    )


def _no_origin(target: str, what: str, second: str) -> Connection:
    """A service that speaks no HTTP of its own to a distribution."""
    return Connection(
        id=f"cloudfront.{target}.origin",
        source="cloudfront",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label=what,
        explanation="CloudFront passes web requests on; it cannot call the API of an AWS service in its own name.",
        conditions="Origins are web servers, buckets and function URLs.",
        authority=_ORIGIN,
        alternative="Put a REST API in between, or a function with a URL.",
        bridge=Bridge("api_gateway_rest", "Insert a REST API", "cloudfront.api_gateway_rest.origin", second),
    )


_SAMPLING: Final = Parameter(
    id="sampling_percent",
    label="Logged requests",
    kind=Kind.INTEGER,
    default=100,
    unit="%",
    minimum=1,
    maximum=100,
    help="Share of the requests that get a line in the real-time log.",
    source=service_model("cloudfront", "CreateRealtimeLogConfig.SamplingRate"),
    cfn_property="RealtimeLogConfig.SamplingRate",
)

CONNECTIONS = (
    _origin(
        "s3",
        "origin",
        "Bucket as the origin",
        explanation="CloudFront reads objects of the bucket with requests that it signs itself (origin access control) "
        "and keeps them at the edge.",
        conditions="The bucket stays private. A bucket's website address is a plain web server and takes no signed "
        "requests. With a KMS key of yours, its policy has to let CloudFront in.",
        authority=service_model("cloudfront", "CreateOriginAccessControl.OriginAccessControlOriginType"),
        permission=(
            PermissionSide.RESOURCE_POLICY,
            "s3:GetObject for cloudfront.amazonaws.com, with the distribution's ARN as the source",
        ),
        resources=("AWS::CloudFront::OriginAccessControl", "AWS::S3::BucketPolicy"),
    ),
    _origin(
        "lambda",
        "function_url",
        "Function URL as the origin",
        explanation="CloudFront calls the function's address with requests that it signs itself and waits for the "
        "answer.",
        conditions="The function URL uses IAM. Callers who send a body have to add its hash in x-amz-content-sha256.",
        authority=aws_docs(
            "Restrict access to a Lambda function URL origin",
            _GUIDE + "private-content-restricting-access-to-lambda.html",
        ),
        permission=(
            PermissionSide.RESOURCE_POLICY,
            "lambda:InvokeFunctionUrl and lambda:InvokeFunction for cloudfront.amazonaws.com",
        ),
        resources=("AWS::CloudFront::OriginAccessControl", "AWS::Lambda::Url"),
        mode=Mode.SYNCHRONOUS,
    ),
    _origin(
        "api_gateway_rest",
        "origin",
        "API as the origin",
        explanation="CloudFront passes requests to the API's stage and keeps answers that may be kept.",
        conditions="A Regional endpoint: an edge-optimized one goes through a second CloudFront. The origin path names "
        "the stage, and the Host header must not be passed on.",
        authority=aws_docs("Create a Regional API", "apigateway/latest/developerguide/create-regional-api.html"),
        requirements=(
            Requirement(
                End.TARGET,
                "endpoint_type",
                Comparison.NONE_OF,
                ("private",),
                "the API can be reached from outside a VPC",
                fix="regional",
            ),
        ),
    ),
    _origin(
        "api_gateway_http",
        "origin",
        "API as the origin",
        explanation="CloudFront passes requests to the API and keeps answers that may be kept. It is the way to a web "
        "ACL for an HTTP API.",
        conditions="There is no origin access control for APIs: a secret header tells requests through CloudFront from "
        "others.",
    ),
    _origin(
        "alb",
        "origin",
        "Load balancer as the origin",
        explanation="CloudFront passes requests to the load balancer and keeps answers that may be kept.",
        conditions="An internal load balancer is reached through a VPC origin, a public one by its name; limit the "
        "latter to CloudFront's addresses.",
        authority=service_model("cloudfront", "CreateVpcOrigin"),
        resources=("AWS::CloudFront::VpcOrigin",),
    ),
    _origin(
        "http_endpoint",
        "origin",
        "Web server as the origin",
        explanation="CloudFront passes requests to the server and keeps answers that may be kept.",
        conditions="The name can be resolved on the internet. The edge waits 30 s by default.",
        requirements=(
            Requirement(
                End.TARGET,
                "location",
                Comparison.NONE_OF,
                ("vpc",),
                "the server can be reached from the internet",
                fix="internet",
            ),
        ),
    ),
    Connection(
        id="cloudfront.lambda_alias_version.lambda_at_edge",
        source="cloudfront",
        target="lambda_alias_version",
        mode=Mode.TRIGGER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Lambda@Edge",
        explanation="The function runs at the edge with each request or answer, of the caller or of the origin, "
        "and may change it.",
        conditions="A numbered version in us-east-1, never an alias. No VPC, layers, environment variables, container "
        "image, dead-letter queue, arm64 or reserved concurrency. 5 s at the caller's side, 30 s at the origin's.",
        authority=_EDGE_FUNCTIONS,
        preferred=True,
        retries="None: the caller gets 502 or 503.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:GetFunction and lambda:EnableReplication; the role trusts edgelambda.amazonaws.com",
        cfn_resources=(_DISTRIBUTION, "AWS::Lambda::Version"),
        parameters=(EDGE_EVENT,),
    ),
    Connection(
        id="cloudfront.lambda.lambda_at_edge",
        source="cloudfront",
        target="lambda",
        mode=Mode.TRIGGER,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Lambda@Edge without a version",
        explanation="CloudFront copies a numbered version to the edge; $LATEST, an alias or another Region is refused.",
        conditions="Lambda@Edge takes numbered versions of functions in us-east-1 only.",
        authority=_EDGE_FUNCTIONS,
        drawable=False,
        alternative="Publish a version in us-east-1 and connect to that.",
    ),
    Connection(
        id="cloudfront.kinesis_stream.real_time_log",
        source="cloudfront",
        target="kinesis_stream",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Real-time log",
        explanation="CloudFront writes a record for each logged request to the stream within seconds.",
        conditions="The cache behaviour needs a real-time log configuration.",
        authority=aws_docs("Use real-time access logs", _GUIDE + "real-time-logs.html"),
        preferred=True,
        retries="Records that the stream does not take are lost.",
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="kinesis:PutRecord and kinesis:PutRecords on the role of the log configuration",
        cfn_resources=("AWS::CloudFront::RealtimeLogConfig",),
        parameters=(_SAMPLING,),
    ),
    Connection(
        id="cloudfront.waf.web_acl",
        source="cloudfront",
        target="waf",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Web ACL",
        explanation="The web ACL looks at each request at the edge, before the cache.",
        conditions="A web ACL of the CloudFront scope, created in us-east-1; one per distribution.",
        authority=WAF_RESOURCES,
        preferred=True,
        retries="None: the caller gets 403.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="wafv2:GetWebACL for whoever deploys the distribution",
        cfn_resources=(_DISTRIBUTION, "AWS::WAFv2::WebACL"),
        requirements=(
            Requirement(
                End.TARGET,
                "scope",
                Comparison.ONE_OF,
                ("CLOUDFRONT",),
                "the web ACL is of the CloudFront scope",
                fix="CLOUDFRONT",
            ),
        ),
    ),
    _no_origin("sqs_standard", "Queue as the origin", "api_gateway_rest.sqs_standard.send_message"),
    _no_origin("dynamodb", "Table as the origin", "api_gateway_rest.dynamodb.action"),
    _no_origin(
        "step_functions_standard",
        "Workflow as the origin",
        "api_gateway_rest.step_functions_standard.start_execution",
    ),
)
