"""Amazon EventBridge Scheduler: one schedule with one target."""

from designer.domain.catalog.sources import aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Section, Service

_GUIDE = "scheduler/latest/UserGuide/"
_TYPES = aws_docs("Schedule types in EventBridge Scheduler", _GUIDE + "schedule-types.html")
_QUOTAS = aws_docs("Quotas for EventBridge Scheduler", _GUIDE + "scheduler-quotas.html")

SERVICE = Service(
    id="eventbridge_scheduler",
    name="EventBridge Scheduler",
    label="schedule",
    category=Category.INTEGRATION,
    summary="Calls one target at a time of the clock, once or again and again, in any time zone.",
    icon="resource/AmazonEventBridgeScheduler",
    source=aws_docs("What is EventBridge Scheduler", _GUIDE + "what-is-scheduler.html"),
    parameters=(
        Parameter(
            id="schedule_expression",
            label="Schedule",
            kind=Kind.TEXT,
            default=None,
            help="rate(5 minutes), cron(0 12 * * ? *) or, for a single time, at(2026-12-01T09:00:00).",
            source=_TYPES,
            cfn_property="ScheduleExpression",
            headline=True,
        ),
        Parameter(
            id="time_zone",
            label="Time zone",
            kind=Kind.TEXT,
            default="UTC",
            help="In which zone cron and at expressions are meant, e.g. Europe/Zurich. An hour that the change to "
            "summer time skips is skipped, and one that comes twice counts once.",
            source=_TYPES,
            cfn_property="ScheduleExpressionTimezone",
        ),
        Parameter(
            id="flexible_window_min",
            label="Flexible time window",
            kind=Kind.INTEGER,
            default=None,
            unit="min",
            minimum=1,
            maximum=1_440,
            help="How long after its time the schedule may fire. Unset: within 60 s. Spread many schedules of the same "
            "time with it.",
            source=service_model("scheduler", "CreateSchedule.FlexibleTimeWindow"),
            cfn_property="FlexibleTimeWindow.MaximumWindowInMinutes",
            botocore="scheduler:FlexibleTimeWindow.MaximumWindowInMinutes",
        ),
        Parameter(
            id="start_date",
            label="From",
            kind=Kind.TEXT,
            default=None,
            help="A repeated schedule does not fire before this time, e.g. 2026-12-01T00:00:00Z. A rate begins then.",
            source=service_model("scheduler", "CreateSchedule.StartDate"),
            cfn_property="StartDate",
        ),
        Parameter(
            id="end_date",
            label="Until",
            kind=Kind.TEXT,
            default=None,
            help="A repeated schedule does not fire after this time, e.g. 2026-12-31T00:00:00Z.",
            source=service_model("scheduler", "CreateSchedule.EndDate"),
            cfn_property="EndDate",
        ),
        Parameter(
            id="action_after_completion",
            label="After the last time",
            kind=Kind.CHOICE,
            default="NONE",
            choices=(Choice("NONE", "Keep the schedule"), Choice("DELETE", "Delete the schedule")),
            help="A schedule that will never fire again still counts towards the account's quota unless it deletes "
            "itself.",
            source=service_model("scheduler", "CreateSchedule.ActionAfterCompletion"),
            cfn_property="ActionAfterCompletion",
        ),
        Parameter(
            id="enabled",
            label="Enabled",
            kind=Kind.BOOLEAN,
            default=True,
            help="A disabled schedule does not fire.",
            source=service_model("scheduler", "CreateSchedule.State"),
            cfn_property="State",
        ),
        Parameter(
            id="schedules",
            label="Schedules like this",
            kind=Kind.INTEGER,
            default=1,
            unit="schedules",
            minimum=1,
            maximum=1_000_000,
            help="How many schedules with this time and target there are, one for each customer for instance. A run "
            "fires all of them.",
            source=workload("how many schedules your code makes"),
            section=Section.WORKLOAD,
        ),
    ),
    limits=(
        Limit(
            "invocation_rate",
            "Target calls of the account (us-east-1)",
            1_000,
            "/s",
            "Calls are delayed, not lost.",
            _QUOTAS,
            adjustable=True,
        ),
        Limit(
            "schedules",
            "Schedules of the account in a Region",
            10_000_000,
            "schedules",
            "Creating a further one fails with ServiceQuotaExceededException.",
            _QUOTAS,
            adjustable=True,
        ),
        Limit(
            "create_rate",
            "CreateSchedule rate (us-east-1)",
            5_000,
            "/s",
            "CreateSchedule fails with ThrottlingException.",
            _QUOTAS,
            adjustable=True,
        ),
        Limit("precision", "Precision without a flexible time window", 60, "s", "None: it is how AWS works.", _TYPES),
    ),
    prices=(PriceRef("eventbridge_scheduler.invocations", "Invocations, per 64 KB"),),
    model=Modelled(
        modelled=(
            "Fires at its times in its zone, between its beginning and end, spread over the flexible window.",
            "The account's quota on target calls delays them.",
            (
                "Targets that can refuse are tried again until the call is too old or has used up its attempts; then "
                "it goes to the dead-letter queue."
            ),
        ),
        estimated=("Without a window calls are spread evenly over a minute.", "Pauses between retries."),
        not_modelled=("Making schedules while a run goes on, and its quota.",),
    ),
    cfn_types=("AWS::Scheduler::Schedule",),
    keywords=("eventbridge", "scheduler", "schedule", "cron", "timer", "one-time", "reminder", "rate"),
    entry_point=True,
)
