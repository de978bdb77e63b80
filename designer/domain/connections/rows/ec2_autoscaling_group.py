"""What an Auto Scaling group tells others, and its way out of the VPC."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter
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
from designer.domain.connections.wording import AT_LEAST_ONCE, BEST_EFFORT, LAMBDA_ASYNC_RETRIES, UNORDERED

_HOOK: Final = service_model("autoscaling", "PutLifecycleHook")
_HOOKS: Final = aws_docs("Amazon EC2 Auto Scaling lifecycle hooks", "autoscaling/ec2/userguide/lifecycle-hooks.html")
_HOOK_TIMEOUT: Final = (
    "The instance waits for the hook's heartbeat timeout; then the hook's default result, continue or abandon, holds."
)

_THROUGH: Final = Parameter(
    id="through",
    label="Through",
    kind=Kind.CHOICE,
    default="lifecycle_hook",
    choices=(
        Choice("lifecycle_hook", "The hook's own target"),
        Choice("eventbridge", "A rule on the default event bus"),
    ),
    help="How the event gets to the function. A rule works everywhere; the hook's own target was for topics and queues "
    "only until lately.",
    source=_HOOKS,
    cfn_property="LifecycleHook.NotificationTargetARN",
)


def _notification(target: str, label: str, explanation: str, conditions: str, action: str) -> Connection:
    return Connection(
        id=f"ec2_autoscaling_group.{target}.notification",
        source="ec2_autoscaling_group",
        target=target,
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=_HOOK,
        preferred=True,
        retries=_HOOK_TIMEOUT,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission=f"{action} for the hook's role",
        cfn_resources=("AWS::AutoScaling::AutoScalingGroup", "AWS::AutoScaling::LifecycleHook"),
    )


CONNECTIONS = (
    _notification(
        "sns_standard",
        "Notification",
        "The group publishes to the topic when instances are launched or ended, or when one waits in a lifecycle hook.",
        "A hook sends a test message first, and texts of keys and values.",
        "sns:Publish",
    ),
    _notification(
        "sqs_standard",
        "Lifecycle hook",
        "The group sends a message when an instance waits in a lifecycle hook; the reader completes the action.",
        "The body is JSON with the token of the action.",
        "sqs:SendMessage",
    ),
    Connection(
        id="ec2_autoscaling_group.eventbridge_bus.events",
        source="ec2_autoscaling_group",
        target="eventbridge_bus",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Lifecycle events",
        explanation="Launches, ends and lifecycle actions of instances appear on the default bus by themselves.",
        conditions="Only on the default bus of the account and Region.",
        authority=aws_docs(
            "Using EventBridge to handle Auto Scaling events",
            "autoscaling/ec2/userguide/automating-ec2-auto-scaling-with-eventbridge.html",
        ),
        preferred=True,
        retries="EventBridge keeps the event for its rules and retries their targets.",
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None needed",
        cfn_resources=("AWS::Events::Rule",),
    ),
    Connection(
        id="ec2_autoscaling_group.lambda.lifecycle_hook",
        source="ec2_autoscaling_group",
        target="lambda",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Lifecycle hook",
        explanation="The function is called when an instance waits in a lifecycle hook, and completes the action.",
        conditions="AWS named topics and queues only as the target of a hook for a long time. A rule on the default "
        "bus that calls the function works in any case.",
        authority=_HOOK,
        preferred=True,
        retries=LAMBDA_ASYNC_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction",
        cfn_resources=("AWS::AutoScaling::LifecycleHook", "AWS::Lambda::Permission"),
        requirements=(
            Requirement(
                End.EDGE,
                "through",
                Comparison.ONE_OF,
                ("eventbridge",),
                "the event goes through a rule on the default bus",
                fix="eventbridge",
                certain=False,
            ),
        ),
        parameters=(_THROUGH,),
    ),
    Connection(
        id="ec2_autoscaling_group.nat.route",
        source="ec2_autoscaling_group",
        target="nat",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Way out",
        explanation="The route table of the instances' private subnet sends what leaves the VPC to the NAT gateway.",
        conditions="For connections that instances open. What comes in needs a load balancer.",
        authority=aws_docs("NAT gateways", "vpc/latest/userguide/vpc-nat-gateway.html"),
        preferred=True,
        retries="None: the network passes packets, software repeats.",
        delivery=BEST_EFFORT,
        ordering="As the connection has it",
        permission_side=PermissionSide.NONE,
        permission="None: a route decides",
        cfn_resources=("AWS::EC2::NatGateway", "AWS::EC2::Route"),
    ),
    Connection(
        id="ec2_autoscaling_group.igw.route",
        source="ec2_autoscaling_group",
        target="igw",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Private instance to the internet gateway",
        explanation="An internet gateway serves public addresses only, and instances in private subnets have none.",
        conditions="A public or Elastic IPv4 address, or IPv6, is needed.",
        authority=aws_docs("Internet gateways", "vpc/latest/userguide/VPC_Internet_Gateway.html"),
        alternative="Send what leaves the private subnet through a NAT gateway.",
        bridge=Bridge("nat", "Insert a NAT gateway", "ec2_autoscaling_group.nat.route", "nat.igw.route"),
    ),
)
