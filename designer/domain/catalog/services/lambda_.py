"""AWS Lambda function."""

from designer.domain.catalog.lambda_parameters import SETTINGS, WORKLOAD
from designer.domain.catalog.sources import (
    LAMBDA_ASYNC,
    LAMBDA_PAYLOADS,
    LAMBDA_QUOTAS,
    LAMBDA_SCALING_RATE,
    aws_docs,
    toolkit,
)
from designer.domain.catalog.spec import Category, Limit, Modelled, PriceRef, Service

_REFERENCE = toolkit("Lambda", "lambda.md")
_CONCURRENCY = toolkit("Lambda concurrency", "concurrency.md")
_THROTTLED = "Synchronous callers get 429, asynchronous events wait, pollers slow down."

SERVICE = Service(
    id="lambda",
    name="Lambda function",
    label="function",
    category=Category.COMPUTE,
    summary="Runs your code per event. One environment works on one event at a time; more are started as needed.",
    icon="architecture-service/AWSLambda",
    source=aws_docs("What is AWS Lambda", "lambda/latest/dg/welcome.html"),
    parameters=(*SETTINGS, *WORKLOAD),
    limits=(
        Limit(
            "account_concurrency",
            "Concurrent executions of the account",
            1_000,
            "executions",
            _THROTTLED,
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
        Limit("memory_per_vcpu", "Memory that buys one full vCPU", 1_769, "MB", "", _REFERENCE),
        Limit("sync_payload", "Request and answer, synchronous", 6, "MB", "Refused with 413.", _REFERENCE),
        Limit("async_payload", "Event, asynchronous", 1, "MB", "Refused with 413.", LAMBDA_PAYLOADS),
        Limit("streamed_response", "Streamed response", 200, "MB", "The stream is cut.", _REFERENCE),
        Limit("streamed_bandwidth", "Streaming after the first 6 MB", 2, "MB/s", "It takes longer.", _REFERENCE),
        Limit(
            "init",
            "Init phase",
            10,
            "s",
            "It is repeated within the first call, under the function's timeout.",
            _REFERENCE,
        ),
        Limit("environment_variables", "Environment variables", 4, "KB", "The deployment is rejected.", _REFERENCE),
        Limit("package_unzipped", "Unpacked .zip package", 250, "MB", "The deployment is rejected.", _REFERENCE),
        Limit("layers", "Layers", 5, "layers", "The deployment is rejected.", _REFERENCE),
        Limit("async_first_retry", "Pause before the first retry", 60, "s", "", LAMBDA_ASYNC),
        Limit("async_second_retry", "Pause before the second retry", 120, "s", "", LAMBDA_ASYNC),
        Limit("async_longest_backoff", "Longest pause after throttling", 300, "s", "", LAMBDA_ASYNC),
        Limit(
            "recursion",
            "Hops of a loop over Lambda, SQS, SNS or S3",
            16,
            "hops",
            "Lambda stops the loop; the event goes to the dead-letter queue or destination.",
            aws_docs("Recursive loop detection", "lambda/latest/dg/invocation-recursion.html"),
        ),
    ),
    prices=(
        PriceRef("lambda.requests", "Requests"),
        PriceRef("lambda.duration_x86", "Duration, x86"),
        PriceRef("lambda.duration_arm64", "Duration, arm64"),
        PriceRef("lambda.provisioned_concurrency_x86", "Provisioned concurrency, x86"),
        PriceRef("lambda.provisioned_concurrency_arm64", "Provisioned concurrency, arm64"),
        PriceRef("lambda.provisioned_duration_x86", "Duration on provisioned concurrency, x86"),
        PriceRef("lambda.provisioned_duration_arm64", "Duration on provisioned concurrency, arm64"),
        PriceRef("lambda.ephemeral_storage", "Ephemeral storage above 512 MB"),
        PriceRef("lambda.logs", "Log ingestion"),
    ),
    model=Modelled(
        modelled=(
            "Environments that start cold, serve one event at a time and expire when idle.",
            "Reserved and provisioned concurrency, the account's concurrency and the scaling rate.",
            "CPU share by memory, the timeout, and errors.",
            "The asynchronous queue with its retries, event age, dead-letter queue and destinations.",
            "Polled batches from queues and streams with their error handling.",
            "Billed duration rounded up to 1 ms, cold start's init phase included.",
        ),
        estimated=(
            "Overhead of an invocation.",
            "Time to place a new environment.",
            "Init phase of runtimes that nobody has measured.",
        ),
        not_modelled=("Lambda Managed Instances and durable functions.", "Extensions.", "X-Ray and VPC costs."),
    ),
    cfn_types=("AWS::Lambda::Function", "AWS::Serverless::Function"),
    keywords=("lambda", "function", "serverless", "code", "faas", "compute"),
    entry_point=True,
)
