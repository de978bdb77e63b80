"""Histograms and percentiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine import stations
from simulator.engine.kernel_histogram import bucket_of
from simulator.engine.metrics import MIDDLE_S, latency


@settings(deadline=None)
@given(st.floats(1e-6, 500_000.0))
def test_a_bucket_stands_for_its_values_within_two_percent(value: float) -> None:
    assert MIDDLE_S[bucket_of(value)] == pytest.approx(value, rel=0.0157)


def test_what_is_too_small_or_too_large_is_still_counted() -> None:
    assert bucket_of(0.0) == 0
    assert bucket_of(1e12) == stations.BUCKETS - 1


def test_percentiles_of_a_known_distribution_are_within_two_percent() -> None:
    values = np.random.default_rng(1).lognormal(-3.0, 1.0, 100_000)
    histogram = np.bincount([bucket_of(float(value)) for value in values], minlength=stations.BUCKETS)
    found = latency(histogram, float(values.sum()), float(values.max()))
    for percentile, share in ((found["p50"], 50), (found["p95"], 95), (found["p99"], 99)):
        assert percentile == pytest.approx(1000 * np.percentile(values, share), rel=0.02)
    assert found["mean"] == pytest.approx(1000 * values.mean(), rel=1e-6)


def test_nothing_has_no_latency() -> None:
    assert latency(np.zeros(stations.BUCKETS, dtype=np.int64), 0.0, 0.0)["count"] == 0
