"""AWS IoT rules: how many actions, and what happens to messages that fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import aws_docs, aws_page, service_model
from designer.domain.connections.spec import Bridge, Mode
from designer.domain.events.iot_statements import topic_filter
from designer.domain.events.located_json import TextError
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddNode, Operation, SetEdgeConnection
from designer.domain.rules.fixes import add_failure_queue, insert_bridge, new_node, place_beside, set_node
from designer.domain.rules.meanings import names
from designer.domain.rules.patterns import where
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_IOT: Final = ("iot_rule",)
_STATEMENT: Final = "SELECT * FROM 'devices/#'"
_DELIVERY: Final = Bridge("firehose", "Insert Data Firehose", "iot_rule.firehose.target", "firehose.s3.delivery")


@rule(
    "L106",
    Severity.ERROR,
    "More actions than an IoT rule can have",
    scope=Scope.NODE,
    only=_IOT,
    why="AWS rejects the eleventh action of a rule and does not raise this limit.",
    source=service_model("iot", "TopicRulePayload.actions"),
)
def too_many_actions(design: Design, iot_rule: Node) -> Iterator[Problem]:
    """The rule has more than ten actions."""
    most = int(services()["iot_rule"].limit("actions").value)
    actions = _actions(design, iot_rule)
    if len(actions) > most:
        yield problem(
            iot_rule,
            f"{iot_rule.label} has {len(actions)} actions; {most} are possible.",
            _split(design, iot_rule, actions[most:], most),
        )


@rule(
    "L107",
    Severity.ERROR,
    "Statement that AWS IoT refuses",
    scope=Scope.NODE,
    only=_IOT,
    why="AWS rejects the rule.",
    source=aws_docs("AWS IoT SQL reference", "iot/latest/developerguide/iot-sql-reference.html"),
)
def statement_refused(design: Design, iot_rule: Node) -> Iterator[Problem]:
    """The statement does not begin with SELECT, or its topic filter is none."""
    del design
    statement = iot_rule.value("sql")
    if not isinstance(statement, str) or not statement.strip() or "${" in statement:
        return
    try:
        topic_filter(statement)
    except TextError as error:
        yield problem(
            iot_rule,
            f"The statement of {iot_rule.label}: {where(error)}",
            set_node(iot_rule, f"Use {_STATEMENT}", sql=_STATEMENT),
            parameter="sql",
        )


@rule(
    "R115",
    Severity.WARNING,
    "IoT rule without a statement",
    scope=Scope.NODE,
    only=_IOT,
    why="AWS refuses a rule without a statement. A run lets its share of the messages pass.",
    source=service_model("iot", "TopicRulePayload.sql"),
)
def statement_missing(design: Design, iot_rule: Node) -> Iterator[Problem]:
    """Nothing says to which topics the rule listens."""
    del design
    if not iot_rule.value("sql"):
        yield problem(
            iot_rule,
            f"{iot_rule.label} does not say which messages it is for.",
            set_node(iot_rule, f"Use {_STATEMENT}", sql=_STATEMENT),
            parameter="sql",
        )


@rule(
    "R113",
    Severity.ADVICE,
    "IoT rule without an error action",
    scope=Scope.NODE,
    only=_IOT,
    why="When an action fails after AWS IoT's own retries, the message is gone.",
    source=aws_docs("Error handling (error action)", "iot/latest/developerguide/rule-error-handling.html"),
)
def no_error_action(design: Design, iot_rule: Node) -> Iterator[Problem]:
    """The rule has actions, and nothing for messages that they fail on."""
    actions = _actions(design, iot_rule)
    if actions and not any(edge.mode is Mode.FAILURE for edge in design.outgoing(iot_rule.id)):
        targets = names([design.nodes[edge.target] for edge in actions])
        yield problem(
            iot_rule,
            f"Messages that {iot_rule.label} cannot hand to {targets} are lost.",
            add_failure_queue(
                design, iot_rule, "iot_rule.sqs_standard.on_failure", "Add a queue for messages that failed"
            ),
        )


@rule(
    "M100",
    Severity.ADVICE,
    "One object for each message",
    scope=Scope.EDGE,
    only=("iot_rule.s3.target",),
    why="Each message costs a PUT request, and many small objects are slow and dear to read.",
    source=aws_page("Amazon S3 pricing", "https://aws.amazon.com/s3/pricing/", "2026"),
)
def object_for_each_message(design: Design, edge: Edge) -> Iterator[Problem]:
    """The rule writes each message into the bucket by itself."""
    iot_rule, bucket = design.nodes[edge.source], design.nodes[edge.target]
    yield problem(
        edge,
        f"{iot_rule.label} writes an object to {bucket.label} for each message.",
        insert_bridge(design, edge, _DELIVERY),
    )


def _actions(design: Design, iot_rule: Node) -> list[Edge]:
    return [edge for edge in design.outgoing(iot_rule.id) if edge.mode is Mode.RULE_TARGET]


def _split(design: Design, iot_rule: Node, surplus: list[Edge], most: int) -> Fix:
    """Further rules with the same statement that take over the surplus actions."""
    operations: list[Operation] = []
    grown = design
    for begin in range(0, len(surplus), most):
        twin = new_node(
            grown,
            f"{iot_rule.id}-more",
            iot_rule.service,
            iot_rule.label,
            place=place_beside(grown, iot_rule),
            parameters=dict(iot_rule.parameters),
        )
        grown = replace(grown, nodes={**grown.nodes, twin.id: twin})
        operations.append(AddNode(twin))
        operations += [SetEdgeConnection(replace(edge, source=twin.id)) for edge in surplus[begin : begin + most]]
    return Fix("Move the others to a second rule", tuple(operations))
