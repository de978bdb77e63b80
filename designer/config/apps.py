"""The wiring as a Django app, for its command and for the Celery app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Makes the Celery app the one that ``shared_task`` binds to, in every process that starts Django."""

    name = "designer.config"
    label = "wiring"

    def ready(self) -> None:
        """Load the Celery app."""
        import_module("designer.config.celery")
