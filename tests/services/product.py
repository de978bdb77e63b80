"""Windtunnel's own processes, started as a person or an operator would start them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.services.machine import free_port, port_answers, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROJECT: Final = Path(__file__).resolve().parents[2]
_SIGN_IN: Final = re.compile(r"http://127\.0\.0\.1:\d+/sign-in/\S+")


@dataclass(frozen=True, slots=True)
class Product:
    """A running web process: its address, and the owner's sign-in link that it printed."""

    url: str
    sign_in_url: str
    log: Path
    process: subprocess.Popen[bytes]


def manage(*arguments: str, environment: Mapping[str, str], timeout_s: float = 120) -> None:
    """Run a command of ``manage.py`` to its end; raises CalledProcessError when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=PROJECT, env={**os.environ, **environment}, check=True, timeout=timeout_s)


@contextmanager
def web(data: Path, environment: Mapping[str, str] | None = None) -> Iterator[Product]:
    """Serve the product with its data in ``data`` until the block ends (stopped with Ctrl-C's signal)."""
    port = free_port()
    environment = {"WINDTUNNEL_DATA": str(data), "PORT": str(port), "PYTHONUNBUFFERED": "1", **(environment or {})}
    data.mkdir(parents=True, exist_ok=True)
    manage("migrate", "--verbosity", "0", environment=environment)
    log = data / "web.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=PROJECT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(
            lambda: process.poll() is not None or (_link(log, port) is not None and port_answers(port)),
            "the web process",
            log=log,
        )
        link = _link(log, port)
        assert link is not None, log.read_text(errors="replace")
        yield Product(url=f"http://127.0.0.1:{port}", sign_in_url=link, log=log, process=process)
    finally:
        _stop(process)


def _link(log: Path, port: int) -> str | None:
    """The link of the process on this port: the log of a restarted one begins with its predecessor's."""
    found = _SIGN_IN.findall(log.read_text(errors="replace")) if log.exists() else []
    return next((link for link in reversed(found) if f":{port}/" in link), None)


@contextmanager
def worker(data: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A separate Celery worker process, as the grown-up mode has it."""
    log = data / f"worker-{free_port()}.log"
    data.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "celery", "-A", "designer.config.celery", "worker", "--concurrency", "2"]
    command += ["--loglevel", "INFO"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, "WINDTUNNEL_DATA": str(data), "PYTHONUNBUFFERED": "1", **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(
            lambda: process.poll() is not None or " ready." in log.read_text(errors="replace"), "the worker", log=log
        )
        assert process.poll() is None, log.read_text(errors="replace")
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
