"""Where the catalog's facts come from, as a reader can follow them."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.spec import Source

_DOCS: Final = "https://docs.aws.amazon.com/"
_MODELS: Final = "https://github.com/boto/botocore/blob/develop/botocore/data/"
_MODEL_FOLDERS: Final = {
    "apigateway": "apigateway/2015-07-09",
    "apigatewayv2": "apigatewayv2/2018-11-29",
    "appsync": "appsync/2017-07-25",
    "autoscaling": "autoscaling/2011-01-01",
    "cloudfront": "cloudfront/2020-05-31",
    "cloudwatch": "cloudwatch/2010-08-01",
    "cognito-identity": "cognito-identity/2014-06-30",
    "cognito-idp": "cognito-idp/2016-04-18",
    "dynamodb": "dynamodb/2012-08-10",
    "ec2": "ec2/2016-11-15",
    "ecs": "ecs/2014-11-13",
    "elasticache": "elasticache/2015-02-02",
    "elbv2": "elbv2/2015-12-01",
    "events": "events/2015-10-07",
    "firehose": "firehose/2015-08-04",
    "iot": "iot/2015-05-28",
    "iot-data": "iot-data/2015-05-28",
    "kafka": "kafka/2018-11-14",
    "kinesis": "kinesis/2013-12-02",
    "kinesisanalytics": "kinesisanalytics/2015-08-14",
    "kinesisanalyticsv2": "kinesisanalyticsv2/2018-05-23",
    "kms": "kms/2014-11-01",
    "lambda": "lambda/2015-03-31",
    "logs": "logs/2014-03-28",
    "mq": "mq/2017-11-27",
    "opensearch": "opensearch/2021-01-01",
    "pipes": "pipes/2015-10-07",
    "rds": "rds/2014-10-31",
    "redshift": "redshift/2012-12-01",
    "redshift-serverless": "redshift-serverless/2021-04-21",
    "s3": "s3/2006-03-01",
    "scheduler": "scheduler/2021-06-30",
    "secretsmanager": "secretsmanager/2017-10-17",
    "sns": "sns/2010-03-31",
    "sqs": "sqs/2012-11-05",
    "ssm": "ssm/2014-11-06",
    "stepfunctions": "stepfunctions/2016-11-23",
    "wafv2": "wafv2/2019-07-29",
    "xray": "xray/2016-04-12",
}


def aws_docs(title: str, page: str, as_of: str = "2026") -> Source:
    """A page of the AWS documentation; ``page`` is its path on docs.aws.amazon.com."""
    return Source(title=f"AWS docs: {title}", url=_DOCS + page, as_of=as_of)


def aws_page(title: str, url: str, as_of: str) -> Source:
    """A page that AWS or an author published elsewhere than in the AWS documentation."""
    return Source(title=title, url=url, as_of=as_of)


def service_model(service: str, item: str) -> Source:
    """An item of AWS's own service model as botocore ships it, e.g. ``CreateQueue.Attributes``."""
    return Source(
        title=f"botocore service model: {service} {item}",
        url=f"{_MODELS}{_MODEL_FOLDERS[service]}/service-2.json",
        as_of="2026",
    )


def estimate(basis: str) -> Source:
    """A figure of ours, because AWS publishes none; ``basis`` says what it rests on."""
    return Source(title=f"Windtunnel estimate: {basis}", as_of="2026", estimate=True)


def workload(meaning: str) -> Source:
    """A figure about the person's own code, data or callers: only they know it."""
    return Source(title=f"Windtunnel starting value: {meaning}", estimate=True)


WINDTUNNEL: Final = Source(title="Windtunnel")
"""A statement about Windtunnel itself, not about AWS."""

LAMBDA_QUOTAS: Final = aws_docs("Lambda quotas", "lambda/latest/dg/gettingstarted-limits.html")
LAMBDA_SCALING_RATE: Final = aws_docs("Lambda scaling behavior", "lambda/latest/dg/scaling-behavior.html")
LAMBDA_RUNTIMES: Final = aws_docs("Lambda runtimes", "lambda/latest/dg/lambda-runtimes.html")
LAMBDA_ASYNC: Final = aws_docs(
    "How Lambda handles errors and retries with asynchronous invocation",
    "lambda/latest/dg/invocation-async-error-handling.html",
)
LAMBDA_DESTINATIONS: Final = aws_docs(
    "Capturing records of Lambda asynchronous invocations", "lambda/latest/dg/invocation-async-retain-records.html"
)
LAMBDA_SERVICES: Final = aws_docs(
    "Invoking Lambda with events from other AWS services", "lambda/latest/dg/lambda-services.html"
)
LAMBDA_PAYLOADS: Final = aws_page(
    "AWS Compute Blog: serverless services support payloads up to 1 MB",
    "https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb",
    "2026-01",
)
SERVERLESS_TOOLKIT: Final = "https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/core-skills/aws-serverless/"


def toolkit(title: str, page: str) -> Source:
    """A reference page of the AWS agent toolkit for serverless, e.g. ``concurrency.md``."""
    return Source(title=f"AWS agent toolkit: {title}", url=f"{SERVERLESS_TOOLKIT}references/{page}", as_of="2026-08")


API_LIMITS: Final = aws_docs("API Gateway quotas", "apigateway/latest/developerguide/limits.html")
REST_LIMITS: Final = aws_docs(
    "Quotas for REST APIs", "apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html"
)
HTTP_LIMITS: Final = aws_docs("Quotas for HTTP APIs", "apigateway/latest/developerguide/http-api-quotas.html")
REST_OR_HTTP: Final = aws_docs(
    "Choose between REST APIs and HTTP APIs", "apigateway/latest/developerguide/http-api-vs-rest.html"
)
SQS_QUOTAS: Final = aws_docs(
    "Amazon SQS message quotas", "AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html"
)
SNS_QUOTAS: Final = aws_docs("Amazon SNS endpoints and quotas", "general/latest/gr/sns.html")
SNS_LARGE: Final = aws_docs("Publishing large messages with SNS", "sns/latest/dg/large-message-payloads.html")
SNS_RETRIES: Final = aws_docs("SNS message delivery retries", "sns/latest/dg/sns-message-delivery-retries.html")
EVENTBRIDGE_QUOTAS: Final = aws_docs("EventBridge quotas", "eventbridge/latest/userguide/eb-quota.html")
S3_PERFORMANCE: Final = aws_docs(
    "Optimizing Amazon S3 performance", "AmazonS3/latest/userguide/optimizing-performance.html"
)
S3_NOTIFICATIONS: Final = aws_docs("Amazon S3 Event Notifications", "AmazonS3/latest/userguide/EventNotifications.html")
DYNAMODB_QUOTAS: Final = aws_docs(
    "Quotas in Amazon DynamoDB", "amazondynamodb/latest/developerguide/ServiceQuotas.html", as_of="2023"
)
DYNAMODB_STREAM_MAPPING: Final = aws_docs(
    "Lambda parameters for DynamoDB event source mappings", "lambda/latest/dg/services-ddb-params.html"
)
SQS_MAPPING: Final = aws_docs(
    "Creating and configuring an SQS event source mapping", "lambda/latest/dg/services-sqs-configure.html"
)
SQS_MAPPING_SCALING: Final = aws_docs(
    "Configuring scaling behavior for SQS event source mappings", "lambda/latest/dg/services-sqs-scaling.html"
)
COGNITO_QUOTAS: Final = aws_docs("Quotas in Amazon Cognito", "cognito/latest/developerguide/quotas.html")
COGNITO_TRIGGERS: Final = aws_docs(
    "Customizing user pool workflows with Lambda triggers",
    "cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html",
)
IDENTITY_POOLS: Final = aws_docs("Amazon Cognito identity pools", "cognito/latest/developerguide/cognito-identity.html")
CLOUDFRONT_QUOTAS: Final = aws_docs(
    "CloudFront quotas", "AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html"
)
WAF_RESOURCES: Final = aws_docs(
    "Resources that you can protect with AWS WAF", "waf/latest/developerguide/how-aws-waf-works-resources.html"
)
KINESIS_QUOTAS: Final = aws_docs("Quotas and limits", "streams/latest/dev/service-sizes-and-limits.html")
KINESIS_SIZING: Final = aws_docs(
    "Choose the right mode in Kinesis Data Streams", "streams/latest/dev/how-do-i-size-a-stream.html"
)
KINESIS_CONSUMERS: Final = aws_docs(
    "Develop enhanced fan-out consumers with dedicated throughput", "streams/latest/dev/enhanced-consumers.html"
)
FIREHOSE_QUOTAS: Final = aws_docs("Amazon Data Firehose quota", "firehose/latest/dev/limits.html")
FIREHOSE_TRANSFORM: Final = aws_docs(
    "Transform source data in Amazon Data Firehose", "firehose/latest/dev/data-transformation.html"
)
FLINK_SCALING: Final = aws_docs("Implement application scaling", "managed-flink/latest/java/how-scaling.html")
_FLINK_TOOLKIT: Final = (
    "https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/specialized-skills/analytics-skills/"
    "developing-applications-on-managed-service-for-apache-flink/references/"
)
FLINK_RESOURCES: Final = aws_page(
    "AWS agent toolkit: Flink resource optimization", _FLINK_TOOLKIT + "resource-optimization.md", "2026-08"
)
FLINK_PRICING: Final = aws_page(
    "AWS agent toolkit: Flink pricing calculator", _FLINK_TOOLKIT + "pricing-calculator.md", "2026-08"
)
SQL_DISCONTINUED: Final = aws_docs(
    "Kinesis Data Analytics for SQL Applications discontinuation", "kinesisanalytics/latest/dev/discontinuation.html"
)
LOGS_QUOTAS: Final = aws_docs("CloudWatch Logs quotas", "AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html")
