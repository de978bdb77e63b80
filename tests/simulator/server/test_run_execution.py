"""One execution of a run: claimed once, cancelled within a second, interrupted and repeated."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from designer.server.models import Design
from simulator.engine.results import Window
from simulator.engine.simulation import Simulation
from simulator.server import execution
from simulator.server.execution import run_execute
from simulator.server.models import Run, RunStatus, RunWindow
from simulator.server.services import runs_mark_interrupted, runs_send_again
from simulator.server.tasks import run_simulation_task
from tests.simulator.server.runs import LONG, wait_for

Start = Callable[..., Run]


@pytest.fixture
def start(editor: Client, orders: Design) -> Start:
    """Starts a run as the editor."""

    def run(**body: object) -> Run:
        answer = editor.post(f"/api/designs/{orders.pk}/runs/", body, content_type="application/json")
        assert answer.status_code == 201, answer.content
        return Run.objects.get(pk=answer.json()["id"])

    return run


@pytest.mark.usefixtures("embedded_worker")
def test_a_worker_thread_simulates_a_run(start: Start) -> None:
    run = wait_for(start().pk, RunStatus.FINISHED, RunStatus.FAILED)
    assert (run.status, run.error) == (RunStatus.FINISHED, "")
    assert run.summary is not None
    assert run.summary["duration_s"] == 20


@pytest.mark.usefixtures("embedded_worker")
def test_a_running_run_is_cancelled_within_a_second(start: Start, editor: Client) -> None:
    run = wait_for(start(scenario=LONG).pk, RunStatus.RUNNING)
    while not RunWindow.objects.filter(run=run).exists():
        time.sleep(0.02)
    asked_at = time.monotonic()
    editor.post(f"/api/runs/{run.pk}/cancel/")
    run = wait_for(run.pk, RunStatus.CANCELLED)
    assert time.monotonic() - asked_at < 1.0
    assert 0 < run.progress < 1
    assert run.summary is not None
    assert run.summary["status"] == "cancelled"
    assert 0 < run.summary["duration_s"] < 3600
    last = RunWindow.objects.filter(run=run).latest("last_index").last_index
    assert last + 1 == pytest.approx(run.summary["duration_s"] / 10, abs=1.01)


@pytest.mark.usefixtures("embedded_worker")
def test_deleting_a_running_run_stops_its_worker(start: Start, editor: Client, orders: Design) -> None:
    run = wait_for(start(scenario=LONG).pk, RunStatus.RUNNING)
    assert editor.delete(f"/api/runs/{run.pk}/").status_code == 204
    following = [start(scenario={"duration_s": 5}).pk for _ in range(2)]
    for run_id in following:
        wait_for(run_id, RunStatus.FINISHED)
    assert not RunWindow.objects.filter(run_id=run.pk).exists()


@pytest.mark.usefixtures("never")
def test_a_message_that_is_delivered_twice_runs_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    run = start()
    simulated: list[float] = []
    real_advance = Simulation.advance

    def advance(simulation: Simulation, wall_ms: float = 100, until_s: float = math.inf) -> list[Window]:
        run_execute(run.pk)
        simulated.append(wall_ms)
        return real_advance(simulation, wall_ms, until_s)

    monkeypatch.setattr(Simulation, "advance", advance)
    run_execute(run.pk)
    count = len(simulated)
    run_execute(run.pk)
    assert len(simulated) == count
    run.refresh_from_db()
    assert run.status == RunStatus.FINISHED
    indexes = [index for row in run.windows.all() for index in range(row.first_index, row.last_index + 1)]
    assert indexes == list(range(20))


@pytest.mark.usefixtures("never")
def test_a_killed_worker_leaves_a_run_that_is_marked_and_can_be_repeated(start: Start, editor: Client) -> None:
    run = start()
    silent = timezone.now() - timedelta(seconds=25)
    Run.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING, claim=run.pk, heartbeat_at=silent, progress=0.4)
    seen = editor.get(f"/api/runs/{run.pk}/").json()
    assert seen["status"] == "interrupted"
    assert "Start it again" in seen["error"]
    again = editor.post(f"/api/runs/{run.pk}/restart/")
    assert again.status_code == 201
    assert (again.json()["status"], again.json()["number"]) == ("queued", 2)
    run_simulation_task(again.json()["id"])
    fresh = Run.objects.get(number=2)
    assert (fresh.status, fresh.document, fresh.scenario) == (RunStatus.FINISHED, run.document, run.scenario)


@pytest.mark.usefixtures("never")
def test_a_run_that_is_heard_of_is_left_alone(start: Start) -> None:
    run = start()
    Run.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING, heartbeat_at=timezone.now() - timedelta(seconds=10))
    assert runs_mark_interrupted() == 0
    assert runs_mark_interrupted(silent_since=timezone.now()) == 1


@pytest.mark.usefixtures("never")
def test_a_worker_that_wakes_up_late_writes_nothing(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    run = start()
    real_advance = Simulation.advance

    def advance(simulation: Simulation, wall_ms: float = 100, until_s: float = math.inf) -> list[Window]:
        runs_mark_interrupted(silent_since=timezone.now() + timedelta(seconds=1))
        return real_advance(simulation, wall_ms, until_s)

    monkeypatch.setattr(Simulation, "advance", advance)
    run_execute(run.pk)
    run.refresh_from_db()
    assert (run.status, run.summary) == (RunStatus.INTERRUPTED, None)
    assert not run.windows.exists()


@pytest.mark.usefixtures("never")
def test_a_worker_that_is_stopped_marks_its_run(start: Start) -> None:
    run = start(scenario=LONG)
    thread = threading.Thread(target=_execute_and_close, args=(run,))
    thread.start()
    wait_for(run.pk, RunStatus.RUNNING)
    execution.STOPPING.set()
    try:
        thread.join(5)
        assert not thread.is_alive()
    finally:
        execution.STOPPING.clear()
    assert wait_for(run.pk, RunStatus.INTERRUPTED).error


def _execute_and_close(run: Run) -> None:
    run_execute(run.pk)
    connection.close()


def test_queued_runs_of_an_earlier_process_are_sent_again(start: Start, never: list[str]) -> None:
    run = start()
    never.clear()
    assert runs_send_again() == 1
    assert never == [str(run.pk)]


@pytest.mark.usefixtures("never")
def test_a_defect_in_the_engine_fails_the_run_and_nothing_else(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    run = start()

    def advance(simulation: Simulation, wall_ms: float = 100, until_s: float = math.inf) -> list[Window]:
        raise ZeroDivisionError

    monkeypatch.setattr(Simulation, "advance", advance)
    run_execute(run.pk)
    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert "internal error" in run.error
