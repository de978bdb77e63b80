"""A definition is checked over HTTP while it is written."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.designer.server.conftest import Team

SignIn = Callable[[User], Client]


def check(client: Client, definition: str, *, express: bool = False) -> dict[str, list[dict[str, object]]]:
    body = {"definition": definition, "express": express}
    answer = client.post("/api/workflows/check/", body, content_type="application/json")
    assert answer.status_code == 200
    found: dict[str, list[dict[str, object]]] = answer.json()
    return found


@pytest.mark.point("SFN-04")
def test_a_definition_is_answered_with_its_problems_and_its_picture(team: Team, signed_in: SignIn) -> None:
    text = '{\n  "StartAt": "A",\n  "States": {\n    "A": {"Type": "Pass", "Next": "B"}\n  }\n}'
    found = check(signed_in(team.viewer), text)
    assert [(p["code"], p["line"], p["column"], p["level"]) for p in found["problems"]] == [
        ("no_end", 3, 3, "error"),
        ("unknown_state", 4, 27, "error"),
    ]
    assert [(box["name"], box["begins"], box["line"]) for box in found["boxes"]] == [("A", True, 4)]
    assert found["lines"] == []


def test_what_is_not_json_has_no_picture(team: Team, signed_in: SignIn) -> None:
    found = check(signed_in(team.viewer), '{"StartAt": }')
    assert [p["code"] for p in found["problems"]] == ["not_json"]
    assert found["boxes"] == []


def test_the_kind_of_workflow_decides_what_is_wrong(team: Team, signed_in: SignIn) -> None:
    text = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 900, "End": True}}})
    client = signed_in(team.viewer)
    assert check(client, text)["problems"] == []
    assert [p["code"] for p in check(client, text, express=True)["problems"]] == ["wait_too_long"]


def test_every_starter_is_right_as_it_stands(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.viewer)
    starters = client.get("/api/workflows/starters/").json()
    assert len(starters) >= 6
    for starter in starters:
        found = check(client, starter["definition"])
        assert [p for p in found["problems"] if p["level"] != "advice"] == [], starter["id"]
        assert found["boxes"]


def test_a_branch_lies_in_its_state_and_lines_stay_inside(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.viewer)
    starters = {starter["id"]: starter for starter in client.get("/api/workflows/starters/").json()}
    found = check(client, starters["saga"]["definition"])
    inside = [(box["name"], box["inside"], box["lane"]) for box in found["boxes"] if box["inside"]]
    assert inside == [("Book flight", "States.Book", 0), ("Book hotel", "States.Book", 1)]
    assert ("catch", "States.Undo") in [(line["kind"], line["target"]) for line in found["lines"]]


def test_a_stranger_is_sent_away(client: Client) -> None:
    assert client.post("/api/workflows/check/", {}, content_type="application/json").status_code in (401, 403)
