"""Signing in: the owner's link, passwords, invitations."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from designer.server.models import Design, Invitation, Membership, Role
from designer.server.owner import local_owner, owner_sign_in_token
from designer.server.services import invitation_create, person_create
from tests.designer.server.conftest import Team

SignIn = Callable[[User], Client]
PASSWORD = "wind-tunnel-2026"


def test_the_owner_has_a_workspace_with_a_design_that_can_be_run(transactional_db: None) -> None:
    owner = local_owner()
    (design,) = Design.objects.all()
    assert design.name == "Order pipeline"
    assert Membership.objects.get(user=owner).role == Role.OWNER
    assert local_owner() == owner
    assert Design.objects.count() == 1


def test_the_owners_link_signs_in_again_and_again(transactional_db: None) -> None:
    token = owner_sign_in_token(local_owner())
    for _ in range(2):
        client = Client()
        answer = client.get(f"/sign-in/{token}")
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/designs/{Design.objects.get().pk}"
        assert client.get("/api/session/").json()["workspaces"][0]["role"] == "owner"


@pytest.mark.parametrize("token", ["", "wrong", "0" * 64, "é"])
def test_a_wrong_link_signs_nobody_in(transactional_db: None, token: str) -> None:
    local_owner()
    client = Client()
    client.get(f"/sign-in/{token}")
    assert client.get("/api/session/").status_code == 401


def test_the_link_can_be_switched_off_and_dies_with_a_new_password(transactional_db: None, settings: Settings) -> None:
    owner = local_owner()
    token = owner_sign_in_token(owner)
    settings.SIGN_IN_LINK = False
    assert Client().get(f"/sign-in/{token}").status_code == 403
    settings.SIGN_IN_LINK = True
    owner.set_password(PASSWORD)
    owner.save()
    assert Client().get(f"/sign-in/{token}").status_code == 403


def test_a_password_signs_in_and_leads_to_the_page_that_was_wanted(transactional_db: None) -> None:
    person_create(name="Pat", username="pat", password=PASSWORD)
    client = Client()
    refused = client.post("/sign-in/", {"username": "pat", "password": "wrong"})
    assert refused.status_code == 400
    assert "no such user name" in refused.content.decode()
    wanted = {"username": "pat", "password": PASSWORD, "next": "/designs/7"}
    assert client.post("/sign-in/", wanted).headers["Location"] == "/designs/7"
    assert client.get("/api/session/").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(transactional_db: None, target: str) -> None:
    person_create(name="Pat", username="pat", password=PASSWORD)
    answer = Client().post("/sign-in/", {"username": "pat", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"


def test_guessing_passwords_is_stopped(transactional_db: None) -> None:
    person_create(name="Pat", username="pat", password=PASSWORD)
    client = Client()
    answers = [client.post("/sign-in/", {"username": "pat", "password": f"guess {n}"}).status_code for n in range(11)]
    assert answers == [400] * 10 + [429]
    assert client.post("/sign-in/", {"username": "pat", "password": PASSWORD}).status_code == 429


def test_signing_out_needs_a_post_of_our_own(team: Team) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(team.owner)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 403
    assert client.get("/api/session/").status_code == 200
    token = client.get("/api/session/").cookies["csrftoken"].value
    client.post("/sign-out/", headers={"X-CSRFToken": token})
    assert client.get("/api/session/").status_code == 401


def test_pages_lead_strangers_to_the_sign_in_page_and_back(team: Team, tmp_path: Path, settings: Settings) -> None:
    assert Client().get("/").headers["Location"] == "/sign-in/"
    answer = Client().get("/designs/7?tab=runs", follow=True)
    assert answer.redirect_chain == [("/sign-in/?next=/designs/7", 302)]
    assert 'name="next" value="/designs/7"' in answer.content.decode()


def test_every_page_of_the_application_is_the_frontends(
    team: Team, signed_in: SignIn, tmp_path: Path, settings: Settings
) -> None:
    settings.FRONTEND = tmp_path
    client = signed_in(team.owner)
    missing = client.get("/designs/7")
    assert missing.status_code == 503
    assert "make frontend" in missing.content.decode()
    (tmp_path / "index.html").write_text("<p>frontend</p>")
    assert client.get("/designs/7").content == b"<p>frontend</p>"
    assert client.get("/assets/missing.js").status_code == 404


def invite(client: Client, team: Team, role: str) -> str:
    answer = client.post(f"/api/workspaces/{team.workspace.pk}/invitations/", {"role": role}, "application/json")
    assert answer.status_code == 201
    return re.sub(r"^http://testserver", "", answer.json()["url"])


def test_an_invitation_makes_one_new_member_with_its_role(team: Team, design: Design, signed_in: SignIn) -> None:
    path = invite(signed_in(team.owner), team, "viewer")
    client = Client()
    assert "Team" in client.get(path).content.decode()
    assert client.post(path, {"name": "Nina"}).status_code == 302
    session = client.get("/api/session/").json()
    assert session["user"]["name"] == "Nina"
    assert session["workspaces"] == [{"id": str(team.workspace.pk), "name": "Team", "role": "viewer"}]
    assert [item["id"] for item in client.get("/api/designs/").json()] == [str(design.pk)]
    second = Client()
    assert second.post(path, {"name": "Mallory"}).status_code == 404
    assert second.get("/api/session/").status_code == 401


def test_an_invitation_with_a_password_lets_one_come_back(team: Team, signed_in: SignIn) -> None:
    path = invite(signed_in(team.owner), team, "editor")
    form = {"name": "Nina", "username": "nina", "password": "12345"}
    assert Client().post(path, form).status_code == 400
    assert Client().post(path, {**form, "password": ""}).status_code == 400
    assert Client().post(path, {**form, "username": "ed", "password": PASSWORD}).status_code == 400
    assert Client().post(path, {**form, "password": PASSWORD}).status_code == 302
    client = Client()
    client.post("/sign-in/", {"username": "nina", "password": PASSWORD})
    assert client.get("/api/session/").json()["workspaces"][0]["role"] == "editor"


def test_a_member_who_follows_an_invitation_keeps_the_higher_role(team: Team, signed_in: SignIn) -> None:
    owner = signed_in(team.owner)
    signed_in(team.owner).post(invite(owner, team, "viewer"))
    assert Membership.objects.get(workspace=team.workspace, user=team.owner).role == Role.OWNER
    signed_in(team.viewer).post(invite(owner, team, "editor"))
    assert Membership.objects.get(workspace=team.workspace, user=team.viewer).role == Role.EDITOR


def test_an_invitation_ends(team: Team, signed_in: SignIn) -> None:
    path = invite(signed_in(team.owner), team, "editor")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(path).status_code == 404
    assert Client().post(path, {"name": "Late"}).status_code == 404


def test_the_token_of_an_invitation_is_not_stored(team: Team) -> None:
    new = invitation_create(workspace=team.workspace, role=Role.EDITOR, user=team.owner)
    assert new.token not in str(Invitation.objects.values().get())


def test_a_name_is_shown_as_text(team: Team, signed_in: SignIn) -> None:
    team.workspace.name = "<script>alert(1)</script>"
    team.workspace.save()
    page = Client().get(invite(signed_in(team.owner), team, "viewer")).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
