"""Where a load balancer sends its requests: to the targets of a target group."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import WAF_RESOURCES, aws_docs, service_model
from designer.domain.connections.parameters import WEIGHT
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.wording import ONCE, UNORDERED

_GUIDE: Final = "elasticloadbalancing/latest/application/"
_TARGET_TYPES: Final = service_model("elbv2", "CreateTargetGroup.TargetType")
_HEALTH: Final = (
    "None: the caller gets 502, 503 or 504. A target that fails its health checks gets no further requests."
)
_GROUP: Final = "AWS::ElasticLoadBalancingV2::TargetGroup"


def _servers(target: str, label: str, explanation: str, conditions: str, resource: str) -> Connection:
    return Connection(
        id=f"alb.{target}.target",
        source="alb",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=_TARGET_TYPES,
        preferred=True,
        retries=_HEALTH,
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="A security group rule that lets the load balancer's group in",
        cfn_resources=(_GROUP, resource),
        parameters=(WEIGHT,),
    )


def _no_target(target: str, what: str, second: str) -> Connection:
    return Connection(
        id=f"alb.{target}.target",
        source="alb",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label=f"{what} as a target",
        explanation=f"A load balancer sends requests to instances, addresses and functions, never to {what.lower()}.",
        conditions="A target group has one of the types instance, ip, lambda and alb.",
        authority=_TARGET_TYPES,
        alternative="Put a function behind the load balancer, or an API in its place that calls the service.",
        bridge=Bridge("lambda", "Insert a function", "alb.lambda.target", second),
    )


CONNECTIONS = (
    Connection(
        id="alb.lambda.target",
        source="alb",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Function as a target",
        explanation="The load balancer calls the function with the request and returns its answer.",
        conditions="One function in a target group, in the same account and Region. Request and answer up to 1 MB; no "
        "WebSocket.",
        authority=aws_docs(
            "Lambda functions as targets of an Application Load Balancer", _GUIDE + "lambda-functions.html"
        ),
        preferred=True,
        retries="None: the caller gets 502 when the function fails or its answer has the wrong form.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for elasticloadbalancing.amazonaws.com, from the target group",
        cfn_resources=(_GROUP, "AWS::Lambda::Permission"),
        parameters=(WEIGHT,),
    ),
    _servers(
        "ecs_fargate",
        "Tasks as targets",
        "The service registers its tasks with the target group; the load balancer sends each request to one of them.",
        "Target type ip, because every Fargate task has its own network interface. The tasks' security group lets the "
        "load balancer's in.",
        "AWS::ECS::Service",
    ),
    _servers(
        "ec2_autoscaling_group",
        "Instances as targets",
        "The group registers its instances with the target group; the load balancer sends each request to one of them.",
        "Target type instance. The instances' security group lets the load balancer's in.",
        "AWS::AutoScaling::AutoScalingGroup",
    ),
    Connection(
        id="alb.waf.web_acl",
        source="alb",
        target="waf",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Web ACL",
        explanation="The load balancer asks the web ACL about each request before it goes on.",
        conditions="A Regional web ACL in the same Region, one for each load balancer.",
        authority=WAF_RESOURCES,
        preferred=True,
        retries="None: a blocked request is answered with 403.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None at run time",
        cfn_resources=("AWS::WAFv2::WebACLAssociation",),
    ),
    _no_target("s3", "A bucket", "lambda.s3.api"),
    _no_target("sqs_standard", "A queue", "lambda.sqs_standard.send_message"),
    _no_target("dynamodb", "A table", "lambda.dynamodb.api"),
)
