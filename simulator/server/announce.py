"""Telling the viewers of a run, and those who have its design open, what happens to it.

Messages carry finished JSON texts: they are made once, whatever the number of viewers, and cost
nothing to copy. A channel layer that cannot be reached is logged and never stops a run: all that
is told here is stored already.
"""

from __future__ import annotations

import json
import logging
import uuid

from designer.server.events import publish, publish_to_design
from simulator.engine.results import Summary
from simulator.engine.traces import Trace
from simulator.server.chunks import Chunk
from simulator.server.messages import RunEvent, StatusMessage, SummaryMessage, TracesMessage, run_to_json
from simulator.server.models import Run

logger = logging.getLogger(__name__)


def run_group(run_id: uuid.UUID) -> str:
    """The channel layer group of a run's viewers."""
    return f"run.{run_id}"


def status_text(run: Run) -> str:
    """The message with the run's present state."""
    message: StatusMessage = {"type": "status", "run": run_to_json(run)}
    return json.dumps(message)


def windows_text(windows: str) -> str:
    """The message with windows that are JSON text already."""
    return f'{{"type":"windows","windows":{windows}}}'


def traces_text(traces: list[Trace]) -> str:
    """The message with the last sampled requests."""
    message: TracesMessage = {"type": "traces", "traces": traces}
    return json.dumps(message, separators=(",", ":"))


def summary_text(summary: Summary) -> str:
    """The message with the run's result."""
    message: SummaryMessage = {"type": "summary", "summary": summary}
    return json.dumps(message)


def announce_status(run: Run, *, to_design: bool = False) -> None:
    """Tell the run's viewers its state, and everybody on the design when asked to."""
    _tell(run.pk, {"type": "run.status", "text": status_text(run), "ended": not run.is_active})
    if to_design:
        event: RunEvent = {"type": "run", "run": run_to_json(run)}
        publish_to_design(run.design_id, event)


def announce_windows(run: Run, chunk: Chunk) -> None:
    """Tell the run's viewers the next windows."""
    message = {"first_index": chunk.first_index, "last_index": chunk.last_index, "text": chunk.text}
    _tell(run.pk, {"type": "run.windows", **message})


def announce_traces(run: Run, traces: list[Trace]) -> None:
    """Tell the run's viewers its last sampled requests."""
    _tell(run.pk, {"type": "run.traces", "text": traces_text(traces)})


def announce_deleted(run_id: uuid.UUID) -> None:
    """Tell the run's viewers that it is gone."""
    _tell(run_id, {"type": "run.deleted"})


def _tell(run_id: uuid.UUID, message: dict[str, object]) -> None:
    publish(run_group(run_id), message)
