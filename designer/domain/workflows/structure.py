"""Checks machines: where they begin, that every state is reached and leads somewhere, and which fields states have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from designer.domain.workflows.fields import (
    FIELDS,
    INSTEAD,
    MACHINE_FIELDS,
    PROCESSOR_FIELDS,
    REQUIRED,
    TERMINAL_TYPES,
    TOP_FIELDS,
    TRANSITION_TYPES,
    TYPES,
)
from designer.domain.workflows.machine import JSONATA, JSONPATH, Machine, State, all_states, ways_out
from designer.domain.workflows.report import Report

LONGEST_NAME: Final = 80


def check_machine(machine: Machine, report: Report) -> None:
    """One machine on its own: its fields, its beginning, and its transitions."""
    _check_fields(machine, report)
    if not machine.states:
        report.error("no_states", (*machine.path, "States"), "There is no state.", "Add a state.")
        return
    if "StartAt" not in machine.fields:
        report.error(
            "no_start", machine.path, "Nothing says where to begin.", f'Add "StartAt": "{next(iter(machine.states))}".'
        )
    elif machine.start_at not in machine.states:
        report.error(
            "unknown_state",
            (*machine.path, "StartAt"),
            f"StartAt names {machine.start_at!r}, which is no state here.",
            _meant(machine.start_at, machine),
        )
    for state in machine.states.values():
        for path, target in ways_out(state):
            if target not in machine.states:
                report.error("unknown_state", path, f"{target!r} is no state here.", _meant(target, machine))
    _check_reached(machine, report)


def _meant(name: str, machine: Machine) -> str:
    close = get_close_matches(name, machine.states, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    return (
        "Add the state. A branch or processor cannot lead to states outside it." if machine.path else "Add the state."
    )


def _check_fields(machine: Machine, report: Report) -> None:
    top = not machine.path
    known = TOP_FIELDS if top else PROCESSOR_FIELDS if machine.path[-1] == "ItemProcessor" else MACHINE_FIELDS
    for name in machine.fields:
        if name not in known and not (machine.path[-1:] == ("Iterator",) and name == "ProcessorConfig"):
            report.error("unknown_field", (*machine.path, name), f"A machine has no field {name} here.", "Remove it.")
    language = machine.fields.get("QueryLanguage")
    if top and language is not None and language not in (JSONPATH, JSONATA):
        report.error(
            "bad_language", ("QueryLanguage",), f"{language!r} is no query language.", "Write JSONPath or JSONata."
        )
    timeout = machine.fields.get("TimeoutSeconds")
    if top and timeout is not None and (isinstance(timeout, bool) or not isinstance(timeout, int) or timeout <= 0):
        report.error("out_of_range", ("TimeoutSeconds",), "TimeoutSeconds is a whole number above 0.", "Correct it.")
    if top and machine.fields.get("Version", "1.0") != "1.0":
        report.error("bad_version", ("Version",), "The only version is 1.0.", 'Write "1.0" or remove it.')


def _check_reached(machine: Machine, report: Report) -> None:
    if machine.start_at not in machine.states:
        return
    reached, pending, ends = set[str](), [machine.start_at], False
    while pending:
        state = machine.states[pending.pop()]
        if state.name in reached:
            continue
        reached.add(state.name)
        ends = ends or state.type in TERMINAL_TYPES or state.fields.get("End") is True
        pending += [target for _, target in ways_out(state) if target in machine.states]
    for state in machine.states.values():
        if state.name not in reached:
            report.error(
                "unreachable_state",
                state.path,
                f"No other state leads to {state.name}.",
                "Let a state lead to it, or remove it.",
            )
    if not ends:
        report.error(
            "no_end",
            (*machine.path, "States"),
            "No state that can be reached ends the execution: it goes round forever.",
            'Give a state "End": true, or lead to a Succeed or Fail state.',
        )


def check_names(machine: Machine, report: Report) -> None:
    """Names are unique in the whole definition, and not too long."""
    counts = Counter(state.name for state in all_states(machine))
    seen: set[str] = set()
    for state in all_states(machine):
        if counts[state.name] > 1 and state.name in seen:
            report.error(
                "name_twice", state.path, f"There are two states named {state.name!r}.", "Names are unique: rename one."
            )
        seen.add(state.name)
        if len(state.name) > LONGEST_NAME:
            report.error(
                "long_name", state.path, f"A name has at most {LONGEST_NAME} characters.", "Shorten the state's name."
            )


def check_state(state: State, report: Report, *, top_language: str) -> bool:
    """Type, fields and language of a state; False when its type is unknown, so that nothing more can be said."""
    if state.type not in TYPES:
        given = state.fields.get("Type")
        message = "A state has a Type." if given is None else f"There is no type {given!r}."
        report.error("bad_type", (*state.path, "Type"), message, f"It is one of {', '.join(TYPES)}.")
        return False
    _check_language(state, top_language, report)
    known = FIELDS[state.type]
    for name in state.fields:
        if name not in known:
            _unknown_field(state, name, report)
        elif known[name] not in ("", state.language):
            report.error(
                "field_of_other_language",
                (*state.path, name),
                f"{name} is a field of {known[name]}, and the state speaks {state.language}.",
                f"Use {INSTEAD[name]}." if name in INSTEAD else "Remove it.",
            )
    for name in REQUIRED.get(state.type, ()):
        if name not in state.fields:
            report.error("field_missing", state.path, f"A {state.type} state needs {name}.", f"Add {name}.")
    if state.type in TRANSITION_TYPES:
        _check_transition(state, report)
    comment = state.fields.get("Comment")
    if comment is not None and not isinstance(comment, str):
        report.error("bad_comment", (*state.path, "Comment"), "A comment is text.", "Write it in quotes.")
    return True


def _unknown_field(state: State, name: str, report: Report) -> None:
    known = FIELDS[state.type]
    close = get_close_matches(name, known, n=1)
    elsewhere = [kind for kind in TYPES if name in FIELDS[kind]]
    if close and close[0].lower() == name.lower():
        cure = f"Write {close[0]}: capitals count."
    elif elsewhere:
        cure = f"Remove it; {name} belongs to {', '.join(elsewhere)}."
    else:
        cure = f"Did you mean {close[0]}?" if close else "Remove it."
    article = "An" if state.type[0] in "AEIOU" else "A"
    report.error("unknown_field", (*state.path, name), f"{article} {state.type} state has no field {name}.", cure)


def _check_language(state: State, top_language: str, report: Report) -> None:
    own, path = state.fields.get("QueryLanguage"), (*state.path, "QueryLanguage")
    if own is None:
        return
    if own not in (JSONPATH, JSONATA):
        report.error("bad_language", path, f"{own!r} is no query language.", "Write JSONPath or JSONata.")
    elif own == JSONPATH and top_language == JSONATA:
        report.warning(
            "back_to_jsonpath",
            path,
            "The whole definition speaks JSONata; single states change over to JSONata, not back.",
            "Write the state in JSONata, or take QueryLanguage off the top and give it to the other states.",
        )


def _check_transition(state: State, report: Report) -> None:
    end, following = state.fields.get("End"), state.fields.get("Next")
    if end is not None and not isinstance(end, bool):
        report.error("bad_end", (*state.path, "End"), "End is true or false.", "Write true.")
    elif end is True and following is not None:
        report.error("next_and_end", (*state.path, "End"), f"{state.name} has Next and End.", "Keep one of them.")
    elif end is not True and following is None:
        report.error("no_next", state.path, f"{state.name} leads nowhere.", 'Add "Next": "..." or "End": true.')
    elif following is not None and not isinstance(following, str):
        report.error("bad_next", (*state.path, "Next"), "Next is the name of a state.", "Write it in quotes.")


def check_shape(value: object, report: Report) -> bool:
    """Whether the top of a definition is a machine at all."""
    if not isinstance(value, Mapping):
        report.error("not_an_object", (), "A definition is a JSON object.", 'Begin with { "StartAt": ... }.')
        return False
    states = value.get("States")
    if not isinstance(states, Mapping):
        report.error("no_states", (), "The definition has no States.", 'Add "States": { ... }.')
        return False
    for name, state in states.items():
        if not isinstance(state, Mapping):
            report.error("not_an_object", ("States", str(name)), "A state is an object.", "Write { ... }.")
    return True
