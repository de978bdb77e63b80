"""Checks paths and expressions wherever a state may hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from designer.domain.workflows.fields import INSTEAD, NULLABLE_PATHS, PATHS, REFERENCE_PATHS, TEMPLATES
from designer.domain.workflows.jsonata import JsonataError, check_jsonata
from designer.domain.workflows.jsonpath import PathError, check_path, check_value
from designer.domain.workflows.machine import JSONATA, JSONPATH, State
from designer.domain.workflows.problem import Path
from designer.domain.workflows.report import Report

_EXPRESSION_FIELDS: Final = (
    "Seconds",
    "Timestamp",
    "TimeoutSeconds",
    "HeartbeatSeconds",
    "MaxConcurrency",
    "ToleratedFailurePercentage",
    "ToleratedFailureCount",
    "Error",
    "Cause",
)
_LEFT_OVER_PATH: Final = re.compile(r"^\$(?:\$)?\.[A-Za-z_\[]")
_SUBSTITUTED: Final = re.compile(r"\$\{[^{}]*\}")


def is_expression(value: object) -> bool:
    """Whether the value is written as a JSONata expression, ``{% ... %}``."""
    return isinstance(value, str) and value.startswith("{%") and value.endswith("%}") and len(value) >= 4


def check_state_expressions(state: State, report: Report) -> None:
    """Every path or expression of the state."""
    if state.language == JSONATA:
        _check_jsonata_state(state, report)
    else:
        _check_jsonpath_state(state, report)


def _check_jsonpath_state(state: State, report: Report) -> None:
    for name in PATHS & state.fields.keys():
        _check_path_field(state, name, report)
    for name in TEMPLATES & state.fields.keys():
        check_template(state.fields[name], (*state.path, name), JSONPATH, report)
    for name in ("ErrorPath", "CausePath"):
        value = state.fields.get(name)
        if isinstance(value, str):
            check_jsonpath_value(value, (*state.path, name), report)


def _check_path_field(state: State, name: str, report: Report) -> None:
    value, path = state.fields[name], (*state.path, name)
    if value is None and name in NULLABLE_PATHS:
        return
    if not isinstance(value, str):
        report.error("not_a_path", path, f"{name} has to be a path.", 'Write a path such as "$.order".')
        return
    if name == "InputPath" and value.startswith("States."):
        return
    _report_path(value, path, report, reference=name in REFERENCE_PATHS and name != "ItemsPath")
    if name == "ResultPath" and value.startswith("$$"):
        report.error("result_into_context", path, "A result cannot be put into the context object.", 'Begin with "$.".')


def _report_path(value: str, path: Path, report: Report, *, reference: bool) -> None:
    try:
        check_path(_plain(value), reference=reference)
    except PathError as error:
        report.error(
            "bad_path", path, f"{value!r} is no path: {error.message}.", 'Write a path such as "$.order.items".'
        )


def check_jsonpath_value(value: str, path: Path, report: Report) -> None:
    """A path or an intrinsic function, the value of a key that ends with ``.$``."""
    try:
        check_value(_plain(value))
    except PathError as error:
        report.error(
            "bad_path", path, f"{value!r} cannot be read: {error.message}.", "Write a path, or a function in its form."
        )


def check_template(value: object, path: Path, language: str, report: Report) -> None:
    """A payload template, with paths or expressions anywhere inside."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            inside = (*path, str(key))
            if language == JSONPATH and str(key).endswith(".$"):
                _check_dynamic(item, inside, report)
            elif language == JSONATA and str(key).endswith(".$"):
                report.error(
                    "path_key_in_jsonata",
                    inside,
                    f"{key!r} is a key of JSONPath, and the state speaks JSONata.",
                    'Drop the .$ and write the value as "{% ... %}".',
                )
            else:
                check_template(item, inside, language, report)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            check_template(item, (*path, number), language, report)
    elif isinstance(value, str):
        if language == JSONATA:
            check_expression(value, path, report)
        elif value.startswith("{%"):
            report.error(
                "jsonata_in_jsonpath",
                path,
                "{% ... %} is JSONata, and the state speaks JSONPath: the text is passed on as it stands.",
                'Give the state "QueryLanguage": "JSONata", or write a path under a key that ends with .$.',
            )


def _check_dynamic(item: object, path: Path, report: Report) -> None:
    if isinstance(item, str):
        check_jsonpath_value(item, path, report)
    else:
        report.error(
            "dynamic_key_without_path",
            path,
            f"{path[-1]!r} ends with .$ and takes a path or a function.",
            "Write the path in quotes, or drop the .$ for a fixed value.",
        )


def check_expression(value: str, path: Path, report: Report) -> None:
    """A text that may be a JSONata expression."""
    if is_expression(value):
        _check_syntax(value[2:-2], value, path, report)
        return
    opened, closed = value.lstrip().startswith("{%"), value.rstrip().endswith("%}")
    if opened or closed:
        missing = "does not begin with {%" if not value.startswith("{%") else "does not end with %}"
        report.error(
            "unbalanced_expression",
            path,
            f"The text {missing}, so that it is no expression.",
            "Write the whole text as {% ... %}, with nothing before or behind.",
        )
    elif _LEFT_OVER_PATH.match(value):
        report.warning(
            "path_in_jsonata",
            path,
            f"{value!r} looks like a path of JSONPath, and is passed on as plain text.",
            'Write "{% $states.input... %}".',
        )


def _check_syntax(expression: str, value: str, path: Path, report: Report) -> None:
    try:
        used = check_jsonata(_plain(expression))
    except JsonataError as error:
        report.error(
            "bad_expression",
            path,
            f"{_short(value)} is no JSONata: {error.message} (character {error.offset + 3}).",
            "Correct the expression.",
        )
        return
    if "eval" in used:
        report.error(
            "eval_not_there", path, "Step Functions does not have $eval.", "Use $parse to read JSON, or write it out."
        )


def _check_jsonata_state(state: State, report: Report) -> None:
    for name in TEMPLATES & state.fields.keys():
        if name not in INSTEAD or name in ("Arguments", "Output", "Items"):
            check_template(state.fields[name], (*state.path, name), JSONATA, report)
    for name in _EXPRESSION_FIELDS:
        value = state.fields.get(name)
        if isinstance(value, str):
            check_expression(value, (*state.path, name), report)


def _plain(text: str) -> str:
    """With a name where a template substitutes something later."""
    return _SUBSTITUTED.sub("x", text)


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:57]}..."
