"""Runs every benchmark, prints one line per figure and writes ``build/bench.json``.

A benchmark is a function whose name begins with ``bench_`` in a module ``bench_*.py`` of this
folder; it returns figures ``{name, value, unit, target, met}``. Figures are ratios within one
run wherever the machine's own speed would decide.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = Path(__file__).resolve().parent
RESULT = FOLDER.parents[1] / "build" / "bench.json"


class Figure(TypedDict):
    """One measured figure; ``target`` says in words what ``met`` was decided by."""

    name: str
    value: float
    unit: str
    target: str
    met: bool


def _benchmarks() -> Iterator[Callable[[], list[Figure]]]:
    for path in sorted(FOLDER.glob("bench_*.py")):
        module = importlib.import_module(f"tests.bench.{path.stem}")
        for name, value in vars(module).items():
            if name.startswith("bench_") and callable(value) and value.__module__ == module.__name__:
                yield value


def main() -> int:
    """Print the figures; exit code 1 when one misses its target."""
    figures: list[Figure] = []
    for benchmark in _benchmarks():
        for figure in benchmark():
            verdict = "ok    " if figure["met"] else "MISSED"
            sys.stdout.write(
                f"{verdict} {figure['name']}: {figure['value']:,.4g} {figure['unit']} (target {figure['target']})\n"
            )
            sys.stdout.flush()
            figures.append(figure)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n")
    return 0 if all(figure["met"] for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
