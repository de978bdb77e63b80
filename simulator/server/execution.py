"""One execution of a run: claims it, advances the simulation in slices, stores and tells what comes out.

Everything is stored before it is told, so that a viewer who missed a message finds it by REST.
Every write carries the execution's claim: a run that was marked interrupted, started again or
deleted in the meantime is not written to any more.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from contextlib import suppress
from typing import Final

from django.db import transaction
from django.utils import timezone

from designer.domain.graph.document import design_from_json
from designer.domain.graph.scenario_document import scenario_from_json
from simulator.engine.overrides import overrides_from_json
from simulator.engine.results import Summary, Window
from simulator.engine.simulation import Simulation, SimulationRefused
from simulator.server.announce import announce_status, announce_traces, announce_windows
from simulator.server.chunks import Chunk, make_chunks, pack
from simulator.server.control import Player
from simulator.server.models import Run, RunStatus, RunWindow

PUBLISH_EVERY_S: Final = 0.1
"""Windows are told in batches, at most this often."""
BEAT_EVERY_S: Final = 1.0
"""How often progress and heartbeat are written."""
WAIT_S: Final = 0.02
"""How long a paced or paused run sleeps before it looks again."""
PAUSED_AT_MOST_S: Final = 1800.0
"""A run that has been paused for longer gives its worker back."""
LEAST_SLICE_MS: Final = 20
SLICE_MS: Final = 100

STOPPING: Final = threading.Event()
"""Set when this process is to stop: executions end after their present slice, their runs interrupted."""

logger = logging.getLogger(__name__)


class WorkerStoppingError(RuntimeError):
    """This process is to stop, and the run with it."""


class ClaimLostError(RuntimeError):
    """The run is not ours any more: interrupted, or deleted."""


def run_execute(run_id: uuid.UUID) -> None:
    """Simulate a queued run to its end. Does nothing when the run is not queued (any more)."""
    run = _claim(run_id)
    if run is None:
        return
    announce_status(run, to_design=True)
    try:
        _Execution(run).go()
    except ClaimLostError:
        logger.info("%s was taken away from its worker", run)
    except WorkerStoppingError:
        _fail(run, "The worker was stopped before the run had ended. Start it again.", RunStatus.INTERRUPTED)
    except SimulationRefused as refused:
        _fail(run, str(refused))
    except Exception:
        logger.exception("%s failed", run)
        _fail(run, "The simulation stopped because of an internal error; the server's log has it.")


def _claim(run_id: uuid.UUID) -> Run | None:
    claim, now = uuid.uuid4(), timezone.now()
    claimed = Run.objects.filter(pk=run_id, status=RunStatus.QUEUED, cancel_requested=False).update(
        status=RunStatus.RUNNING, claim=claim, started_at=now, heartbeat_at=now
    )
    return Run.objects.select_related("created_by", "design").get(pk=run_id) if claimed else None


def _fail(run: Run, error: str, status: RunStatus = RunStatus.FAILED) -> None:
    with suppress(ClaimLostError):
        _end(run, status, error=error)


def _end(run: Run, status: RunStatus, *, summary: Summary | None = None, error: str = "") -> None:
    """Write the final state, then tell it."""
    run.status, run.summary, run.error, run.finished_at = status, summary, error, timezone.now()
    if status is RunStatus.FINISHED:
        run.progress = 1.0
    _write(
        run, status=status, summary=summary, error=error, finished_at=run.finished_at, progress=run.progress, claim=None
    )
    announce_status(run, to_design=True)


def _write(run: Run, **values: object) -> None:
    """Update the run's row as long as it is ours. Raises :class:`ClaimLostError`."""
    if not Run.objects.filter(pk=run.pk, status=RunStatus.RUNNING, claim=run.claim).update(**values):
        raise ClaimLostError


class _Execution:
    """The loop around one :class:`Simulation`."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._simulation = Simulation(
            design_from_json(run.document),
            scenario_from_json(run.scenario),
            overrides_from_json(run.overrides),
            actions=run.replay,
        )
        self._player = Player(self._simulation, run.control)
        self._followed = 0
        self._played_at = time.monotonic()
        self._pending: list[Window] = []
        self._told_at = self._beat_at = float("-inf")

    def go(self) -> None:
        """Advance until the end or until somebody cancels."""
        cancelled = False
        while not self._simulation.finished:
            if STOPPING.is_set():
                raise WorkerStoppingError
            self._play(self._slice_ms())
            now = time.monotonic()
            if self._pending and now - self._told_at >= PUBLISH_EVERY_S:
                self._flush()
                self._told_at = now
            if self._cancel_requested() or now - self._played_at > PAUSED_AT_MOST_S:
                cancelled = True
                break
            if now - self._beat_at >= BEAT_EVERY_S:
                self._beat()
                if traces := self._simulation.newest_traces():
                    announce_traces(self._run, traces)
                self._beat_at = now
        self._flush()
        self._beat()
        status = RunStatus.CANCELLED if cancelled else RunStatus.FINISHED
        _end(self._run, status, summary=self._simulation.summary(cancelled=cancelled))

    def _slice_ms(self) -> float:
        """Until the next windows are due, so that telling the last ones does not delay them."""
        due_ms = 1000.0 * (self._told_at + PUBLISH_EVERY_S - time.monotonic())
        return min(max(due_ms, LEAST_SLICE_MS), SLICE_MS)

    def _play(self, slice_ms: float) -> None:
        """Go on for a slice, or wait when the pace allows no more yet."""
        until_s = self._player.may_reach_s
        if until_s <= self._simulation.now_s:
            time.sleep(WAIT_S)
        else:
            completed = self._simulation.advance(wall_ms=slice_ms, until_s=until_s)
            self._pending += completed
            if completed:
                self._player.stepped()
            if until_s < self._simulation.duration_s and self._simulation.now_s >= until_s:
                time.sleep(WAIT_S)
        if not self._player.control["paused"]:
            self._played_at = time.monotonic()

    def _cancel_requested(self) -> bool:
        """Whether the run is to end; what viewers have told it is done on the way."""
        flags = Run.objects.filter(pk=self._run.pk, status=RunStatus.RUNNING, claim=self._run.claim)
        row = flags.values_list("cancel_requested", "commands").first()
        if row is None:
            raise ClaimLostError
        requested, commands = row
        if len(commands) > self._followed:
            for command in commands[self._followed :]:
                self._player.apply(command)
            self._followed = len(commands)
            self._beat()
        return requested

    def _beat(self) -> None:
        self._run.progress, self._run.control = self._simulation.progress, self._player.report()
        _write(self._run, progress=self._run.progress, control=self._run.control, heartbeat_at=timezone.now())
        announce_status(self._run)

    def _flush(self) -> None:
        for chunk in make_chunks(self._pending):
            self._store(chunk)
            announce_windows(self._run, chunk)
        self._pending = []

    def _store(self, chunk: Chunk) -> None:
        with transaction.atomic():
            _write(self._run, heartbeat_at=timezone.now())
            RunWindow.objects.create(
                run=self._run,
                first_index=chunk.first_index,
                last_index=chunk.last_index,
                chunk=pack(chunk.text),
            )
