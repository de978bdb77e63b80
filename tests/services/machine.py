"""What the machine offers: free ports, installed binaries, apt."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class ServiceUnavailableError(RuntimeError):
    """A server that the tests need can be had in no way; the message says how to provide it."""


def say(text: str) -> None:
    """Tell the person running the tests what is going on."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()


def free_port() -> int:
    """A TCP port on the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def find_binary(*names: str) -> str | None:
    """The first of the programs that is on the PATH."""
    return next((path for name in names if (path := shutil.which(name))), None)


def apt_install(*packages: str) -> bool:
    """Install Debian packages when this is possible without asking anybody; True when it was done."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    say(f"installing {', '.join(packages)} by apt")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages])
    return all(
        subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
        for command in commands
    )


def wait_until(ready: Callable[[], bool], what: str, *, timeout_s: float = 60.0, log: Path | None = None) -> None:
    """Poll until ``ready`` is true; raise with the end of the log when it does not become so in time."""
    deadline = time.monotonic() + timeout_s
    while not ready():
        if time.monotonic() > deadline:
            tail = "" if log is None or not log.exists() else f"\n{log.read_text(errors='replace')[-4000:]}"
            raise ServiceUnavailableError(f"{what} did not become ready within {timeout_s:g} s{tail}")
        time.sleep(0.05)


def port_answers(port: int) -> bool:
    """True when something accepts TCP connections on the loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
