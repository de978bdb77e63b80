"""AWS Step Functions, Express workflows."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Limit, Modelled, Service
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
    id="step_functions_express",
    name="Step Functions Express workflow",
    label="express workflow",
    category=Category.INTEGRATION,
    summary="Runs short processes at a high rate, for up to five minutes each, started with or without waiting for the "
    "result. It waits for no job and no callback, and only its log tells what happened.",
    icon="architecture-service/AWSExpressWorkflows",
    source=aws_docs("Choosing workflow type in Step Functions", STATES_GUIDE + "choosing-workflow-type.html"),
    parameters=(*WORKFLOW_SETTINGS, *WORKFLOW_WORKLOAD, *start_quotas(6_000, 6_000, STATES_QUOTAS)),
    limits=(
        Limit("duration_s", "Time of an execution", 300, "s", "It fails with States.Timeout.", ORCHESTRATION),
        *WORKFLOW_LIMITS,
    ),
    model=Modelled(modelled=(), not_modelled=("Everything: executions start and end at once in a run.",)),
    cfn_types=("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"),
    keywords=("step functions", "express", "state machine", "workflow", "orchestration", "asl", "sfn"),
    entry_point=True,
)
