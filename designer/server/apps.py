"""The Django app of the designer."""

from __future__ import annotations

from django.apps import AppConfig


class DesignerServerConfig(AppConfig):
    """Workspaces, designs, the shared document, its API and sockets."""

    name = "designer.server"
    label = "designer"
    verbose_name = "Windtunnel designer"
    default_auto_field = "django.db.models.BigAutoField"
