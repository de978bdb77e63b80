"""Members and invitations over REST: owners manage, others look or not even that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from designer.server.models import Invitation, Membership, Role
from designer.server.services import invitation_create
from tests.designer.server.conftest import Team

SignIn = Callable[[User], Client]
JSON = "application/json"


def membership(team: Team, user: User) -> Membership:
    return Membership.objects.get(workspace=team.workspace, user=user)


def test_every_member_sees_all_members(team: Team, signed_in: SignIn) -> None:
    members = signed_in(team.viewer).get(f"/api/workspaces/{team.workspace.pk}/members/").json()
    assert [(member["name"], member["role"]) for member in members] == [
        ("Olga", "owner"),
        ("Ed", "editor"),
        ("Vi", "viewer"),
    ]


def test_an_owner_changes_roles_and_removes_members(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.owner)
    path = f"/api/workspaces/{team.workspace.pk}/members/{membership(team, team.viewer).pk}/"
    assert client.patch(path, {"role": "editor"}, JSON).json()["role"] == "editor"
    assert membership(team, team.viewer).role == Role.EDITOR
    assert client.patch(path, {"role": "emperor"}, JSON).json()["error"]["path"] == "role"
    assert client.delete(path).status_code == 204
    assert signed_in(team.viewer).get("/api/session/").json()["workspaces"] == []


def test_a_workspace_keeps_an_owner(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.owner)
    path = f"/api/workspaces/{team.workspace.pk}/members/{membership(team, team.owner).pk}/"
    assert client.patch(path, {"role": "viewer"}, JSON).status_code == 409
    assert client.delete(path).status_code == 409
    assert membership(team, team.owner).role == Role.OWNER


def test_a_member_may_leave(team: Team, signed_in: SignIn) -> None:
    path = f"/api/workspaces/{team.workspace.pk}/members/{membership(team, team.viewer).pk}/"
    assert signed_in(team.viewer).delete(path).status_code == 204


@pytest.mark.parametrize("who", ["editor", "viewer"])
def test_who_is_no_owner_manages_nothing(team: Team, signed_in: SignIn, who: str) -> None:
    client = signed_in(getattr(team, who))
    base = f"/api/workspaces/{team.workspace.pk}/"
    own = membership(team, getattr(team, who))
    answers = [
        client.patch(f"{base}members/{own.pk}/", {"role": "owner"}, JSON),
        client.delete(f"{base}members/{membership(team, team.owner).pk}/"),
        client.post(f"{base}invitations/", {"role": "owner"}, JSON),
        client.get(f"{base}invitations/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert Invitation.objects.count() == 0


def test_strangers_find_no_workspace(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.stranger)
    base = f"/api/workspaces/{team.workspace.pk}/"
    invitation = invitation_create(workspace=team.workspace, role=Role.VIEWER, user=team.owner).invitation
    answers = [
        client.get(f"{base}members/"),
        client.delete(f"{base}members/{membership(team, team.viewer).pk}/"),
        client.patch(f"{base}members/{membership(team, team.viewer).pk}/", {"role": "owner"}, JSON),
        client.post(f"{base}invitations/", {"role": "owner"}, JSON),
        client.delete(f"{base}invitations/{invitation.pk}/"),
        # A member of another workspace cannot be reached through one's own.
        client.delete(f"/api/workspaces/{team.elsewhere.pk}/members/{membership(team, team.viewer).pk}/"),
        client.delete(f"/api/workspaces/{team.elsewhere.pk}/invitations/{invitation.pk}/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 7
    assert Membership.objects.filter(workspace=team.workspace).count() == 3
    assert Invitation.objects.count() == 1


def test_an_invitation_can_be_taken_back(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.owner)
    base = f"/api/workspaces/{team.workspace.pk}/invitations/"
    made = client.post(base, {"role": "editor"}, JSON).json()
    assert [item["id"] for item in client.get(base).json()] == [made["id"]]
    assert "url" not in client.get(base).json()[0]
    assert client.delete(f"{base}{made['id']}/").status_code == 204
    assert Client().get(made["url"].removeprefix("http://testserver")).status_code == 404
