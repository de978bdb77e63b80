"""Collects the problems of one definition with their places in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.domain.workflows.problem import AslProblem, Level, Path
from designer.domain.workflows.source import Source


@dataclass
class Report:
    """What the checks have found so far. ``express``: the definition is for an Express workflow."""

    source: Source
    express: bool
    problems: list[AslProblem] = field(default_factory=list)

    def error(self, code: str, path: Path, message: str, cure: str) -> None:
        """Something that AWS rejects or that cannot work."""
        self._add(Level.ERROR, code, path, message, cure)

    def warning(self, code: str, path: Path, message: str, cure: str) -> None:
        """Something that is accepted and will hurt."""
        self._add(Level.WARNING, code, path, message, cure)

    def advice(self, code: str, path: Path, message: str, cure: str) -> None:
        """Something that would be better otherwise."""
        self._add(Level.ADVICE, code, path, message, cure)

    def _add(self, level: Level, code: str, path: Path, message: str, cure: str) -> None:
        line, column = self.source.position(path)
        self.problems.append(AslProblem(level, code, message, cure, path, line, column))
