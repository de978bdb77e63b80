"""Patterns and schedules tried out over HTTP, and what of them is stored in nobody's design."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.designer.server.conftest import Team

SignIn = Callable[[User], Client]


def post(client: Client, address: str, **body: object) -> Any:
    return client.post(f"/api/events/{address}/", body, content_type="application/json")


@pytest.mark.point("EVB-04")
def test_a_pattern_is_matched_against_a_sample_event(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.viewer)
    samples = {sample["id"]: sample for sample in client.get("/api/events/samples/").json()}
    event = samples["s3_object_created"]["text"]
    good = post(client, "pattern", pattern='{"source": ["aws.s3"]}', event=event).json()
    assert (good["fits"], good["misses"], good["fault"]) == (True, [], None)
    bad = post(client, "pattern", pattern='{\n"detail": {"bucket": {"name": ["Orders"]}}}', event=event).json()
    (miss,) = bad["misses"]
    assert bad["fits"] is False
    assert (miss["path"], miss["found"], miss["pattern_line"]) == ("$.detail.bucket.name", '"orders"', 2)
    assert "capital letters" in miss["hint"]
    assert event.splitlines()[miss["event_line"] - 1].strip() == '"name": "orders"'


def test_an_error_says_in_which_text_and_where_it_is(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.viewer)
    fault = post(client, "pattern", pattern='{"source":\n [{"sufix": "a"}]}').json()["fault"]
    assert (fault["text"], fault["line"], fault["column"], fault["path"]) == ("pattern", 2, 4, "$.source[0].sufix")
    assert "suffix" in fault["cure"]
    fault = post(client, "pattern", pattern='{"source": ["a"]}', event="{").json()["fault"]
    assert (fault["text"], fault["line"], fault["column"]) == ("event", 1, 2)


def test_a_filter_is_read_as_its_service_does(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.viewer)
    record = json.dumps({"body": '{"kind": "order"}'})
    pattern = '[{"body": {"kind": ["bill"]}}, {"body": {"kind": ["order"]}}]'
    assert post(client, "pattern", pattern=pattern, event=record, dialect="pipe").json()["fits"] is True
    refused = post(client, "pattern", pattern=pattern, event=record, dialect="sns_body").json()
    assert refused["fault"]["message"].startswith("A pattern is an object")


def test_a_pattern_that_nothing_fits_is_told_without_an_event(team: Team, signed_in: SignIn) -> None:
    answer = post(signed_in(team.viewer), "pattern", pattern='{"orderId": ["17"]}').json()
    assert answer["fits"] is None
    assert "inside detail" in answer["never"]


@pytest.mark.point("EVB-03")
def test_the_next_times_of_a_schedule_are_listed(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.viewer)
    times = post(client, "schedule", expression="cron(0 12 * * ? *)").json()["times"]
    assert len(times) == 5
    assert all(fires.endswith("T12:00:00+00:00") for fires in times)
    zoned = {"expression": "at(2099-12-01T09:00:00)", "clock": "scheduler", "time_zone": "Europe/Zurich"}
    assert post(client, "schedule", **zoned).json()["times"] == ["2099-12-01T09:00:00+01:00"]
    past = post(client, "schedule", expression="cron(0 12 * * ? 2020)").json()
    assert (past["times"], past["note"]) == ([], "It never fires again.")
    began = {"expression": "rate(7 days)", "clock": "scheduler", "start_date": "2020-01-01T06:00:00Z"}
    assert all("T06:00" in fires for fires in post(client, "schedule", **began).json()["times"])


@pytest.mark.parametrize(
    ("body", "text", "column"),
    [
        ({"expression": "cron(0 25 * * ? *)"}, "expression", 8),
        ({"expression": "at(2099-12-01T09:00:00)"}, "expression", 1),
        ({"expression": "rate(1 hour)", "clock": "scheduler", "time_zone": "Moon"}, "time_zone", 1),
        ({"expression": "rate(1 hour)", "clock": "scheduler", "end_date": "soon"}, "end_date", 1),
    ],
)
def test_a_bad_schedule_says_what_is_wrong_and_where(
    team: Team, signed_in: SignIn, body: dict[str, object], text: str, column: int
) -> None:
    fault = post(signed_in(team.viewer), "schedule", **body).json()["fault"]
    assert (fault["text"], fault["line"], fault["column"]) == (text, 1, column)
    assert fault["message"]
    assert fault["cure"]


def test_only_signed_in_people_try_patterns(team: Team) -> None:
    client = Client()
    assert client.get("/api/events/samples/").status_code == 401
    assert post(client, "pattern", pattern="{}").status_code == 401
    assert post(client, "schedule", expression="rate(1 hour)").status_code == 401


@pytest.mark.parametrize(
    "body", [{"pattern": "x" * 20_001}, {"pattern": "{}", "event": "x" * 300_001}, {"pattern": "{}", "dialect": "own"}]
)
def test_what_is_too_large_or_unknown_is_refused(team: Team, signed_in: SignIn, body: dict[str, object]) -> None:
    answer = post(signed_in(team.viewer), "pattern", **body)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]
