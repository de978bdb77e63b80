"""Checks Retry and Catch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.workflows.expressions import check_template
from designer.domain.workflows.jsonpath import PathError, check_path
from designer.domain.workflows.machine import JSONATA, JSONPATH, State
from designer.domain.workflows.problem import Path
from designer.domain.workflows.report import Report

ALL: Final = "States.ALL"
RESERVED: Final = frozenset(
    {
        ALL,
        "States.BranchFailed",
        "States.DataLimitExceeded",
        "States.ExceedToleratedFailureThreshold",
        "States.HeartbeatTimeout",
        "States.Http.Socket",
        "States.IntrinsicFailure",
        "States.ItemReaderFailed",
        "States.NoChoiceMatched",
        "States.ParameterPathFailure",
        "States.Permissions",
        "States.QueryEvaluationError",
        "States.ResultPathMatchFailure",
        "States.ResultWriterFailed",
        "States.Runtime",
        "States.TaskFailed",
        "States.Timeout",
    }
)
"""Error names of Step Functions itself."""

NOT_IN_ALL: Final = ("States.DataLimitExceeded", "States.Runtime")
"""Errors that States.ALL does not stand for."""

LARGEST: Final = 99_999_999
"""Most attempts, and longest first pause in seconds."""

_RETRY: Final = frozenset(
    {"ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds", "JitterStrategy", "Comment"}
)
_CATCH: Final = {
    JSONPATH: frozenset({"ErrorEquals", "Next", "ResultPath", "Assign", "Comment"}),
    JSONATA: frozenset({"ErrorEquals", "Next", "Output", "Assign", "Comment"}),
}
_LONGEST_DELAY_S: Final = 31_622_400


def check_failures(state: State, report: Report) -> None:
    """The state's Retry and Catch."""
    for name in ("Retry", "Catch"):
        if name not in state.fields:
            continue
        rules, path = state.fields[name], (*state.path, name)
        if not isinstance(rules, list):
            report.error("not_a_list", path, f"{name} has to be a list.", "Put the object into [ ].")
            continue
        for number, rule in enumerate(rules):
            inside = (*path, number)
            if not isinstance(rule, Mapping):
                report.error("not_an_object", inside, f"Each entry of {name} is an object.", "Write { ... }.")
                continue
            _check_errors(rule, inside, last=number == len(rules) - 1, report=report)
            if name == "Retry":
                _check_retrier(rule, inside, report)
            else:
                _check_catcher(rule, inside, state.language, report)
        _check_repeated(rules, path, report)


def _check_errors(rule: Mapping[str, object], path: Path, *, last: bool, report: Report) -> None:
    errors = rule.get("ErrorEquals")
    inside = (*path, "ErrorEquals")
    if not isinstance(errors, list) or not errors or not all(isinstance(name, str) for name in errors):
        report.error(
            "no_errors_named", inside, "ErrorEquals has to name at least one error.", 'Write e.g. ["States.ALL"].'
        )
        return
    if ALL in errors and len(errors) > 1:
        report.error(
            "all_not_alone", inside, "States.ALL has to stand alone in its list.", "Give it an entry of its own."
        )
    if ALL in errors and not last:
        report.error(
            "all_not_last",
            inside,
            "States.ALL is not in the last entry: none after it is ever reached.",
            "Move it to the end.",
        )
    for number, name in enumerate(errors):
        if name.startswith("States.") and name not in RESERVED:
            report.error(
                "unknown_error_name",
                (*inside, number),
                f"{name} is no error of Step Functions; names that begin with States. are reserved.",
                "Correct the name.",
            )
        elif name == "States.DataLimitExceeded":
            report.warning(
                "terminal_error",
                (*inside, number),
                "States.DataLimitExceeded ends the execution: neither Retry nor Catch sees it.",
                "Keep the data small, or pass on where it lies in S3.",
            )


def _check_repeated(rules: list[object], path: Path, report: Report) -> None:
    seen: set[str] = set()
    for number, rule in enumerate(rules):
        errors = rule.get("ErrorEquals") if isinstance(rule, Mapping) else None
        for name in errors if isinstance(errors, list) else []:
            if isinstance(name, str) and name in seen:
                report.warning(
                    "error_named_twice",
                    (*path, number, "ErrorEquals"),
                    f"{name} is in an earlier entry already, which is the one that counts.",
                    "Name each error once.",
                )
            seen.add(str(name))


def _check_retrier(rule: Mapping[str, object], path: Path, report: Report) -> None:
    _unknown(rule, _RETRY, path, "Retry", report)
    interval = _whole(rule, "IntervalSeconds", (1, LARGEST), path, report)
    _whole(rule, "MaxAttempts", (0, LARGEST), path, report)
    longest = _whole(rule, "MaxDelaySeconds", (1, _LONGEST_DELAY_S - 1), path, report)
    if longest is not None and longest <= (interval or 1):
        report.error(
            "delay_below_interval",
            (*path, "MaxDelaySeconds"),
            "MaxDelaySeconds has to be longer than IntervalSeconds.",
            "Raise it, or leave it out.",
        )
    rate = rule.get("BackoffRate", 2.0)
    if isinstance(rate, bool) or not isinstance(rate, int | float) or rate < 1:
        report.error("bad_backoff", (*path, "BackoffRate"), "BackoffRate is a number of at least 1.", "Write e.g. 2.")
    if rule.get("JitterStrategy", "NONE") not in ("NONE", "FULL"):
        report.error("bad_jitter", (*path, "JitterStrategy"), "JitterStrategy is FULL or NONE.", 'Write "FULL".')


def _check_catcher(rule: Mapping[str, object], path: Path, language: str, report: Report) -> None:
    _unknown(rule, _CATCH[language], path, "Catch", report)
    if not isinstance(rule.get("Next"), str):
        report.error("catch_without_next", path, "An entry of Catch has to say where to go.", "Add Next.")
    result = rule.get("ResultPath")
    if isinstance(result, str):
        try:
            check_path(result, reference=True)
        except PathError as error:
            report.error(
                "bad_path", (*path, "ResultPath"), f"{result!r} is no path: {error.message}.", 'Write "$.error".'
            )
    for name in ("Assign", "Output"):
        if name in rule:
            check_template(rule[name], (*path, name), language, report)


def _unknown(rule: Mapping[str, object], known: frozenset[str], path: Path, where: str, report: Report) -> None:
    for name in rule:
        if name not in known:
            report.error(
                "unknown_field",
                (*path, name),
                f"An entry of {where} has no field {name} here.",
                f"It takes {', '.join(sorted(known))}.",
            )


def _whole(rule: Mapping[str, object], name: str, between: tuple[int, int], path: Path, report: Report) -> int | None:
    least, most = between
    value = rule.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        report.error(
            "out_of_range",
            (*path, name),
            f"{name} is a whole number from {least:,} to {most:,}, not {value!r}.",
            "Correct the number.",
        )
        return None
    return value
