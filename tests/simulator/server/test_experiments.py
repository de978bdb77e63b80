"""Experiments over REST and on the worker: started, followed, stopped, taken up again after a killed worker."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from designer.domain.graph.document import design_from_json
from designer.server.models import Design
from designer.server.services import design_create
from simulator.server.experiments import experiments_send_again, trials_take_back
from simulator.server.models import Experiment, ExperimentStatus, ExperimentTrial, TrialStatus
from simulator.server.trials import trial_execute
from tests.commands.running import orders_document
from tests.simulator.server.runs import LONG, People

SHORT = {"duration_s": 5, "seed": 7}
REPLICATIONS = {"kind": "replications", "replications": 3}


def start(client: Client, design: Design, question: object, **body: object) -> dict[str, Any]:
    data = {"question": question, "scenario": SHORT, **body}
    response = client.post(f"/api/designs/{design.pk}/experiments/", data, content_type="application/json")
    assert response.status_code == 201, response.content
    started: dict[str, Any] = response.json()
    return started


def refusal(client: Client, design: Design, question: object, **body: object) -> tuple[int, dict[str, Any]]:
    data = {"question": question, "scenario": SHORT, **body}
    response = client.post(f"/api/designs/{design.pk}/experiments/", data, content_type="application/json")
    error: dict[str, Any] = response.json()["error"]
    return response.status_code, error


def read(client: Client, experiment: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/experiments/{experiment['id']}/").json()
    return found


@pytest.fixture
def unsent(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker: trials stay queued."""
    monkeypatch.setattr("simulator.server.experiments._send", lambda _trials, _experiment: None)


@pytest.mark.usefixtures("at_once")
def test_replications_are_merged_into_one_answer(editor: Client, orders: Design) -> None:
    found = read(editor, start(editor, orders, REPLICATIONS))
    assert (found["status"], found["trials_done"], found["trials_known"], found["error"]) == ("finished", 3, 3, "")
    (point,) = found["answer"]["points"]
    assert point["replications"] == 3
    entry = point["entry_points"]["users"]
    assert 200 < entry["requests"] < 400
    assert entry["caller"]["p99"]["low"] <= entry["caller"]["p99"]["mean"] <= entry["caller"]["p99"]["high"]
    assert point["monthly_usd"]["least"] <= point["monthly_usd"]["mean"] <= point["monthly_usd"]["greatest"]


@pytest.mark.usefixtures("at_once")
def test_a_breaking_point_is_searched_in_steps_until_it_is_close_enough(editor: Client, orders: Design) -> None:
    question = {
        "kind": "breaking_point",
        "replications": 1,
        "precision": 0.3,
        "objective": {"at_most_ms": 2000, "errors_at_most": 0.3},
    }
    design = dict(orders_document())
    nodes = [{**node, "parameters": dict(node["parameters"])} for node in design["nodes"]]  # type: ignore[attr-defined]
    nodes[2]["parameters"]["reserved_concurrency"] = 2
    limited = design_create(
        workspace=orders.workspace,
        user=User.objects.get(username="olga"),
        content=design_from_json({**design, "nodes": nodes}),
    )
    found = read(editor, start(editor, limited, question))
    assert found["status"] == "finished"
    points = found["answer"]["points"]
    holding = max(point["load_factor"] for point in points if point["meets"])
    failing = min(point["load_factor"] for point in points if not point["meets"])
    assert failing / holding <= 1.3
    assert "holds up to" in found["answer"]["statement"]


@pytest.mark.usefixtures("at_once")
def test_two_designs_are_compared_under_the_same_arrivals(editor: Client, orders: Design) -> None:
    other = design_create(
        workspace=orders.workspace, user=User.objects.get(username="olga"), content=design_from_json(orders_document())
    )
    question = {"kind": "compare", "replications": 2}
    found = read(editor, start(editor, orders, question, other_design=str(other.pk)))
    assert found["labels"] == ["Orders", "Orders"]
    assert found["answer"]["differences"]["users.mean_ms"]["mean"] == 0.0


@pytest.mark.usefixtures("at_once")
def test_a_period_too_long_to_run_is_estimated_with_its_error(editor: Client, orders: Design) -> None:
    day = {"entry": "users", "pattern": "diurnal", "rate_per_s": 5, "peak_rate_per_s": 30}
    scenario = {"duration_s": 30 * 86_400, "window_s": 3600, "seed": 7, "traffic": [day]}
    refused = editor.post(
        f"/api/designs/{orders.pk}/runs/",
        {"scenario": {**scenario, "traffic": [{**day, "peak_rate_per_s": 300}]}},
        content_type="application/json",
    )
    assert refused.status_code == 400
    found = read(editor, start(editor, orders, {"kind": "period", "replications": 1}, scenario=scenario))
    assert (found["status"], found["trials_done"]) == ("finished", 32)
    (point,) = found["answer"]["points"]
    assert point["entry_points"]["users"]["requests"] == pytest.approx(30 * 86_400 * 17.5, rel=0.05)
    assert point["monthly_usd"]["low"] < point["monthly_usd"]["mean"] < point["monthly_usd"]["high"]
    assert found["answer"]["statement"].startswith("30.0 days")


@pytest.mark.usefixtures("embedded_worker")
def test_a_worker_runs_a_sweep(editor: Client, orders: Design) -> None:
    question = {"kind": "sweep", "id": "orders", "parameter": "memory_mb", "values": [256, 1024], "replications": 2}
    started = start(editor, orders, question)
    deadline = time.monotonic() + 60.0
    while (found := read(editor, started))["status"] == "running" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (found["status"], found["trials_done"]) == ("finished", 4)
    slow, fast = found["answer"]["points"]
    figures = [point["entry_points"]["users"]["caller_latency_ms"]["p50"] for point in (slow, fast)]
    assert figures[0] > figures[1]


@pytest.mark.usefixtures("unsent")
def test_stopping_keeps_what_is_known(editor: Client, orders: Design) -> None:
    question = {"kind": "sweep", "id": "orders", "parameter": "memory_mb", "values": [256, 1024], "replications": 1}
    started = start(editor, orders, question)
    trial_execute(ExperimentTrial.objects.filter(experiment_id=started["id"]).values_list("pk", flat=True)[0])
    stopped = editor.post(f"/api/experiments/{started['id']}/cancel/").json()
    assert (stopped["status"], stopped["trials_done"]) == ("cancelled", 1)
    assert [point["settings"][0]["value"] for point in stopped["answer"]["points"]] == [256]


@pytest.mark.usefixtures("unsent")
def test_a_killed_workers_trial_is_given_to_another_one(editor: Client, orders: Design) -> None:
    started = start(editor, orders, REPLICATIONS)
    trials = list(ExperimentTrial.objects.filter(experiment_id=started["id"]))
    long_ago = timezone.now() - timedelta(minutes=5)
    ExperimentTrial.objects.filter(pk=trials[0].pk).update(
        status=TrialStatus.RUNNING, heartbeat_at=long_ago, claim="5d0c4a53-0a5e-4c53-9d3f-2f6c2ad0a7a1"
    )
    for trial in trials[1:]:
        trial_execute(trial.pk)
    assert Experiment.objects.get(pk=started["id"]).status == ExperimentStatus.RUNNING
    assert trials_take_back() == 1
    trial_execute(trials[0].pk)
    assert read(editor, started)["status"] == "finished"


@pytest.mark.usefixtures("unsent", "at_once")
def test_queued_trials_of_an_earlier_process_are_sent_again(editor: Client, orders: Design) -> None:
    started = start(editor, orders, REPLICATIONS)
    assert experiments_send_again() == 3
    assert read(editor, started)["status"] == "finished"


@pytest.mark.usefixtures("unsent")
def test_a_trial_of_a_stopped_experiment_writes_nothing(editor: Client, orders: Design) -> None:
    started = start(editor, orders, REPLICATIONS)
    trial = ExperimentTrial.objects.filter(experiment_id=started["id"])[0]
    editor.post(f"/api/experiments/{started['id']}/cancel/")
    trial_execute(trial.pk)
    assert read(editor, started)["answer"]["points"] == []


@pytest.mark.usefixtures("unsent")
def test_a_viewer_may_read_but_not_start_stop_or_delete(
    editor: Client, orders: Design, people: People, signed_in: Callable[[User], Client]
) -> None:
    started = start(editor, orders, REPLICATIONS)
    viewer, stranger = signed_in(people.viewer), signed_in(people.stranger)
    address = f"/api/experiments/{started['id']}/"
    assert viewer.get(address).status_code == 200
    assert refusal(viewer, orders, REPLICATIONS)[0] == 403
    assert viewer.post(f"{address}cancel/").status_code == 403
    assert viewer.delete(address).status_code == 403
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}cancel/").status_code == 404
    assert stranger.delete(address).status_code == 404
    assert stranger.get(f"/api/designs/{orders.pk}/experiments/").status_code == 404
    assert Client().get(address).status_code in (401, 403)
    assert editor.delete(address).status_code == 204
    assert not ExperimentTrial.objects.exists()


@pytest.mark.usefixtures("unsent")
def test_another_workspaces_design_cannot_be_compared_with(editor: Client, orders: Design, people: People) -> None:
    workspace = people.stranger.memberships.get().workspace
    hidden = design_create(workspace=workspace, user=people.stranger, content=design_from_json(orders_document()))
    data = {"question": {"kind": "compare"}, "scenario": SHORT, "other_design": str(hidden.pk)}
    answer = editor.post(f"/api/designs/{orders.pk}/experiments/", data, content_type="application/json")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("question", "body", "path"),
    [
        ({"kind": "guess"}, {}, "question.kind"),
        ({"kind": "sweep", "id": "orders", "parameter": "speed", "values": [1, 2]}, {}, "question.parameter"),
        ({"kind": "replications"}, {"scenario": {"duration_s": -1}}, "scenario.duration_s"),
        ({"kind": "replications"}, {"scenario": {**LONG, "duration_s": 80_000}}, "scenario"),
    ],
)
def test_a_bad_experiment_is_refused_with_the_field(
    editor: Client, orders: Design, question: object, body: dict[str, object], path: str
) -> None:
    code, error = refusal(editor, orders, question, **body)
    assert (code, error["path"]) == (400, path)
    assert not Experiment.objects.exists()


def test_a_comparison_without_another_design_is_refused(editor: Client, orders: Design) -> None:
    assert refusal(editor, orders, {"kind": "compare"})[0] == 400
