"""The JSON that leaves the run server: a run, and the messages of its socket.

``tests/fixtures/messages.json`` holds an example of each message; the browser's tests read it too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypedDict, cast

from designer.server.services import person_name
from simulator.engine.results import Summary, Window
from simulator.engine.traces import Trace
from simulator.server.control import Command, Control
from simulator.server.models import Run

StatusName = Literal["queued", "running", "finished", "cancelled", "failed", "interrupted"]


class Person(TypedDict):
    """Who started a run."""

    id: int
    name: str


class RunJson(TypedDict):
    """A run as the API gives it. Times are ISO 8601; lists and messages leave ``summary`` null."""

    id: str
    design: str
    number: int
    status: StatusName
    progress: float
    seed: int
    scenario: dict[str, object]
    engine_version: str
    catalog_version: str
    rates_version: str
    created_at: str
    started_at: str | None
    finished_at: str | None
    created_by: Person | None
    error: str
    control: Control
    summary: Summary | None


class StatusMessage(TypedDict):
    """The run changed its status or got further."""

    type: Literal["status"]
    run: RunJson


class WindowsMessage(TypedDict):
    """The next windows, in order and without a gap."""

    type: Literal["windows"]
    windows: list[Window]


class TracesMessage(TypedDict):
    """The last sampled requests of a run that goes on; they take the place of those told before."""

    type: Literal["traces"]
    traces: list[Trace]


class SummaryMessage(TypedDict):
    """The run's result; sent after the last windows and before the final status."""

    type: Literal["summary"]
    summary: Summary


class RunEvent(TypedDict):
    """Told to everybody who has the design open: a run of it changed its status."""

    type: Literal["run"]
    run: RunJson


class CommandMessage(TypedDict):
    """Sent by a viewer who may edit: something to do to the running run. Its effect shows in the next status."""

    type: Literal["command"]
    command: Command


class RefusedMessage(TypedDict):
    """Answer to a command that cannot be followed."""

    type: Literal["refused"]
    error: str
    path: str


RunMessage = StatusMessage | WindowsMessage | TracesMessage | SummaryMessage | RefusedMessage


def run_to_json(run: Run, *, with_summary: bool = False) -> RunJson:
    """The run as JSON values."""
    author = run.created_by
    return {
        "id": str(run.id),
        "design": str(run.design_id),
        "number": run.number,
        "status": cast("StatusName", run.status),
        "progress": round(run.progress, 4),
        "seed": run.seed,
        "scenario": run.scenario,
        "engine_version": run.engine_version,
        "catalog_version": run.catalog_version,
        "rates_version": run.rates_version,
        "created_at": run.created_at.isoformat(),
        "started_at": _time(run.started_at),
        "finished_at": _time(run.finished_at),
        "created_by": None if author is None else {"id": author.pk, "name": person_name(author)},
        "error": run.error,
        "control": run.control,
        "summary": run.summary if with_summary else None,
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
