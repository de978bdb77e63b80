"""One comparison of the engine with what is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Measure = Callable[[], tuple[float, float]]
"""Runs the engine and yields what is expected and what was measured."""


@dataclass(frozen=True, slots=True)
class Case:
    """``against`` is the theory or the measurement, ``limit`` the relative error allowed."""

    against: str
    quantity: str
    limit: float
    measure: Measure

    @property
    def name(self) -> str:
        """What a report calls it."""
        return f"{self.against}: {self.quantity}"
