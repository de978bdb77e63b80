"""Every point of what the product does is proven by a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.points import marked_points, points

TESTS = Path(__file__).resolve().parent
WITHOUT_A_TEST = {
    *("LAM-01", "LAM-04", "LAM-10", "LAM-13", "SQS-06", "SQS-08"),
    *("KDS-01", "KDS-02", "KDF-01", "KDF-02", "KDF-03"),
}
"""Points of runs and of exports, which are not proven by a test yet. A point leaves this list with its first test."""


def test_each_point_is_proven_and_each_mark_names_a_point() -> None:
    marked = {point for point, _ in marked_points(TESTS.rglob("test_*.py"))}
    assert marked <= set(points())
    assert set(points()) - marked <= WITHOUT_A_TEST


def test_the_option_lists_points_with_their_tests_and_runs_none() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--points", "-q", "tests/designer/domain/rules/test_boundaries.py"],
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.returncode == 0, listed.stdout
    line = listed.stdout.index("SQS-03  Messages are hidden while they are worked on")
    assert "test_boundaries.py::test_" in listed.stdout[line : line + 300]
    assert "LAM-14  Starter designs for the common uses\n        no test yet" in listed.stdout
    assert "passed" not in listed.stdout
