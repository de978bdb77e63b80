"""An ECS service whose tasks run on AWS Fargate."""

from designer.domain.catalog.server_parameters import (
    DURATION_VARIATION,
    ERROR_PERCENT,
    QUEUE_LIMIT,
    REQUEST_TIMEOUT,
    concurrency,
    duration_ms,
    start_time_s,
)
from designer.domain.catalog.sources import aws_docs, estimate, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Modelled, Parameter, PriceRef, Service, Shown

_GUIDE = "AmazonECS/latest/developerguide/"
_SIZES = service_model("ecs", "RegisterTaskDefinition")
_SCALING = aws_docs("Automatically scale your Amazon ECS service", _GUIDE + "service-auto-scaling.html")
_TRACKING = aws_docs("Target tracking for Amazon ECS", _GUIDE + "service-autoscaling-targettracking.html")

SERVICE = Service(
    id="ecs_fargate",
    name="ECS service on Fargate",
    label="service",
    category=Category.COMPUTE,
    summary="Runs containers without servers of your own: a number of tasks stays up, behind a load balancer or at a "
    "queue, or single tasks are started for one job.",
    icon="architecture-service/AWSFargate",
    source=aws_docs("Amazon ECS on AWS Fargate", _GUIDE + "AWS_Fargate.html"),
    parameters=(
        Parameter(
            id="vcpu",
            label="vCPU",
            kind=Kind.CHOICE,
            default="0.5",
            choices=tuple(Choice(size, f"{size} vCPU") for size in ("0.25", "0.5", "1", "2", "4", "8", "16")),
            help="Processors of one task. Each size allows its own range of memory.",
            source=_SIZES,
            cfn_property="TaskDefinition.Cpu",
            headline=True,
        ),
        Parameter(
            id="memory_mb",
            label="Memory",
            kind=Kind.INTEGER,
            default=1_024,
            unit="MB",
            minimum=512,
            maximum=122_880,
            help="Memory of one task. 0.5 vCPU goes with 1 to 4 GB, 1 vCPU with 2 to 8 GB.",
            source=_SIZES,
            beyond="The task definition is refused when the size does not go with the vCPUs.",
            cfn_property="TaskDefinition.Memory",
            headline=True,
        ),
        Parameter(
            id="desired_count",
            label="Tasks",
            kind=Kind.INTEGER,
            default=2,
            minimum=0,
            maximum=5_000,
            help="How many tasks the service keeps running; scaling begins with it. Two or more survive the loss of "
            "one.",
            source=service_model("ecs", "CreateService.desiredCount"),
            cfn_property="DesiredCount",
        ),
        Parameter(
            id="scaling",
            label="Scaling",
            kind=Kind.CHOICE,
            default="none",
            choices=(
                Choice("none", "Fixed number"),
                Choice("utilisation", "On the tasks' utilisation"),
                Choice("backlog", "On the backlog of a queue, per task"),
            ),
            help="What a target-tracking policy follows: the tasks' mean utilisation, or the waiting messages of a "
            "queue divided by the tasks.",
            source=_SCALING,
            cfn_property="ScalingPolicy.TargetTrackingScalingPolicyConfiguration",
        ),
        Parameter(
            id="min_tasks",
            label="Least tasks",
            kind=Kind.INTEGER,
            default=2,
            minimum=0,
            maximum=5_000,
            shown_when=Shown("scaling", ("utilisation", "backlog")),
            help="Scaling never goes below it.",
            source=_SCALING,
            cfn_property="ScalableTarget.MinCapacity",
        ),
        Parameter(
            id="max_tasks",
            label="Most tasks",
            kind=Kind.INTEGER,
            default=10,
            minimum=0,
            maximum=5_000,
            shown_when=Shown("scaling", ("utilisation", "backlog")),
            help="Scaling never goes above it.",
            source=_SCALING,
            cfn_property="ScalableTarget.MaxCapacity",
        ),
        Parameter(
            id="target_utilisation_percent",
            label="Utilisation aimed at",
            kind=Kind.NUMBER,
            default=70,
            unit="%",
            minimum=1,
            maximum=100,
            shown_when=Shown("scaling", ("utilisation",)),
            help="The mean utilisation that scaling aims at when it follows that.",
            source=_TRACKING,
            cfn_property="ScalingPolicy.TargetTrackingScalingPolicyConfiguration.TargetValue",
        ),
        Parameter(
            id="backlog_per_task",
            label="Backlog per task",
            kind=Kind.NUMBER,
            default=100,
            unit="messages",
            minimum=1,
            maximum=1_000_000,
            shown_when=Shown("scaling", ("backlog",)),
            help="How many waiting messages one task is good for, when scaling follows the backlog.",
            source=_SCALING,
            cfn_property="ScalingPolicy.TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification",
        ),
        Parameter(
            id="scale_out_cooldown_s",
            label="Pause after adding tasks",
            kind=Kind.INTEGER,
            default=300,
            unit="s",
            minimum=0,
            maximum=86_400,
            shown_when=Shown("scaling", ("utilisation", "backlog")),
            help="How long scaling waits after it added tasks before it adds more.",
            source=_TRACKING,
            cfn_property="ScalingPolicy.TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown",
        ),
        Parameter(
            id="assign_public_ip",
            label="Public addresses",
            kind=Kind.BOOLEAN,
            default=False,
            help="Each task gets a public IPv4 address. In a public subnet it then pulls its image and reaches AWS "
            "without a NAT gateway.",
            source=service_model("ecs", "CreateService.networkConfiguration"),
            cfn_property="NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp",
        ),
        Parameter(
            id="health_check_grace_s",
            label="Health check grace period",
            kind=Kind.INTEGER,
            default=0,
            unit="s",
            minimum=0,
            maximum=2_147_483_647,
            help="How long a new task may fail its health checks before it is replaced.",
            source=service_model("ecs", "CreateService.healthCheckGracePeriodSeconds"),
            cfn_property="HealthCheckGracePeriodSeconds",
        ),
        duration_ms("one request or message", 100),
        DURATION_VARIATION,
        ERROR_PERCENT,
        concurrency("one task", 8),
        QUEUE_LIMIT,
        REQUEST_TIMEOUT,
        start_time_s("a task", 45, estimate("placing the task, pulling an image of some 100 MB and starting it")),
    ),
    prices=(
        PriceRef("ecs_fargate.vcpu", "vCPU hours, Linux on x86"),
        PriceRef("ecs_fargate.memory", "GB hours"),
        PriceRef("ecs_fargate.addresses", "Public IPv4 addresses"),
    ),
    model=Modelled(
        modelled=(
            (
                "Workers that serve requests or fetch messages, and a line in front of them with its places and its "
                "longest wait."
            ),
            (
                "Scaling on utilisation or on the backlog per task, looked at every three minutes; a new task works "
                "after its start."
            ),
            "Single tasks that RunTask starts, and callers that wait for them.",
            "vCPU and memory of every task from its launch on.",
        ),
        estimated=("Time until a new task works.",),
        not_modelled=("Failed health checks and deployments.", "The pause after adding tasks.", "Arm and Spot prices."),
    ),
    cfn_types=("AWS::ECS::Service",),
    keywords=("ecs", "fargate", "container", "docker", "task", "service"),
)
