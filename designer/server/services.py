"""Changing workspaces, members and designs."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from designer.server.document_services import document_create
from designer.server.events import design_group, document_group, publish, user_group
from designer.server.models import Design, Invitation, Membership, Role, Workspace

if TYPE_CHECKING:
    from designer.domain.graph.model import Design as DesignValue

INVITATION_DAYS: Final = 7
TAKEN: Final = "This user name is taken."


class LastOwnerError(ValueError):
    """A workspace must keep an owner."""


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation and its token, which nobody can read again later."""

    invitation: Invitation
    token: str


def person_name(user: User) -> str:
    """The name that others see."""
    return user.get_full_name() or user.get_username()


def workspace_create(*, name: str, owner: User) -> Workspace:
    """A new workspace with its first member."""
    with transaction.atomic():
        workspace = Workspace.objects.create(name=name)
        Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    return workspace


def design_create(*, workspace: Workspace, user: User, content: DesignValue) -> Design:
    """A new design with this content, which also holds its name."""
    with transaction.atomic():
        design = Design.objects.create(workspace=workspace, name=content.name, created_by=user)
        document_create(design_id=design.pk, design=content)
    design.refresh_from_db()
    return design


def design_delete(*, design: Design) -> None:
    """Delete a design with everything that belongs to it; whoever has it open is told."""
    design_id = design.pk
    design.delete()
    for group in (document_group(design_id), design_group(design_id)):
        transaction.on_commit(lambda group=group: publish(group, {"type": "design.deleted"}))  # type: ignore[misc]


def invitation_create(*, workspace: Workspace, role: Role, user: User) -> NewInvitation:
    """A link for one new member, good for a week."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        workspace=workspace,
        role=role,
        token_hash=token_hash(token),
        created_by=user,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    return NewInvitation(invitation, token)


def invitation_find(token: str) -> Invitation | None:
    """The invitation that the token opens, unless it has expired."""
    found = Invitation.objects.filter(token_hash=token_hash(token), expires_at__gt=timezone.now())
    return found.select_related("workspace").first()


def invitation_accept(*, invitation: Invitation, user: User) -> Membership | None:
    """Make the person a member and use the invitation up; None when somebody else was quicker.

    Who is a member already keeps the higher of the two roles.
    """
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk).delete()[0]:
            return None
        membership, created = Membership.objects.get_or_create(
            workspace=invitation.workspace, user=user, defaults={"role": invitation.role}
        )
        ranks = list(Role)
        if not created and ranks.index(Role(membership.role)) < ranks.index(Role(invitation.role)):
            membership.role = invitation.role
            membership.save(update_fields=["role"])
    _access_changed(user.pk)
    return membership


def person_create(*, name: str, username: str = "", password: str = "") -> User:
    """A new person; without a password they can sign in by links only.

    Raises Django's ValidationError when the password is too easy to guess or the user name taken,
    in whatever case.
    """
    if username and User.objects.filter(username__iexact=username).exists():
        raise ValidationError(TAKEN)
    user = User(username=username or f"guest-{secrets.token_hex(6)}", first_name=name[:150])
    if password:
        validate_password(password, user)
        user.set_password(password)
    else:
        user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise ValidationError(TAKEN) from None
    return user


def membership_set_role(*, membership: Membership, role: Role) -> Membership:
    """Let the member do more or less. Raises :class:`LastOwnerError`."""
    with transaction.atomic():
        if role != Role.OWNER:
            _keep_an_owner(membership)
        membership.role = role
        membership.save(update_fields=["role"])
    _access_changed(membership.user_id)
    return membership


def membership_delete(*, membership: Membership) -> None:
    """Take the person out of the workspace. Raises :class:`LastOwnerError`."""
    user_id = membership.user_id
    with transaction.atomic():
        _keep_an_owner(membership)
        membership.delete()
    _access_changed(user_id)


def _keep_an_owner(membership: Membership) -> None:
    Workspace.objects.select_for_update().get(pk=membership.workspace_id)
    others = Membership.objects.filter(workspace_id=membership.workspace_id, role=Role.OWNER)
    if membership.role == Role.OWNER and not others.exclude(pk=membership.pk).exists():
        raise LastOwnerError("A workspace needs an owner: make somebody else an owner first.")


def _access_changed(user_id: int) -> None:
    """Open sockets of the person look again at what they may do."""
    transaction.on_commit(lambda: publish(user_group(user_id), {"type": "access.changed"}))


def token_hash(token: str) -> str:
    """What is stored or told of a token that is random enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
