"""Checks the rules of Choice states, in both query languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from designer.domain.workflows.expressions import check_expression, check_template, is_expression
from designer.domain.workflows.jsonpath import PathError, check_path
from designer.domain.workflows.machine import JSONATA, State
from designer.domain.workflows.problem import Path
from designer.domain.workflows.report import Report

_COMPARED: Final = ("Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals")
_STRING: Final = frozenset(f"String{name}" for name in _COMPARED) | {"StringMatches"}
_NUMERIC: Final = frozenset(f"Numeric{name}" for name in _COMPARED)
_TIMESTAMP: Final = frozenset(f"Timestamp{name}" for name in _COMPARED)
_TESTS: Final = frozenset({"IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"})
_BOOLEAN: Final = _TESTS | {"BooleanEquals"}
_PATHS: Final = frozenset(
    f"{name}Path" for name in (_STRING | _NUMERIC | _TIMESTAMP | {"BooleanEquals"}) - {"StringMatches"}
)
OPERATORS: Final = _STRING | _NUMERIC | _TIMESTAMP | _BOOLEAN | _PATHS
"""Every comparison of a rule in JSONPath."""

TIMESTAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")
_COMBINED: Final = ("And", "Or", "Not")
_BESIDES: Final = frozenset({"Next", "Comment", "Assign", "Output"})


def check_choices(state: State, report: Report) -> None:
    """The rules of a Choice state."""
    rules, path = state.fields.get("Choices"), (*state.path, "Choices")
    if not isinstance(rules, list) or not rules:
        if "Choices" in state.fields:
            report.error("no_choices", path, "Choices has to be a list with at least one rule.", "Add a rule.")
        return
    for number, rule in enumerate(rules):
        inside = (*path, number)
        if not isinstance(rule, Mapping):
            report.error("not_an_object", inside, "Each rule is an object.", "Write { ... }.")
            continue
        if not isinstance(rule.get("Next"), str):
            report.error("choice_without_next", inside, "The rule does not say where to go.", "Add Next.")
        if state.language == JSONATA:
            _check_condition(rule, inside, report)
        else:
            _check_rule(rule, inside, report, top=True)
            if "Output" in rule:
                report.error(
                    "field_of_other_language", (*inside, "Output"), "Output is a field of JSONata.", "Remove it."
                )
        if "Assign" in rule:
            check_template(rule["Assign"], (*inside, "Assign"), state.language, report)
    if "Default" not in state.fields:
        report.advice(
            "choice_without_default",
            state.path,
            f"{state.name} has no Default: when no rule matches, the execution fails with States.NoChoiceMatched.",
            "Add Default.",
        )


def _check_condition(rule: Mapping[str, object], path: Path, report: Report) -> None:
    condition = rule.get("Condition")
    if condition is None:
        report.error(
            "choice_without_condition",
            path,
            "A rule in JSONata has a Condition.",
            'Write "Condition": "{% $states.input.total > 100 %}".',
        )
    elif isinstance(condition, str):
        check_expression(condition, (*path, "Condition"), report)
        if not is_expression(condition) and not (condition.startswith("{%") or condition.endswith("%}")):
            report.error(
                "condition_is_text", (*path, "Condition"), "The Condition is no expression.", "Write {% ... %}."
            )
    elif not isinstance(condition, bool):
        report.error("bad_condition", (*path, "Condition"), "The Condition is an expression.", "Write {% ... %}.")
    for name in rule:
        if name not in _BESIDES and name != "Condition":
            _other_language(name, path, report)
    if "Output" in rule:
        check_template(rule["Output"], (*path, "Output"), JSONATA, report)


def _other_language(name: str, path: Path, report: Report) -> None:
    if name in OPERATORS or name in _COMBINED or name == "Variable":
        report.error(
            "field_of_other_language",
            (*path, name),
            f"{name} is how JSONPath compares, and the state speaks JSONata.",
            "Write the comparison into Condition.",
        )
    else:
        report.error("unknown_field", (*path, name), f"A rule has no field {name}.", "Remove it.")


def _check_rule(rule: Mapping[str, object], path: Path, report: Report, *, top: bool) -> None:
    if not top and "Next" in rule:
        report.error("inner_next", (*path, "Next"), "Only the outermost rule has Next.", "Move it to the outer rule.")
    if "Condition" in rule:
        report.error(
            "field_of_other_language",
            (*path, "Condition"),
            "Condition is how JSONata decides, and the state speaks JSONPath.",
            'Give the state "QueryLanguage": "JSONata", or compare a Variable.',
        )
        return
    combined = [name for name in _COMBINED if name in rule]
    operators = [name for name in rule if name in OPERATORS]
    unknown = [name for name in rule if name not in (*combined, *operators, "Variable", *_BESIDES)]
    for name in unknown:
        report.error("unknown_operator", (*path, name), f"There is no comparison {name}.", "Use e.g. StringEquals.")
    if len(combined) + len(operators) > 1:
        report.error("two_comparisons", path, "A rule makes one comparison only.", "Join several with And or Or.")
    elif combined:
        _check_combined(rule, combined[0], path, report)
    elif operators:
        _check_comparison(rule, operators[0], path, report)
    elif not unknown:
        report.error("no_comparison", path, "The rule compares nothing.", "Add e.g. StringEquals.")


def _check_combined(rule: Mapping[str, object], name: str, path: Path, report: Report) -> None:
    value, inside = rule[name], (*path, name)
    if "Variable" in rule:
        report.error(
            "variable_beside_and", (*path, "Variable"), f"Beside {name} stands no Variable.", "Move it inside."
        )
    if name == "Not":
        if isinstance(value, Mapping):
            _check_rule(value, inside, report, top=False)
        else:
            report.error("not_an_object", inside, "Not takes one rule.", "Write { ... }.")
        return
    if not isinstance(value, list) or not value:
        report.error("not_a_list", inside, f"{name} takes a list of rules.", "Write [ { ... }, { ... } ].")
        return
    for number, inner in enumerate(value):
        if isinstance(inner, Mapping):
            _check_rule(inner, (*inside, number), report, top=False)
        else:
            report.error("not_an_object", (*inside, number), "Each rule is an object.", "Write { ... }.")


def _check_comparison(rule: Mapping[str, object], name: str, path: Path, report: Report) -> None:
    variable = rule.get("Variable")
    if not isinstance(variable, str):
        report.error("no_variable", path, f"{name} needs a Variable to look at.", 'Add "Variable": "$.status".')
    else:
        _check_path(variable, (*path, "Variable"), report)
    value, inside = rule[name], (*path, name)
    if name in _PATHS:
        if isinstance(value, str):
            _check_path(value, inside, report)
        else:
            report.error("wrong_operand", inside, f"{name} takes a path.", 'Write e.g. "$.limit".')
        return
    wanted = _wanted(name, value)
    if wanted:
        report.error("wrong_operand", inside, f"{name} takes {wanted}, not {value!r}.", f"Write {wanted}.")


def _wanted(name: str, value: object) -> str:
    """What the comparison takes, when the value is not that."""
    if name in _BOOLEAN:
        return "" if isinstance(value, bool) else "true or false"
    if name in _NUMERIC:
        return "" if isinstance(value, int | float) and not isinstance(value, bool) else "a number"
    if name in _TIMESTAMP:
        fits = isinstance(value, str) and (TIMESTAMP.fullmatch(value) or "${" in value)
        return "" if fits else "a time such as 2026-01-31T12:00:00Z"
    return "" if isinstance(value, str) else "text in quotes"


def _check_path(value: str, path: Path, report: Report) -> None:
    try:
        check_path(value)
    except PathError as error:
        report.error("bad_path", path, f"{value!r} is no path: {error.message}.", 'Write a path such as "$.status".')
