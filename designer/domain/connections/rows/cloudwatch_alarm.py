"""What an alarm does when its state changes."""

from designer.domain.catalog.sources import aws_docs, service_model
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
from designer.domain.connections.wording import (
    AT_LEAST_ONCE,
    BEST_EFFORT,
    LAMBDA_ASYNC_RETRIES,
    RULE_RETRIES,
    UNORDERED,
)

_GUIDE = "AmazonCloudWatch/latest/monitoring/"
_ACTIONS = service_model("cloudwatch", "PutMetricAlarm.AlarmActions")
_ALARM = "AWS::CloudWatch::Alarm"
_ONLY = "Actions are topics, functions, scaling policies, EC2 actions, OpsItems and incidents."
_SWITCHED_ON = Requirement(
    End.SOURCE, "actions_enabled", Comparison.ONE_OF, (True,), "the alarm's actions are switched on", fix=True
)
_ONCE = "Once per change of state, best effort"
_NO_RETRIES = "CloudWatch does not repeat an action until the state changes again."


def _action(
    target: str,
    mechanism: str,
    *,
    label: str,
    explanation: str,
    conditions: str,
    side: PermissionSide,
    permission: str,
    resources: tuple[str, ...] = (_ALARM,),
    verdict: Verdict = Verdict.VALID,
    retries: str = _NO_RETRIES,
    delivery: str = _ONCE,
    authority: Source = _ACTIONS,
    requirements: tuple[Requirement, ...] = (_SWITCHED_ON,),
) -> Connection:
    return Connection(
        id=f"cloudwatch_alarm.{target}.{mechanism}",
        source="cloudwatch_alarm",
        target=target,
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=verdict,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries=retries,
        delivery=delivery,
        ordering=UNORDERED,
        permission_side=side,
        permission=permission,
        cfn_resources=resources,
        requirements=requirements,
    )


def _refused(target: str, explanation: str, alternative: str, bridge: Bridge) -> Connection:
    return Connection(
        id=f"cloudwatch_alarm.{target}.action",
        source="cloudwatch_alarm",
        target=target,
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Alarm action",
        explanation=explanation,
        conditions=_ONLY,
        authority=_ACTIONS,
        alternative=alternative,
        bridge=bridge,
    )


def _through_topic(second: str) -> Bridge:
    return Bridge("sns_standard", "Insert a topic", "cloudwatch_alarm.sns_standard.action", second)


def _through_rule(second: str) -> Bridge:
    return Bridge("eventbridge_rule", "Insert a rule", "cloudwatch_alarm.eventbridge_rule.state_change", second)


_FUNCTION_CONDITIONS = "At most 5 actions for each state. Since December 2023; before that a topic stood in between."
_FUNCTION_PERMISSION = (
    "lambda:InvokeFunction for lambda.alarms.cloudwatch.amazonaws.com, with the alarm and its account as the source"
)
_FUNCTION_SOURCE = aws_docs("Invoke a Lambda function from an alarm", _GUIDE + "alarms-and-actions-Lambda.html")
_EVENTS = aws_docs("Alarm events and EventBridge", _GUIDE + "cloudwatch-and-eventbridge.html")
_NO_SETTING = "None: events of AWS services need no permission"

CONNECTIONS = (
    _action(
        "sns_standard",
        "action",
        label="Alarm action",
        explanation="The alarm publishes one message to the topic when its state changes.",
        conditions="At most 5 actions for each state. An encrypted topic needs a customer managed key whose "
        "policy lets cloudwatch.amazonaws.com in.",
        side=PermissionSide.RESOURCE_POLICY,
        permission="sns:Publish for cloudwatch.amazonaws.com; a topic's default policy allows it in the same account",
        retries="Then each subscription's own policy applies.",
        requirements=(
            _SWITCHED_ON,
            Requirement(
                End.TARGET,
                "encryption",
                Comparison.NONE_OF,
                ("kms_aws_managed",),
                "the topic is not encrypted with the AWS managed key, whose policy shuts CloudWatch out",
                fix="kms_customer_managed",
            ),
        ),
    ),
    _action(
        "lambda",
        "action",
        label="Alarm action",
        explanation="The alarm hands one event to Lambda's queue when its state changes, and Lambda calls the "
        "function.",
        conditions=_FUNCTION_CONDITIONS,
        side=PermissionSide.RESOURCE_POLICY,
        permission=_FUNCTION_PERMISSION,
        resources=(_ALARM, "AWS::Lambda::Permission"),
        retries=LAMBDA_ASYNC_RETRIES,
        delivery=AT_LEAST_ONCE,
        authority=_FUNCTION_SOURCE,
    ),
    _action(
        "lambda_alias_version",
        "action",
        label="Alarm action",
        explanation="The alarm hands one event to Lambda's queue when its state changes, and Lambda calls the version "
        "behind the alias.",
        conditions=_FUNCTION_CONDITIONS,
        side=PermissionSide.RESOURCE_POLICY,
        permission=f"{_FUNCTION_PERMISSION}, given to the alias or version",
        resources=(_ALARM, "AWS::Lambda::Permission"),
        retries=LAMBDA_ASYNC_RETRIES,
        delivery=AT_LEAST_ONCE,
        authority=_FUNCTION_SOURCE,
    ),
    _action(
        "ec2_autoscaling_group",
        "action",
        label="Scaling or instance action",
        explanation="The alarm runs a scaling policy of the group, or stops, ends, reboots or recovers one instance.",
        conditions="Instance actions need a metric of one instance, with its InstanceId.",
        side=PermissionSide.SERVICE_ROLE,
        permission="None of yours: CloudWatch uses its service-linked role",
        resources=(_ALARM, "AWS::AutoScaling::ScalingPolicy"),
    ),
    _action(
        "ecs_fargate",
        "action",
        label="Scaling policy",
        explanation="The alarm runs a scaling policy, which changes how many tasks the service has.",
        conditions="Target tracking makes its alarms itself; an alarm of yours is for step scaling.",
        side=PermissionSide.SERVICE_ROLE,
        permission="None of yours: Application Auto Scaling uses its service-linked role",
        resources=("AWS::ApplicationAutoScaling::ScalingPolicy",),
        authority=aws_docs(
            "Automatically scale your ECS service", "AmazonECS/latest/developerguide/service-auto-scaling.html"
        ),
    ),
    _action(
        "eventbridge_bus",
        "state_change",
        label="State change event",
        explanation="CloudWatch puts an event on the default bus at each change of state, whether or not the alarm has "
        "actions.",
        conditions="The default bus only. Nothing has to be switched on.",
        side=PermissionSide.NONE,
        permission=_NO_SETTING,
        resources=("AWS::Events::Rule",),
        retries=RULE_RETRIES,
        delivery=AT_LEAST_ONCE,
        authority=_EVENTS,
        requirements=(
            Requirement(
                End.TARGET, "kind", Comparison.ONE_OF, ("default",), "the bus is the default one", fix="default"
            ),
        ),
    ),
    _action(
        "eventbridge_rule",
        "state_change",
        label="State change matched by a rule",
        explanation="Short for alarm, default bus, rule: the rule on the default bus takes this alarm's changes of "
        "state.",
        conditions="The rule's pattern names the source aws.cloudwatch and the alarm.",
        side=PermissionSide.NONE,
        permission=_NO_SETTING,
        resources=("AWS::Events::Rule",),
        retries=RULE_RETRIES,
        delivery=AT_LEAST_ONCE,
        authority=_EVENTS,
        requirements=(),
    ),
    _action(
        "ssm_secrets",
        "action",
        label="OpsItem or incident",
        explanation="The alarm opens an OpsItem in Systems Manager, or starts an incident response plan.",
        conditions="One of the alarm's 5 actions.",
        side=PermissionSide.SERVICE_ROLE,
        permission="None of yours: CloudWatch uses its service-linked role",
    ),
    _action(
        "sns_fifo",
        "action",
        label="Alarm action",
        explanation="An alarm may publish to a FIFO topic; nothing in its settings gives the message group that such a "
        "topic demands.",
        conditions="Nobody has confirmed that it works. Use a standard topic unless you have tried it.",
        side=PermissionSide.NONE,
        permission="Not known",
        verdict=Verdict.CONDITIONAL,
        delivery=BEST_EFFORT,
    ),
    _refused(
        "sqs_standard",
        "An alarm cannot send to a queue.",
        "Put a topic in between to which the queue subscribes, or a rule for the alarm's changes of state.",
        _through_topic("sns_standard.sqs_standard.subscription"),
    ),
    _refused(
        "step_functions_standard",
        "An alarm cannot start a workflow.",
        "Let a rule on the default bus start it when the alarm's state changes.",
        _through_rule("eventbridge_rule.step_functions_standard.target"),
    ),
    _refused(
        "http_endpoint",
        "An alarm cannot call a webhook.",
        "Let the endpoint subscribe to a topic, or let a rule call an API destination.",
        _through_topic("sns_standard.http_endpoint.subscription"),
    ),
    _refused(
        "kinesis_stream",
        "An alarm cannot write to a stream.",
        "Let a rule on the default bus write to it when the alarm's state changes.",
        _through_rule("eventbridge_rule.kinesis_stream.target"),
    ),
)
