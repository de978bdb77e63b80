"""``manage.py serve``: the web server."""

from __future__ import annotations

import errno
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from designer.config import embedded
from designer.server.owner import local_owner, owner_sign_in_token


class Command(BaseCommand):
    """Serves Windtunnel."""

    help = (
        "Serve Windtunnel until Ctrl-C. Without REDIS_URL everything runs in this one process. "
        "With REDIS_URL (and DATABASE_URL) this is one of any number of web processes, and runs are "
        "simulated by separate workers: celery -A designer.config.celery worker"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Host and port."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--migrate", action="store_true", help="bring the database up to date first")
        parser.add_argument("--port", type=int, default=None, help="port (default: $PORT, or 8000)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 Django's signature
        """Check, listen, say where, serve."""
        del args
        host, port = options["host"], options["port"] or _port_from_environment()
        _require_migrated(migrate=options["migrate"])
        owner = local_owner()
        try:
            listening = embedded.listen(host, port)
        except OSError as error:
            raise CommandError(_cannot_listen(host, port, error), returncode=2) from None
        shown = "127.0.0.1" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104 compared, not bound
        address = f"http://{shown}:{port}"

        def started() -> None:
            self.stdout.write(f"Windtunnel is running on {address}/ (Ctrl-C stops it)")
            if settings.SIGN_IN_LINK:
                self.stdout.write(f"Sign in: {address}/sign-in/{owner_sign_in_token(owner)}")
            sys.stdout.flush()

        embedded.serve(listening, started)
        self.stdout.write("Windtunnel has stopped.")


def _port_from_environment() -> int:
    given = os.environ.get("PORT", "").strip() or "8000"
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 65535:
        raise CommandError(f"PORT is {given!r}; it must be a number from 1 to 65535", returncode=2)
    return int(given)


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program. Choose another one: PORT={port + 1} make run"
    return f"Cannot listen on {host}, port {port}: {error.strerror}"


def _require_migrated(*, migrate: bool) -> None:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (OperationalError, ProgrammingError) as error:
        raise CommandError(f"The database cannot be used: {error}", returncode=2) from None
    if missing and migrate:
        call_command("migrate", verbosity=0)
    elif missing:
        raise CommandError("The database is not up to date. Run: python manage.py migrate", returncode=2)
