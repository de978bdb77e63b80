"""Slowing down those who guess passwords."""

from __future__ import annotations

import hashlib
from typing import Final

from django.core.cache import cache

ATTEMPTS: Final = 10
WITHIN_S: Final = 15 * 60


def too_many_attempts(username: str, address: str) -> bool:
    """Whether this person's password, or anybody's from this address, has been wrong too often of late."""
    return any(cache.get(key, 0) >= most for key, most in _keys(username, address))


def failed_attempt(username: str, address: str) -> None:
    """A password was wrong."""
    for key, _ in _keys(username, address):
        cache.add(key, 0, WITHIN_S)
        try:
            cache.incr(key)
        except ValueError:
            # It expired between the two calls.
            cache.set(key, 1, WITHIN_S)


def _keys(username: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    person = hashlib.sha256(f"{username.lower()}\0{address}".encode()).hexdigest()
    place = hashlib.sha256(address.encode()).hexdigest()
    return (f"sign-in:{person}", ATTEMPTS), (f"sign-in:{place}", 5 * ATTEMPTS)
