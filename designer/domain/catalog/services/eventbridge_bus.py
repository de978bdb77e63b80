"""Amazon EventBridge event bus (the rule-based kind that AWS now calls classic)."""

from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.sources import EVENTBRIDGE_QUOTAS, LAMBDA_PAYLOADS, aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

_GUIDE = "eventbridge/latest/userguide/"

SERVICE = Service(
    id="eventbridge_bus",
    name="EventBridge event bus",
    label="bus",
    category=Category.INTEGRATION,
    summary="Receives events and shows each to every rule on it; a rule that matches passes it to its targets.",
    icon="architecture-service/AmazonEventBridge",
    source=aws_docs("Event buses in EventBridge", _GUIDE + "eb-event-bus.html"),
    parameters=(
        Parameter(
            id="kind",
            label="Kind",
            kind=Kind.CHOICE,
            default="default",
            choices=(
                Choice("default", "Default bus"),
                Choice("custom", "Custom bus"),
                Choice("partner", "Partner bus"),
            ),
            help="Every account has one default bus; events of AWS services, such as S3, arrive only there. A custom "
            "bus is for your own applications, a partner bus for a software vendor's events.",
            source=aws_docs("Event buses in EventBridge", _GUIDE + "eb-event-bus.html"),
            cfn_property="Name",
            headline=True,
        ),
    ),
    limits=(
        Limit(
            "put_events_rate",
            "PutEvents rate of the account (us-east-1)",
            10_000,
            "/s",
            "PutEvents fails with a throttling error.",
            EVENTBRIDGE_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "invocation_rate",
            "Target calls of the account (us-east-1)",
            18_750,
            "/s",
            "Calls are delayed, not lost.",
            EVENTBRIDGE_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "batch_entries",
            "Events per PutEvents",
            10,
            "events",
            "The call is rejected.",
            service_model("events", "PutEvents"),
        ),
        Limit("event_bytes", "Size of an event", 1_048_576, "bytes", "The event is rejected.", LAMBDA_PAYLOADS),
        Limit(
            "rules", "Rules per bus", 300, "rules", "Creating a further one fails.", EVENTBRIDGE_QUOTAS, adjustable=True
        ),
        Limit("buses", "Buses of the account", 100, "buses", "Creating fails.", EVENTBRIDGE_QUOTAS, adjustable=True),
        Limit("wildcard_rules", "Rules with a wildcard pattern", 30, "rules", "Creating fails.", EVENTBRIDGE_QUOTAS),
    ),
    prices=(PriceRef("eventbridge_bus.custom_events", "Custom and partner events, per 64 KB"),),
    model=Modelled(
        modelled=(
            "Every event is offered to each rule; events are billed once, on arrival.",
            "The account's PutEvents rate, above which calls are refused, and its rate of target calls.",
            TOO_LARGE,
        ),
        estimated=("Time of a PutEvents call.",),
        not_modelled=("Archives, replays and schema discovery.",),
    ),
    cfn_types=("AWS::Events::EventBus",),
    keywords=("eventbridge", "event bus", "events", "cloudwatch events", "router"),
    entry_point=True,
)
