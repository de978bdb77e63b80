"""Reading settings from environment variables; a value that makes no sense stops the program at once."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str = "") -> str:
    """The variable without surrounding white space, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """The variable as a yes or no."""
    given = os.environ.get(name)
    if given is None:
        return default
    word = given.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {given!r}; it must be 1 or 0")


def whole(name: str, default: int, *, least: int, most: int) -> int:
    """The variable as a whole number between two bounds."""
    given = text(name)
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
        raise ImproperlyConfigured(f"{name} is {given!r}; it must be a whole number from {least} to {most}")
    return int(given)


def names(name: str) -> list[str]:
    """The variable as a list, divided at commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def address(name: str, *schemes: str) -> str:
    """The variable as an address with one of the schemes; empty when it is unset."""
    given = text(name)
    if given and urlsplit(given).scheme not in schemes:
        expected = ", ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} must begin with one of {expected}")
    return given
