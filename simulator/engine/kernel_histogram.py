"""Log-bucket histograms: 32 equal buckets in every octave, read off the bits of the number itself.

A bucket's middle is within 1/64 (1.6 %) of everything in it. Histograms of the same layout add up.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit

from simulator.engine.stations import BUCKETS, LOWEST_EXPONENT

_SHIFT: Final = 47
"""Leaves 5 bits of the 52-bit mantissa: 32 buckets in an octave."""
FIRST: Final = (1023 + LOWEST_EXPONENT) << 5


@njit(forceinline=True, cache=True, _nrt=False)
def bucket_of(value: Any) -> Any:
    """The bucket of a value in seconds; what is too small or too large goes to the first or the last."""
    bucket = (np.float64(value).view(np.int64) >> _SHIFT) - FIRST
    return min(max(bucket, 0), BUCKETS - 1)


@njit(forceinline=True, cache=True, _nrt=False)
def record(histograms: Any, sums: Any, row: Any, value: Any) -> None:
    """Add a value in seconds to a row. ``sums`` holds the total and the maximum."""
    histograms[row, bucket_of(value)] += 1
    sums[row, 0] += value
    if value > sums[row, 1]:
        sums[row, 1] = value
