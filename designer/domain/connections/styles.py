"""How an edge is drawn: its meaning is told by the line and its ends; colour only repeats it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from designer.domain.connections.spec import Flow, Mode

STREAM_SOURCES: Final = frozenset({"dynamodb", "kinesis_stream"})
"""Services that are read as an ordered stream, shard by shard, when they are polled."""


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """One line of the legend.

    ``line`` is solid, dashed, dotted, double or long_dash; ``width`` is in px; ``end`` is filled,
    open, ring (an open arrow with a ring: the reader pulls) or shield; ``start`` is diamond or none.
    """

    id: str
    label: str
    explanation: str
    line: str
    width: float
    end: str
    start: str = "none"


EDGE_STYLES: Final = (
    EdgeStyle("synchronous", "Synchronous", "The caller waits for the answer.", "solid", 2, "filled"),
    EdgeStyle("asynchronous", "Asynchronous", "Handed over; the caller goes on.", "solid", 1.5, "open"),
    EdgeStyle("polled", "Polled", "The reader fetches; nothing is pushed.", "dashed", 1.5, "ring"),
    EdgeStyle("stream", "Stream", "The reader fetches in order, shard by shard.", "double", 1.5, "open"),
    EdgeStyle(
        "subscription",
        "Subscription or rule",
        "Pushed to whoever subscribed, and to what a rule matches.",
        "solid",
        1.5,
        "open",
        "diamond",
    ),
    EdgeStyle("delivery", "Delivery", "Written in the background: results, copies, exports.", "long_dash", 1.5, "open"),
    EdgeStyle("failure", "Failure path", "Taken only by what failed.", "dotted", 1.5, "open"),
    EdgeStyle("authorizer", "Authorizer", "Asked whether a caller may.", "dotted", 1, "shield"),
)

_BY_MODE: Final = {
    Mode.SUBSCRIPTION: "subscription",
    Mode.RULE_TARGET: "subscription",
    Mode.DELIVERY: "delivery",
    Mode.FAILURE: "failure",
    Mode.AUTHORIZER: "authorizer",
}


def edge_style(mode: Mode, flow: Flow, source: str = "") -> str:
    """Id of the style of an edge. ``source`` is the id of the service that it starts at, if known."""
    if mode in _BY_MODE:
        return _BY_MODE[mode]
    if flow is Flow.POLL:
        return "stream" if source in STREAM_SOURCES else "polled"
    return "asynchronous" if flow is Flow.ASYNC else "synchronous"
