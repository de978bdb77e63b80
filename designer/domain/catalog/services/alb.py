"""An Application Load Balancer."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

_GUIDE = "elasticloadbalancing/latest/application/"
_ATTRIBUTES = service_model("elbv2", "LoadBalancerAttribute.Key")
_TARGETS = service_model("elbv2", "TargetGroupAttribute.Key")
_LAMBDA = aws_docs("Lambda functions as targets of an Application Load Balancer", _GUIDE + "lambda-functions.html")

SERVICE = Service(
    id="alb",
    name="Application Load Balancer",
    label="load balancer",
    category=Category.NETWORK,
    summary="Spreads HTTP requests over tasks, instances or functions, and leaves out those that fail their health "
    "checks. It lies in a VPC.",
    icon="resource/ElasticLoadBalancingApplicationLoadBalancer",
    source=aws_docs("What is an Application Load Balancer?", _GUIDE + "introduction.html"),
    parameters=(
        Parameter(
            id="scheme",
            label="Scheme",
            kind=Kind.CHOICE,
            default="internet-facing",
            choices=(Choice("internet-facing", "Internet-facing"), Choice("internal", "Internal")),
            help="An internet-facing balancer needs public subnets in two Availability Zones. An internal one is "
            "reached only from the VPC and the networks connected with it.",
            source=service_model("elbv2", "CreateLoadBalancer.Scheme"),
            cfn_property="Scheme",
            headline=True,
        ),
        Parameter(
            id="zones",
            label="Availability Zones",
            kind=Kind.INTEGER,
            default=2,
            minimum=1,
            maximum=6,
            help="In how many Availability Zones it has a subnet. AWS asks for two at least.",
            source=aws_docs(
                "Availability Zones for your Application Load Balancer", _GUIDE + "load-balancer-subnets.html"
            ),
            cfn_property="Subnets",
        ),
        Parameter(
            id="idle_timeout_s",
            label="Idle timeout",
            kind=Kind.INTEGER,
            default=60,
            unit="s",
            minimum=1,
            maximum=4_000,
            help="How long a connection may be silent. Longer than the slowest answer.",
            source=_ATTRIBUTES,
            beyond="The caller gets 504 when the target has not answered by then.",
            cfn_property="LoadBalancerAttributes.idle_timeout.timeout_seconds",
        ),
        Parameter(
            id="health_check_interval_s",
            label="Health check interval",
            kind=Kind.INTEGER,
            default=30,
            unit="s",
            minimum=5,
            maximum=300,
            help="Time between two checks of a target; 35 s by default for a function.",
            source=service_model("elbv2", "CreateTargetGroup.HealthCheckIntervalSeconds"),
            cfn_property="TargetGroup.HealthCheckIntervalSeconds",
            botocore="elbv2:CreateTargetGroupInput.HealthCheckIntervalSeconds",
        ),
        Parameter(
            id="health_check_timeout_s",
            label="Health check timeout",
            kind=Kind.INTEGER,
            default=6,
            unit="s",
            minimum=2,
            maximum=120,
            help="A target that has not answered the check by then has failed it. Shorter than the interval.",
            source=service_model("elbv2", "CreateTargetGroup.HealthCheckTimeoutSeconds"),
            cfn_property="TargetGroup.HealthCheckTimeoutSeconds",
            botocore="elbv2:CreateTargetGroupInput.HealthCheckTimeoutSeconds",
        ),
        Parameter(
            id="unhealthy_threshold",
            label="Failures until unhealthy",
            kind=Kind.INTEGER,
            default=2,
            minimum=2,
            maximum=10,
            help="After so many failed checks in a row a target gets no more requests.",
            source=service_model("elbv2", "CreateTargetGroup.UnhealthyThresholdCount"),
            cfn_property="TargetGroup.UnhealthyThresholdCount",
            botocore="elbv2:CreateTargetGroupInput.UnhealthyThresholdCount",
        ),
        Parameter(
            id="healthy_threshold",
            label="Successes until healthy",
            kind=Kind.INTEGER,
            default=5,
            minimum=2,
            maximum=10,
            help="A target gets requests again after so many successful checks in a row.",
            source=service_model("elbv2", "CreateTargetGroup.HealthyThresholdCount"),
            cfn_property="TargetGroup.HealthyThresholdCount",
            botocore="elbv2:CreateTargetGroupInput.HealthyThresholdCount",
        ),
        Parameter(
            id="deregistration_delay_s",
            label="Deregistration delay",
            kind=Kind.INTEGER,
            default=300,
            unit="s",
            minimum=0,
            maximum=3_600,
            help="How long requests under way may end on a target that is being taken out.",
            source=_TARGETS,
            cfn_property="TargetGroup.TargetGroupAttributes.deregistration_delay.timeout_seconds",
        ),
        Parameter(
            id="https",
            label="HTTPS listener",
            kind=Kind.BOOLEAN,
            default=True,
            help="Callers are served over TLS, with a certificate of AWS Certificate Manager.",
            source=aws_docs(
                "HTTPS listeners for your Application Load Balancer", _GUIDE + "create-https-listener.html"
            ),
            cfn_property="Listener.Protocol",
        ),
    ),
    limits=(
        Limit("lambda_body", "Body to or from a function", 1_048_576, "bytes", "The caller gets an error.", _LAMBDA),
    ),
    prices=(
        PriceRef("alb.hours", "Hours"),
        PriceRef("alb.capacity", "Capacity units, by data"),
        PriceRef("alb.addresses", "Public IPv4 addresses"),
    ),
    model=Modelled(
        modelled=(
            "The choice of a target by weight, its web ACL, and 504 after the idle timeout.",
            "502 when a function fails and 503 when no worker takes the request.",
            "Hours, addresses, and capacity units by the payloads that go through.",
        ),
        not_modelled=(
            "Its own delay, of which AWS publishes no figure.",
            "Health checks, sticky sessions, and capacity units by connections and rules.",
        ),
    ),
    cfn_types=("AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::LoadBalancer"),
    keywords=("alb", "load balancer", "elb", "http", "https", "target group", "listener"),
    entry_point=True,
)
