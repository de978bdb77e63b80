"""An Auto Scaling group of EC2 instances."""

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
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service, Shown

_GUIDE = "autoscaling/ec2/userguide/"
_CREATE = "CreateAutoScalingGroup."
_BACKLOG = aws_docs("Scaling policy based on Amazon SQS", _GUIDE + "as-using-sqs-queue.html")

SERVICE = Service(
    id="ec2_autoscaling_group",
    name="EC2 Auto Scaling group",
    label="instances",
    category=Category.COMPUTE,
    summary="Keeps between a least and a most number of EC2 instances running, and adds some when there is more work. "
    "A new instance takes minutes.",
    icon="architecture-service/AmazonEC2AutoScaling",
    source=aws_docs("What is Amazon EC2 Auto Scaling?", _GUIDE + "what-is-amazon-ec2-auto-scaling.html"),
    parameters=(
        Parameter(
            id="instance_type",
            label="Instance type",
            kind=Kind.CHOICE,
            default="t3.medium",
            choices=tuple(
                Choice(name, name)
                for name in ("t3.micro", "t4g.small", "t3.medium", "m6i.large", "m7g.large", "c7g.xlarge")
            ),
            help="Processor and memory of each instance. It decides the price; how fast your work is there, you say "
            "below.",
            source=aws_docs("Amazon EC2 instance types", "ec2/latest/instancetypes/instance-types.html"),
            cfn_property="LaunchTemplate.InstanceType",
            headline=True,
        ),
        Parameter(
            id="min_size",
            label="Least instances",
            kind=Kind.INTEGER,
            default=1,
            minimum=0,
            maximum=10_000,
            help="The group never has fewer. With 0 the first message after a pause waits for a new instance.",
            source=service_model("autoscaling", _CREATE + "MinSize"),
            cfn_property="MinSize",
        ),
        Parameter(
            id="max_size",
            label="Most instances",
            kind=Kind.INTEGER,
            default=4,
            minimum=0,
            maximum=10_000,
            help="Scaling never goes above it.",
            source=service_model("autoscaling", _CREATE + "MaxSize"),
            cfn_property="MaxSize",
            headline=True,
        ),
        Parameter(
            id="desired_capacity",
            label="Instances at the beginning",
            kind=Kind.INTEGER,
            default=None,
            minimum=0,
            maximum=10_000,
            help="How many instances the group begins with. Unset: its least number.",
            source=service_model("autoscaling", _CREATE + "DesiredCapacity"),
            cfn_property="DesiredCapacity",
        ),
        Parameter(
            id="scaling",
            label="Scaling",
            kind=Kind.CHOICE,
            default="none",
            choices=(
                Choice("none", "Fixed number"),
                Choice("backlog", "On the backlog of a queue, per instance"),
                Choice("utilisation", "On the instances' utilisation"),
            ),
            help="What a target-tracking policy follows. For consumers of a queue, the messages that wait divided by "
            "the instances: AWS recommends it over the bare length of the queue.",
            source=_BACKLOG,
            cfn_property="ScalingPolicy.TargetTrackingConfiguration",
        ),
        Parameter(
            id="backlog_per_instance",
            label="Backlog per instance",
            kind=Kind.NUMBER,
            default=100,
            unit="messages",
            minimum=1,
            maximum=1_000_000,
            shown_when=Shown("scaling", ("backlog",)),
            help="How many waiting messages one instance is good for: the longest acceptable wait divided by the time "
            "that one message takes.",
            source=_BACKLOG,
            cfn_property="ScalingPolicy.TargetTrackingConfiguration.TargetValue",
        ),
        Parameter(
            id="target_utilisation_percent",
            label="Utilisation aimed at",
            kind=Kind.NUMBER,
            default=50,
            unit="%",
            minimum=1,
            maximum=100,
            shown_when=Shown("scaling", ("utilisation",)),
            help="The mean utilisation that the policy aims at when it follows that.",
            source=aws_docs("Target tracking scaling policies", _GUIDE + "as-scaling-target-tracking.html"),
            cfn_property="ScalingPolicy.TargetTrackingConfiguration.TargetValue",
        ),
        Parameter(
            id="instance_warmup_s",
            label="Instance warm-up",
            kind=Kind.INTEGER,
            default=None,
            unit="s",
            minimum=0,
            maximum=86_400,
            help="How long a new instance does not count in the metrics that scaling follows. Unset: the default "
            "cooldown.",
            source=service_model("autoscaling", _CREATE + "DefaultInstanceWarmup"),
            cfn_property="DefaultInstanceWarmup",
        ),
        Parameter(
            id="default_cooldown_s",
            label="Default cooldown",
            kind=Kind.INTEGER,
            default=300,
            unit="s",
            minimum=0,
            maximum=86_400,
            help="The pause between two steps of a simple scaling policy.",
            source=service_model("autoscaling", _CREATE + "DefaultCooldown"),
            cfn_property="Cooldown",
        ),
        Parameter(
            id="health_check_type",
            label="Health check",
            kind=Kind.CHOICE,
            default="EC2",
            choices=(Choice("EC2", "The machine only (EC2)"), Choice("ELB", "Also the load balancer's (ELB)")),
            help="Which checks make the group replace an instance. EC2 alone does not see that the software hangs.",
            source=service_model("autoscaling", _CREATE + "HealthCheckType"),
            cfn_property="HealthCheckType",
        ),
        Parameter(
            id="health_check_grace_s",
            label="Health check grace period",
            kind=Kind.INTEGER,
            default=0,
            unit="s",
            minimum=0,
            maximum=86_400,
            help="How long a new instance may fail its health checks before it is replaced. Longer than it needs to "
            "start, or the group replaces instances that are still starting.",
            source=service_model("autoscaling", _CREATE + "HealthCheckGracePeriod"),
            cfn_property="HealthCheckGracePeriod",
        ),
        Parameter(
            id="public_ip",
            label="Public addresses",
            kind=Kind.BOOLEAN,
            default=False,
            help="Each instance gets a public IPv4 address, which is billed by the hour. In a public subnet it then "
            "reaches the internet without a NAT gateway.",
            source=aws_docs(
                "Amazon EC2 instance IP addressing", "AWSEC2/latest/UserGuide/using-instance-addressing.html"
            ),
            cfn_property="LaunchTemplate.AssociatePublicIpAddress",
        ),
        duration_ms("one request or message", 200),
        DURATION_VARIATION,
        ERROR_PERCENT,
        concurrency("one instance", 4),
        QUEUE_LIMIT,
        REQUEST_TIMEOUT,
        start_time_s(
            "an instance",
            150,
            estimate("launch, boot and first health check of an instance; half of them take 90 to 300 s"),
        ),
    ),
    limits=(
        Limit(
            "tracking_alarm_out",
            "High load before instances are added",
            180,
            "s",
            "The alarm of a target-tracking policy looks at three minutes before it adds instances.",
            aws_docs("Target tracking scaling policies", _GUIDE + "as-scaling-target-tracking.html"),
        ),
        Limit(
            "tracking_alarm_in",
            "Low load before instances are removed",
            900,
            "s",
            "The alarm of a target-tracking policy looks at fifteen minutes before it removes instances.",
            aws_docs("Target tracking scaling policies", _GUIDE + "as-scaling-target-tracking.html"),
        ),
        Limit(
            "on_demand_vcpus",
            "vCPUs of standard instances in a new account",
            5,
            "vCPUs",
            "Launches fail with VcpuLimitExceeded; AWS raises the quota on request and with use.",
            aws_docs("EC2 On-Demand Instance limits", "AWSEC2/latest/UserGuide/ec2-on-demand-instances.html"),
            adjustable=True,
        ),
    ),
    prices=(
        *(
            PriceRef(f"ec2_autoscaling_group.{name}", f"Hours of {name}")
            for name in ("t3.micro", "t4g.small", "t3.medium", "m6i.large", "m7g.large", "c7g.xlarge")
        ),
        PriceRef("ec2_autoscaling_group.addresses", "Public IPv4 addresses"),
    ),
    model=Modelled(
        modelled=(
            (
                "Workers that serve requests or fetch messages, and a line in front of them with its places and its "
                "longest wait."
            ),
            (
                "Scaling on the backlog per instance or on utilisation, looked at every three minutes; a new instance "
                "works after its start. Instances go after fifteen minutes of low load."
            ),
            "Hours of every instance from its launch on.",
        ),
        estimated=("Time until a new instance works.",),
        not_modelled=(
            "Failed health checks and replaced instances.",
            "Simple and step scaling, cooldown and warm-up settings.",
            "CPU credits of t instances, disks and traffic.",
        ),
    ),
    cfn_types=("AWS::AutoScaling::AutoScalingGroup",),
    keywords=("ec2", "asg", "auto scaling", "autoscaling", "instance", "server", "virtual machine"),
)
