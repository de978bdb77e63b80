"""The CloudWatch alarms worth having on a node, with thresholds from its own settings and limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from designer.domain.catalog.spec import Source
from designer.domain.graph.model import Design, Node

Threshold = Callable[[Design, Node], str]


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """One alarm for the nodes of a service; ``threshold`` is a text, or made from the node."""

    metric: str
    statistic: str
    threshold: str | Threshold
    why: str
    source: Source
    namespace: str
    needed: Callable[[Design, Node], bool] | None = None
    """Whether the alarm makes sense for the node; None: always."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm for one node."""

    namespace: str
    metric: str
    statistic: str
    threshold: str
    why: str
    source: Source


def alarms(design: Design, node: Node) -> tuple[Alarm, ...]:
    """The alarms for the node, the most important first."""
    return tuple(
        Alarm(
            rule.namespace,
            rule.metric,
            rule.statistic,
            rule.threshold if isinstance(rule.threshold, str) else rule.threshold(design, node),
            rule.why,
            rule.source,
        )
        for rule in alarm_rules().get(node.service, ())
        if rule.needed is None or rule.needed(design, node)
    )


@cache
def alarm_rules() -> Mapping[str, tuple[AlarmRule, ...]]:
    """The alarms of every service that has some, by service id."""
    from designer.domain.derived import (  # noqa: PLC0415 - the tables are made of this module's classes
        alarms_of_apis,
        alarms_of_compute,
        alarms_of_data,
        alarms_of_messaging,
    )

    found: dict[str, tuple[AlarmRule, ...]] = {}
    for table in (alarms_of_apis, alarms_of_compute, alarms_of_data, alarms_of_messaging):
        found |= table.ALARMS
    return found


ANY: Final = "above 0"
"""Threshold of alarms that should never ring."""


def share_of(parameter: str, percent: int, otherwise: str, unit: str = "") -> Threshold:
    """``percent`` of a setting of the node, or ``otherwise`` while it is not set."""

    def threshold(_: Design, node: Node) -> str:
        value = node.number(parameter)
        if value <= 0:
            return otherwise
        return f"above {value * percent / 100:,.6g}{unit} ({percent} % of {value:,.6g}{unit})"

    return threshold
