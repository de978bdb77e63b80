"""Latency defaults of the AWS side of a call, without the person's own code.

Each is the median, the 90th and the 99th percentile in milliseconds. What nobody has
published is an estimate and marked so; shapes between the percentiles are log-normal.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from designer.domain.catalog.sources import aws_page, estimate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from designer.domain.catalog.spec import Source


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds at three percentiles, and where they come from."""

    p50_ms: float
    p90_ms: float
    p99_ms: float
    source: Source


MESSAGING_COMPARED: Final = aws_page(
    "Serverless messaging latency compared, eu-west-1, 1,024 messages (L. van Donkersgoed)",
    "https://bitesizedserverless.com/bite/serverless-messaging-latency-compared",
    "2022",
)
MESSAGING_COMPARED_2023: Final = aws_page(MESSAGING_COMPARED.title, MESSAGING_COMPARED.url, "2023")

_UNPUBLISHED: Final = "AWS publishes no percentiles"

LATENCIES: Final[Mapping[str, Latency]] = MappingProxyType(
    {
        "api_gateway_rest.overhead": Latency(
            10, 18, 40, estimate(f"Latency minus IntegrationLatency of a warm regional API; {_UNPUBLISHED}")
        ),
        "api_gateway_rest.edge": Latency(
            20, 25, 30, estimate("an edge-optimized endpoint adds a CloudFront hop of 10 to 30 ms for near callers")
        ),
        "api_gateway_http.overhead": Latency(
            6, 10, 25, estimate("AWS announced up to 60 % less overhead than REST APIs in 2019")
        ),
        "api_gateway_websocket.overhead": Latency(
            17, 35, 80, estimate("a client's message to a function's route takes 25 ms, less the invocation's 8 ms")
        ),
        "appsync.overhead": Latency(15, 30, 80, estimate(f"one GraphQL request without its resolvers; {_UNPUBLISHED}")),
        "api_gateway.authorizer": Latency(
            30, 60, 300, estimate("one further warm invocation; the authorizer's own cold start comes on top")
        ),
        "api_gateway.token_check": Latency(3, 6, 15, estimate("JWT and Cognito keys are cached, no call per request")),
        "lambda.invoke_overhead": Latency(
            8, 15, 40, estimate(f"warm synchronous invocation without the handler; {_UNPUBLISHED}")
        ),
        "lambda.async_queue": Latency(
            20, 60, 200, estimate("time in the internal queue, fits the 2022 SNS-to-Lambda measurements")
        ),
        "lambda.cold_start_placement": Latency(
            100, 200, 500, estimate("placement, download and micro-VM start; outside the reported Init Duration")
        ),
        "lambda.snap_start_restore": Latency(
            250, 450, 700, estimate("restore of a small snapshot; AWS promises less than a second")
        ),
        "sqs.api": Latency(8, 15, 40, estimate("bounded by the measured 16 ms from send to function")),
        "sqs.to_lambda": Latency(16.2, 33.8, 105, MESSAGING_COMPARED),
        "sqs.fifo_to_lambda": Latency(28.1, 61.2, 645, MESSAGING_COMPARED),
        "msk.produce": Latency(10, 20, 50, estimate(f"one acknowledged write, as PutRecord; {_UNPUBLISHED}")),
        "mq.send": Latency(10, 20, 50, estimate(f"one acknowledged message; {_UNPUBLISHED}")),
        "sns.publish": Latency(12, 25, 60, estimate(f"one Publish call; {_UNPUBLISHED}")),
        "sns.to_lambda": Latency(73, 125, 225, MESSAGING_COMPARED),
        "sns.to_sqs": Latency(25, 60, 150, estimate("AWS says typically under 30 ms")),
        "sns.fifo_to_sqs": Latency(
            12, 25, 60, estimate("measured FIFO topic over FIFO queue to function, less FIFO queue to function")
        ),
        "sns.to_client": Latency(
            500, 2000, 5000, estimate(f"e-mail, text message or push up to the carrier; {_UNPUBLISHED}")
        ),
        "kinesis.put": Latency(10, 20, 50, estimate(f"one PutRecord call; {_UNPUBLISHED}")),
        "kinesis.fan_out_to_lambda": Latency(49.4, 67.5, 109, MESSAGING_COMPARED),
        "kinesis.to_lambda": Latency(627, 965, 1_580, MESSAGING_COMPARED),
        "kinesis.poll": Latency(
            90, 370, 1_170, estimate("what is left of the measured 627 ms besides waiting for one poll a second")
        ),
        "kinesis.to_reader": Latency(
            50, 50, 50, estimate("about 50 ms besides waiting for one poll a second, as AWS describes it")
        ),
        "firehose.put": Latency(10, 20, 50, estimate(f"one PutRecord call; {_UNPUBLISHED}")),
        "firehose.delivery": Latency(
            3_000, 15_000, 60_000, estimate("writing after the buffer is full or its time is up: 1 to 60 s")
        ),
        "logs.subscription": Latency(
            1_000, 3_000, 10_000, estimate(f"from a log line to the subscriber, in near real time; {_UNPUBLISHED}")
        ),
        "s3.request": Latency(
            100,
            200,
            650,
            estimate("AWS says roughly 100 to 200 ms for small objects and first bytes; the 99th is extrapolated"),
        ),
        "s3.notification": Latency(
            500, 1500, 5000, estimate("AWS says typically seconds, sometimes a minute or longer")
        ),
        "dynamodb.read": Latency(3, 6, 15, estimate("1 KB GetItem; AWS says single-digit milliseconds on average")),
        "dynamodb.write": Latency(5, 9, 20, estimate("1 KB PutItem; AWS says single-digit milliseconds on average")),
        "dynamodb.query": Latency(8, 15, 35, estimate(f"a page of 100 items; {_UNPUBLISHED}")),
        "dynamodb.transaction": Latency(
            12, 25, 60, estimate(f"TransactWriteItems, about twice PutItem; {_UNPUBLISHED}")
        ),
        "dynamodb.update_table": Latency(
            60_000, 120_000, 180_000, estimate("AWS says that a change of the capacity takes minutes")
        ),
        "dynamodb.stream_to_lambda": Latency(213, 341, 552, MESSAGING_COMPARED),
        "dynamodb.poll": Latency(
            72, 188, 412, estimate("what is left of the measured 213 ms besides waiting for one of four polls a second")
        ),
        "eventbridge.put_events": Latency(
            12, 25, 60, estimate(f"one PutEvents call, taken as SNS Publish; {_UNPUBLISHED}")
        ),
        "eventbridge.to_target": Latency(148, 241, 387, MESSAGING_COMPARED_2023),
        "step_functions_standard.start_to_task": Latency(99.1, 133, 250, MESSAGING_COMPARED),
        "step_functions_express.start_to_task": Latency(77.3, 129, 241, MESSAGING_COMPARED),
        "step_functions_standard.transition": Latency(
            25, 50, 120, estimate("from the measured time between a start and its first task")
        ),
        "step_functions_express.transition": Latency(
            5, 10, 30, estimate("states are not written down one by one, as in Standard workflows")
        ),
        "step_functions.start_execution": Latency(
            20, 40, 100, estimate(f"one StartExecution call, answered when it is written down; {_UNPUBLISHED}")
        ),
        "step_functions.call_elsewhere": Latency(
            50, 100, 300, estimate("one call of an AWS API that the drawing does not show")
        ),
        "iot.publish": Latency(20, 40, 120, estimate(f"a message published over MQTT with QoS 1; {_UNPUBLISHED}")),
        "iot.to_action": Latency(
            20, 60, 200, estimate("the rules engine evaluates a statement and calls an action, taken as SNS delivery")
        ),
        "cognito.sign_in": Latency(
            300, 500, 900, estimate("password proven by SRP in two calls; hashing the password takes most of it")
        ),
        "cognito.token": Latency(80, 150, 350, estimate(f"a token is refreshed or issued; {_UNPUBLISHED}")),
        "cognito.sign_up": Latency(300, 500, 900, estimate("as signing in: the password is hashed and a code is sent")),
        "cognito.credentials": Latency(100, 180, 400, estimate(f"GetCredentialsForIdentity; {_UNPUBLISHED}")),
        "cloudfront.hit": Latency(
            15, 40, 120, estimate("answer from the cache to a caller on the same continent, mostly its own network")
        ),
        "kms.request": Latency(6, 12, 30, estimate(f"one Decrypt; {_UNPUBLISHED}")),
        "ssm_secrets.get": Latency(
            12, 25, 60, estimate("one read and the KMS request behind it; taken as twice KMS Decrypt")
        ),
    }
)
"""By ``service.what``. ``sqs.to_lambda``, ``sns.to_lambda``, ``dynamodb.stream_to_lambda`` and
``eventbridge.to_target`` are end to end from the producer's call to the start of a warm handler."""
