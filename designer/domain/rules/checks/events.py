"""Topics, event rules and their targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from designer.domain.catalog.sources import EVENTBRIDGE_QUOTAS, SNS_RETRIES, aws_docs, service_model
from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, AddNode, Operation, SetEdgeConnection
from designer.domain.rules.fixes import add_failure_queue, new_edge, new_node, place_beside, set_node
from designer.domain.rules.meanings import TOPICS, names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_RULE: Final = ("eventbridge_rule",)
_SUBSCRIPTION_DLQ: Final = {
    "sns_standard": "sns_standard.sqs_standard.subscription_dlq",
    "sns_fifo": "sns_fifo.sqs_fifo.subscription_dlq",
}
_TARGETS_PER_RULE: Final = 5
"""EventBridge's quota on targets per rule, which AWS does not raise."""
_TARGET_FAILURES: Final = aws_docs(
    "Retry policy and dead-letter queues of EventBridge targets", "eventbridge/latest/userguide/eb-rule-dlq.html"
)


@rule(
    "R019",
    Severity.ADVICE,
    "Subscriptions without a dead-letter queue",
    scope=Scope.NODE,
    only=TOPICS,
    why="SNS tries to reach a function or a queue for 23 days. When access is denied or the subscriber is gone it does "
    "not even try again; the message is lost.",
    source=SNS_RETRIES,
)
def subscription_without_dead_letter_queue(design: Design, topic: Node) -> Iterator[Problem]:
    """The topic has subscribers, and no queue for what cannot be delivered."""
    outgoing = design.outgoing(topic.id)
    subscribers = [design.nodes[edge.target] for edge in outgoing if edge.mode is Mode.SUBSCRIPTION]
    if subscribers and not any(edge.mode is Mode.FAILURE for edge in outgoing):
        yield problem(
            topic,
            f"What {topic.label} cannot deliver to {names(subscribers)} is lost.",
            add_failure_queue(design, topic, _SUBSCRIPTION_DLQ[topic.service], "Add a queue for undelivered messages"),
        )


@rule(
    "R020",
    Severity.WARNING,
    "Targets without a dead-letter queue",
    scope=Scope.NODE,
    only=_RULE,
    why="EventBridge retries for 24 hours and drops the event then; without permission it drops it at once.",
    source=_TARGET_FAILURES,
)
def target_without_dead_letter_queue(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The rule has targets, and no queue for events that cannot be delivered."""
    targets = [design.nodes[edge.target] for edge in _targets(design, event_rule)]
    if targets and not any(edge.mode is Mode.FAILURE for edge in design.outgoing(event_rule.id)):
        yield problem(
            event_rule,
            f"Events that {event_rule.label} cannot deliver to {names(targets)} are lost.",
            add_failure_queue(
                design, event_rule, "eventbridge_rule.sqs_standard.target_dlq", "Add a queue for undelivered events"
            ),
        )


@rule(
    "R021",
    Severity.WARNING,
    "Rule without targets",
    scope=Scope.NODE,
    only=_RULE,
    why="Events match, and nothing happens.",
    source=aws_docs("EventBridge rule targets", "eventbridge/latest/userguide/eb-targets.html"),
)
def rule_without_targets(design: Design, event_rule: Node) -> Iterator[Problem]:
    """Nothing is behind the rule."""
    if not any(edge.mode is not Mode.FAILURE for edge in design.outgoing(event_rule.id)):
        yield problem(event_rule, f"{event_rule.label} has no target.")


@rule(
    "R022",
    Severity.ERROR,
    "Schedule rule without a schedule",
    scope=Scope.NODE,
    only=_RULE,
    why="AWS refuses a rule that has neither a pattern nor a schedule.",
    source=service_model("events", "PutRule.ScheduleExpression"),
)
def schedule_missing(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The rule fires by the clock, and no time is given."""
    del design
    if event_rule.value("kind") == "schedule" and not event_rule.value("schedule_expression"):
        yield problem(
            event_rule,
            f"{event_rule.label} should fire by the clock, but has no schedule.",
            set_node(event_rule, "Fire every 5 minutes", schedule_expression="rate(5 minutes)"),
            parameter="schedule_expression",
        )


@rule(
    "R023",
    Severity.WARNING,
    "Rule without an event pattern",
    scope=Scope.NODE,
    only=_RULE,
    why="AWS refuses a rule that has neither a pattern nor a schedule. A run lets every event of the bus pass.",
    source=service_model("events", "PutRule.EventPattern"),
)
def pattern_missing(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The rule reacts to events, and no pattern says to which."""
    if event_rule.value("kind") != "pattern" or event_rule.value("event_pattern"):
        return
    from_bucket = any(edge.connection == "s3.eventbridge_rule.events" for edge in design.incoming(event_rule.id))
    pattern = '{"source": ["aws.s3"]}' if from_bucket else '{"source": [{"prefix": ""}]}'
    yield problem(
        event_rule,
        f"{event_rule.label} does not say which events it is for.",
        set_node(event_rule, "Match bucket events" if from_bucket else "Match every event", event_pattern=pattern),
        parameter="event_pattern",
    )


@rule(
    "R024",
    Severity.ERROR,
    "More than five targets",
    scope=Scope.NODE,
    only=_RULE,
    why="AWS rejects the sixth target of a rule and does not raise this limit.",
    source=EVENTBRIDGE_QUOTAS,
)
def too_many_targets(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The rule has more than five targets."""
    targets = _targets(design, event_rule)
    if len(targets) > _TARGETS_PER_RULE:
        yield problem(
            event_rule,
            f"{event_rule.label} has {len(targets)} targets; 5 are possible.",
            _split(design, event_rule, targets[_TARGETS_PER_RULE:]),
        )


@rule(
    "R049",
    Severity.ADVICE,
    "Rule switched off",
    scope=Scope.NODE,
    only=_RULE,
    why="A disabled rule matches nothing and fires at no time.",
    source=service_model("events", "PutRule.State"),
)
def rule_disabled(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The rule is disabled."""
    del design
    if event_rule.value("enabled") is False:
        yield problem(
            event_rule,
            f"{event_rule.label} is off.",
            set_node(event_rule, "Switch it on", enabled=None),
            parameter="enabled",
        )


def _targets(design: Design, event_rule: Node) -> list[Edge]:
    return [edge for edge in design.outgoing(event_rule.id) if edge.mode is Mode.RULE_TARGET]


def _split(design: Design, event_rule: Node, surplus: list[Edge]) -> Fix:
    """A second rule of the same kind, on the same buses, that takes over the surplus targets five by five."""
    operations: list[Operation] = []
    grown = design
    for begin in range(0, len(surplus), _TARGETS_PER_RULE):
        twin = new_node(
            grown,
            f"{event_rule.id}-more",
            event_rule.service,
            event_rule.label,
            place=place_beside(grown, event_rule),
            parameters=dict(event_rule.parameters),
        )
        grown = replace(grown, nodes={**grown.nodes, twin.id: twin})
        operations.append(AddNode(twin))
        for fed_by in (edge for edge in design.incoming(event_rule.id) if edge.row is not None):
            feed = new_edge(grown, fed_by.source, twin.id, fed_by.connection)
            grown = replace(grown, edges={**grown.edges, feed.id: feed})
            operations.append(AddEdge(replace(feed, parameters=fed_by.parameters)))
        moved = surplus[begin : begin + _TARGETS_PER_RULE]
        operations += [SetEdgeConnection(replace(edge, source=twin.id)) for edge in moved]
    return Fix("Move the others to a second rule", tuple(operations))
