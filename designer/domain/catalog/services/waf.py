"""AWS WAF web ACL: looks at each web request before the resource that it protects."""

from designer.domain.catalog.sources import WAF_RESOURCES, aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Section, Service

_GUIDE = "waf/latest/developerguide/"
_UNITS = aws_docs("Web ACL capacity units (WCUs)", _GUIDE + "aws-waf-capacity-units.html")
_RATE = aws_docs("Rate-based rule statements", _GUIDE + "waf-rule-statement-type-rate-based.html")

SERVICE = Service(
    id="waf",
    name="WAF web ACL",
    label="web ACL",
    category=Category.IDENTITY,
    summary="A list of rules that lets web requests through, blocks them or limits their rate, in front of a "
    "CloudFront distribution, REST API, load balancer, GraphQL API or user pool.",
    icon="architecture-service/AWSWAF",
    source=WAF_RESOURCES,
    parameters=(
        Parameter(
            id="scope",
            label="Scope",
            kind=Kind.CHOICE,
            default="REGIONAL",
            choices=(Choice("REGIONAL", "Regional"), Choice("CLOUDFRONT", "CloudFront (us-east-1)")),
            help="What it can protect: resources of one Region, or CloudFront distributions, for which it has to be "
            "created in us-east-1.",
            source=service_model("wafv2", "CreateWebACL.Scope"),
            cfn_property="Scope",
            headline=True,
        ),
        Parameter(
            id="default_action",
            label="Requests that no rule matches",
            kind=Kind.CHOICE,
            default="allow",
            choices=(Choice("allow", "Pass"), Choice("block", "Are blocked")),
            help="What happens at the end of the list.",
            source=service_model("wafv2", "CreateWebACL.DefaultAction"),
            cfn_property="DefaultAction",
        ),
        Parameter(
            id="rules",
            label="Rules",
            kind=Kind.INTEGER,
            default=5,
            unit="rules",
            minimum=0,
            maximum=5_000,
            help="Rules and rule groups in the list, a managed group counting as one. Each is billed by the month.",
            source=service_model("wafv2", "CreateWebACL.Rules"),
            cfn_property="Rules",
        ),
        Parameter(
            id="capacity_units",
            label="Capacity units",
            kind=Kind.INTEGER,
            default=1_000,
            unit="units",
            minimum=1,
            maximum=5_000,
            help="What the rules take together; each kind of rule has its own weight. The price of a request covers "
            "1,500.",
            source=_UNITS,
            beyond="AWS refuses to save the web ACL.",
            cfn_property="Capacity",
        ),
        Parameter(
            id="rate_limit",
            label="Rate limit per caller",
            kind=Kind.INTEGER,
            default=None,
            unit="requests",
            minimum=10,
            maximum=2_000_000_000,
            help="Requests of one IP address within the window, above which it is blocked. Unset: no rate rule.",
            source=_RATE,
            beyond="The address gets 403 until its rate falls.",
            cfn_property="Rules.Statement.RateBasedStatement.Limit",
            botocore="wafv2:RateBasedStatement.Limit",
        ),
        Parameter(
            id="rate_window_s",
            label="Window of the rate limit",
            kind=Kind.CHOICE,
            default="300",
            unit="s",
            choices=tuple(Choice(seconds, f"{seconds} s") for seconds in ("60", "120", "300", "600")),
            help="How far back requests are counted.",
            source=_RATE,
            cfn_property="Rules.Statement.RateBasedStatement.EvaluationWindowSec",
        ),
        Parameter(
            id="body_inspection_kb",
            label="Inspected part of the body",
            kind=Kind.CHOICE,
            default="16",
            unit="KB",
            choices=tuple(Choice(size, f"{size} KB") for size in ("8", "16", "32", "48", "64")),
            help="Rules see no more of a body than this. Load balancers and GraphQL APIs are fixed at 8 KB; more than "
            "16 KB costs extra elsewhere.",
            source=aws_docs(
                "Considerations for managing body inspection", _GUIDE + "web-acl-setting-body-inspection-limit.html"
            ),
            beyond="The rest of the body goes through unseen, or the request is blocked, as the rule says.",
            cfn_property="AssociationConfig.RequestBody",
        ),
        Parameter(
            id="addresses",
            label="Different addresses",
            kind=Kind.INTEGER,
            default=1_000,
            unit="users",
            minimum=1,
            maximum=10_000_000,
            help="How many IP addresses the requests of a run come from, all alike. Counts for the rate limit.",
            source=workload("where your requests come from"),
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="blocked_percent",
            label="Blocked requests",
            kind=Kind.NUMBER,
            default=1,
            unit="%",
            minimum=0,
            maximum=100,
            help="Share of the requests that the rules block in a run. Their callers get 403.",
            source=workload("how many bad requests you get"),
            section=Section.WORKLOAD,
        ),
    ),
    limits=(
        Limit("capacity", "Capacity units per web ACL", 5_000, "units", "AWS refuses to save it.", _UNITS),
        Limit(
            "basic_capacity", "Capacity units in the basic price", 1_500, "units", "Each request costs more.", _UNITS
        ),
    ),
    prices=(
        PriceRef("waf.acl", "Web ACL, by the month"),
        PriceRef("waf.rule", "Rules, by the month"),
        PriceRef("waf.requests", "Requests"),
    ),
    model=Modelled(
        modelled=(
            "Every request to what it protects, a share of which it blocks with 403.",
            "The rate limit of one address, as a token bucket over its window.",
        ),
        not_modelled=(
            "The time that the rules take.",
            "Capacity units above 1,500 and larger bodies, which cost extra.",
        ),
    ),
    cfn_types=("AWS::WAFv2::WebACL",),
    keywords=("firewall", "waf", "acl", "rate limit", "bot", "block", "ddos", "owasp"),
)
