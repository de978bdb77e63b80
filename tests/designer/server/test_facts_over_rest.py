"""Derived facts over REST: what they hold, and who may ask."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from designer.server.models import Design
from tests.designer.server.conftest import Team

SignIn = Callable[[User], Client]
JSON = "application/json"


@pytest.mark.point("LAM-07")
def test_a_node_has_policies_alarms_failures_and_guarantees(team: Team, design: Design, signed_in: SignIn) -> None:
    found = signed_in(team.viewer).get(f"/api/designs/{design.pk}/facts/?node=worker").json()
    assert [statement["Sid"] for statement in found["role_policy"]["Statement"]] == ["UseOrders", "WriteLogs"]
    assert found["role_trust"]["Statement"][0]["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert found["resource_policy"] is None
    assert found["failures"][0]["edge"] == "poll"
    assert {alarm["metric"] for alarm in found["alarms"]} >= {"Errors", "Duration"}
    assert found["alarms"][0]["authority"]["url"].startswith("https://")
    assert [guarantee["entry"] for guarantee in found["guarantees"]] == ["queue"]


def test_an_edge_has_its_actions_and_its_failures(team: Team, design: Design, signed_in: SignIn) -> None:
    found = signed_in(team.viewer).get(f"/api/designs/{design.pk}/facts/?edge=poll").json()
    assert found["actions"][0] == "sqs:ReceiveMessage"
    assert found["failure"][0].startswith("A failed message comes back")


def test_facts_follow_a_change(team: Team, design: Design, signed_in: SignIn) -> None:
    client = signed_in(team.editor)
    change = {"op": "set_node_parameter", "node_id": "queue", "parameter": "visibility_timeout_s", "value": 180}
    client.post(f"/api/designs/{design.pk}/operations/", {"operations": [change]}, JSON)
    found = client.get(f"/api/designs/{design.pk}/facts/?edge=poll").json()
    assert "after 3 minutes" in found["failure"][0]


@pytest.mark.parametrize(
    ("query", "status", "path"),
    [("", 400, "node"), ("?node=a&edge=b", 400, "node"), ("?node=nowhere", 404, "node"), ("?edge=", 404, "edge")],
)
def test_a_question_about_nothing_is_refused(
    team: Team, design: Design, signed_in: SignIn, *, query: str, status: int, path: str
) -> None:
    answer = signed_in(team.viewer).get(f"/api/designs/{design.pk}/facts/{query}")
    assert answer.status_code == status
    assert answer.json()["error"]["path"] == path


def test_facts_of_a_foreign_design_are_not_there(team: Team, foreign_design: Design, signed_in: SignIn) -> None:
    client = signed_in(team.owner)
    foreign = client.get(f"/api/designs/{foreign_design.pk}/facts/?node=queue")
    missing = client.get(f"/api/designs/{uuid.uuid4()}/facts/?node=queue")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json() == missing.json()
