"""Who fetches from a standard queue. A queue never pushes."""

from designer.domain.catalog.sources import SQS_MAPPING, aws_docs, service_model
from designer.domain.connections.mapping_parameters import SQS_MAPPING_PARAMETERS
from designer.domain.connections.messaging_parameters import MAXIMUM_POLLERS, MINIMUM_POLLERS
from designer.domain.connections.parameters import MAX_RECEIVE_COUNT
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.wording import AT_LEAST_ONCE, PIPE_SOURCES, UNORDERED

_PULL_ONLY = "A queue waits to be read; it never calls or writes to anything."
_EVENT_SOURCES = aws_docs(
    "How Lambda processes records from stream and queue-based event sources",
    "lambda/latest/dg/invocation-eventsourcemapping.html",
)


def _through_function(second: str) -> Bridge:
    return Bridge("lambda", "Insert a function", "sqs_standard.lambda.event_source_mapping", second)


CONNECTIONS = (
    Connection(
        id="sqs_standard.lambda.event_source_mapping",
        source="sqs_standard",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Event source mapping",
        explanation="Lambda's pollers fetch messages in batches, call the function with each batch, wait, and delete "
        "the messages when it succeeds.",
        conditions="The queue's visibility timeout must not be shorter than the function's timeout, and should be six "
        "times as long plus the batch window. A batch of more than 10 needs a window of at least 1 s; 6 MB per batch. "
        "Same Region; another account is fine.",
        authority=SQS_MAPPING,
        preferred=True,
        poller="Lambda, with the function's execution role",
        retries="Failed messages come back after the visibility timeout, the whole batch unless the function reports "
        "single failures. The queue's own redrive policy ends that; the function's dead-letter queue and destinations "
        "take no part. Throttled messages come back too and have used up a receive.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes, and kms:Decrypt for a key of "
        "yours",
        cfn_resources=("AWS::Lambda::EventSourceMapping", "AWS::SQS::Queue"),
        parameters=(*SQS_MAPPING_PARAMETERS, MINIMUM_POLLERS, MAXIMUM_POLLERS),
    ),
    Connection(
        id="sqs_standard.lambda.push",
        source="sqs_standard",
        target="lambda",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Queue pushes to the function",
        explanation="A permission for SQS on the function does nothing, because SQS never calls it.",
        conditions=_PULL_ONLY,
        authority=_EVENT_SOURCES,
        drawable=False,
        alternative="Create an event source mapping, with which Lambda polls the queue.",
    ),
    Connection(
        id="sqs_standard.lambda.mapping_on_failure",
        source="sqs_standard",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="On-failure destination on a queue's mapping",
        explanation="An event source mapping of a queue has no on-failure destination.",
        conditions="On-failure destinations exist for Kinesis, DynamoDB streams and Kafka only.",
        authority=service_model("lambda", "CreateEventSourceMapping.DestinationConfig"),
        drawable=False,
        alternative="Give the queue a dead-letter queue: the redrive policy belongs to the source queue.",
    ),
    Connection(
        id="sqs_standard.lambda.batch_without_window",
        source="sqs_standard",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="More than 10 messages without a batch window",
        explanation="Lambda rejects a batch size above 10 as long as the batch window is 0.",
        conditions="One fetch returns 10 messages at most, so a larger batch has to be collected for a while.",
        authority=service_model("lambda", "CreateEventSourceMapping.MaximumBatchingWindowInSeconds"),
        drawable=False,
        alternative="Set a batch window of at least 1 s, or a batch size of 10 or less.",
    ),
    Connection(
        id="sqs_standard.sqs_standard.redrive",
        source="sqs_standard",
        target="sqs_standard",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Dead-letter queue",
        explanation="SQS moves a message to the other queue when it has been fetched too often without being deleted.",
        conditions="The same kind of queue in the same account and Region. The dead-letter queue should keep messages "
        "longer than the source, because they keep their age.",
        authority=service_model("sqs", "CreateQueue.Attributes"),
        preferred=True,
        retries="Nothing further: send them back with StartMessageMoveTask once the cause is mended.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="None needed; RedriveAllowPolicy can restrict which queues may use it",
        cfn_resources=("AWS::SQS::Queue",),
        parameters=(MAX_RECEIVE_COUNT,),
    ),
    Connection(
        id="sqs_standard.sns_standard.push",
        source="sqs_standard",
        target="sns_standard",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Queue pushes to the topic",
        explanation="A queue cannot publish to a topic; the usual direction is the other way round.",
        conditions=_PULL_ONLY,
        authority=PIPE_SOURCES,
        alternative="Turn the arrow round, or let a pipe or a function read the queue and publish.",
        bridge=_through_function("lambda.sns_standard.publish"),
    ),
    Connection(
        id="sqs_standard.dynamodb.push",
        source="sqs_standard",
        target="dynamodb",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Queue writes an item",
        explanation="A queue cannot write to a table, and a pipe has no table as its target either.",
        conditions=_PULL_ONLY,
        authority=PIPE_SOURCES,
        alternative="Let a function read the queue and write the item.",
        bridge=_through_function("lambda.dynamodb.api"),
    ),
    Connection(
        id="sqs_standard.s3.push",
        source="sqs_standard",
        target="s3",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Queue writes an object",
        explanation="A queue cannot write to a bucket.",
        conditions=_PULL_ONLY,
        authority=PIPE_SOURCES,
        alternative="Let a function read the queue and write objects, or a pipe that feeds Data Firehose.",
        bridge=_through_function("lambda.s3.api"),
    ),
)
