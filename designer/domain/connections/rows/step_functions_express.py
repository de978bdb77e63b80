"""What an Express workflow calls. It waits for no job and no callback."""

from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.workflow_parameters import STATES_GUIDE
from designer.domain.connections.spec import Bridge, Flow, Mode
from designer.domain.connections.workflow_rows import (
    EXPRESS,
    NESTED,
    SDK,
    STANDARD,
    refused,
    task,
)
from designer.domain.connections.workflow_tasks import calls, observed, sends

_REQUEST_RESPONSE: Final = "Express workflows call and go on with the answer; they take neither .sync nor a callback."
_TYPES: Final = aws_docs("Choosing workflow type in Step Functions", STATES_GUIDE + "choosing-workflow-type.html")
_STATUS_EVENTS: Final = aws_docs(
    "Automating Step Functions event delivery with EventBridge", STATES_GUIDE + "cw-events.html"
)

CONNECTIONS = (
    *calls(EXPRESS),
    task(
        EXPRESS,
        "lambda.invoke_event",
        "Invoke and go on",
        "The state hands an event to the function's queue (InvocationType Event) and goes on.",
        "lambda:InvokeFunction",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
    ),
    *sends(EXPRESS),
    task(
        EXPRESS,
        f"{STANDARD}.start_execution",
        "Start an execution",
        "The state starts an execution of the Standard workflow and goes on.",
        "states:StartExecution",
        flow=Flow.ASYNC,
        authority=NESTED,
        preferred=True,
    ),
    task(
        EXPRESS,
        f"{EXPRESS}.start_sync_execution",
        "Run and wait for the result",
        "The state runs the other Express workflow and waits for its result.",
        "states:StartSyncExecution",
        conditions="Both have to end within the 5 minutes of the one that waits.",
        authority=SDK,
        preferred=True,
    ),
    task(
        EXPRESS,
        f"{EXPRESS}.start_execution",
        "Start an execution",
        "The state starts an execution of the other Express workflow and goes on.",
        "states:StartExecution",
        flow=Flow.ASYNC,
        authority=NESTED,
    ),
    *observed(EXPRESS),
    refused(
        EXPRESS,
        "ecs_fargate.run_task_job",
        "RunTask and wait for its end",
        "An Express workflow cannot wait for a job.",
        conditions=_REQUEST_RESPONSE,
        alternative="Make the workflow a Standard one, or start the task and ask for its state in a loop.",
        flow=Flow.JOB,
    ),
    refused(
        EXPRESS,
        "sqs_standard.send_message_callback",
        "SendMessage, wait for a callback",
        "An Express workflow cannot wait for a task token.",
        conditions=_REQUEST_RESPONSE,
        alternative="Make the workflow a Standard one, or go on without waiting.",
        flow=Flow.CALLBACK,
    ),
    refused(
        EXPRESS,
        "lambda.invoke_callback",
        "Invoke, wait for a callback",
        "An Express workflow cannot wait for a task token.",
        conditions=_REQUEST_RESPONSE,
        alternative="Make the workflow a Standard one, or let the function answer directly.",
        flow=Flow.CALLBACK,
        mode=Mode.SYNCHRONOUS,
    ),
    refused(
        EXPRESS,
        f"{EXPRESS}.distributed_map",
        "Map in distributed mode",
        "An Express workflow cannot start the child executions of a distributed Map.",
        conditions="The parent has to be a Standard workflow; its child executions may be Express ones.",
        alternative="Make the parent a Standard workflow, or use an inline Map.",
        flow=Flow.JOB,
        authority=_TYPES,
    ),
    refused(
        EXPRESS,
        "eventbridge_rule.status_change",
        "Execution status changes",
        "Express workflows tell EventBridge nothing about their executions.",
        conditions="Only Standard workflows send status changes.",
        alternative="Let a state put an event on a bus, or read the workflow's log.",
        flow=Flow.ASYNC,
        mode=Mode.ASYNCHRONOUS,
        authority=_STATUS_EVENTS,
        bridge=Bridge(
            "eventbridge_bus",
            "Insert an event bus",
            f"{EXPRESS}.eventbridge_bus.put_events",
            "eventbridge_bus.eventbridge_rule.rule",
        ),
    ),
)
