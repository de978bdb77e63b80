"""The Django app of the run server."""

from __future__ import annotations

from django.apps import AppConfig


class SimulatorServerConfig(AppConfig):
    """Runs: their rows, tasks, API and sockets."""

    name = "simulator.server"
    label = "simulator"
    verbose_name = "Windtunnel simulator"
    default_auto_field = "django.db.models.BigAutoField"
