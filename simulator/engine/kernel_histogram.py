"""Log-bucket histograms: 32 equal buckets in every octave, read off the bits of the number itself.

A bucket's middle is within 1/64 (1.6 %) of everything in it. Histograms of the same layout add up.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.engine.kernel_memory import Table, compiled, histogram_sums_of, histograms_of
from simulator.engine.stations import BUCKETS, LOWEST_EXPONENT

_SHIFT: Final = 47
"""Leaves 5 bits of the 52-bit mantissa: 32 buckets in an octave."""
FIRST: Final = (1023 + LOWEST_EXPONENT) << 5


@compiled(inline=True)
def bucket_of(value: float) -> int:
    """The bucket of a value in seconds; what is too small or too large goes to the first or the last."""
    bucket = int(np.float64(value).view(np.int64) >> _SHIFT) - FIRST
    return min(max(bucket, 0), BUCKETS - 1)


@compiled(inline=True)
def record(s: Table, row: int, value: float) -> None:
    """Add a value in seconds to a row. The sums hold the total and the maximum."""
    sums = histogram_sums_of(s)
    histograms_of(s)[row, bucket_of(value)] += 1
    sums[row, 0] += value
    sums[row, 1] = max(sums[row, 1], value)
