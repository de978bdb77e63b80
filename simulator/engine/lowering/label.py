"""Places in a program."""

from __future__ import annotations


class Label:
    """A place in the program that may be defined after it has been used."""

    __slots__ = ("name", "position")

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.position = -1
