"""Retry and Catch as the engine tells errors apart: the service is busy, time is over, or the work failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from designer.domain.workflows.machine import State


class Cause(StrEnum):
    """What a task failed of."""

    BUSY = "busy"
    """Throttled, or the service could not answer: an error that passes."""
    TIMEOUT = "timeout"
    FAILURE = "failure"


_EVERY: Final = frozenset(Cause)
_NAMED: Final[Mapping[str, frozenset[Cause]]] = {
    "States.ALL": _EVERY,
    "States.TaskFailed": frozenset({Cause.BUSY, Cause.FAILURE}),
    "States.Timeout": frozenset({Cause.TIMEOUT}),
    "States.HeartbeatTimeout": frozenset({Cause.TIMEOUT}),
    "States.BranchFailed": frozenset({Cause.FAILURE}),
    "States.ExceedToleratedFailureThreshold": frozenset({Cause.FAILURE}),
    "States.Http.Socket": frozenset({Cause.BUSY}),
}
_BUSY_WORDS: Final = (
    "toomanyrequests",
    "throttl",
    "serviceexception",
    "awslambdaexception",
    "sdkclientexception",
    "serviceunavailable",
    "internalserver",
    "provisionedthroughputexceeded",
    "limitexceeded",
    "slowdown",
)
_DEFAULT_ATTEMPTS: Final = 3
_DEFAULT_RATE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Retrier:
    """One entry of a Retry."""

    causes: frozenset[Cause]
    interval_s: float
    attempts: int
    rate: float
    longest_s: float
    jitter: bool

    def wait_s(self, before: int) -> float:
        """The pause before the next attempt when there were so many retries already."""
        return min(self.interval_s * self.rate ** min(before, 60), self.longest_s)


@dataclass(frozen=True, slots=True)
class Catcher:
    """One entry of a Catch."""

    causes: frozenset[Cause]
    target: str


def causes_of(names: object) -> frozenset[Cause]:
    """What the error names of a Retry or Catch stand for."""
    found: set[Cause] = set()
    for name in names if isinstance(names, list) else []:
        if name in _NAMED:
            found |= _NAMED[name]
        elif isinstance(name, str) and not name.startswith("States."):
            busy = any(word in name.lower() for word in _BUSY_WORDS)
            found.add(Cause.BUSY if busy else Cause.FAILURE)
    return frozenset(found)


def retriers(state: State) -> tuple[Retrier, ...]:
    """The entries of a state's Retry, with the defaults of the language."""
    return tuple(
        Retrier(
            causes_of(rule.get("ErrorEquals")),
            _number(rule, "IntervalSeconds", 1.0),
            int(_number(rule, "MaxAttempts", _DEFAULT_ATTEMPTS)),
            _number(rule, "BackoffRate", _DEFAULT_RATE),
            _number(rule, "MaxDelaySeconds", float("inf")),
            rule.get("JitterStrategy") == "FULL",
        )
        for rule in _rules(state, "Retry")
    )


def catchers(state: State) -> tuple[Catcher, ...]:
    """The entries of a state's Catch."""
    return tuple(Catcher(causes_of(rule.get("ErrorEquals")), str(rule.get("Next"))) for rule in _rules(state, "Catch"))


def _rules(state: State, name: str) -> list[Mapping[str, object]]:
    rules = state.fields.get(name)
    return [rule for rule in rules if isinstance(rule, Mapping)] if isinstance(rules, list) else []


def _number(rule: Mapping[str, object], name: str, otherwise: float) -> float:
    value = rule.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else otherwise
