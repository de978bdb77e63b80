"""``manage.py serve`` as a person starts it: a link, a clean stop, a second start, a port that is taken."""

from __future__ import annotations

import http.cookiejar
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.services.machine import free_port
from tests.services.product import PROJECT, manage, web

EMBEDDED = {"DATABASE_URL": "", "REDIS_URL": ""}


def sign_in(link: str) -> urllib.request.OpenerDirector:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    opener.open(link, timeout=10).close()
    return opener


def designs(opener: urllib.request.OpenerDirector, url: str) -> list[str]:
    with opener.open(f"{url}/api/designs/", timeout=10) as answer:
        return [design["id"] for design in json.load(answer)]


@pytest.mark.xdist_group("serve")
def test_a_start_prints_a_link_stops_cleanly_and_finds_everything_again(tmp_path: Path) -> None:
    with web(tmp_path / "data", EMBEDDED) as product:
        first = designs(sign_in(product.sign_in_url), product.url)
        assert len(first) == 1
        link = product.sign_in_url
        begun = time.monotonic()
        product.process.send_signal(signal.SIGINT)
        assert product.process.wait(10) == 0
        assert time.monotonic() - begun < 5
        log = product.log.read_text()
        assert "Windtunnel has stopped." in log
        assert "Traceback" not in log
    product.log.unlink()
    with web(tmp_path / "data", EMBEDDED) as product:
        assert product.sign_in_url.rsplit("/", 1)[1] == link.rsplit("/", 1)[1]
        assert designs(sign_in(product.sign_in_url), product.url) == first


@pytest.mark.xdist_group("serve")
def test_a_port_that_is_taken_and_a_missing_migration_are_said_plainly(tmp_path: Path) -> None:
    port = free_port()
    environment = {"WINDTUNNEL_DATA": str(tmp_path), "PORT": str(port), **EMBEDDED}
    command, given = [sys.executable, "manage.py", "serve"], {**os.environ, **environment}

    def serve() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=PROJECT, env=given, capture_output=True, text=True, timeout=60, check=False)

    unmigrated = serve()
    assert unmigrated.returncode == 2
    assert "python manage.py migrate" in unmigrated.stderr
    manage("migrate", "--verbosity", "0", environment=environment)
    with socket.create_server(("127.0.0.1", port)):
        taken = serve()
    assert taken.returncode == 2
    assert f"Port {port} on 127.0.0.1 is taken" in taken.stderr
    assert "PORT=" in taken.stderr
    assert "Traceback" not in taken.stderr
