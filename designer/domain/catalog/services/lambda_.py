"""AWS Lambda function."""

from designer.domain.catalog.lambda_care_parameters import CODE_PARAMETERS, LOG_RETENTION
from designer.domain.catalog.lambda_limits import FUNCTION_LIMITS, MAPPING_LIMITS
from designer.domain.catalog.lambda_parameters import SETTINGS, WORKLOAD
from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Modelled, PriceRef, Service

SERVICE = Service(
    id="lambda",
    name="Lambda function",
    label="function",
    category=Category.COMPUTE,
    summary="Runs your code per event. One environment works on one event at a time; more are started as needed.",
    icon="architecture-service/AWSLambda",
    source=aws_docs("What is AWS Lambda", "lambda/latest/dg/welcome.html"),
    parameters=(*SETTINGS, LOG_RETENTION, *WORKLOAD, *CODE_PARAMETERS),
    limits=(*FUNCTION_LIMITS, *MAPPING_LIMITS),
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
        PriceRef("cloudwatch_logs.storage", "Log lines kept"),
        PriceRef("lambda.sqs_pollers", "Provisioned pollers of queues"),
        PriceRef("lambda.snap_start_cache", "SnapStart cache, Python and .NET"),
        PriceRef("lambda.snap_start_restore", "SnapStart restores, Python and .NET"),
        PriceRef("lambda.response_streaming", "Streamed answers"),
    ),
    model=Modelled(
        modelled=(
            "Environments that start cold, serve one event at a time and expire when idle.",
            "Reserved and provisioned concurrency, the account's concurrency and the scaling rate.",
            "CPU share by memory, the timeout, errors, and the end of code that needs more memory than there is.",
            "An init phase of more than 10 s, which is repeated within the call.",
            "The asynchronous queue with its retries, event age, dead-letter queue and destinations.",
            "Polled batches from queues and streams with their error handling.",
            "Billed duration rounded up to 1 ms, cold start's init phase included.",
            TOO_LARGE,
        ),
        estimated=(
            "Overhead of an invocation.",
            "Time to place a new environment.",
            "Init phase of runtimes that nobody has measured.",
        ),
        not_modelled=(
            "The rate at which one function's requests may grow, 10,000/s every 10 s.",
            "The time until provisioned concurrency is there, and its scaling.",
            "A full /tmp, and answers that are too large or streamed.",
            "Lambda Managed Instances and durable functions.",
            "Extensions.",
            "X-Ray and VPC costs.",
        ),
    ),
    cfn_types=("AWS::Lambda::Function", "AWS::Serverless::Function"),
    keywords=("lambda", "function", "serverless", "code", "faas", "compute"),
    entry_point=True,
)
