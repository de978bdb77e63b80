"""What viewers do to a run while it goes on."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from designer.server.models import Design
from simulator.server.models import Run, RunStatus
from simulator.server.refusals import RunRefusedError
from simulator.server.services import run_cancel, run_command, run_restart
from tests.simulator.server.runs import People, wait_for

SHORT: dict[str, Any] = {"duration_s": 60, "window_s": 1}


def started(editor: Client, design: Design, **body: Any) -> Run:
    answer = editor.post(f"/api/designs/{design.pk}/runs/", body, content_type="application/json")
    assert answer.status_code == 201, answer.json()
    return Run.objects.get(pk=answer.json()["id"])


def reached(run: Run) -> float:
    """Simulated seconds."""
    return Run.objects.get(pk=run.pk).progress * 60.0


def until(condition: Any, timeout_s: float = 10.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.usefixtures("embedded_worker")
def test_a_paced_run_takes_its_time_and_can_be_let_go(editor: Client, orders: Design) -> None:
    run = started(editor, orders, scenario=SHORT, pace=5)
    began = time.monotonic()
    wait_for(run.pk, RunStatus.RUNNING)
    until(lambda: reached(run) > 5)
    assert reached(run) < 5 * (time.monotonic() - began) + 5
    run_command(run_id=run.pk, command={"kind": "pace", "pace": None})
    assert wait_for(run.pk, RunStatus.FINISHED, timeout_s=10).control["pace"] is None


@pytest.mark.usefixtures("embedded_worker")
def test_a_paused_run_waits_and_goes_on_a_window_at_a_time(editor: Client, orders: Design) -> None:
    run = started(editor, orders, scenario=SHORT, pace=5)
    wait_for(run.pk, RunStatus.RUNNING)
    run_command(run_id=run.pk, command={"kind": "pause"})
    until(lambda: Run.objects.get(pk=run.pk).control["paused"])
    time.sleep(0.3)
    before = run.windows.count()
    last = max((row.last_index for row in run.windows.all()), default=-1)
    time.sleep(0.5)
    assert run.windows.count() == before
    run_command(run_id=run.pk, command={"kind": "step"})
    until(lambda: max((row.last_index for row in run.windows.all()), default=-1) == last + 1)
    run_command(run_id=run.pk, command={"kind": "play"})
    run_command(run_id=run.pk, command={"kind": "pace", "pace": None})
    wait_for(run.pk, RunStatus.FINISHED)


@pytest.mark.usefixtures("embedded_worker")
def test_load_and_faults_take_effect_within_a_second_and_are_repeated_with_the_run(
    editor: Client, orders: Design, people: People
) -> None:
    run = started(editor, orders, scenario=SHORT, pace=10)
    wait_for(run.pk, RunStatus.RUNNING)
    node = next(each["id"] for each in run.document["nodes"] if each["service"] == "lambda")
    asked = time.monotonic()
    run_command(run_id=run.pk, command={"kind": "load", "factor": 3})
    fault = {"kind": "errors", "node": node, "amount": 100}
    run_command(run_id=run.pk, command={"kind": "inject", "id": "mine", "fault": fault})
    until(lambda: Run.objects.get(pk=run.pk).control["faults"], timeout_s=2)
    assert time.monotonic() - asked < 1.0
    control = Run.objects.get(pk=run.pk).control
    assert control["load"] == 3
    assert [each["id"] for each in control["faults"]] == ["mine"]
    run_command(run_id=run.pk, command={"kind": "pace", "pace": None})
    ended = wait_for(run.pk, RunStatus.FINISHED)
    assert ended.summary is not None
    assert [action["kind"] for action in ended.summary["actions"]] == ["load", "inject"]
    assert ended.summary["nodes"][node]["errors"]["function_error"] > 0
    again = run_restart(run=ended, user=people.editor)
    repeated = wait_for(again.pk, RunStatus.FINISHED)
    assert repeated.summary == ended.summary


@pytest.mark.usefixtures("never")
@pytest.mark.parametrize(
    ("command", "path"),
    [
        ({"kind": "explode"}, "command.kind"),
        ({"kind": "pace", "pace": 1e6}, "command.pace"),
        ({"kind": "pace", "pace": float("nan")}, "command.pace"),
        ({"kind": "load", "factor": -1}, "command.factor"),
        ({"kind": "inject", "id": "x", "fault": {"kind": "errors"}}, "command.fault.node"),
        ({"kind": "inject", "id": "x", "fault": {"kind": "errors", "node": "gone"}}, "command.fault.node"),
        ({"kind": "lift"}, "command.id"),
        ("play", "command"),
    ],
)
def test_a_command_that_makes_no_sense_is_refused_with_its_field(
    editor: Client, orders: Design, command: object, path: str
) -> None:
    run = started(editor, orders, scenario=SHORT)
    with pytest.raises(RunRefusedError) as caught:
        run_command(run_id=run.pk, command=command)
    assert caught.value.path == path


@pytest.mark.usefixtures("never")
def test_an_ended_run_takes_no_commands(editor: Client, orders: Design) -> None:
    run = started(editor, orders, scenario=SHORT)
    run_cancel(run=run)
    with pytest.raises(RunRefusedError, match="ended"):
        run_command(run_id=run.pk, command={"kind": "pause"})


@pytest.mark.usefixtures("never")
def test_an_absurd_pace_is_refused_at_the_start(editor: Client, orders: Design) -> None:
    answer = editor.post(f"/api/designs/{orders.pk}/runs/", {"pace": -3}, content_type="application/json")
    assert answer.status_code == 400
    assert "command.pace" in answer.content.decode()
