"""Random numbers of the kernel: one xoshiro256++ generator per stream, its state in an array.

Every node has streams of its own, so that a change in one corner of a design leaves the random
numbers of the others as they were. Reference: D. Blackman and S. Vigna, "Scrambled linear
pseudorandom number generators", ACM TOMS 47 (2021).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.engine.kernel_memory import Table, compiled, distributions_of, random_of
from simulator.engine.stations import CONSTANT, EXPONENTIAL, LOGNORMAL

_ROTATE_A: Final = np.uint64(23)
_ROTATE_A_BACK: Final = np.uint64(41)
_SHIFT: Final = np.uint64(17)
_ROTATE_B: Final = np.uint64(45)
_ROTATE_B_BACK: Final = np.uint64(19)
_DROP: Final = np.uint64(11)
_UNIT: Final = 2.0**-53


@compiled(inline=True)
def uniform(s: Table, stream: int) -> float:
    """A number from 0 (included) to 1 (excluded), a multiple of 2 ** -53."""
    random = random_of(s)
    s0 = random[stream, 0]
    s1 = random[stream, 1]
    s2 = random[stream, 2]
    s3 = random[stream, 3]
    total = s0 + s3
    result = ((total << _ROTATE_A) | (total >> _ROTATE_A_BACK)) + s0
    shifted = s1 << _SHIFT
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << _ROTATE_B) | (s3 >> _ROTATE_B_BACK)
    random[stream, 0] = s0
    random[stream, 1] = s1
    random[stream, 2] = s2
    random[stream, 3] = s3
    return np.float64(result >> _DROP) * _UNIT


@compiled(inline=True)
def exponential(s: Table, stream: int) -> float:
    """An exponential sample with mean 1: -ln(1 - u)."""
    return -math.log(1.0 - uniform(s, stream))


@compiled(inline=True)
def normal(s: Table, stream: int) -> float:
    """A standard normal sample (Box-Muller)."""
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(s, stream)))
    return radius * math.cos(2.0 * math.pi * uniform(s, stream))


@compiled(inline=True)
def sample(s: Table, index: int, stream: int) -> float:
    """A sample of a distribution: constant a, exponential with mean a, log-normal (mu a, sigma b), uniform a..b."""
    row = distributions_of(s)[index]
    kind = row["kind"]
    if kind == CONSTANT:
        return row["a"]
    if kind == EXPONENTIAL:
        return row["a"] * exponential(s, stream)
    if kind == LOGNORMAL:
        return math.exp(row["a"] + row["b"] * normal(s, stream))
    return row["a"] + (row["b"] - row["a"]) * uniform(s, stream)


@compiled(inline=True)
def whole_number(s: Table, mean: float, stream: int) -> int:
    """A whole number with this mean: the floor, and one more with the remaining probability."""
    floor = int(mean)
    rest = mean - floor
    if rest > 0.0 and uniform(s, stream) < rest:
        floor += 1
    return floor


def seed_streams(seed: int, names: list[str]) -> NDArray[np.uint64]:
    """One generator state per name, from the run's seed and the name alone."""
    import hashlib  # noqa: PLC0415  (kept out of the kernel's module globals)

    states = np.empty((len(names), 4), dtype=np.uint64)
    for row, name in enumerate(names):
        digest = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=32).digest()
        states[row] = np.frombuffer(digest, dtype="<u8")
    return states
