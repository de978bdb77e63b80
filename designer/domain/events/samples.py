"""Sample events to try patterns on: what well-known sources send, by the service that sends it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from designer.domain.events.dialects import EVENT_BUS, EVENT_SOURCE_MAPPING, PIPE, SNS_ATTRIBUTES, SNS_BODY

_ACCOUNT: Final = "123456789012"
_REGION: Final = "eu-west-1"
_TIME: Final = "2026-11-25T08:15:00Z"


@dataclass(frozen=True, slots=True)
class Sample:
    """One event. ``services`` are the ids of the catalog's services that send it."""

    id: str
    name: str
    dialects: tuple[str, ...]
    services: tuple[str, ...]
    event: dict[str, Any]

    @property
    def text(self) -> str:
        """The event as a person edits it."""
        return json.dumps(self.event, indent=2)


def _bus(source: str, detail_type: str, detail: dict[str, Any], *resources: str) -> dict[str, Any]:
    return {
        "version": "0",
        "id": "2d4eba74-fd51-3966-4bfa-b013c9da8ff1",
        "detail-type": detail_type,
        "source": source,
        "account": _ACCOUNT,
        "time": _TIME,
        "region": _REGION,
        "resources": list(resources),
        "detail": detail,
    }


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{_REGION}:{_ACCOUNT}:{resource}"


_ON_BUS: Final = (EVENT_BUS.id,)
_POLLED: Final = (PIPE.id, EVENT_SOURCE_MAPPING.id)

SAMPLES: Final[tuple[Sample, ...]] = (
    Sample(
        "s3_object_created",
        "S3: Object Created",
        _ON_BUS,
        ("s3",),
        _bus(
            "aws.s3",
            "Object Created",
            {
                "version": "0",
                "bucket": {"name": "orders"},
                "object": {
                    "key": "incoming/order-17.json",
                    "size": 3048,
                    "etag": "b1946ac92492d2347c6235b4d2611184",
                    "sequencer": "00617F08299329D189",
                },
                "request-id": "N4N7GDK58NMKJ12R",
                "requester": _ACCOUNT,
                "source-ip-address": "203.0.113.24",
                "reason": "PutObject",
            },
            "arn:aws:s3:::orders",
        ),
    ),
    Sample(
        "own_event",
        "An application's own event",
        _ON_BUS,
        ("eventbridge_bus", "lambda", "client", "eventbridge_scheduler", "eventbridge_pipe"),
        _bus(
            "shop.orders",
            "Order Placed",
            {"orderId": "17", "customer": {"id": "c-42", "country": "CH"}, "total": 129.5, "items": ["book", "pen"]},
        ),
    ),
    Sample(
        "state_machine_status",
        "Step Functions: execution failed",
        _ON_BUS,
        ("step_functions_standard",),
        _bus(
            "aws.states",
            "Step Functions Execution Status Change",
            {
                "executionArn": _arn("states", "execution:orders:17"),
                "stateMachineArn": _arn("states", "stateMachine:orders"),
                "name": "17",
                "status": "FAILED",
                "startDate": 1_764_058_500_000,
                "stopDate": 1_764_058_512_000,
                "input": '{"orderId": "17"}',
                "output": None,
            },
            _arn("states", "execution:orders:17"),
        ),
    ),
    Sample(
        "alarm_state",
        "CloudWatch: alarm in state ALARM",
        _ON_BUS,
        ("cloudwatch_alarm",),
        _bus(
            "aws.cloudwatch",
            "CloudWatch Alarm State Change",
            {
                "alarmName": "queue-age",
                "state": {"value": "ALARM", "reason": "Threshold Crossed", "timestamp": "2026-11-25T08:14:58.000+0000"},
                "previousState": {"value": "OK", "timestamp": "2026-11-25T07:01:00.000+0000"},
            },
            _arn("cloudwatch", "alarm:queue-age"),
        ),
    ),
    Sample(
        "task_state",
        "ECS: task stopped",
        _ON_BUS,
        ("ecs_fargate",),
        _bus(
            "aws.ecs",
            "ECS Task State Change",
            {
                "clusterArn": _arn("ecs", "cluster/shop"),
                "lastStatus": "STOPPED",
                "desiredStatus": "STOPPED",
                "stoppedReason": "Essential container in task exited",
                "containers": [{"name": "app", "lastStatus": "STOPPED", "exitCode": 1}],
                "launchType": "FARGATE",
            },
            _arn("ecs", "task/shop/8f1c"),
        ),
    ),
    Sample(
        "instance_state",
        "EC2: instance running",
        _ON_BUS,
        ("ec2_autoscaling_group",),
        _bus(
            "aws.ec2",
            "EC2 Instance State-change Notification",
            {"instance-id": "i-0123456789abcdef0", "state": "running"},
            _arn("ec2", "instance/i-0123456789abcdef0"),
        ),
    ),
    Sample(
        "api_call",
        "CloudTrail: an API call",
        _ON_BUS,
        (),
        _bus(
            "aws.s3",
            "AWS API Call via CloudTrail",
            {
                "eventSource": "s3.amazonaws.com",
                "eventName": "PutObject",
                "awsRegion": _REGION,
                "sourceIPAddress": "203.0.113.24",
                "userIdentity": {"type": "AssumedRole", "accountId": _ACCOUNT},
                "requestParameters": {"bucketName": "orders", "key": "incoming/order-17.json"},
            },
        ),
    ),
    Sample(
        "scheduled",
        "A scheduled rule fires",
        _ON_BUS,
        (),
        _bus("aws.events", "Scheduled Event", {}, _arn("events", "rule/every-five-minutes")),
    ),
    Sample(
        "sqs_message",
        "A message of a queue",
        _POLLED,
        ("sqs_standard", "sqs_fifo"),
        {
            "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
            "body": '{"kind": "order", "total": 129.5}',
            "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1764058500000"},
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": _arn("sqs", "orders"),
            "awsRegion": _REGION,
        },
    ),
    Sample(
        "kinesis_record",
        "A record of a Kinesis stream",
        _POLLED,
        ("kinesis_stream",),
        {
            "partitionKey": "sensor-7",
            "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
            "data": {"sensor": "sensor-7", "temperature": 61.5},
            "approximateArrivalTimestamp": 1_764_058_500.0,
            "eventSource": "aws:kinesis",
            "eventName": "aws:kinesis:record",
            "eventSourceARN": _arn("kinesis", "stream/telemetry"),
            "awsRegion": _REGION,
        },
    ),
    Sample(
        "dynamodb_record",
        "A change of a DynamoDB item",
        _POLLED,
        ("dynamodb",),
        {
            "eventID": "c4ca4238a0b923820dcc509a6f75849b",
            "eventName": "INSERT",
            "eventSource": "aws:dynamodb",
            "awsRegion": _REGION,
            "dynamodb": {
                "Keys": {"orderId": {"S": "17"}},
                "NewImage": {"orderId": {"S": "17"}, "status": {"S": "PLACED"}, "total": {"N": "129.5"}},
                "SequenceNumber": "111",
                "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
            "eventSourceARN": _arn("dynamodb", "table/orders/stream/2026-11-25T00:00:00.000"),
        },
    ),
    Sample(
        "kafka_record",
        "A record of a Kafka topic",
        _POLLED,
        ("msk",),
        {
            "topic": "orders",
            "partition": 0,
            "offset": 15,
            "timestamp": 1_764_058_500_000,
            "key": "MTc=",
            "value": {"kind": "order", "total": 129.5},
            "eventSource": "aws:kafka",
        },
    ),
    Sample(
        "mq_message",
        "A message of an MQ broker",
        _POLLED,
        ("mq",),
        {
            "messageID": "ID:b-9bcfa592-423a-4942-879d-eb284b418fc8-1.mq.amazonaws.com-37557-1234520418293-4:1:1:1:1",
            "messageType": "jms/text-message",
            "data": '{"kind": "order", "total": 129.5}',
            "destination": {"physicalName": "orders"},
            "redelivered": False,
        },
    ),
    Sample(
        "sns_attributes",
        "The attributes of a message",
        (SNS_ATTRIBUTES.id,),
        ("sns_standard", "sns_fifo"),
        {
            "Message": '{"orderId": "17"}',
            "MessageAttributes": {
                "kind": {"Type": "String", "Value": "order"},
                "total": {"Type": "Number", "Value": "129.5"},
                "labels": {"Type": "String.Array", "Value": '["express", "gift"]'},
            },
        },
    ),
    Sample(
        "sns_body",
        "The body of a message",
        (SNS_BODY.id,),
        ("sns_standard", "sns_fifo"),
        {"kind": "order", "total": 129.5, "customer": {"country": "CH"}},
    ),
)
