"""Intervals from replications against the tables of Student's distribution."""

from __future__ import annotations

import random

import pytest

from simulator.engine.experiments.estimate import estimate, student_975

# From a printed table of the t distribution, two-sided 5 %.
TABLE = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 9: 2.262, 14: 2.145, 29: 2.045, 99: 1.984}


@pytest.mark.parametrize(("degrees", "quantile"), TABLE.items())
def test_the_quantile_is_the_one_of_the_table(degrees: int, quantile: float) -> None:
    assert student_975(degrees) == pytest.approx(quantile, abs=0.0006)


def test_an_interval_holds_the_true_mean_in_about_95_of_100_cases() -> None:
    draw = random.Random(3)
    inside = 0
    for _ in range(2_000):
        found = estimate([draw.gauss(10.0, 3.0) for _ in range(5)])
        assert found["low"] is not None
        assert found["high"] is not None
        inside += found["low"] <= 10.0 <= found["high"]
    assert 0.935 <= inside / 2_000 <= 0.965


def test_one_replication_has_no_interval() -> None:
    assert estimate([4.0]) == {"mean": 4.0, "low": None, "high": None, "least": 4.0, "greatest": 4.0}


def test_without_values_there_is_no_estimate() -> None:
    with pytest.raises(ValueError, match="at least one"):
        estimate([])
