"""What happens when an edge's work fails for good, in words made from the settings as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.derived.words import duration, listed, times
from designer.domain.graph.model import Design, Edge, Node

_QUEUES: Final = ("sqs_standard", "sqs_fifo")
_TOPICS: Final = ("sns_standard", "sns_fifo")
_FUNCTIONS: Final = ("lambda", "lambda_alias_version")
_SENDERS: Final = {"eventbridge_rule": "EventBridge", "eventbridge_scheduler": "EventBridge Scheduler"}
_STREAM_RETENTION_S: Final = {"dynamodb": 86_400}
"""How long a record stays in a stream of which no setting says it."""
_KEEPS: Final = {
    "dead_letter": "the event alone",
    "on_failure": "the event, the error and its stack",
    "stream_on_failure": "where in the stream the records were, not the records themselves",
}
_FIRST_PAUSE_S: Final = 60
_SECOND_PAUSE_S: Final = 120
"""Lambda's pauses before the two retries of an asynchronous event."""


def failure_story(design: Design, edge: Edge) -> tuple[str, ...]:
    """The worst case of the edge, sentence by sentence: who tries how often and how long, what it blocks, what is kept.

    Empty for an edge whose meaning is not known.
    """
    row = edge.row
    if row is None or not row.usable:
        return ()
    source, target = design.nodes.get(edge.source), design.nodes.get(edge.target)
    if source is None or target is None or (source.service, target.service) != (row.source, row.target):
        return ()
    if edge.mode is Mode.FAILURE:
        return (row.retries,)
    return tuple(_sentences(design, edge, source, target)) or (row.retries,)


def _sentences(design: Design, edge: Edge, source: Node, target: Node) -> Iterator[str]:
    if edge.mode in (Mode.EVENT_SOURCE_MAPPING, Mode.PIPE) and source.service in _QUEUES:
        yield from _from_queue(design, edge, source)
    elif edge.mode is Mode.EVENT_SOURCE_MAPPING and _is_record_mapping(edge):
        yield from _from_stream(design, edge, source, target)
    elif edge.flow is Flow.ASYNC:
        yield from _handing_over(design, edge, source)
        if target.service in _FUNCTIONS:
            yield from _asynchronous(design, target)


def _handing_over(design: Design, edge: Edge, source: Node) -> Iterator[str]:
    if edge.mode is Mode.SUBSCRIPTION and source.service in _TOPICS and edge.target in design.nodes:
        if design.nodes[edge.target].service in ("client", "http_endpoint"):
            return
        kept = _kept_by(design, source, "subscription_dlq")
        yield f"SNS tries to deliver 100,015 times over 23 days, then {_end(kept, 'the message is lost')}."
    elif edge.mode is Mode.RULE_TARGET and source.service in _SENDERS:
        sender = _SENDERS[source.service]
        retries, age = edge.number("retry_attempts", 185), edge.number("maximum_event_age_s", 86_400)
        kept = _kept_by(design, source, "target_dlq", "dlq")
        if retries == 0:
            yield f"{sender} delivers once, then {_end(kept, 'the event is lost')}."
            return
        yield (
            f"{sender} tries to deliver {times(retries + 1, 'time')} at most and for {duration(age)} at most, "
            f"then {_end(kept, 'the event is lost')}."
        )


def _asynchronous(design: Design, function: Node) -> Iterator[str]:
    retries = int(function.number("async_retries", 2))
    spent = (0, _FIRST_PAUSE_S, _FIRST_PAUSE_S + _SECOND_PAUSE_S)[max(0, min(retries, 2))]
    over = f" over {duration(spent)}" if spent else ""
    kept = _kept_by(design, function, "on_failure", "dead_letter")
    yield f"When {function.label} fails: {times(retries + 1, 'attempt')}{over}, then {_end(kept, 'the event is lost')}."
    age = function.number("async_maximum_event_age_s", 21_600)
    yield f"While it is throttled, events wait up to {duration(age)} and go the same way."


def _from_queue(design: Design, edge: Edge, queue: Node) -> Iterator[str]:
    hidden = queue.number("visibility_timeout_s", 30)
    kept_for = queue.number("message_retention_s", 345_600)
    redrives = [other for other in design.outgoing(queue.id) if other.mode is Mode.FAILURE]
    whole = "" if edge.value("report_batch_item_failures") is True else " with the rest of its batch"
    if not redrives:
        yield (
            f"A failed message comes back after {duration(hidden)}{whole}, again and again until it is "
            f"{duration(kept_for)} old; then it is deleted without a trace."
        )
    else:
        receives = int(redrives[0].number("max_receive_count", 10))
        dead = design.nodes[redrives[0].target].label
        spent = f" over at least {duration((receives - 1) * hidden)}" if receives > 1 and hidden else ""
        yield (
            f"{times(receives, 'attempt')}{spent}: a failed message comes back after {duration(hidden)}{whole}. "
            f"Then SQS moves the whole message to {dead}."
        )
    if queue.service == "sqs_fifo":
        yield "Until then it blocks the later messages of its group; other groups go on."
    else:
        yield "Other messages go on meanwhile."


def _is_record_mapping(edge: Edge) -> bool:
    return edge.value("maximum_retry_attempts") is not None


def _from_stream(design: Design, edge: Edge, source: Node, function: Node) -> Iterator[str]:
    retries = int(edge.number("maximum_retry_attempts", -1))
    age = edge.number("maximum_record_age_s", -1)
    retention = _retention_s(source)
    until = min(retention, age) if age > 0 else retention
    kept = _kept_by(design, function, "stream_on_failure")
    end = _end(kept, "the records are skipped without a trace")
    halves = " in ever smaller halves" if edge.value("bisect_on_error") is True else ""
    if retries < 0:
        yield f"A failed batch is repeated{halves} until its records are {duration(until)} old, then {end}."
    else:
        yield (
            f"{times(retries + 1, 'attempt')}{halves}, and no longer than until the records are {duration(until)} old, "
            f"then {end}."
        )
    yield "Until then it blocks its shard: nothing that came after it there is worked on."


def _retention_s(source: Node) -> float:
    hours = source.number("retention_h")
    return hours * 3_600 if hours else _STREAM_RETENTION_S.get(source.service, 86_400)


def _kept_by(design: Design, node: Node, *mechanisms: str) -> list[tuple[str, str]]:
    """The labels of what takes the node's failures by these mechanisms, each with what is kept there."""
    found = []
    for edge in design.outgoing(node.id):
        mechanism = edge.connection.rsplit(".", 1)[-1]
        if mechanism in mechanisms and edge.row is not None:
            target = design.nodes[edge.target]
            keeps = "the records themselves" if _keeps_all(mechanism, target) else _KEEPS.get(mechanism, "")
            found.append((target.label, keeps))
    return found


def _keeps_all(mechanism: str, target: Node) -> bool:
    return mechanism == "stream_on_failure" and target.service == "s3"


def _end(kept: list[tuple[str, str]], lost: str) -> str:
    if not kept:
        return lost
    what = {keeps for _, keeps in kept if keeps}
    told = f" ({listed(sorted(what))})" if what else ""
    return f"{listed([label for label, _ in kept])} keeps it{told}"
