"""Why a run or an experiment is not started."""

from __future__ import annotations


class RunRefusedError(ValueError):
    """The run cannot be started. ``code`` is for programs, ``path`` names the field at fault."""

    def __init__(self, message: str, *, code: str, path: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.path = path
