"""The rows of the designer: who works together, on which designs, and what the designs hold."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Role(models.TextChoices):
    """What a member of a workspace may do: see it, change its designs, or also manage its members."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"


WRITING_ROLES = (Role.EDITOR, Role.OWNER)


class Workspace(models.Model):
    """A set of designs and the people who share them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one workspace."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "user"), name="one_membership_per_person"),)

    def __str__(self) -> str:
        return f"{self.user_id} is {self.role} of {self.workspace_id}"


class Invitation(models.Model):
    """A link that makes whoever follows it a member. Only a hash of its token is stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=16, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"invitation to {self.workspace_id} as {self.role}"


class Design(models.Model):
    """One design. Its content is the shared document: a snapshot and the updates after it.

    ``revision`` counts the stored updates of the design's whole life; ``name`` repeats the
    document's own, for lists.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="designs")
    name = models.CharField(max_length=200)
    revision = models.PositiveBigIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    def __str__(self) -> str:
        return self.name


class DocumentUpdate(models.Model):
    """One stored change of a design's document, in Yjs's update format (version 1)."""

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="updates")
    revision = models.PositiveBigIntegerField()
    update = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("revision",)
        constraints = (models.UniqueConstraint(fields=("design", "revision"), name="one_update_per_revision"),)

    def __str__(self) -> str:
        return f"update {self.revision} of {self.design_id}"


class DocumentSnapshot(models.Model):
    """All updates of a design up to a revision as a single one."""

    design = models.OneToOneField(Design, on_delete=models.CASCADE, primary_key=True, related_name="snapshot")
    revision = models.PositiveBigIntegerField()
    state = models.BinaryField()

    def __str__(self) -> str:
        return f"snapshot of {self.design_id} at revision {self.revision}"
