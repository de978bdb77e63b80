"""The Django app of the run server."""

from __future__ import annotations

from django.apps import AppConfig

from designer.domain.help.price_lines import write_prices_with
from simulator.server.help_prices import price_blocks


class SimulatorServerConfig(AppConfig):
    """Runs: their rows, tasks, API and sockets."""

    name = "simulator.server"
    label = "simulator"
    verbose_name = "Windtunnel simulator"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the help pages what the lines of a bill cost: the designer's half does not know the rates."""
        write_prices_with(price_blocks)
