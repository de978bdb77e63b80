"""Definitions to begin with; each is complete and right as it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Starter:
    """One definition to begin with."""

    id: str
    name: str
    explanation: str
    definition: str


_WORK: Final = {"Type": "Pass", "Comment": "Put a task here."}
_FAILED: Final = {"Type": "Fail", "Error": "OrderFailed", "Cause": "A step failed and was undone."}
_CAUGHT: Final[list[dict[str, Any]]] = [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Undo"}]


def _starter(starter_id: str, name: str, explanation: str, start: str, states: Mapping[str, Any]) -> Starter:
    machine = {"StartAt": start, "States": dict(states)}
    return Starter(starter_id, name, explanation, json.dumps(machine, indent=2))


def _inner(name: str) -> dict[str, Any]:
    return {"StartAt": name, "States": {name: {**_WORK, "End": True}}}


STARTERS: Final[tuple[Starter, ...]] = (
    _starter(
        "sequence",
        "One after the other",
        "Three steps in a row.",
        "First step",
        {
            "First step": {**_WORK, "Next": "Second step"},
            "Second step": {**_WORK, "Next": "Last step"},
            "Last step": {**_WORK, "End": True},
        },
    ),
    _starter(
        "choice",
        "Decide",
        "A rule looks at the input and takes one of two ways.",
        "Large order?",
        {
            "Large order?": {
                "Type": "Choice",
                "Choices": [{"Variable": "$.total", "NumericGreaterThan": 1000, "Next": "Review"}],
                "Default": "Ship",
            },
            "Review": {**_WORK, "Next": "Ship"},
            "Ship": {**_WORK, "End": True},
        },
    ),
    _starter(
        "parallel",
        "Side by side",
        "Two branches run at once; the workflow goes on when both are done.",
        "Both",
        {
            "Both": {"Type": "Parallel", "Branches": [_inner("Charge"), _inner("Reserve")], "Next": "Ship"},
            "Ship": {**_WORK, "End": True},
        },
    ),
    _starter(
        "map",
        "For each item",
        "The same step for every item of a list, five at a time.",
        "For each line",
        {
            "For each line": {
                "Type": "Map",
                "ItemsPath": "$.lines",
                "MaxConcurrency": 5,
                "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, **_inner("Handle line")},
                "End": True,
            }
        },
    ),
    _starter(
        "saga",
        "Undo on failure",
        "Steps side by side; when one fails, what was done is undone.",
        "Book",
        {
            "Book": {
                "Type": "Parallel",
                "Branches": [_inner("Book flight"), _inner("Book hotel")],
                "Catch": _CAUGHT,
                "Next": "Done",
            },
            "Undo": {**_WORK, "Next": "Failed"},
            "Failed": _FAILED,
            "Done": {"Type": "Succeed"},
        },
    ),
    _starter(
        "poll",
        "Ask until it is done",
        "Starts something, waits, asks, and goes round until it is done.",
        "Start it",
        {
            "Start it": {**_WORK, "Next": "Wait"},
            "Wait": {"Type": "Wait", "Seconds": 30, "Next": "Ask"},
            "Ask": {**_WORK, "Next": "Done?"},
            "Done?": {
                "Type": "Choice",
                "Choices": [{"Variable": "$.status", "StringEquals": "DONE", "Next": "End"}],
                "Default": "Wait",
            },
            "End": {"Type": "Succeed"},
        },
    ),
)
