"""AWS Step Functions, Standard workflows."""

from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Limit, Modelled, PriceRef, Service
from designer.domain.catalog.workflow_parameters import (
    ORCHESTRATION,
    STATES_GUIDE,
    STATES_QUOTAS,
    WORKFLOW_LIMITS,
    WORKFLOW_SETTINGS,
    WORKFLOW_WORKLOAD,
    start_quotas,
)

_HELD_UP: Final = (
    "Transitions wait: executions become slower but do not fail. New accounts and other Regions have less."
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
    parameters=(*WORKFLOW_SETTINGS, *WORKFLOW_WORKLOAD),
    limits=(
        *start_quotas(300, 1_300),
        Limit(
            "transition_rate",
            "State transitions per second of the account",
            5_000,
            "/s",
            _HELD_UP,
            STATES_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "transition_bucket",
            "State transitions at once of the account",
            5_000,
            "transitions",
            _HELD_UP,
            STATES_QUOTAS,
            adjustable=True,
        ),
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
            "Tasks, choices by their shares, waits, branches, and maps with their concurrency.",
            "Retry with its pauses, Catch, and time limits.",
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
            "Heartbeats that prolong a wait: the answer of a callback has to come within HeartbeatSeconds.",
            "Durations of Express children of a distributed Map.",
        ),
    ),
    cfn_types=("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"),
    keywords=("step functions", "state machine", "workflow", "orchestration", "asl", "sfn", "saga", "standard"),
    entry_point=True,
)
