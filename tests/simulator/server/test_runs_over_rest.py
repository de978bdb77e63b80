"""Starting, reading, repeating and deleting runs over REST; tasks run within the request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from designer.server.models import Design
from simulator.engine import ENGINE_VERSION
from simulator.server.models import Run, RunStatus, RunWindow
from simulator.server.tasks import run_simulation_task
from tests.simulator.server.runs import LONG, People


def start(client: Client, design: Design, **body: object) -> dict[str, object]:
    response = client.post(f"/api/designs/{design.pk}/runs/", body, content_type="application/json")
    assert response.status_code == 201, response.content
    run: dict[str, object] = response.json()
    return run


def refusal(client: Client, design: Design, **body: object) -> tuple[int, dict[str, str]]:
    response = client.post(f"/api/designs/{design.pk}/runs/", body, content_type="application/json")
    error: dict[str, str] = response.json()["error"]
    return response.status_code, error


@pytest.mark.usefixtures("at_once")
def test_a_run_goes_from_start_over_windows_to_a_summary(editor: Client, orders: Design) -> None:
    started = start(editor, orders)
    assert (started["number"], started["seed"], started["summary"]) == (1, 7, None)
    run = editor.get(f"/api/runs/{started['id']}/").json()
    assert (run["status"], run["progress"], run["error"]) == ("finished", 1.0, "")
    assert (run["engine_version"], run["scenario"]["id"]) == (ENGINE_VERSION, "short")
    assert run["created_by"]["name"] == "Ed"
    assert run["created_at"] <= run["started_at"] <= run["finished_at"]
    page = editor.get(f"/api/runs/{started['id']}/windows/").json()
    assert [window["index"] for window in page["windows"]] == list(range(20))
    assert (page["last_index"], page["more"]) == (19, False)
    summary = run["summary"]
    assert summary["duration_s"] == 20
    requests = sum(window["entry_points"]["users"]["requests"] for window in page["windows"])
    assert requests == summary["entry_points"]["users"]["requests"] > 300
    assert page["windows"][-1]["cost_usd"] == pytest.approx(summary["cost"]["total_usd"])


@pytest.mark.usefixtures("at_once")
def test_the_same_seed_gives_the_same_summary_and_another_seed_does_not(editor: Client, orders: Design) -> None:
    scenario = {"duration_s": 10, "seed": 3}
    ids = [start(editor, orders, scenario={**scenario, "seed": seed})["id"] for seed in (3, 3, 4)]
    first, second, other = (editor.get(f"/api/runs/{run_id}/").json()["summary"] for run_id in ids)
    assert first == second
    assert first["entry_points"] != other["entry_points"]


@pytest.mark.usefixtures("at_once")
def test_a_scenario_of_the_design_is_named_by_its_id(editor: Client, orders: Design) -> None:
    assert start(editor, orders, scenario="short")["seed"] == 7
    code, error = refusal(editor, orders, scenario="long")
    assert (code, error["code"], error["path"]) == (400, "bad_scenario", "scenario")


@pytest.mark.usefixtures("at_once")
def test_windows_come_in_pages(editor: Client, orders: Design, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.server.chunks.CHUNK_BYTES", 10_000)
    monkeypatch.setattr("simulator.server.selectors.PAGE_WINDOWS", 8)
    run_id = start(editor, orders)["id"]
    assert RunWindow.objects.filter(run_id=str(run_id)).count() > 2
    indexes: list[int] = []
    after, more = -1, True
    while more:
        page = editor.get(f"/api/runs/{run_id}/windows/", {"after": after}).json()
        assert len(page["windows"]) < 20
        indexes += [window["index"] for window in page["windows"]]
        after, more = page["last_index"], page["more"]
    assert indexes == list(range(20))
    assert editor.get(f"/api/runs/{run_id}/windows/", {"after": 19}).json() == {
        "windows": [],
        "last_index": 19,
        "more": False,
    }


@pytest.mark.usefixtures("never")
def test_a_window_index_that_is_none_is_refused(editor: Client, orders: Design) -> None:
    run_id = start(editor, orders)["id"]
    for after in ("x", "-2", "1e3", "99999999999"):
        assert editor.get(f"/api/runs/{run_id}/windows/", {"after": after}).status_code == 400


@pytest.mark.usefixtures("at_once")
def test_a_run_is_of_the_design_as_it_was(editor: Client, orders: Design) -> None:
    run_id = start(editor, orders)["id"]
    operations = [{"op": "remove_node", "node_id": "table"}]
    changed = editor.post(
        f"/api/designs/{orders.pk}/operations/", {"operations": operations}, content_type="application/json"
    )
    assert changed.status_code == 200, changed.content
    again = editor.post(f"/api/runs/{run_id}/restart/").json()
    first, second = (editor.get(f"/api/runs/{key}/").json()["summary"] for key in (run_id, again["id"]))
    assert "table" in second["nodes"]
    assert first == second


@pytest.mark.usefixtures("at_once")
def test_runs_are_listed_the_newest_first_without_their_summaries(editor: Client, orders: Design) -> None:
    for _ in range(3):
        start(editor, orders, scenario={"duration_s": 5})
    runs = editor.get(f"/api/designs/{orders.pk}/runs/").json()
    assert [(run["number"], run["summary"]) for run in runs] == [(3, None), (2, None), (1, None)]


@pytest.mark.usefixtures("at_once")
def test_a_list_of_runs_takes_the_same_number_of_queries_whatever_its_length(editor: Client, orders: Design) -> None:
    start(editor, orders, scenario={"duration_s": 5})
    with CaptureQueriesContext(connection) as few:
        editor.get(f"/api/designs/{orders.pk}/runs/")
    for _ in range(4):
        start(editor, orders, scenario={"duration_s": 5})
    with CaptureQueriesContext(connection) as many:
        editor.get(f"/api/designs/{orders.pk}/runs/")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("scenario", "path", "words"),
    [
        ({"duration_s": 86_400, "traffic": [{"entry": "users", "rate_per_s": 900_000}]}, "scenario", "100,000,000"),
        ({"traffic": [{"entry": "nobody"}]}, "scenario", "nobody"),
        ({"duration_s": -1}, "scenario.duration_s", "from 1"),
        ({"traffic": [{"entry": "users", "rate_per_s": "many"}]}, "scenario.traffic[0].rate_per_s", "number"),
        ([], "scenario", "object"),
        (7, "scenario", "object"),
    ],
)
@pytest.mark.usefixtures("never")
def test_a_scenario_that_cannot_be_run_is_refused_before_it_starts(
    editor: Client, orders: Design, scenario: object, path: str, words: str
) -> None:
    code, error = refusal(editor, orders, scenario=scenario)
    assert (code, error["path"]) == (400, path)
    assert words in error["message"]
    assert not Run.objects.exists()


@pytest.mark.usefixtures("never")
def test_a_body_that_is_no_object_is_refused(editor: Client, orders: Design) -> None:
    response = editor.post(f"/api/designs/{orders.pk}/runs/", "[]", content_type="application/json")
    assert response.status_code == 400


@pytest.mark.usefixtures("never")
def test_a_workspace_has_a_limit_of_runs_at_once(editor: Client, orders: Design, settings: Any) -> None:
    settings.RUNS_AT_ONCE_PER_WORKSPACE = 2
    first = start(editor, orders)
    start(editor, orders)
    code, error = refusal(editor, orders)
    assert (code, error["code"]) == (429, "too_many_runs")
    assert "2" in error["message"]
    editor.post(f"/api/runs/{first['id']}/cancel/")
    assert start(editor, orders)["number"] == 3


@pytest.mark.usefixtures("never")
def test_a_queued_run_that_is_cancelled_never_starts(editor: Client, orders: Design) -> None:
    run_id = start(editor, orders, scenario=LONG)["id"]
    cancelled = editor.post(f"/api/runs/{run_id}/cancel/").json()
    assert cancelled["status"] == "cancelled"
    run_simulation_task(str(run_id))
    run = Run.objects.get(pk=str(run_id))
    assert (run.status, run.started_at) == (RunStatus.CANCELLED, None)
    assert not run.windows.exists()


@pytest.mark.usefixtures("at_once")
def test_cancelling_an_ended_run_changes_nothing(editor: Client, orders: Design) -> None:
    run_id = start(editor, orders, scenario={"duration_s": 5})["id"]
    assert editor.post(f"/api/runs/{run_id}/cancel/").json()["status"] == "finished"


@pytest.mark.usefixtures("never")
def test_a_run_under_way_cannot_be_repeated(editor: Client, orders: Design) -> None:
    run_id = start(editor, orders)["id"]
    response = editor.post(f"/api/runs/{run_id}/restart/")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "run_active")


@pytest.mark.usefixtures("at_once")
def test_a_deleted_run_is_gone_with_its_windows(editor: Client, orders: Design) -> None:
    run_id = start(editor, orders)["id"]
    assert editor.delete(f"/api/runs/{run_id}/").status_code == 204
    assert editor.get(f"/api/runs/{run_id}/").status_code == 404
    assert not RunWindow.objects.exists()


@pytest.mark.usefixtures("never")
def test_a_viewer_may_watch_but_not_start_stop_or_delete(
    people: People, signed_in: Callable[[User], Client], editor: Client, orders: Design
) -> None:
    viewer = signed_in(people.viewer)
    run_id = start(editor, orders)["id"]
    assert viewer.get(f"/api/designs/{orders.pk}/runs/").status_code == 200
    assert viewer.get(f"/api/runs/{run_id}/").status_code == 200
    assert viewer.get(f"/api/runs/{run_id}/windows/").status_code == 200
    assert viewer.post(f"/api/designs/{orders.pk}/runs/", {}, content_type="application/json").status_code == 403
    assert viewer.post(f"/api/runs/{run_id}/cancel/").status_code == 403
    assert viewer.post(f"/api/runs/{run_id}/restart/").status_code == 403
    assert viewer.delete(f"/api/runs/{run_id}/").status_code == 403
    assert Run.objects.get().status == RunStatus.QUEUED


@pytest.mark.parametrize("who", ["stranger", "nobody"])
@pytest.mark.usefixtures("never")
def test_strangers_are_refused(
    people: People, signed_in: Callable[[User], Client], editor: Client, orders: Design, who: str
) -> None:
    run_id = start(editor, orders)["id"]
    client, expected = (signed_in(people.stranger), {404}) if who == "stranger" else (Client(), {401, 403})
    answers = [
        client.get(f"/api/designs/{orders.pk}/runs/"),
        client.post(f"/api/designs/{orders.pk}/runs/", {}, content_type="application/json"),
        client.get(f"/api/runs/{run_id}/"),
        client.get(f"/api/runs/{run_id}/windows/"),
        client.post(f"/api/runs/{run_id}/cancel/"),
        client.post(f"/api/runs/{run_id}/restart/"),
        client.delete(f"/api/runs/{run_id}/"),
    ]
    assert {answer.status_code for answer in answers} <= expected
    assert all("error" in answer.json() for answer in answers)
    assert Run.objects.get().status == RunStatus.QUEUED


@pytest.mark.usefixtures("never")
def test_writing_needs_the_csrf_token(people: People, orders: Design) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.editor)
    response = client.post(f"/api/designs/{orders.pk}/runs/", {}, content_type="application/json")
    assert response.status_code == 403
    assert not Run.objects.exists()


def test_the_faults_that_can_happen_to_a_design_are_told_to_its_members_only(
    editor: Client, orders: Design, people: People, signed_in: Callable[[User], Client]
) -> None:
    told = editor.get(f"/api/designs/{orders.pk}/faults/")
    assert told.status_code == 200
    assert told.json()["nodes"]["users"] == []
    assert any("errors" in kinds for kinds in told.json()["nodes"].values())
    assert told.json()["breakers"] == ["e1", "e3"]
    assert signed_in(people.stranger).get(f"/api/designs/{orders.pk}/faults/").status_code == 404
