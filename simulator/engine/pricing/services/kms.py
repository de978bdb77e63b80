"""KMS key: the key itself, requests of code, and those that services make in its owner's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "kms"

_MESSAGING: Final = ("sqs_standard", "sqs_fifo", "sns_standard", "sns_fifo")
_DATA_KEY_REUSED_S: Final = 300.0
"""How long SQS uses a data key again by default, and SNS, for which it cannot be set, is taken to."""
_TABLE_KEY_KEPT_S: Final = 300.0
"""DynamoDB keeps the decrypted table key of a caller for five minutes (AWS docs: DynamoDB encryption at rest)."""


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """A customer managed key costs by the month."""
    if node.value("manager") == "customer":
        yield Metered(node.id, "kms.key", usage.hours / HOURS_PER_MONTH)
    requests = usage.own(node, "requests")
    for edge in usage.incoming(node):
        requests += _of_a_service(usage, usage.plan.design.nodes[edge.source])
    for edge in usage.plan.design.outgoing(node.id):
        target = usage.plan.design.nodes[edge.target]
        requests += usage.cold_starts(target)
    symmetric = node.value("key_spec") == "SYMMETRIC_DEFAULT"
    yield Metered(node.id, "kms.requests" if symmetric else "kms.requests_asymmetric", requests)


def _of_a_service(usage: Usage, user: Node) -> float:
    """Requests that a service makes to encrypt and decrypt what it stores."""
    match user.service:
        case service if service in _MESSAGING:
            return messaging_requests(usage, user)
        case "s3":
            return usage.meter(user, st.METER_READS) + usage.meter(user, st.METER_WRITES)
        case "dynamodb":
            return usage.seconds / _TABLE_KEY_KEPT_S * max(len(list(usage.incoming(user))), 1)
    return 0.0


def messaging_requests(usage: Usage, user: Node) -> float:
    """AWS docs, "Estimate costs for AWS KMS usage": (time / reuse of the data key) x (2 x producers + consumers)."""
    reuse_s = user.number("kms_data_key_reuse_s", _DATA_KEY_REUSED_S)
    design = usage.plan.design
    producers = len({edge.source for edge in design.incoming(user.id)})
    consumers = len({edge.target for edge in design.outgoing(user.id) if edge.flow is Flow.POLL})
    return usage.seconds / reuse_s * (2 * producers + consumers)
