"""Parameters and limits that Standard and Express workflows have alike."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model, toolkit, workload
from designer.domain.catalog.spec import Choice, Kind, Limit, Parameter, Section

STATES_GUIDE: Final = "step-functions/latest/dg/"
"""Folder of the Step Functions developer guide on docs.aws.amazon.com."""

STATES_QUOTAS: Final = aws_docs("Step Functions service quotas", STATES_GUIDE + "service-quotas.html")
ORCHESTRATION: Final = toolkit("Orchestration", "orchestration.md")
STATES_LANGUAGE: Final = aws_docs(
    "Using Amazon States Language to define workflows", STATES_GUIDE + "concepts-amazon-states-language.html"
)
_LOGGING: Final = service_model("stepfunctions", "CreateStateMachine.loggingConfiguration")

DEFINITION: Final = Parameter(
    id="definition",
    label="Definition",
    kind=Kind.JSON,
    default=None,
    help="The workflow in Amazon States Language. A task names its target by the id of the node: ${node-id} stands for "
    "the ARN, or for the name or address where the action takes that.",
    source=STATES_LANGUAGE,
    beyond="A definition above 1 MB is rejected.",
    cfn_property="DefinitionString",
    headline=True,
)

WORKFLOW_SETTINGS: Final[tuple[Parameter, ...]] = (
    DEFINITION,
    Parameter(
        id="log_level",
        label="Log level",
        kind=Kind.CHOICE,
        default="OFF",
        choices=(
            Choice("OFF", "Off"),
            Choice("FATAL", "Failed and timed-out executions"),
            Choice("ERROR", "Every error"),
            Choice("ALL", "Every event"),
        ),
        help="Which events of an execution go to CloudWatch Logs. An Express workflow has no other history.",
        source=_LOGGING,
        cfn_property="LoggingConfiguration.Level",
    ),
    Parameter(
        id="log_execution_data",
        label="Log inputs and outputs",
        kind=Kind.BOOLEAN,
        default=False,
        help="Writes the data of each state into the log as well. It may hold what should not be read by everybody.",
        source=_LOGGING,
        cfn_property="LoggingConfiguration.IncludeExecutionData",
    ),
    Parameter(
        id="xray_tracing",
        label="X-Ray tracing",
        kind=Kind.BOOLEAN,
        default=False,
        help="Records a trace of each execution and of the calls that it makes.",
        source=service_model("stepfunctions", "CreateStateMachine.tracingConfiguration"),
        cfn_property="TracingConfiguration.Enabled",
    ),
    Parameter(
        id="encryption",
        label="Encryption",
        kind=Kind.CHOICE,
        default="AWS_OWNED_KEY",
        choices=(
            Choice("AWS_OWNED_KEY", "Key of AWS"),
            Choice("CUSTOMER_MANAGED_KMS_KEY", "KMS key of your own"),
        ),
        help="Which key encrypts definitions and execution data at rest.",
        source=service_model("stepfunctions", "EncryptionConfiguration.type"),
        cfn_property="EncryptionConfiguration.Type",
    ),
)

WORKFLOW_WORKLOAD: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="choice_probabilities",
        label="Choices taken",
        kind=Kind.JSON,
        default=None,
        help='How often a run takes each way out of a Choice state, e.g. {"Big order?": {"Review": 0.2, "Ship": 0.8}}. '
        "What is not named shares the rest evenly.",
        source=workload("how your data decides"),
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="items_per_map",
        label="Items per Map",
        kind=Kind.INTEGER,
        default=10,
        unit="items",
        minimum=0,
        maximum=1_000_000,
        help="How many items each Map state works through in a run.",
        source=workload("how long your lists are"),
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="map_items",
        label="Items of single Maps",
        kind=Kind.JSON,
        default=None,
        help='Map states with another number of items, e.g. {"For each line": 3}.',
        source=workload("how long your lists are"),
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="state_payload_bytes",
        label="Data between states",
        kind=Kind.INTEGER,
        default=1_024,
        unit="bytes",
        minimum=1,
        maximum=10_000_000,
        help="How large the JSON is that one state hands to the next.",
        source=workload("what your states pass on"),
        section=Section.WORKLOAD,
        beyond="Above 262,144 bytes the execution fails with States.DataLimitExceeded.",
    ),
)


def start_quotas(rate: int, bucket: int) -> tuple[Limit, Limit]:
    """The account's quota on starting executions: a token bucket and its refill."""
    beyond = "Starting fails with ThrottlingException."
    return (
        Limit("start_rate", "Starts per second of the account", rate, "/s", beyond, STATES_QUOTAS, adjustable=True),
        Limit(
            "start_bucket",
            "Starts at once of the account",
            bucket,
            "executions",
            beyond,
            STATES_QUOTAS,
            adjustable=True,
        ),
    )


WORKFLOW_LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "definition_bytes",
        "Size of a definition",
        1_048_576,
        "bytes",
        "Creating or updating it is rejected.",
        service_model("stepfunctions", "Definition"),
    ),
    Limit(
        "payload_bytes",
        "Data between states",
        262_144,
        "bytes",
        "The execution fails with States.DataLimitExceeded, which States.ALL does not catch.",
        ORCHESTRATION,
    ),
    Limit(
        "inline_map_concurrency",
        "Iterations of an inline Map at once",
        40,
        "items",
        "Further iterations wait.",
        ORCHESTRATION,
    ),
    Limit("http_task_s", "Time of an HTTP task", 60, "s", "The task fails with States.Timeout.", STATES_QUOTAS),
    Limit(
        "state_machines",
        "State machines of the account",
        100_000,
        "resources",
        "Creating a further one fails.",
        STATES_QUOTAS,
        adjustable=True,
    ),
)
