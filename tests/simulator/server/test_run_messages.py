"""The messages of a run have the shape that both sides agreed on, and so has the API's answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from designer.server.models import Design
from simulator.server.announce import status_text, summary_text, windows_text
from simulator.server.control import command_from_json
from simulator.server.experiment_messages import ExperimentEvent
from simulator.server.messages import (
    CommandMessage,
    RefusedMessage,
    RunEvent,
    RunJson,
    StatusMessage,
    SummaryMessage,
    TracesMessage,
    WindowsMessage,
    run_to_json,
)
from simulator.server.models import Run, RunWindow
from simulator.server.selectors import run_chunks
from tests.typed_messages import problems

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "messages.json"


def example(socket: str, kind: str) -> Any:
    """The example that the browser's tests read too."""
    return json.loads(FIXTURES.read_text(encoding="utf-8"))[socket][kind]


def test_the_examples_have_the_declared_shape() -> None:
    assert list(problems(example("/ws/designs/<id>/events/", "run"), RunEvent)) == []
    assert list(problems(example("/ws/designs/<id>/events/", "experiment"), ExperimentEvent)) == []
    assert list(problems(example("/ws/runs/<id>/", "status"), StatusMessage)) == []
    assert list(problems(example("/ws/runs/<id>/", "windows"), WindowsMessage)) == []
    assert list(problems(example("/ws/runs/<id>/", "traces"), TracesMessage)) == []
    assert list(problems(example("/ws/runs/<id>/", "summary"), SummaryMessage)) == []
    assert list(problems(example("to /ws/runs/<id>/", "command"), CommandMessage)) == []
    assert list(problems(example("/ws/runs/<id>/", "refused"), RefusedMessage)) == []
    assert example("/ws/runs/<id>/", "windows")["windows"]


def test_the_example_of_a_command_is_one_that_is_understood() -> None:
    command = example("to /ws/runs/<id>/", "command")["command"]
    assert command_from_json(command) == command


@pytest.mark.usefixtures("at_once")
def test_what_a_real_run_sends_has_the_declared_shape(editor: Client, orders: Design) -> None:
    answer = editor.post(f"/api/designs/{orders.pk}/runs/", {}, content_type="application/json")
    run = Run.objects.select_related("created_by").get(pk=answer.json()["id"])
    assert run.summary is not None
    assert list(problems(answer.json(), RunJson)) == []
    assert list(problems(editor.get(f"/api/runs/{run.pk}/").json(), RunJson)) == []
    assert list(problems(json.loads(status_text(run)), StatusMessage)) == []
    assert list(problems(json.loads(summary_text(run.summary)), SummaryMessage)) == []
    assert list(problems({"type": "run", "run": run_to_json(run)}, RunEvent)) == []
    assert RunWindow.objects.filter(run=run).exists()
    for chunk in run_chunks(run.pk, after=-1)[0]:
        assert list(problems(json.loads(windows_text(chunk.text)), WindowsMessage)) == []
