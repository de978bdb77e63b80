"""The row of a workspace's own prices and quotas."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class WorkspacePrices(models.Model):
    """What the account of a workspace has agreed with AWS instead of the published prices and quotas."""

    workspace = models.OneToOneField("designer.Workspace", on_delete=models.CASCADE, related_name="prices")
    content = models.JSONField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"prices of {self.workspace_id}"
