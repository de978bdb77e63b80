"""A Chromium for the browser tests."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

from tests.services.machine import ServiceUnavailableError, apt_install, find_binary, say

PROJECT: Final = Path(__file__).resolve().parents[2]
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
)
_CURE = "Set CHROMIUM to the path of a Chromium or Chrome, or install one (apt install chromium)."


@cache
def chromium() -> str:
    """The path of a Chromium that starts."""
    for find in (_given, _installed, _from_package, _from_apt):
        path = find()
        if path is not None:
            say(f"Chromium: {path}")
            return path
    raise ServiceUnavailableError(f"There is no Chromium on this machine. {_CURE}")


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except OSError:
        return False


def _given() -> str | None:
    path = os.environ.get("CHROMIUM")
    if path is not None and not _starts(path):
        raise ServiceUnavailableError(f"CHROMIUM is {path}, which does not start. {_CURE}")
    return path


def _installed() -> str | None:
    path = find_binary(*NAMES)
    return path if path is not None and _starts(path) else None


def _from_package() -> str | None:
    script = "import('@sparticuz/chromium').then(m => m.default.executablePath()).then(p => console.log(p))"
    node = find_binary("node")
    if node is None:
        return None
    found = subprocess.run(
        [node, "-e", script], cwd=PROJECT / "frontend", capture_output=True, text=True, check=False, timeout=120
    )
    path = found.stdout.strip()
    return path if found.returncode == 0 and path and _starts(path) else None


def _from_apt() -> str | None:
    return find_binary(*NAMES) if apt_install("chromium") else None
