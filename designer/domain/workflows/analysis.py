"""Reads a definition and finds everything that is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from designer.domain.workflows.choices import check_choices
from designer.domain.workflows.expressions import check_state_expressions
from designer.domain.workflows.failures import check_failures
from designer.domain.workflows.machine import JSONPATH, Machine, State, all_machines, read_machine
from designer.domain.workflows.maps_and_waits import check_fail, check_map, check_parallel, check_wait
from designer.domain.workflows.problem import AslProblem, Level
from designer.domain.workflows.report import Report
from designer.domain.workflows.source import JsonSyntaxError, Source, line_and_column, read_source
from designer.domain.workflows.structure import check_machine, check_names, check_shape, check_state
from designer.domain.workflows.task_checks import check_task

MAXIMUM_BYTES: Final = 1_048_576
"""Largest definition that AWS takes."""

_ORDER: Final = {Level.ERROR: 0, Level.WARNING: 1, Level.ADVICE: 2}


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a definition is and what is wrong in it, in the order of the text."""

    problems: tuple[AslProblem, ...]
    machine: Machine | None
    """None when there are no states to speak of."""

    @property
    def errors(self) -> tuple[AslProblem, ...]:
        """The problems with which AWS would not run it."""
        return tuple(problem for problem in self.problems if problem.level is Level.ERROR)

    @property
    def runnable(self) -> bool:
        """Whether the machine can be executed: it has states and nothing in it is wrong."""
        return self.machine is not None and not self.errors


@lru_cache(maxsize=256)
def analyse(text: str, *, express: bool = False) -> Analysis:
    """Read and check a definition. ``express``: for an Express workflow."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAXIMUM_BYTES:
        message = f"The definition has {size:,} bytes; AWS takes {MAXIMUM_BYTES:,}."
        cure = "Move parts into workflows of their own, which states start."
        return Analysis((AslProblem(Level.ERROR, "too_large", message, cure, (), 1, 1),), None)
    try:
        source = read_source(text)
    except JsonSyntaxError as error:
        line, column = line_and_column(text, error.offset)
        message = f"The text is not JSON: {error.message}."
        return Analysis((AslProblem(Level.ERROR, "not_json", message, error.cure, (), line, column),), None)
    report = Report(source, express)
    machine = _check(source, report)
    return Analysis(tuple(sorted(report.problems, key=lambda p: (p.line, p.column, _ORDER[p.level]))), machine)


def _check(source: Source, report: Report) -> Machine | None:
    for path in source.repeated:
        report.error("key_twice", path, f"{path[-1]!r} stands twice in one object.", "Keep one of them.")
    if not check_shape(source.value, report):
        return None
    machine = read_machine(source.value)
    if machine is None:
        return None
    for inner in all_machines(machine):
        check_machine(inner, report)
    check_names(machine, report)
    language = str(machine.fields.get("QueryLanguage", JSONPATH))
    _check_states(machine, report, language, express=report.express)
    return machine


def _check_states(machine: Machine, report: Report, language: str, *, express: bool) -> None:
    """The states of a machine and of those inside; ``express``: they run as an Express execution."""
    for state in machine.states.values():
        if check_state(state, report, top_language=language):
            check_state_expressions(state, report)
            check_failures(state, report)
            _check_type(state, report, express=express)
        for inner in state.branches:
            within = state.child_type == "EXPRESS" if state.distributed else express
            _check_states(inner, report, language, express=within)


def _check_type(state: State, report: Report, *, express: bool) -> None:
    match state.type:
        case "Task":
            check_task(state, report, express=express)
        case "Choice":
            check_choices(state, report)
        case "Wait":
            check_wait(state, report, express=express)
        case "Parallel":
            check_parallel(state, report)
        case "Map":
            check_map(state, report, express=express)
        case "Fail":
            check_fail(state, report)
