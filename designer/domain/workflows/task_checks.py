"""Checks Task states: the resource, how it is waited for, time limits, and HTTP tasks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from designer.domain.workflows.expressions import is_expression
from designer.domain.workflows.integrations import (
    OPTIMIZED,
    SDK_NAMES,
    TARGET_FIELDS,
    Call,
    CallKind,
    Pattern,
    read_call,
)
from designer.domain.workflows.machine import JSONATA, State
from designer.domain.workflows.problem import Path
from designer.domain.workflows.report import Report
from designer.domain.workflows.tasks import arguments

LARGEST_S: Final = 99_999_999
HTTP_TASK_S: Final = 60
_TOKEN: Final = re.compile(r"Task\.Token|Task\[|'\$\$'|'\$\$\.Task'|states\.context(?!\.)|states\.context\.Task(?!\.)")
"""The token itself, or the whole context in which it is."""
_SDK_SUFFIXES: Final = ("", ".waitForTaskToken")


def check_task(state: State, report: Report, *, express: bool) -> None:
    """A Task state. ``express``: it runs in an Express workflow or in an Express child of a Map."""
    path = (*state.path, "Resource")
    resource = state.fields.get("Resource")
    call = read_call(resource)
    if "Resource" in state.fields and (call.kind is CallKind.UNKNOWN or not resource):
        report.error(
            "bad_resource",
            path,
            f"{resource!r} is no resource of a task.",
            "Write the ARN of a function or activity, or an integration such as arn:aws:states:::sqs:sendMessage.",
        )
    elif call.kind is CallKind.OPTIMIZED:
        _check_optimized(call, path, report)
    elif call.kind is CallKind.SDK:
        _check_sdk(call, path, report)
    if express:
        _check_express(call, path, report)
    _check_arguments(state, call, report)
    _check_times(state, call, report, express=express)


def _check_optimized(call: Call, path: Path, report: Report) -> None:
    actions = OPTIMIZED.get(call.service)
    if actions is None:
        name = SDK_NAMES.get(call.service, call.service.replace("-", ""))
        report.error(
            "unknown_integration",
            path,
            f"Step Functions has no integration of its own for {call.service}.",
            f"Call it through the AWS SDK: arn:aws:states:::aws-sdk:{name}:{call.action}.",
        )
    elif call.action not in actions:
        report.error(
            "unknown_action",
            path,
            f"The integration of {call.service} has no action {call.action}; it has {', '.join(sorted(actions))}.",
            f"Use one of them, or the AWS SDK: arn:aws:states:::aws-sdk:{call.service}:{call.action}.",
        )
    elif call.suffix not in actions[call.action]:
        allowed = ", ".join(sorted(actions[call.action] - {""})) or "no suffix"
        report.error(
            "unknown_pattern",
            path,
            f"{call.service}:{call.action} cannot be called with {call.suffix}; it takes {allowed}.",
            "Remove or correct the suffix.",
        )


def _check_sdk(call: Call, path: Path, report: Report) -> None:
    if call.service in SDK_NAMES:
        report.error(
            "wrong_sdk_name",
            path,
            f"The AWS SDK calls this service {SDK_NAMES[call.service]}, not {call.service}.",
            f"Write aws-sdk:{SDK_NAMES[call.service]}:{call.action}.",
        )
    if call.action[:1].isupper():
        report.error(
            "capital_action",
            path,
            f"Actions begin with a small letter here: {call.action[0].lower()}{call.action[1:]}.",
            "Write the first letter small.",
        )
    if call.suffix not in _SDK_SUFFIXES:
        report.error(
            "unknown_pattern",
            path,
            f"An AWS SDK integration takes no {call.suffix}.",
            "Wait in a loop that asks for the job's state, or use the service's own integration if there is one.",
        )


def _check_express(call: Call, path: Path, report: Report) -> None:
    cure = "Make the workflow a Standard one, or call without waiting."
    if call.pattern is Pattern.JOB:
        report.error("job_in_express", path, "An Express workflow cannot wait for a job with .sync.", cure)
    elif call.pattern is Pattern.CALLBACK:
        report.error("callback_in_express", path, "An Express workflow cannot wait for a task token.", cure)
    elif call.kind is CallKind.ACTIVITY:
        report.error("activity_in_express", path, "An Express workflow cannot wait for an activity.", cure)


def _check_arguments(state: State, call: Call, report: Report) -> None:
    given = arguments(state)
    field = "Arguments" if state.language == JSONATA else "Parameters"
    if call.service == "http" and call.kind is CallKind.OPTIMIZED:
        _check_http(given, (*state.path, field), report)
    elif call.kind is CallKind.OPTIMIZED and call.service in TARGET_FIELDS and call.service != "events":
        wanted = TARGET_FIELDS[call.service]
        if isinstance(state.fields.get(field, {}), Mapping) and not any(
            key in given or f"{key}.$" in given for key in wanted
        ):
            target = "PhoneNumber" if call.service == "sns" else ""
            if not (target and (target in given or f"{target}.$" in given)):
                report.error(
                    "target_not_named",
                    (*state.path, field) if field in state.fields else state.path,
                    f"{state.name} does not say what it calls: {wanted[0]} is missing.",
                    f"Add {wanted[0]} to {field}.",
                )
    if call.pattern is Pattern.CALLBACK and not _TOKEN.search(repr(given)):
        report.warning(
            "token_not_passed",
            (*state.path, field) if field in state.fields else state.path,
            f"{state.name} waits for a task token that it gives to nobody.",
            'Pass it on: "{% $states.context.Task.Token %}".'
            if state.language == JSONATA
            else 'Pass it on: "TaskToken.$": "$$.Task.Token".',
        )


def _check_http(given: Mapping[str, object], path: Path, report: Report) -> None:
    for name, cure in (
        ("ApiEndpoint", 'Add "ApiEndpoint": "https://...".'),
        ("Method", 'Add "Method": "GET".'),
    ):
        if name not in given and f"{name}.$" not in given:
            report.error("http_field_missing", path, f"An HTTP task needs {name}.", cure)
    if "ConnectionArn" not in repr(given):
        report.error(
            "http_without_connection",
            path,
            "An HTTP task takes its credentials from an EventBridge connection, which is missing.",
            'Add "Authentication": {"ConnectionArn": "..."} (or InvocationConfig for a private API).',
        )


def _check_times(state: State, call: Call, report: Report, *, express: bool) -> None:
    timeout = _seconds(state, "TimeoutSeconds", report)
    heartbeat = _seconds(state, "HeartbeatSeconds", report)
    if timeout is not None and heartbeat is not None and heartbeat >= timeout:
        report.error(
            "heartbeat_not_below_timeout",
            (*state.path, "HeartbeatSeconds"),
            "HeartbeatSeconds has to be less than TimeoutSeconds.",
            "Lower it, or raise TimeoutSeconds.",
        )
    limited = {"TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"} & state.fields.keys()
    if not limited and not express and (call.pattern is Pattern.CALLBACK or call.kind is CallKind.ACTIVITY):
        report.warning(
            "endless_wait",
            state.path,
            f"{state.name} waits for an answer without a time limit: up to a year if none comes.",
            "Add TimeoutSeconds or HeartbeatSeconds, and catch States.Timeout.",
        )
    if call.service == "http" and timeout is not None and timeout > HTTP_TASK_S:
        report.advice(
            "http_timeout_too_long",
            (*state.path, "TimeoutSeconds"),
            f"An HTTP task ends after {HTTP_TASK_S} s whatever TimeoutSeconds says.",
            f"Set {HTTP_TASK_S} or less.",
        )


def _seconds(state: State, name: str, report: Report) -> int | None:
    value = state.fields.get(name)
    if value is None or (state.language == JSONATA and is_expression(value)):
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST_S:
        report.error(
            "out_of_range",
            (*state.path, name),
            f"{name} is a whole number from 1 to {LARGEST_S:,}, not {value!r}.",
            "Correct the number.",
        )
        return None
    return value
