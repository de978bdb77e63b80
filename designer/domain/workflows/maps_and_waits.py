"""Checks Map, Parallel, Wait, Pass, Succeed and Fail states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.workflows.choices import TIMESTAMP
from designer.domain.workflows.expressions import check_template, is_expression
from designer.domain.workflows.fields import DISTRIBUTED_ONLY
from designer.domain.workflows.integrations import ITEM_SOURCES, read_call
from designer.domain.workflows.machine import JSONATA, JSONPATH, State
from designer.domain.workflows.report import Report

INLINE_CONCURRENCY: Final = 40
DISTRIBUTED_CONCURRENCY: Final = 10_000
EXPRESS_SECONDS: Final = 300
_LARGEST: Final = 99_999_999
_LONGEST_LABEL: Final = 40


def check_wait(state: State, report: Report, *, express: bool) -> None:
    """A Wait state."""
    ways = [name for name in ("Seconds", "Timestamp", "SecondsPath", "TimestampPath") if name in state.fields]
    if len(ways) != 1:
        message = "does not say how long" if not ways else f"says how long in {len(ways)} ways: {', '.join(ways)}"
        report.error("wait_time", state.path, f"{state.name} {message}.", "Give it Seconds or Timestamp, one of them.")
    seconds = state.fields.get("Seconds")
    if seconds is not None and not (state.language == JSONATA and is_expression(seconds)):
        if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds <= _LARGEST:
            if not (isinstance(seconds, str) and "${" in seconds):
                report.error(
                    "out_of_range",
                    (*state.path, "Seconds"),
                    f"Seconds is a whole number from 0 to {_LARGEST:,}, not {seconds!r}.",
                    "Correct the number.",
                )
        elif express and seconds >= EXPRESS_SECONDS:
            report.error(
                "wait_too_long",
                (*state.path, "Seconds"),
                f"{state.name} waits {seconds:,} s, and an Express workflow ends after {EXPRESS_SECONDS} s.",
                "Make the workflow a Standard one, or wait less.",
            )
    time = state.fields.get("Timestamp")
    if time is not None and not _is_time(time, state):
        report.error(
            "bad_timestamp",
            (*state.path, "Timestamp"),
            f"{time!r} is no time.",
            "Write e.g. 2026-01-31T12:00:00Z.",
        )


def _is_time(time: object, state: State) -> bool:
    if not isinstance(time, str):
        return False
    return bool(TIMESTAMP.fullmatch(time)) or "${" in time or (state.language == JSONATA and time.startswith("{%"))


def check_parallel(state: State, report: Report) -> None:
    """A Parallel state; the branches themselves are checked as machines."""
    branches = state.fields.get("Branches")
    if "Branches" in state.fields and (not isinstance(branches, list) or not branches):
        report.error("no_branches", (*state.path, "Branches"), "Branches is a list of machines.", "Add a branch.")
        return
    for number, branch in enumerate(branches if isinstance(branches, list) else []):
        if not isinstance(branch, Mapping) or not isinstance(branch.get("States"), Mapping):
            report.error(
                "no_states", (*state.path, "Branches", number), "The branch has no States.", "Add StartAt and States."
            )
    if isinstance(branches, list) and len(branches) == 1:
        report.advice(
            "one_branch", state.path, f"{state.name} has one branch only.", "Take its states out, or add one."
        )


def check_map(state: State, report: Report, *, express: bool) -> None:
    """A Map state; its processor itself is checked as a machine."""
    fields = state.fields
    if "ItemProcessor" not in fields and "Iterator" not in fields:
        report.error(
            "no_processor", state.path, f"{state.name} does not say what to do with an item.", "Add ItemProcessor."
        )
    elif not state.branches:
        key = "ItemProcessor" if "ItemProcessor" in fields else "Iterator"
        report.error("no_states", (*state.path, key), "The processor has no States.", "Add StartAt and States.")
    if "Iterator" in fields:
        report.advice("old_iterator", (*state.path, "Iterator"), "Iterator is the old name.", "Write ItemProcessor.")
    if "Parameters" in fields and state.language == JSONPATH:
        report.advice(
            "old_map_parameters",
            (*state.path, "Parameters"),
            "Parameters of a Map is the old name.",
            "Write ItemSelector.",
        )
    _check_mode(state, report, express=express)
    _check_concurrency(state, report)
    if state.distributed:
        _check_distributed(state, report)
    else:
        for name in sorted(DISTRIBUTED_ONLY & fields.keys()):
            report.error(
                "distributed_field",
                (*state.path, name),
                f"{name} belongs to a Map in distributed mode.",
                'Set "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, or remove it.',
            )


def _check_mode(state: State, report: Report, *, express: bool) -> None:
    processor = state.fields.get("ItemProcessor", state.fields.get("Iterator"))
    config = processor.get("ProcessorConfig") if isinstance(processor, Mapping) else None
    if config is None:
        return
    path = (*state.path, "ItemProcessor", "ProcessorConfig")
    mode = config.get("Mode", "INLINE") if isinstance(config, Mapping) else None
    if mode not in ("INLINE", "DISTRIBUTED"):
        report.error("bad_mode", path, "Mode is INLINE or DISTRIBUTED.", 'Write "Mode": "INLINE".')
    elif mode == "DISTRIBUTED":
        if state.child_type not in ("STANDARD", "EXPRESS"):
            report.error(
                "no_execution_type",
                path,
                "A distributed Map says what its children are.",
                'Add "ExecutionType": "EXPRESS".',
            )
        if express:
            report.error(
                "distributed_in_express",
                path,
                "An Express workflow cannot have a Map in distributed mode.",
                "Make the workflow a Standard one; the children may be Express ones.",
            )
    elif state.child_type:
        report.error("execution_type_inline", path, "An inline Map has no ExecutionType.", "Remove it.")


def _check_concurrency(state: State, report: Report) -> None:
    value, path = state.fields.get("MaxConcurrency"), (*state.path, "MaxConcurrency")
    if value is None or is_expression(value):
        return
    most = DISTRIBUTED_CONCURRENCY if state.distributed else INLINE_CONCURRENCY
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        report.error("out_of_range", path, f"MaxConcurrency is a whole number from 0, not {value!r}.", "Correct it.")
    elif value > most:
        kind = "a distributed" if state.distributed else "an inline"
        report.warning(
            "concurrency_beyond_limit",
            path,
            f"{state.name} wants {value:,} items at once; {kind} Map works on {most:,} at most.",
            f"Set {most} or less" + ("." if state.distributed else ", or use distributed mode."),
        )


def _check_distributed(state: State, report: Report) -> None:
    label = state.fields.get("Label")
    if label is not None and not (isinstance(label, str) and 0 < len(label) <= _LONGEST_LABEL):
        report.error(
            "bad_label", (*state.path, "Label"), f"A Label has 1 to {_LONGEST_LABEL} characters.", "Shorten it."
        )
    _check_tolerated(state, report)
    reader = state.fields.get("ItemReader")
    if reader is not None:
        call = read_call(reader.get("Resource")) if isinstance(reader, Mapping) else None
        if call is None or call.service != "s3" or call.action not in ITEM_SOURCES:
            report.error(
                "bad_item_reader",
                (*state.path, "ItemReader"),
                "An ItemReader reads from S3.",
                "Set Resource to arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2.",
            )
    writer = state.fields.get("ResultWriter")
    if isinstance(writer, Mapping) and "Resource" in writer and read_call(writer["Resource"]).action != "putObject":
        report.error(
            "bad_result_writer",
            (*state.path, "ResultWriter"),
            "A ResultWriter writes to S3.",
            "Set Resource to arn:aws:states:::s3:putObject.",
        )
    for name in ("ItemReader", "ResultWriter", "ItemBatcher"):
        part = state.fields.get(name)
        for key in ("Parameters", "Arguments", "BatchInput"):
            if isinstance(part, Mapping) and key in part:
                check_template(part[key], (*state.path, name, key), state.language, report)


def _check_tolerated(state: State, report: Report) -> None:
    percent = state.fields.get("ToleratedFailurePercentage")
    if percent is None or is_expression(percent):
        return
    if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 <= percent <= 100:
        report.error(
            "out_of_range",
            (*state.path, "ToleratedFailurePercentage"),
            "ToleratedFailurePercentage is a number from 0 to 100.",
            "Correct it.",
        )


def check_fail(state: State, report: Report) -> None:
    """A Fail state."""
    for name in ("Error", "Cause"):
        if name in state.fields and f"{name}Path" in state.fields:
            report.error("two_ways", state.path, f"{state.name} has both {name} and {name}Path.", "Keep one of them.")
