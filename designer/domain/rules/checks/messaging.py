"""Pollers, keys, large messages and brokers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.queue_parameters import EXTENDED_CLIENT
from designer.domain.catalog.sources import SNS_LARGE, SQS_MAPPING_SCALING, SQS_QUOTAS, aws_docs, service_model
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddNode, SetNodeParameter
from designer.domain.rules.fixes import new_node, place_beside, set_edge, set_node
from designer.domain.rules.meanings import ALIAS_MAPPING, QUEUES, SQS_MAPPING, TOPICS, names
from designer.domain.rules.payloads import larger_messages, room_on
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_SQS_GUIDE: Final = "AWSSimpleQueueService/latest/SQSDeveloperGuide/"
_ENCRYPTION: Final = "sqs_standard.kms.encryption"
_BROKER: Final = ("mq",)
_SURVIVING: Final = {"ACTIVEMQ": "ACTIVE_STANDBY_MULTI_AZ", "RABBITMQ": "CLUSTER_MULTI_AZ"}
_SMALL_MESSAGE_BYTES: Final = 262_144
_LARGE_TAKERS: Final = ("sqs_standard", "lambda", "firehose")
_OWN_NAME: Final = ("s3", "sns_standard", "sns_fifo", "eventbridge_bus", "eventbridge_rule")
"""Services that write to a queue in their own name, so that the key's policy has to let them in."""


@rule(
    "C142",
    Severity.ERROR,
    "Provisioned pollers and a maximum concurrency",
    scope=Scope.EDGE,
    only=(SQS_MAPPING, ALIAS_MAPPING),
    why="AWS refuses a mapping that has both: provisioned pollers limit the concurrency themselves.",
    source=SQS_MAPPING_SCALING,
)
def pollers_and_concurrency(design: Design, edge: Edge) -> Iterator[Problem]:
    """The mapping of a queue has provisioned pollers and a maximum concurrency."""
    pollers = [key for key in ("minimum_pollers", "maximum_pollers") if edge.value(key) is not None]
    if pollers and edge.value("maximum_concurrency") is not None:
        yield problem(
            edge,
            f"{design.nodes[edge.source].label} is read by provisioned pollers with a maximum concurrency.",
            set_edge(edge, "Drop the maximum concurrency", maximum_concurrency=None),
            set_edge(edge, "Drop the provisioned pollers", minimum_pollers=None, maximum_pollers=None),
            parameter="maximum_concurrency",
        )


@rule(
    "S140",
    Severity.ERROR,
    "Key policy shuts the sender out",
    scope=Scope.NODE,
    only=("sqs_standard",),
    why="Services that write to an encrypted queue need the key themselves. Unless its policy lets them use it, their "
    "messages are refused.",
    source=aws_docs("Key management of Amazon SQS", _SQS_GUIDE + "sqs-key-management.html"),
)
def key_policy_shuts_sender_out(design: Design, queue: Node) -> Iterator[Problem]:
    """A service writes to the queue, and the drawn key does not let AWS services in."""
    keys = [design.nodes[edge.target] for edge in design.outgoing(queue.id) if edge.connection == _ENCRYPTION]
    senders = [design.nodes[edge.source] for edge in design.incoming(queue.id)]
    senders = [sender for sender in senders if sender.service in _OWN_NAME]
    closed = [key for key in keys if key.value("services_allowed") is not True or key.value("manager") == "aws"]
    if senders and closed and queue.value("encryption") in ("kms_customer_managed", "kms_aws_managed"):
        key = closed[0]
        yield problem(
            queue,
            f"{names(senders)} cannot write to {queue.label}: {key.label} does not let AWS services in.",
            set_node(key, f"Let services use {key.label}", manager="customer", services_allowed=True),
        )


@rule(
    "L140",
    Severity.ERROR,
    "Large messages for a subscriber that takes none",
    scope=Scope.NODE,
    only=("sns_standard",),
    why="A topic with messages above 256 KiB may only have queues, functions and delivery streams as subscribers.",
    source=SNS_LARGE,
)
def large_topic(design: Design, topic: Node) -> Iterator[Problem]:
    """The topic takes messages above 256 KiB, and people or HTTP endpoints subscribe to it."""
    if topic.number("maximum_message_bytes") <= _SMALL_MESSAGE_BYTES:
        return
    others = [
        design.nodes[edge.target]
        for edge in design.outgoing(topic.id)
        if edge.connection.endswith((".subscription", ".notification"))
    ]
    others = [node for node in others if node.service not in _LARGE_TAKERS]
    if others:
        yield problem(
            topic,
            f"{topic.label} takes messages of more than 256 KiB, which {names(others)} cannot get.",
            set_node(topic, "Take messages up to 256 KiB", maximum_message_bytes=_SMALL_MESSAGE_BYTES),
            parameter="maximum_message_bytes",
        )


@rule(
    "R148",
    Severity.WARNING,
    "Large messages have no bucket",
    scope=Scope.DESIGN,
    why="The Extended Client Library keeps large messages in a bucket that its senders and readers share. Without one "
    "it cannot send them.",
    source=EXTENDED_CLIENT,
)
def extended_client_without_bucket(design: Design) -> Iterator[Problem]:
    """A queue is used with the Extended Client Library, and the bucket it names is not in the design."""
    buckets = design.nodes_of("s3")
    labels = {bucket.label for bucket in buckets}
    for service in QUEUES:
        for queue in design.nodes_of(service):
            if queue.value("extended_client") is not True or queue.value("extended_client_bucket") in labels:
                continue
            fixes = [
                set_node(queue, f"Keep them in {bucket.label}", extended_client_bucket=bucket.label)
                for bucket in buckets[:3]
            ] or [_add_bucket(design, queue)]
            yield problem(
                queue,
                f"{queue.label} should keep large messages in S3, but its bucket is not in the design.",
                *fixes,
                parameter="extended_client_bucket",
            )


@rule(
    "R151",
    Severity.ERROR,
    "Message larger than the queue or topic takes",
    scope=Scope.EDGE,
    only=tuple(f"lambda.{queue}.send_message" for queue in QUEUES)
    + tuple(f"lambda.{topic}.publish" for topic in TOPICS),
    why="The call is refused. Data that is too large for a message belongs into S3, with its address in the message.",
    source=SQS_QUOTAS,
)
def large_message(design: Design, edge: Edge) -> Iterator[Problem]:
    """The code sends messages that are larger than the target's maximum."""
    size_kb, room = edge.number("message_kb"), room_on(design, edge)
    if room is not None and size_kb > room.kilobytes:
        target = design.nodes[edge.target]
        yield problem(
            edge,
            f"Messages of {size_kb:,g} KB are sent to {target.label}, which takes {room.kilobytes:,g} KB.",
            *larger_messages(target, edge, size_kb),
            parameter="message_kb",
            why=room.beyond,
            source=room.source,
        )


@rule(
    "P141",
    Severity.ADVICE,
    "Short polling",
    scope=Scope.EDGE,
    only=("sqs_standard.ecs_fargate.poll", "sqs_standard.ec2_autoscaling_group.poll"),
    why="A fetch that does not wait mostly comes back empty, and each is billed. With a wait of 20 s there are few of "
    "them, and messages arrive sooner.",
    source=aws_docs("Amazon SQS short and long polling", _SQS_GUIDE + "sqs-short-and-long-polling.html"),
)
def short_polling(design: Design, edge: Edge) -> Iterator[Problem]:
    """Neither the program's fetches nor the queue's setting wait for a message."""
    queue = design.nodes[edge.source]
    own = edge.value("poll_wait_s")
    if own == 0 or (own is None and queue.number("receive_wait_s") == 0):
        yield problem(
            edge,
            f"{design.nodes[edge.target].label} asks {queue.label} again and again, whether there are messages or not.",
            set_edge(edge, "Wait up to 20 s", poll_wait_s=20),
            parameter="poll_wait_s",
        )


@rule(
    "C143",
    Severity.ERROR,
    "Deployment that the broker's engine does not have",
    scope=Scope.NODE,
    only=_BROKER,
    why="Active and standby exist for ActiveMQ only, the cluster for RabbitMQ only.",
    source=service_model("mq", "CreateBroker.DeploymentMode"),
)
def deployment_of_other_engine(design: Design, broker: Node) -> Iterator[Problem]:
    """The deployment mode belongs to the other engine."""
    del design
    wanted = _SURVIVING.get(str(broker.value("engine")))
    if wanted is not None and broker.value("deployment_mode") not in ("SINGLE_INSTANCE", wanted):
        yield problem(
            broker,
            f"{broker.label} cannot be deployed this way with its engine.",
            set_node(broker, "Use the engine's own way over several zones", deployment_mode=wanted),
            parameter="deployment_mode",
        )


@rule(
    "R152",
    Severity.ADVICE,
    "Broker in one Availability Zone",
    scope=Scope.NODE,
    only=_BROKER,
    why="When the zone or the instance fails, nothing is sent or received until it is back.",
    source=service_model("mq", "CreateBroker.DeploymentMode"),
)
def single_broker(design: Design, broker: Node) -> Iterator[Problem]:
    """The broker is a single instance."""
    del design
    wanted = _SURVIVING.get(str(broker.value("engine")))
    if wanted is not None and broker.value("deployment_mode") == "SINGLE_INSTANCE":
        yield problem(
            broker,
            f"{broker.label} is a single instance.",
            set_node(broker, "Spread it over several zones", deployment_mode=wanted),
            parameter="deployment_mode",
        )


def _add_bucket(design: Design, queue: Node) -> Fix:
    bucket = new_node(
        design,
        f"{queue.id}-large-messages",
        "s3",
        f"{queue.label[:180]} large messages",
        place=place_beside(design, queue),
    )
    return Fix(
        "Add a bucket for them", (AddNode(bucket), SetNodeParameter(queue.id, "extended_client_bucket", bucket.label))
    )
