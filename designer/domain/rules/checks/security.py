"""Keys and addresses: what is encrypted with what, and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.meanings import QUEUES, TOPICS, names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_SERVICES_WITH_GRANTS: Final = ("s3", "sns_standard", "sns_fifo", "eventbridge_bus", "eventbridge_rule")
"""Services that write to a queue or topic in their own name, so that the key's policy has to let them in."""


@rule(
    "S003",
    Severity.ERROR,
    "Key that shuts the sender out",
    scope=Scope.NODE,
    only=(*QUEUES, *TOPICS),
    why="The policy of an AWS managed key cannot be edited to let S3, SNS or EventBridge in, so their messages are "
    "refused.",
    source=aws_docs(
        "Key management of Amazon SQS",
        "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html",
    ),
)
def managed_key_shuts_sender_out(design: Design, node: Node) -> Iterator[Problem]:
    """A service writes to a queue or topic that is encrypted with the AWS managed KMS key."""
    if node.value("encryption") != "kms_aws_managed":
        return
    senders = [design.nodes[edge.source] for edge in design.incoming(node.id)]
    senders = [sender for sender in senders if sender.service in _SERVICES_WITH_GRANTS]
    if senders:
        yield problem(
            node,
            f"{names(senders)} cannot write to {node.label}, which is encrypted with the AWS managed key.",
            set_node(node, "Use a customer managed key", encryption="kms_customer_managed"),
            parameter="encryption",
        )


@rule(
    "S004",
    Severity.ADVICE,
    "Messages stored without encryption",
    scope=Scope.NODE,
    only=(*QUEUES, *TOPICS),
    why="Whoever reaches the storage can read what the messages say.",
    source=aws_docs(
        "Encryption at rest in Amazon SQS",
        "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
    ),
)
def messages_without_encryption(design: Design, node: Node) -> Iterator[Problem]:
    """A queue or topic has encryption at rest switched off."""
    del design
    if node.value("encryption") != "none":
        return
    key = "sse_sqs" if node.service in QUEUES else "kms_customer_managed"
    label = "Use the SQS key" if node.service in QUEUES else "Use a customer managed key"
    yield problem(
        node,
        f"{node.label} does not encrypt its messages.",
        set_node(node, label, encryption=key),
        parameter="encryption",
    )


@rule(
    "S005",
    Severity.ADVICE,
    "Function on the open internet",
    scope=Scope.EDGE,
    only=("client.lambda.function_url",),
    why="A function URL has no throttle, no request validation and no firewall in front. Without IAM anybody can run "
    "the function at your cost.",
    source=aws_docs("Control access to Lambda function URLs", "lambda/latest/dg/urls-auth.html"),
)
def function_url(design: Design, edge: Edge) -> Iterator[Problem]:
    """A client calls a function by its own address."""
    function = design.nodes[edge.target]
    if function.value("reserved_concurrency") is None:
        yield problem(
            edge,
            f"{function.label} is called by its own address. Reserve concurrency for it, which also limits it, or put "
            "an API in front.",
            set_node(function, "Reserve 100, as a limit", reserved_concurrency=100),
        )
