"""Amazon EventBridge rule: an event pattern or a schedule, with up to five targets."""

from designer.domain.catalog.event_parameters import SAMPLE_EVENT
from designer.domain.catalog.sources import EVENTBRIDGE_QUOTAS, aws_docs, service_model, toolkit, workload
from designer.domain.catalog.spec import (
    Category,
    Choice,
    Kind,
    Limit,
    Modelled,
    Parameter,
    PriceRef,
    Section,
    Service,
)

_GUIDE = "eventbridge/latest/userguide/"

SERVICE = Service(
    id="eventbridge_rule",
    name="EventBridge rule",
    label="rule",
    category=Category.INTEGRATION,
    summary="Passes matching events of its bus to up to five targets, or calls them by a schedule.",
    icon="resource/AmazonEventBridgeRule",
    source=aws_docs("Rules in EventBridge", _GUIDE + "eb-rules.html"),
    parameters=(
        Parameter(
            id="kind",
            label="Kind",
            kind=Kind.CHOICE,
            default="pattern",
            choices=(Choice("pattern", "Event pattern"), Choice("schedule", "Schedule")),
            help="A pattern rule reacts to events of its bus. A schedule rule fires by the clock and works on the "
            "default bus only.",
            source=aws_docs("Rules in EventBridge", _GUIDE + "eb-rules.html"),
            cfn_property="EventPattern",
            headline=True,
        ),
        Parameter(
            id="event_pattern",
            label="Event pattern",
            kind=Kind.JSON,
            default=None,
            help='Which events match, e.g. {"source": ["aws.s3"]}. An event matches when it has every named field with '
            "one of the listed values.",
            source=service_model("events", "PutRule.EventPattern"),
            beyond="A pattern of more than 2,048 characters is refused, unless AWS has raised the quota to 4,096.",
            cfn_property="EventPattern",
        ),
        Parameter(
            id="schedule_expression",
            label="Schedule",
            kind=Kind.TEXT,
            default=None,
            help="For a schedule rule: rate(5 minutes) or cron(0 12 * * ? *), in UTC. The shortest interval is a "
            "minute.",
            source=service_model("events", "PutRule.ScheduleExpression"),
            cfn_property="ScheduleExpression",
        ),
        Parameter(
            id="enabled",
            label="Enabled",
            kind=Kind.BOOLEAN,
            default=True,
            help="A disabled rule matches nothing.",
            source=service_model("events", "PutRule.State"),
            cfn_property="State",
        ),
        Parameter(
            id="match_percent",
            label="Matching events",
            kind=Kind.NUMBER,
            default=100,
            unit="%",
            minimum=0,
            maximum=100,
            help="Share of the bus's events that match this rule's pattern in a run. Unset: all, or none when the "
            "sample event does not match.",
            source=workload("which of your events match"),
            section=Section.WORKLOAD,
        ),
        SAMPLE_EVENT,
    ),
    limits=(
        Limit("targets", "Targets per rule", 5, "targets", "Adding a further one is rejected.", EVENTBRIDGE_QUOTAS),
        Limit(
            "pattern_characters",
            "Length of the event pattern",
            2_048,
            "characters",
            "The rule is rejected.",
            EVENTBRIDGE_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "schedule_interval",
            "Shortest schedule interval",
            60,
            "s",
            "The expression is rejected.",
            toolkit("Serverless architecture", "architecture.md"),
        ),
    ),
    prices=(
        PriceRef("eventbridge_bus.custom_events", "Custom and partner events, per 64 KB (billed at the bus)"),
        PriceRef("eventbridge_rule.api_destination_calls", "API destination calls, per 64 KB"),
        PriceRef("eventbridge_rule.cross_account", "Events to other accounts and Regions, per 64 KB"),
    ),
    model=Modelled(
        modelled=(
            "The matching share of the bus's events goes to every target after the delivery time.",
            (
                "Retries with growing pauses until the event is too old or has used up its attempts, then the target's "
                "dead-letter queue."
            ),
            "Schedules fire at their times.",
            "The account's quota on target calls delays deliveries; API destinations are called at their rate.",
        ),
        estimated=("Pauses between retries.",),
        not_modelled=("Contents of single events: one sample event stands for all of them, or the stated share.",),
    ),
    cfn_types=("AWS::Events::Rule",),
    keywords=("eventbridge", "rule", "schedule", "cron", "event pattern", "filter"),
    entry_point=True,
)
