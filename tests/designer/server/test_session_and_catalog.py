"""Who is signed in, the catalog, and the headers and cookies around every answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from designer.server.models import Design
from designer.server.services import person_create
from tests.designer.server.conftest import Team

SignIn = Callable[[User], Client]
JSON = "application/json"


def test_the_session_tells_the_person_and_sets_the_csrf_cookie(team: Team, signed_in: SignIn) -> None:
    answer = signed_in(team.editor).get("/api/session/")
    assert answer.json() == {
        "user": {"id": team.editor.pk, "name": "Ed"},
        "workspaces": [{"id": str(team.workspace.pk), "name": "Team", "role": "editor"}],
    }
    assert answer.cookies["csrftoken"].value


@pytest.mark.parametrize(
    "path",
    [
        "session/",
        "catalog/",
        "designs/",
        "designs/{id}/",
        "designs/{id}/document/",
        "designs/{id}/findings/",
        "designs/{id}/export/json/",
        "designs/{id}/runs/",
        "workspaces/{id}/members/",
        "workspaces/{id}/invitations/",
        "runs/{id}/",
        "schema/",
    ],
)
def test_strangers_get_401_in_json_everywhere(team: Team, path: str) -> None:
    answer = Client().get("/api/" + path.format(id=uuid.uuid4()))
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "not_authenticated"


def test_the_catalog_holds_services_connections_and_rules(team: Team, signed_in: SignIn) -> None:
    catalog = signed_in(team.viewer).get("/api/catalog/").json()
    assert {"lambda", "sqs_standard"} <= {service["id"] for service in catalog["services"]}
    assert "sqs_standard.lambda.event_source_mapping" in {row["id"] for row in catalog["connections"]}
    assert all(rule["title"] and rule["source"]["title"] for rule in catalog["rules"])
    assert len(catalog["rules"]) >= 10


def test_a_browser_that_has_the_catalog_is_told_so(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.viewer)
    etag = client.get("/api/catalog/").headers["ETag"]
    again = client.get("/api/catalog/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    # A proxy that compresses makes the tag a weak one.
    assert client.get("/api/catalog/", headers={"If-None-Match": f"W/{etag}"}).status_code == 304
    assert client.get("/api/catalog/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_writing_needs_the_csrf_token(team: Team, design: Design) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(team.owner)
    path = f"/api/designs/{design.pk}/"
    assert client.delete(path).status_code == 403
    assert Design.objects.filter(pk=design.pk).exists()
    token = client.get("/api/session/").cookies["csrftoken"].value
    assert client.patch(path, {"name": "Fine"}, JSON, headers={"X-CSRFToken": token}).status_code == 200
    foreign = {"X-CSRFToken": token, "Origin": "http://evil.example"}
    assert client.patch(path, {"name": "Bad"}, JSON, headers=foreign).status_code == 403
    design.refresh_from_db()
    assert design.name == "Fine"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(team: Team) -> None:
    person_create(name="Pat", username="pat", password="wind-tunnel-2026")
    answer = Client().post("/sign-in/", {"username": "pat", "password": "wind-tunnel-2026"})
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("path", ["/sign-in/", "/api/nothing/", "/api/session/", "/designs/x", "/assets/none.js"])
def test_every_answer_says_what_a_page_may_do(team: Team, path: str) -> None:
    headers = Client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_an_unknown_address_of_the_api_is_404_in_json(team: Team, signed_in: SignIn) -> None:
    answer = signed_in(team.owner).get("/api/no-such-thing/")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_a_request_under_a_foreign_host_name_is_refused(team: Team, settings: object) -> None:
    assert Client().get("/api/session/", headers={"host": "evil.example"}).status_code == 400
