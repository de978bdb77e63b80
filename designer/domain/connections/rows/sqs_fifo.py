"""Who fetches from a FIFO queue, and in which order."""

from designer.domain.catalog.sources import SQS_MAPPING_SCALING, service_model
from designer.domain.connections.messaging_parameters import FIFO_MAPPING_PARAMETERS
from designer.domain.connections.parameters import MAX_RECEIVE_COUNT
from designer.domain.connections.spec import (
    Bridge,
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import PIPE_SOURCES

_QUEUE_MODEL = service_model("sqs", "CreateQueue.Attributes")

CONNECTIONS = (
    Connection(
        id="sqs_fifo.lambda.event_source_mapping",
        source="sqs_fifo",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Event source mapping",
        explanation="Lambda's pollers fetch messages and call the function with one batch per message group at a time, "
        "so that each group stays in order.",
        conditions="At most 10 messages a batch and no batch window. As many calls at once as there are message groups "
        "with messages, or the maximum concurrency. A function that reports failed items has to stop at the first "
        "failure and report all that follow.",
        authority=SQS_MAPPING_SCALING,
        preferred=True,
        poller="Lambda, with the function's execution role",
        retries="A failed message holds up its group: it comes back after the visibility timeout until it succeeds or "
        "moves to the queue's dead-letter queue, which has to be a FIFO queue too.",
        delivery="At least once to the function; what is sent twice within 5 minutes is dropped",
        ordering="Kept within each message group",
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes, and kms:Decrypt for a key of "
        "yours",
        cfn_resources=("AWS::Lambda::EventSourceMapping", "AWS::SQS::Queue"),
        requirements=(
            Requirement(
                End.EDGE,
                "batch_size",
                Comparison.AT_MOST,
                (10,),
                "a batch has at most 10 messages, as AWS demands for FIFO queues",
                fix=10,
            ),
        ),
        parameters=FIFO_MAPPING_PARAMETERS,
    ),
    Connection(
        id="sqs_fifo.lambda.large_batch",
        source="sqs_fifo",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="More than 10 messages, or a batch window",
        explanation="Lambda rejects a FIFO queue's mapping with a larger batch or with a batch window.",
        conditions="Batches of a FIFO queue have at most 10 messages and are never collected.",
        authority=service_model("lambda", "CreateEventSourceMapping.BatchSize"),
        drawable=False,
        alternative="Use batches of 10 or fewer without a window, or a Kinesis stream for larger ordered batches.",
    ),
    Connection(
        id="sqs_fifo.sqs_fifo.redrive",
        source="sqs_fifo",
        target="sqs_fifo",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Dead-letter queue",
        explanation="SQS moves a message to the other queue when it has been fetched too often, and its group goes on.",
        conditions="A FIFO queue in the same account and Region. What comes after the moved message is worked on "
        "without it, so the group's order has a gap.",
        authority=_QUEUE_MODEL,
        preferred=True,
        retries="Nothing further: send them back with StartMessageMoveTask once the cause is mended.",
        delivery="First in, first out",
        ordering="Kept within each message group, but for what has been moved",
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="None needed; RedriveAllowPolicy can restrict which queues may use it",
        cfn_resources=("AWS::SQS::Queue",),
        parameters=(MAX_RECEIVE_COUNT,),
    ),
    Connection(
        id="sqs_fifo.sqs_standard.redrive",
        source="sqs_fifo",
        target="sqs_standard",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Dead-letter queue",
        explanation="A FIFO queue cannot use a standard queue as its dead-letter queue.",
        conditions="Both queues have to be of the same kind.",
        authority=_QUEUE_MODEL,
        alternative="Make the dead-letter queue a FIFO queue. To pass messages on, put a function between the queues.",
        bridge=Bridge(
            "lambda",
            "Insert a function",
            "sqs_fifo.lambda.event_source_mapping",
            "lambda.sqs_standard.send_message",
        ),
    ),
    Connection(
        id="sqs_fifo.eventbridge_pipe.pipe_source",
        source="sqs_fifo",
        target="eventbridge_pipe",
        mode=Mode.PIPE,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Source of a pipe",
        explanation="The pipe fetches messages group by group and calls its target and waits, so that the order is "
        "kept.",
        conditions="As many batches at once as there are message groups with messages.",
        authority=PIPE_SOURCES,
        preferred=True,
        poller="EventBridge Pipes, with the pipe's role",
        retries="A failed message holds up its group until the queue's redrive policy moves it to a FIFO dead-letter "
        "queue.",
        delivery="At least once",
        ordering="Kept within each message group",
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes on the pipe's role",
        cfn_resources=("AWS::Pipes::Pipe",),
    ),
)
