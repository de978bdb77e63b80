"""Which share of events a pattern or filter lets through: what is stated, else what it does with the sample event."""

from __future__ import annotations

from designer.domain.events.dialects import EVENT_BUS, PIPE, Dialect
from designer.domain.graph.model import Edge, Node
from designer.domain.rules.patterns import edge_filter, verdict


def rule_share(rule: Node) -> float:
    """Share of the events that a rule lets through; none when it is disabled or runs by schedule."""
    if rule.value("enabled") is False or rule.value("kind") == "schedule":
        return 0.0
    return _share(rule, "match_percent", ("event_pattern", EVENT_BUS))


def filter_share(edge: Edge) -> float:
    """Share of messages that pass the edge's filter; all pass where no filter is set."""
    return _share(edge, "filter_pass_percent", edge_filter(edge))


def pipe_percent(pipe: Node) -> float:
    """Percentage of what a pipe reads that passes its filter."""
    return 100.0 * _share(pipe, "filter_pass_percent", ("filter_patterns", PIPE))


def _share(thing: Node | Edge, stated: str, matched: tuple[str, Dialect] | None) -> float:
    """The stated percentage; where nobody has set one, nothing passes when the sample event does not."""
    if matched is not None and thing.parameters.get(stated) is None:
        parameter, dialect = matched
        found = verdict(thing.value(parameter), thing.value("sample_event"), dialect)
        if found is not None and not found.passes:
            return 0.0
    return min(max(thing.number(stated, 100.0) / 100.0, 0.0), 1.0)
