"""Statements that many rows of the connection table share."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model

ONCE: Final = "At most once per request"
AT_LEAST_ONCE: Final = "At least once"
UNORDERED: Final = "Not kept"
BEST_EFFORT: Final = "Best effort"

CALLER_RETRIES: Final = "The caller decides whether to try again; nothing is queued."
SDK_RETRIES: Final = (
    "The AWS SDK tries again with growing pauses, three attempts in all by default; then the code gets the error."
)
LAMBDA_ASYNC_RETRIES: Final = (
    "Lambda queues the event. After an error it tries again after 1 minute and after 2 more, three attempts in all; "
    "when throttled it keeps trying for up to 6 hours. Then the event goes to the dead-letter queue or the on-failure "
    "destination, or is dropped."
)
RULE_RETRIES: Final = (
    "EventBridge tries for up to 24 hours and 185 times with growing pauses; then the event goes to the target's "
    "dead-letter queue, a standard queue in the same Region, or is lost. Missing permission goes there at once."
)
SNS_AWS_RETRIES: Final = (
    "SNS tries 100,015 times over 23 days when the endpoint fails; errors of the caller's making are not repeated. "
    "Then the message goes to the subscription's dead-letter queue, or is lost."
)
NO_API_RETRY: Final = "API Gateway does not try again: the caller gets the error."
TERMINAL: Final = "This is the end of the line: nothing comes after it but alarms and a redrive by hand."
DESTINATION_RETRIES: Final = "What cannot be delivered is counted in the metric DestinationDeliveryFailures and lost."

EVENTBRIDGE_TARGETS: Final = aws_docs(
    "Event bus targets in EventBridge", "eventbridge/latest/userguide/eb-targets.html"
)
EVENTBRIDGE_POLICIES: Final = aws_docs(
    "Using resource-based policies for EventBridge", "eventbridge/latest/userguide/eb-use-resource-based.html"
)
EVENTBRIDGE_DLQ: Final = aws_docs(
    "Using dead-letter queues to process undelivered events", "eventbridge/latest/userguide/eb-rule-dlq.html"
)
PIPE_SOURCES: Final = aws_docs("EventBridge Pipes sources", "eventbridge/latest/userguide/eb-pipes-event-source.html")
S3_DESTINATIONS: Final = aws_docs(
    "S3 event notification types and destinations",
    "AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html",
)
HTTP_INTEGRATIONS: Final = aws_docs(
    "HTTP API integration subtype reference",
    "apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html",
)
REST_INTEGRATION: Final = service_model("apigateway", "PutIntegration")
SNS_PROTOCOLS: Final = service_model("sns", "Subscribe.Protocol")
STREAM_ON_FAILURE: Final = aws_docs(
    "Retain discarded batch records for an event source", "lambda/latest/dg/kinesis-on-failure-destination.html"
)
EXECUTION_ROLE_DOCS: Final = aws_docs("Lambda execution role", "lambda/latest/dg/lambda-intro-execution-role.html")
