"""What a Standard workflow calls, waits for and tells."""

from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.workflow_parameters import STATES_GUIDE
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.wording import RULE_RETRIES, UNORDERED
from designer.domain.connections.workflow_parameters import sdk_action
from designer.domain.connections.workflow_rows import (
    EXPRESS,
    NESTED,
    SDK,
    STANDARD,
    callback,
    refused,
    task,
    to_group,
)
from designer.domain.connections.workflow_tasks import calls, observed, post_to_connection, sends

_STATUS_EVENTS: Final = aws_docs(
    "Automating Step Functions event delivery with EventBridge", STATES_GUIDE + "cw-events.html"
)
_MAP: Final = aws_docs("Using Map state in Distributed mode", STATES_GUIDE + "state-map-distributed.html")
_SERVICE_EVENTS: Final = "events:PutTargets, events:PutRule and events:DescribeRule"
_CHILD_JOB: Final = f"states:StartExecution, states:DescribeExecution, states:StopExecution, {_SERVICE_EVENTS}"


def _status_change(target: str, explanation: str) -> Connection:
    return Connection(
        id=f"{STANDARD}.{target}.status_change",
        source=STANDARD,
        target=target,
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Execution status changes",
        explanation=explanation,
        conditions="The default bus only. The event's source is aws.states.",
        authority=_STATUS_EVENTS,
        preferred=target == "eventbridge_rule",
        retries=RULE_RETRIES,
        delivery="Best effort",
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None needed",
        cfn_resources=("AWS::Events::Rule",),
    )


def _child(target: str, preferred: str) -> tuple[Connection, ...]:
    return (
        task(
            STANDARD,
            f"{target}.start_execution",
            "Start an execution",
            "The state starts an execution of the other workflow and goes on. How that one ends is not noticed.",
            "states:StartExecution",
            flow=Flow.ASYNC,
            authority=NESTED,
        ),
        task(
            STANDARD,
            f"{target}.start_execution_job",
            "Start an execution and wait for its end",
            "The state starts an execution of the other workflow and waits until it ends (.sync:2).",
            _CHILD_JOB,
            flow=Flow.JOB,
            conditions="Without the permissions for EventBridge the end is noticed only by polling, and later."
            if target == STANDARD
            else "The child ends within 5 minutes. It may run more than once.",
            authority=NESTED,
            preferred=preferred == "start_execution_job",
        ),
    )


CONNECTIONS = (
    *calls(STANDARD),
    task(
        STANDARD,
        "lambda.invoke_event",
        "Invoke and go on",
        "The state hands an event to the function's queue (InvocationType Event) and goes on.",
        "lambda:InvokeFunction",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
    ),
    callback(
        STANDARD,
        "lambda.invoke",
        "Invoke",
        "The state calls the function with a task token.",
        "lambda:InvokeFunction",
    ),
    *sends(STANDARD),
    to_group(STANDARD, "sqs_fifo.send_message", "SendMessage", "sqs:SendMessage"),
    callback(
        STANDARD,
        "sqs_standard.send_message",
        "SendMessage",
        "The state sends a message with a task token.",
        "sqs:SendMessage",
    ),
    callback(
        STANDARD,
        "sns_standard.publish",
        "Publish",
        "The state publishes a message with a task token.",
        "sns:Publish",
    ),
    callback(
        STANDARD,
        "eventbridge_bus.put_events",
        "PutEvents",
        "The state puts an event with a task token on the bus.",
        "events:PutEvents",
    ),
    *(
        callback(
            STANDARD,
            f"{target}.call_api",
            "Call the API",
            "The state calls the API with a task token.",
            "execute-api:Invoke",
        )
        for target in ("api_gateway_rest", "api_gateway_http")
    ),
    post_to_connection(STANDARD),
    task(
        STANDARD,
        "ecs_fargate.run_task_job",
        "RunTask and wait for its end",
        "The state starts a task and waits until it has stopped (.sync).",
        f"ecs:RunTask, ecs:StopTask, ecs:DescribeTasks, iam:PassRole, {_SERVICE_EVENTS}",
        flow=Flow.JOB,
        conditions="A container that ends with an exit code other than 0 fails the state.",
        preferred=True,
    ),
    callback(
        STANDARD,
        "ecs_fargate.run_task",
        "RunTask",
        "The state starts a task that gets a task token in its environment.",
        "ecs:RunTask and iam:PassRole",
    ),
    task(
        STANDARD,
        "ecs_fargate.sdk_action",
        "Control the service",
        "The state calls the control plane of ECS, for instance to change how many tasks a service wants.",
        "The ecs: action that is called",
        authority=SDK,
        parameters=(sdk_action("UpdateService"),),
    ),
    *_child(STANDARD, "start_execution_job"),
    callback(
        STANDARD,
        f"{STANDARD}.start_execution",
        "Start an execution",
        "The state starts an execution that gets a task token in its input.",
        "states:StartExecution",
    ),
    *_child(EXPRESS, "start_sync_execution"),
    task(
        STANDARD,
        f"{EXPRESS}.start_sync_execution",
        "Run and wait for the result",
        "The state runs the Express workflow and waits for its result, for 5 minutes at most.",
        "states:StartSyncExecution",
        authority=aws_docs("Nested workflows", STATES_GUIDE + "concepts-nested-workflows.html"),
        preferred=True,
    ),
    task(
        STANDARD,
        "s3.distributed_map",
        "Items and results of a distributed Map",
        "A Map in distributed mode reads its items from the bucket (ItemReader) or writes its results there "
        "(ResultWriter). Each item or batch is a child execution.",
        "s3:GetObject, s3:ListBucket, s3:PutObject and states:StartExecution",
        conditions="Object lists, CSV, JSON, JSON Lines and inventories. The machine has to be a Standard workflow.",
        authority=_MAP,
    ),
    *observed(STANDARD),
    _status_change(
        "eventbridge_bus", "Step Functions puts an event on the default bus whenever an execution starts or ends."
    ),
    _status_change(
        "eventbridge_rule",
        "Step Functions puts an event on the default bus when an execution starts or ends, and the rule matches it.",
    ),
    refused(
        STANDARD,
        "rds_aurora.sql_task",
        "Task that runs SQL",
        "A state cannot open a database connection.",
        conditions="Only the Data API of Aurora can be called, through the AWS SDK integration rdsdata.",
        alternative="Let a function or a container run the SQL, or use the Aurora Data API.",
        flow=Flow.SYNC,
        authority=SDK,
        bridge=Bridge("lambda", "Insert a function", f"{STANDARD}.lambda.invoke", "lambda.rds_aurora.connect"),
    ),
)
