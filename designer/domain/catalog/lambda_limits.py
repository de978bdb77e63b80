"""The limits of Lambda that no setting of a function holds."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import (
    LAMBDA_ASYNC,
    LAMBDA_PAYLOADS,
    LAMBDA_QUOTAS,
    LAMBDA_SCALING_RATE,
    SQS_MAPPING_SCALING,
    aws_docs,
    aws_page,
    service_model,
    toolkit,
)
from designer.domain.catalog.spec import Limit

_REFERENCE = toolkit("Lambda", "lambda.md")
_CONCURRENCY = toolkit("Lambda concurrency", "concurrency.md")
_EVENT_SOURCES = toolkit("Lambda event sources", "event-sources.md")
_POLLERS = aws_page(
    "AWS News Blog: AWS Lambda enhances SQS processing with new provisioned mode",
    "https://aws.amazon.com/blogs/aws/aws-lambda-enhances-sqs-processing-with-new-provisioned-mode-3x-faster-scaling-16x-higher-capacity",
    "2025-11",
)
_THROTTLED = "Synchronous callers get 429, asynchronous events wait, pollers slow down."
_REJECTED = "The deployment is rejected."

FUNCTION_LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "account_concurrency",
        "Concurrent executions of the account",
        1_000,
        "executions",
        _THROTTLED + " New accounts may begin with 10.",
        LAMBDA_QUOTAS,
        adjustable=True,
    ),
    Limit(
        "unreserved_floor",
        "Concurrency that must stay unreserved",
        100,
        "executions",
        "Reserving more is refused.",
        _CONCURRENCY,
    ),
    Limit(
        "scaling_rate",
        "New environments of one function per 10 s",
        1_000,
        "environments",
        "Requests beyond are throttled until the next environments may start.",
        LAMBDA_SCALING_RATE,
    ),
    Limit(
        "request_scaling_rate",
        "Further requests per second of one function per 10 s",
        10_000,
        "/s",
        "Requests beyond are throttled; it matters for functions that take less than 100 ms.",
        LAMBDA_SCALING_RATE,
    ),
    Limit(
        "requests_per_concurrency",
        "Requests per second for each unit of concurrency",
        10,
        "/s",
        "Very short functions are throttled although concurrency is free.",
        _CONCURRENCY,
    ),
    Limit(
        "provisioned_allocation",
        "Provisioned environments started per minute",
        6_000,
        "environments",
        "They are ready later than asked for; until then requests meet cold starts.",
        aws_docs("Provisioned concurrency", "lambda/latest/dg/provisioned-concurrency.html"),
    ),
    Limit(
        "memory_per_vcpu",
        "Memory that buys one full vCPU",
        1_769,
        "MB",
        "Code that uses one thread gains nothing from more.",
        _REFERENCE,
    ),
    Limit("sync_payload", "Request and answer, synchronous", 6, "MB", "Refused with 413.", _REFERENCE),
    Limit("async_payload", "Event, asynchronous", 1, "MB", "Refused with 413.", LAMBDA_PAYLOADS),
    Limit("streamed_response", "Streamed response", 200, "MB", "The stream is cut.", _REFERENCE),
    Limit(
        "streamed_bandwidth",
        "Streaming after the first 6 MB",
        2,
        "MB/s",
        "The transfer takes longer, and the environment is busy and billed meanwhile.",
        _REFERENCE,
    ),
    Limit(
        "init",
        "Init phase",
        10,
        "s",
        "It is repeated within the first call, under the function's timeout.",
        _REFERENCE,
    ),
    Limit(
        "prepared_init",
        "Init phase with provisioned concurrency or SnapStart",
        900,
        "s",
        "The version does not become ready.",
        _REFERENCE,
    ),
    Limit("restore", "SnapStart restore", 10, "s", "The call fails with SnapStartTimeoutException.", _REFERENCE),
    Limit("environment_variables", "Environment variables", 4, "KB", _REJECTED, _REFERENCE),
    Limit("package_zipped", "Packed .zip package, uploaded directly", 50, "MB", _REJECTED, _REFERENCE),
    Limit("package_unzipped", "Unpacked .zip package with layers", 250, "MB", _REJECTED, _REFERENCE),
    Limit("image", "Container image", 10, "GB", _REJECTED, _REFERENCE),
    Limit("layers", "Layers", 5, "layers", _REJECTED, _REFERENCE),
    Limit("file_descriptors", "Open files and processes", 1_024, "files", "Opening fails in the code.", LAMBDA_QUOTAS),
    Limit(
        "async_first_retry",
        "Pause before the first asynchronous retry",
        60,
        "s",
        "The event waits in Lambda's queue.",
        LAMBDA_ASYNC,
    ),
    Limit(
        "async_second_retry",
        "Pause before the second asynchronous retry",
        120,
        "s",
        "The event waits in Lambda's queue.",
        LAMBDA_ASYNC,
    ),
    Limit(
        "async_longest_backoff",
        "Longest pause after throttling",
        300,
        "s",
        "Pauses grow from 1 s up to it; throttling uses up no retry.",
        LAMBDA_ASYNC,
    ),
    Limit(
        "recursion",
        "Hops of a loop over Lambda, SQS, SNS or S3",
        16,
        "hops",
        "Lambda stops the loop; the event goes to the dead-letter queue or destination.",
        aws_docs("Recursive loop detection", "lambda/latest/dg/invocation-recursion.html"),
    ),
)

MAPPING_LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "mapping_payload",
        "Batch of an event source mapping",
        6,
        "MB",
        "The batch is closed and the function called, however few records it has.",
        service_model("lambda", "CreateEventSourceMapping.MaximumBatchingWindowInSeconds"),
    ),
    Limit(
        "mapping_filters",
        "Filter patterns of an event source mapping",
        5,
        "patterns",
        "Further ones are rejected (10 on request).",
        _EVENT_SOURCES,
        adjustable=True,
    ),
    Limit(
        "sqs_initial_concurrency",
        "Batches of a queue worked on at once, at the start",
        5,
        "executions",
        "Messages wait until the pollers have scaled up.",
        SQS_MAPPING_SCALING,
    ),
    Limit(
        "sqs_scale_up",
        "Further batches of a queue at once, per minute",
        300,
        "executions",
        "The backlog waits.",
        SQS_MAPPING_SCALING,
    ),
    Limit(
        "sqs_maximum_concurrency",
        "Batches of one queue worked on at once",
        1_250,
        "executions",
        "The backlog grows.",
        SQS_MAPPING_SCALING,
    ),
    Limit(
        "sqs_poller_concurrency",
        "Batches that one provisioned poller works on at once",
        10,
        "executions",
        "The backlog waits for further pollers.",
        _POLLERS,
    ),
    Limit(
        "sqs_provisioned_scale_up",
        "Further batches at once per minute, with provisioned pollers",
        1_000,
        "executions",
        "The backlog waits.",
        _POLLERS,
    ),
    Limit(
        "stream_polls",
        "Reads of a DynamoDB stream shard per second",
        4,
        "/s",
        "A record waits up to 250 ms before it is read.",
        _EVENT_SOURCES,
    ),
)
