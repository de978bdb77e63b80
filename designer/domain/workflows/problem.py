"""What is wrong in a definition: where, why, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str | int, ...]
"""Keys and list positions from the top of the definition to a value."""


class Level(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    """AWS rejects the definition, or the execution cannot work."""
    WARNING = "warning"
    """Accepted, but it will hurt."""
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class AslProblem:
    """One problem of a definition. ``line`` and ``column`` are counted from 1."""

    level: Level
    code: str
    """Stable name of the kind of problem, e.g. ``unreachable_state``."""
    message: str
    cure: str
    path: Path
    line: int
    column: int

    @property
    def place(self) -> str:
        """The path as a person reads it: ``States.Ship.Retry[0].MaxAttempts``."""
        return path_text(self.path)


def path_text(path: Path) -> str:
    """A path as JSONPath-like text without the leading dollar sign."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.isidentifier():
            text += f".{part}" if text else part
        else:
            text += f"['{part}']"
    return text
