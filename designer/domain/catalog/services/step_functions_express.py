"""AWS Step Functions, Express workflows."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Limit, Modelled, PriceRef, Service
from designer.domain.catalog.workflow_parameters import (
    ORCHESTRATION,
    STATES_GUIDE,
    WORKFLOW_LIMITS,
    WORKFLOW_SETTINGS,
    WORKFLOW_WORKLOAD,
    start_quotas,
)

SERVICE = Service(
    id="step_functions_express",
    name="Step Functions Express workflow",
    label="express workflow",
    category=Category.INTEGRATION,
    summary="Runs short processes at a high rate, for up to five minutes each, started with or without waiting for the "
    "result. It waits for no job and no callback, and only its log tells what happened.",
    icon="architecture-service/AWSExpressWorkflows",
    source=aws_docs("Choosing workflow type in Step Functions", STATES_GUIDE + "choosing-workflow-type.html"),
    parameters=(*WORKFLOW_SETTINGS, *WORKFLOW_WORKLOAD),
    limits=(
        *start_quotas(6_000, 6_000),
        Limit("duration_s", "Time of an execution", 300, "s", "It fails with States.Timeout.", ORCHESTRATION),
        *WORKFLOW_LIMITS,
    ),
    prices=(
        PriceRef("step_functions_express.requests", "Requests, per million"),
        PriceRef("step_functions_express.duration", "Duration, per GB-hour"),
    ),
    model=Modelled(
        modelled=(
            "Tasks, choices by their shares, waits, branches, and maps with their concurrency.",
            "Retry with its pauses, Catch, and time limits.",
            "The account's quota on starts, and the five minutes that an execution has.",
            "Requests, and time by memory.",
        ),
        estimated=(
            "Time of a start and of each transition.",
            "Calls of what is not drawn, and waits that the data decides (1 s).",
            "Errors are told apart by three kinds: busy, out of time, failed.",
        ),
        not_modelled=("Executions that run again after an asynchronous start.", "More memory for branches and maps."),
    ),
    cfn_types=("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"),
    keywords=("step functions", "express", "state machine", "workflow", "orchestration", "asl", "sfn"),
    entry_point=True,
)
