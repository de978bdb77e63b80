"""Reading workspaces, members and designs: always from a person's own point of view."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet

from designer.server.models import Design, Invitation, Membership, Role, Workspace

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Person = AbstractBaseUser | AnonymousUser


def memberships_of(person: Person) -> QuerySet[Membership]:
    """The person's memberships with their workspaces; none for somebody who is not signed in."""
    if not person.is_authenticated:
        return Membership.objects.none()
    return Membership.objects.filter(user_id=person.pk).select_related("workspace").order_by("workspace__created_at")


def designs_of(person: Person) -> QuerySet[Design]:
    """The designs of every workspace that the person is a member of, the last changed first.

    Each has its workspace and, as the attribute ``role``, what the person may do with it.
    """
    if not person.is_authenticated:
        return Design.objects.none()
    return (
        Design.objects.filter(workspace__memberships__user_id=person.pk)
        .annotate(role=F("workspace__memberships__role"))
        .select_related("workspace")
        .order_by("-updated_at", "id")
    )


def design_role(person: Person, design_id: uuid.UUID) -> Role | None:
    """What the person may do with the design; None when it is not there, or not theirs."""
    if not person.is_authenticated:
        return None
    role = Membership.objects.filter(user_id=person.pk, workspace__designs=design_id).values_list("role", flat=True)
    found = role.first()
    return None if found is None else Role(found)


def members_of(workspace: Workspace) -> QuerySet[Membership]:
    """The members of a workspace with their users, the longest there first."""
    return Membership.objects.filter(workspace=workspace).select_related("user").order_by("created_at", "id")


def invitations_of(workspace: Workspace) -> QuerySet[Invitation]:
    """The workspace's open invitations."""
    return Invitation.objects.filter(workspace=workspace).order_by("-created_at")
