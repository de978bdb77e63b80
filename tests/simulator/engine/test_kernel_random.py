"""The kernel's random numbers have the distributions that they claim."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.engine.kernel_memory import Table, compiled, table
from simulator.engine.kernel_rng import exponential, normal, sample, seed_streams, uniform, whole_number
from simulator.engine.lowering.tables import Tables

NUMBER = 400_000


@compiled()
def fill_uniform(s: Table, out: NDArray[np.float64]) -> None:
    for position in range(out.size):
        out[position] = uniform(s, 0)


@compiled()
def fill_exponential(s: Table, out: NDArray[np.float64]) -> None:
    for position in range(out.size):
        out[position] = exponential(s, 0)


@compiled()
def fill_normal(s: Table, out: NDArray[np.float64]) -> None:
    for position in range(out.size):
        out[position] = normal(s, 0)


@compiled()
def fill_sample(s: Table, out: NDArray[np.float64]) -> None:
    for position in range(out.size):
        out[position] = sample(s, 0, 0)


@compiled()
def fill_whole(s: Table, out: NDArray[np.float64]) -> None:
    for position in range(out.size):
        out[position] = whole_number(s, 2.25, 0)


def drawn(fill: Callable[..., None], tables: Tables | None = None) -> NDArray[np.float64]:
    made = tables or Tables(seed=123)
    made.stream("one")
    state = made.build(nodes=1, edges=1, entries=1)
    out = np.empty(NUMBER)
    fill(table(state), out)
    return out


def assert_follows(values: NDArray[np.float64], distribution: Callable[[float], float]) -> None:
    """Kolmogorov-Smirnov: the largest gap stays below its 99.99 % quantile, 2.23 / sqrt(n)."""
    ordered = np.sort(values)
    expected = np.array([distribution(value) for value in ordered[::20]])
    gap = np.abs(expected - np.arange(0, NUMBER, 20) / NUMBER).max()
    assert gap < 2.23 / math.sqrt(NUMBER)


def test_uniform_numbers_are_uniform() -> None:
    values = drawn(fill_uniform)
    assert values.min() >= 0.0
    assert values.max() < 1.0
    assert_follows(values, lambda x: x)


def test_exponential_numbers_are_exponential_into_the_tail() -> None:
    values = drawn(fill_exponential)
    assert_follows(values, lambda x: 1 - math.exp(-x))
    assert np.mean(values > 7.7) == pytest.approx(math.exp(-7.7), rel=0.25)


def test_normal_numbers_are_normal_into_the_tail() -> None:
    values = drawn(fill_normal)
    assert_follows(values, lambda x: 0.5 * math.erfc(-x / math.sqrt(2)))
    assert np.mean(np.abs(values) > 3.0) == pytest.approx(math.erfc(3 / math.sqrt(2)), rel=0.1)


def test_a_log_normal_distribution_has_its_percentiles() -> None:
    tables = Tables(seed=9)
    tables.lognormal(math.log(0.1), 0.5)
    values = drawn(fill_sample, tables)
    assert np.median(values) == pytest.approx(0.1, rel=0.01)
    assert np.percentile(values, 99) == pytest.approx(0.1 * math.exp(0.5 * 2.3263), rel=0.02)


def test_a_log_normal_sample_is_the_exponential_of_the_normal_one_that_it_was_drawn_from() -> None:
    tables = Tables(seed=5)
    tables.lognormal(-3.0, 2.5)
    samples = drawn(fill_sample, tables)
    normals = drawn(fill_normal, Tables(seed=5))
    assert samples == pytest.approx(np.exp(-3.0 + 2.5 * normals), rel=1e-12)


def test_a_fractional_number_of_calls_has_its_mean() -> None:
    values = drawn(fill_whole)
    assert set(values) == {2.0, 3.0}
    assert values.mean() == pytest.approx(2.25, abs=0.005)


def test_streams_depend_on_the_seed_and_the_name_only() -> None:
    first = seed_streams(1, ["a", "b"])
    assert (seed_streams(1, ["b", "a"])[::-1] == first).all()
    assert not (seed_streams(2, ["a", "b"]) == first).any()
