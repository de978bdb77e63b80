"""The folder that holds what an installation makes for itself: its database and its secret key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def prepare(folder: Path) -> Path:
    """Create the folder, readable by its owner alone, if it is not there; its absolute path."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder {folder} cannot be made: {error}") from error
    return folder.resolve()


def secret_key(folder: Path) -> str:
    """The secret key kept in the folder; made once, for the owner's eyes alone."""
    path = folder / "secret-key"
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    # Written aside and linked: of two processes that start together, one wins and both read its key.
    mine = folder / f"secret-key.{os.getpid()}"
    descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(mine, path)
    except FileExistsError:
        pass
    finally:
        mine.unlink()
    return _read(path)


def _read(path: Path) -> str:
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 32:
        raise ImproperlyConfigured(f"{path} does not hold a secret key; delete it to have a new one made")
    return key
