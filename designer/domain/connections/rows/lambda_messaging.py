"""FIFO queues and topics, streams, workflows, brokers and APIs that a function's code calls."""

from functools import partial

from designer.domain.catalog.sources import (
    SQS_QUOTAS,
    aws_docs,
    service_model,
)
from designer.domain.connections.code_calls import code_call
from designer.domain.connections.messaging_parameters import MESSAGE_DELAY_S, MESSAGE_KB, MESSAGES_PER_SEND
from designer.domain.connections.spec import (
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import AT_LEAST_ONCE, LAMBDA_ASYNC_RETRIES, UNORDERED

_ROLE = ("AWS::Lambda::Function", "AWS::IAM::Role")
_INTERFACE_ENDPOINT = "A function in a VPC needs an interface endpoint or a NAT gateway."
_PER_GROUP = "Kept within each message group"


_call = partial(code_call, flow=Flow.ASYNC)
"""A call that hands something over and goes on."""

_DIRECT = Requirement(
    End.TARGET,
    "source_type",
    Comparison.ONE_OF,
    ("DirectPut",),
    "the delivery stream takes records directly",
    fix="DirectPut",
)

IN_VPC = Requirement(
    End.SOURCE,
    "in_vpc",
    Comparison.ONE_OF,
    (True,),
    "the function is attached to the VPC, where the other side has its only addresses",
    fix=True,
)

CONNECTIONS = (
    _call(
        "sqs_fifo",
        "send_message",
        label="SendMessage",
        explanation="The code sends a message to its message group and goes on; a consumer fetches the group in order.",
        conditions="Each message needs a MessageGroupId, and a deduplication id unless the queue goes by the content. "
        f"No message has a delay of its own. {_INTERFACE_ENDPOINT}",
        permission="sqs:SendMessage",
        authority=SQS_QUOTAS,
        ordering=_PER_GROUP,
        requirements=(
            Requirement(
                End.EDGE,
                "message_delay_s",
                Comparison.ONE_OF,
                (0, None),
                "no message has a delay of its own; a FIFO queue delays all of its messages alike",
                fix=0,
            ),
        ),
        parameters=(MESSAGE_DELAY_S, MESSAGE_KB, MESSAGES_PER_SEND),
    ),
    _call(
        "sns_fifo",
        "publish",
        label="Publish",
        explanation="The code publishes a message to its message group and goes on; SNS pushes it to the queues.",
        conditions="Each message needs a MessageGroupId, and a deduplication id unless the topic goes by the content. "
        f"{_INTERFACE_ENDPOINT}",
        permission="sns:Publish",
        authority=service_model("sns", "Publish.MessageGroupId"),
        ordering=_PER_GROUP,
        parameters=(MESSAGE_KB,),
    ),
    _call(
        "kinesis_stream",
        "put_record",
        label="PutRecords",
        explanation="The code puts records into the stream and goes on; readers fetch them shard by shard.",
        conditions=f"Single records of a call can fail and have to be sent again. {_INTERFACE_ENDPOINT}",
        permission="kinesis:PutRecord and kinesis:PutRecords",
        authority=service_model("kinesis", "PutRecords"),
        ordering="Kept within each shard, for records that were put one after the other",
    ),
    _call(
        "firehose",
        "put_record",
        label="PutRecordBatch",
        explanation="The code puts records into the delivery stream and goes on; Firehose delivers them in the "
        "background.",
        conditions=f"Only to a stream that takes records directly. {_INTERFACE_ENDPOINT}",
        permission="firehose:PutRecord and firehose:PutRecordBatch",
        authority=aws_docs(
            "Choose source and destination for your Firehose stream", "firehose/latest/dev/create-name.html"
        ),
        requirements=(_DIRECT,),
    ),
    _call(
        "step_functions_standard",
        "start_execution",
        label="StartExecution",
        explanation="The code starts a workflow and goes on.",
        conditions=f"A name that was used in the last 90 days starts nothing new. {_INTERFACE_ENDPOINT}",
        permission="states:StartExecution",
        authority=service_model("stepfunctions", "StartExecution"),
    ),
    _call(
        "step_functions_express",
        "start_sync_execution",
        flow=Flow.SYNC,
        label="StartSyncExecution",
        explanation="The code runs an express workflow and waits for its result, up to 5 minutes.",
        conditions=f"The function is billed while it waits. {_INTERFACE_ENDPOINT}",
        permission="states:StartSyncExecution",
        authority=service_model("stepfunctions", "StartSyncExecution"),
    ),
    _call(
        "step_functions_express",
        "start_execution",
        preferred=False,
        label="StartExecution",
        explanation="The code starts an express workflow and goes on.",
        conditions=f"The result is only in the workflow's log. {_INTERFACE_ENDPOINT}",
        permission="states:StartExecution",
        authority=service_model("stepfunctions", "StartExecution"),
    ),
    _call(
        "lambda_alias_version",
        "invoke",
        flow=Flow.SYNC,
        label="Invoke and wait",
        explanation="The code calls the other function through its alias and waits for the answer.",
        conditions="The permission has to name the alias's own ARN. Request and answer up to 6 MB.",
        permission="lambda:InvokeFunction on the alias's ARN",
        authority=aws_docs("Using Lambda aliases", "lambda/latest/dg/using-aliases.html"),
    ),
    _call(
        "lambda_alias_version",
        "invoke_event",
        preferred=False,
        label="Invoke and go on",
        explanation="The code hands an event to the other function's queue, through its alias, and goes on.",
        conditions="The permission has to name the alias's own ARN. Events up to 1 MB.",
        permission="lambda:InvokeFunction on the alias's ARN",
        authority=aws_docs("Using Lambda aliases", "lambda/latest/dg/using-aliases.html"),
        retries=LAMBDA_ASYNC_RETRIES,
    ),
    _call(
        "api_gateway_websocket",
        "post_to_connection",
        flow=Flow.SYNC,
        label="Post to a connection",
        explanation="The code sends a message to a client that is connected.",
        conditions="Through the stage's own address, up to 128 KB. A client that has left answers 410: forget its "
        "connection. A function in a VPC needs a NAT gateway or an execute-api endpoint.",
        permission="execute-api:ManageConnections",
        authority=aws_docs(
            "Use @connections commands in your backend service",
            "apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html",
        ),
        retries="The code has to handle 410 for clients that have left, and 429.",
    ),
    _call(
        "appsync",
        "mutation",
        flow=Flow.SYNC,
        label="GraphQL request",
        explanation="The code runs a query or mutation; a mutation also reaches the clients that subscribed to it.",
        conditions=f"Requests are signed when the API goes by IAM. {_INTERFACE_ENDPOINT}",
        permission="appsync:GraphQL",
        authority=aws_docs(
            "AWS AppSync authorization and authentication", "appsync/latest/devguide/security-authz.html"
        ),
    ),
    _call(
        "mq",
        "send",
        verdict=Verdict.CONDITIONAL,
        label="Send to the broker",
        explanation="The code sends a message with an AMQP or JMS client and goes on.",
        conditions="From inside the broker's VPC, unless the broker is public. Its security group has to let the "
        "function in; user and password in Secrets Manager.",
        permission="secretsmanager:GetSecretValue and the network interfaces of ec2",
        authority=aws_docs("Using Lambda with Amazon MQ", "lambda/latest/dg/with-mq.html"),
        retries="The client library's own.",
    ),
    _call(
        "iot_rule",
        "publish",
        verdict=Verdict.CONDITIONAL,
        label="Publish to an MQTT topic",
        explanation="The code publishes a message to an MQTT topic that the rule listens to.",
        conditions="Through the account's own IoT endpoint, and to a topic that the rule's SQL matches.",
        permission="iot:Publish",
        authority=service_model("iot-data", "Publish"),
    ),
    Connection(
        id="lambda.msk.stream_on_failure",
        source="lambda",
        target="msk",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="On-failure destination of a stream",
        explanation="When a batch of a stream is given up, Lambda writes a record about it to a Kafka topic and reads "
        "on.",
        conditions="For event source mappings of Kinesis, DynamoDB streams and Kafka. The destination is written as "
        "kafka:// and the topic's name.",
        authority=service_model("lambda", "OnFailure.Destination"),
        preferred=True,
        retries="This is the end of the line.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="kafka-cluster:WriteData",
        cfn_resources=("AWS::Lambda::EventSourceMapping",),
    ),
)
