"""The engine agrees with queueing theory and with measurements, and the model page says how well."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from tests.validation import measurements, theory
from tests.validation.__main__ import BEGIN, END, PAGE
from tests.validation.case import Case

CASES = list(chain(theory.cases(), measurements.cases()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_engine_agrees_with_what_is_known(case: Case) -> None:
    expected, measured = case.measure()
    assert measured == pytest.approx(expected, rel=case.limit)


def test_the_model_page_lists_every_comparison_with_an_error_within_its_limit() -> None:
    table = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    for case in CASES:
        assert f"| {case.against} | {case.quantity} |" in table
    for error, allowed in re.findall(r"\| ([\d.]+) % \| ([\d.]+) % \|", table):
        assert float(error) <= float(allowed)


def test_the_measured_workloads_are_those_of_the_published_data_set(shared_folder: Path) -> None:
    assert measurements.DATA.read_text() == (shared_folder / "facts" / "lambda-experiments.csv").read_text()
