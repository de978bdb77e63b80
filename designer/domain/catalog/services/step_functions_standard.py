"""AWS Step Functions, Standard workflows."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Kind, Limit, Modelled, Parameter, PriceRef, Section, Service
from designer.domain.catalog.workflow_parameters import (
    ORCHESTRATION,
    STATES_GUIDE,
    STATES_QUOTAS,
    WORKFLOW_LIMITS,
    WORKFLOW_SETTINGS,
    WORKFLOW_WORKLOAD,
    start_quotas,
)

SERVICE = Service(
    id="step_functions_standard",
    name="Step Functions Standard workflow",
    label="workflow",
    category=Category.INTEGRATION,
    summary="Runs the steps of a process one after the other or side by side, with retries and branches, for up to a "
    "year, and keeps its whole history. Each step runs exactly once unless the definition repeats it.",
    icon="architecture-service/AWSStepFunctions",
    source=aws_docs("Choosing workflow type in Step Functions", STATES_GUIDE + "choosing-workflow-type.html"),
    parameters=(
        *WORKFLOW_SETTINGS,
        *WORKFLOW_WORKLOAD,
        *start_quotas(300, 1_300, STATES_QUOTAS),
        Parameter(
            id="transition_rate_per_s",
            label="Transition rate of the account",
            kind=Kind.INTEGER,
            default=5_000,
            unit="/s",
            minimum=1,
            maximum=1_000_000,
            help="Transitions of all Standard workflows in the account each second. Regions other than us-east-1, "
            "us-west-2 and eu-west-1 have less, new accounts too.",
            source=STATES_QUOTAS,
            section=Section.QUOTA,
            adjustable=True,
            beyond="Transitions wait: executions become slower but do not fail.",
        ),
        Parameter(
            id="transition_bucket",
            label="Transition burst of the account",
            kind=Kind.INTEGER,
            default=5_000,
            unit="transitions",
            minimum=1,
            maximum=1_000_000,
            help="Transitions that can be made at once before the rate counts.",
            source=STATES_QUOTAS,
            section=Section.QUOTA,
            adjustable=True,
            beyond="Transitions wait: executions become slower but do not fail.",
        ),
    ),
    limits=(
        Limit("duration_s", "Time of an execution", 31_536_000, "s", "It fails with States.Timeout.", ORCHESTRATION),
        Limit(
            "history_events",
            "Events in the history of one execution",
            25_000,
            "events",
            "The execution fails; a Map in distributed mode or a further execution starts a history of its own.",
            ORCHESTRATION,
        ),
        Limit(
            "open_executions",
            "Open executions of the account",
            1_000_000,
            "executions",
            "Starting fails with ExecutionLimitExceeded.",
            STATES_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "distributed_map_concurrency",
            "Child executions of a distributed Map at once",
            10_000,
            "executions",
            "Further items wait.",
            ORCHESTRATION,
        ),
        *WORKFLOW_LIMITS,
    ),
    prices=(PriceRef("step_functions_standard.transitions", "State transitions, per 1,000"),),
    model=Modelled(
        modelled=(
            "The definition itself: tasks, choices by their shares, waits, branches, maps with their concurrency, Retry "
            "with its pauses, Catch, and time limits.",
            "The account's quotas on starts, transitions and open executions.",
            "Transitions, retries included.",
        ),
        estimated=(
            "Time of a start and of each transition.",
            "Calls of what is not drawn, and waits that the data decides (1 s).",
            "Errors are told apart by three kinds: busy, out of time, failed.",
        ),
        not_modelled=(
            "The limit on the history.",
            "Heartbeats, and durations of Express children of a distributed Map.",
        ),
    ),
    cfn_types=("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"),
    keywords=("step functions", "state machine", "workflow", "orchestration", "asl", "sfn", "saga", "standard"),
    entry_point=True,
)
