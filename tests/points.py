"""``pytest --points``: which tests prove which points of what the product does.

A test carries the points that it proves, ``@pytest.mark.point("SQS-03")``; their ids and titles are in
``tests/fixtures/points.json``. With the option, tests are collected and listed and none is run.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest

_FOLDER: Final = Path(__file__).resolve().parent
_PROVEN: Final = pytest.StashKey[dict[str, list[str]]]()


def points() -> dict[str, str]:
    """The title of each point by its id."""
    read: dict[str, str] = json.loads((_FOLDER / "fixtures" / "points.json").read_text(encoding="utf-8"))
    return read


def marked_points(files: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The ids in the marks of these test files, without importing them."""
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.point":
                yield from ((str(arg.value), path) for arg in node.args if isinstance(arg, ast.Constant))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--points", action="store_true", help="list the points and the tests that prove them; run none")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Remember which tests prove what, and run none of them."""
    if not config.getoption("--points"):
        return
    proven: dict[str, list[str]] = {}
    for item in items:
        test = item.nodeid.partition("[")[0]
        for mark in item.iter_markers("point"):
            for point in mark.args:
                listed = proven.setdefault(point, [])
                if test not in listed:
                    listed.append(test)
    config.stash[_PROVEN] = proven
    items.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    proven = config.stash.get(_PROVEN, None)
    if proven is None:
        return
    titles = points()
    for point in sorted({*titles, *proven}):
        terminalreporter.write_line(f"{point}  {titles.get(point, 'NOT A KNOWN POINT')}")
        for test in proven.get(point, ["no test yet"]):
            terminalreporter.write_line(f"        {test}")
    covered = sum(point in proven for point in titles)
    terminalreporter.write_line(f"{covered} of {len(titles)} points are proven by tests.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """That no test ran is no failure here."""
    if session.config.stash.get(_PROVEN, None) is not None and session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK
