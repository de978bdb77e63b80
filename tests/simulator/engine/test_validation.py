"""The engine agrees with queueing theory and with measurements, and the model page says how well."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from simulator.engine.experiments.estimate import estimate
from tests.validation import formulas, measurements, theory
from tests.validation.__main__ import BEGIN, END, PAGE
from tests.validation.case import Case

CASES = list(chain(theory.cases(), measurements.cases()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_engine_agrees_with_what_is_known(case: Case) -> None:
    expected, measured = case.measure()
    assert measured == pytest.approx(expected, rel=case.limit)


@pytest.mark.parametrize(
    ("expected", "servers", "rate", "variation"),
    [
        (formulas.stay_in_mmc(1, 6.0, theory.MEAN_S), 1, 6.0, 1.0),
        (formulas.stay_in_mmc(5, 40.0, theory.MEAN_S), 5, 40.0, 1.0),
        (formulas.stay_in_mg1(7.0, theory.MEAN_S, 0.0), 1, 7.0, 0.0),
        (formulas.stay_in_mg1(6.0, theory.MEAN_S, 1.2), 1, 6.0, 1.2),
    ],
    ids=["M/M/1", "M/M/5", "M/D/1", "M/G/1"],
)
def test_theory_lies_in_the_95_percent_interval_of_ten_runs(
    expected: float, servers: int, rate: float, variation: float
) -> None:
    runs = [theory.station(servers, rate, variation=variation, seed=seed, requests=100_000.0) for seed in range(10)]
    found = estimate([theory.mean_s(run) for run in runs])
    assert found["low"] is not None
    assert found["high"] is not None
    assert found["low"] <= expected <= found["high"]
    assert found["high"] - found["low"] < 0.05 * expected


def test_the_model_page_lists_every_comparison_with_an_error_within_its_limit() -> None:
    table = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    for case in CASES:
        assert f"| {case.against} | {case.quantity} |" in table
    for error, allowed in re.findall(r"\| ([\d.]+) % \| ([\d.]+) % \|", table):
        assert float(error) <= float(allowed)


def test_the_measured_workloads_are_those_of_the_published_data_set(shared_folder: Path) -> None:
    assert measurements.DATA.read_text() == (shared_folder / "facts" / "lambda-experiments.csv").read_text()
