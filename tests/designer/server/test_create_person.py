"""``manage.py create_person``."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from designer.server.models import Membership, Role, Workspace


def create(monkeypatch: pytest.MonkeyPatch, username: str, password: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    output = io.StringIO()
    call_command("create_person", username, "--workspace", "Lab", "--password-stdin", stdout=output)
    return output.getvalue()


def test_the_person_can_sign_in_and_owns_a_workspace(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "pat can sign in" in create(monkeypatch, "pat", "wind-tunnel-2026")
    assert authenticate(username="pat", password="wind-tunnel-2026") is not None
    membership = Membership.objects.select_related("workspace").get(user__username="pat")
    assert (membership.workspace.name, membership.role) == ("Lab", Role.OWNER)


@pytest.mark.parametrize(("username", "password"), [("pat", "12345"), ("pat", ""), ("OLGA", "wind-tunnel-2026")])
def test_a_weak_password_or_a_taken_name_creates_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch, username: str, password: str
) -> None:
    User.objects.create(username="olga")
    with pytest.raises(CommandError):
        create(monkeypatch, username, password)
    assert User.objects.count() == 1
    assert Workspace.objects.count() == 0
