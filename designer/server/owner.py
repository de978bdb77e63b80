"""The local owner: the person who runs Windtunnel, and their sign-in link."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from designer.domain.formats.examples import load_example
from designer.server.models import Design, Membership, Role
from designer.server.services import design_create, person_create, workspace_create

OWNER_USERNAME: Final = "owner"
FIRST_DESIGN: Final = "order-pipeline"


def local_owner() -> User:
    """The owner; at the first call, with a workspace and a first design ready to run."""
    with transaction.atomic():
        owner = User.objects.filter(username=OWNER_USERNAME).first()
        if owner is None:
            owner = _create_owner()
        membership = Membership.objects.filter(user=owner, role=Role.OWNER).select_related("workspace").first()
        if membership is None:
            workspace = workspace_create(name="My workspace", owner=owner)
            if not Design.objects.filter(workspace=workspace).exists():
                design_create(workspace=workspace, user=owner, content=load_example(FIRST_DESIGN))
    return owner


def _create_owner() -> User:
    try:
        return person_create(name="Owner", username=OWNER_USERNAME)
    except ValidationError:
        # Another web process, started at the same time, was quicker.
        return User.objects.get(username=OWNER_USERNAME)


def owner_sign_in_token(owner: User) -> str:
    """The token of the owner's sign-in link.

    Derived from the secret key, so that every web process knows it and nothing has to be stored.
    Setting a password for the owner makes the earlier link invalid.
    """
    return salted_hmac("windtunnel.owner-sign-in", f"{owner.pk}:{owner.password}", algorithm="sha256").hexdigest()


def owner_with_token(token: str) -> User | None:
    """The owner when the token is theirs, else None."""
    owner = User.objects.filter(username=OWNER_USERNAME, is_active=True).first()
    if owner is None or not constant_time_compare(token, owner_sign_in_token(owner)):
        return None
    return owner
