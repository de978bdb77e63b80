"""Random numbers of the kernel: one xoshiro256++ generator per stream, its state in an array.

Every node has streams of its own, so that a change in one corner of a design leaves the random
numbers of the others as they were. Reference: D. Blackman and S. Vigna, "Scrambled linear
pseudorandom number generators", ACM TOMS 47 (2021). Exponential and normal samples come from ziggurats:
G. Marsaglia and W. W. Tsang, J. Stat. Software 5 (2000); J. A. Doornik, "An improved ziggurat method" (2005).
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

_STEPS_PER_UNIT: Final = 256.0 / math.log(2.0)
_UNIT_PER_STEP: Final = math.log(2.0) / 256.0
_SIXTH: Final = 1.0 / 6.0
_POWERS: Final = np.array([2.0 ** (step / 256.0) for step in range(256)])

_EXPONENTIAL_LAYER: Final = np.uint64(255)
_EXPONENTIAL_END: Final = 7.69711747013104972
_EXPONENTIAL_AREA: Final = 0.0039496598225815571993
_NORMAL_LAYER: Final = np.uint64(127)
_NORMAL_END: Final = 3.442619855899
_NORMAL_AREA: Final = 9.91256303526217e-3
"""Where the tail begins, and the area of each layer, for 256 and 128 layers."""


def _exponential_layers() -> NDArray[np.float64]:
    x = np.zeros(257)
    x[0], x[1] = _EXPONENTIAL_AREA / math.exp(-_EXPONENTIAL_END), _EXPONENTIAL_END
    for layer in range(2, 256):
        x[layer] = -math.log(_EXPONENTIAL_AREA / x[layer - 1] + math.exp(-x[layer - 1]))
    return x


def _normal_layers() -> NDArray[np.float64]:
    x = np.zeros(129)
    x[0], x[1] = _NORMAL_AREA / math.exp(-0.5 * _NORMAL_END**2), _NORMAL_END
    for layer in range(2, 128):
        x[layer] = math.sqrt(-2.0 * math.log(_NORMAL_AREA / x[layer - 1] + math.exp(-0.5 * x[layer - 1] ** 2)))
    return x


_EXPONENTIAL_X: Final = _exponential_layers()
_NORMAL_X: Final = _normal_layers()


@compiled(inline=True)
def bits(s: Table, stream: int) -> np.uint64:
    """The next 64 random bits of a stream."""
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
    return result


@compiled(inline=True)
def uniform(s: Table, stream: int) -> float:
    """A number from 0 (included) to 1 (excluded), a multiple of 2 ** -53."""
    return np.float64(bits(s, stream) >> _DROP) * _UNIT


@compiled()
def _rare_exponential(s: Table, stream: int, layer: int, x: float) -> float:
    """The part of the exponential ziggurat outside the rectangles: the tail, or the wedge of a layer."""
    shift = 0.0
    while True:
        if layer == 0:
            shift += _EXPONENTIAL_END
        else:
            lower = math.exp(-_EXPONENTIAL_X[layer])
            upper = math.exp(-_EXPONENTIAL_X[layer + 1])
            if lower + uniform(s, stream) * (upper - lower) < math.exp(-x):
                return shift + x
        drawn = bits(s, stream)
        layer = int(drawn & _EXPONENTIAL_LAYER)
        x = np.float64(drawn >> _DROP) * _UNIT * _EXPONENTIAL_X[layer]
        if x < _EXPONENTIAL_X[layer + 1]:
            return shift + x


@compiled(inline=True)
def exponential(s: Table, stream: int) -> float:
    """An exponential sample with mean 1, by the ziggurat method."""
    drawn = bits(s, stream)
    layer = int(drawn & _EXPONENTIAL_LAYER)
    x = np.float64(drawn >> _DROP) * _UNIT * _EXPONENTIAL_X[layer]
    if x < _EXPONENTIAL_X[layer + 1]:
        return x
    return _rare_exponential(s, stream, layer, x)


@compiled()
def _rare_normal(s: Table, stream: int, layer: int, u: float) -> float:
    """The part of the normal ziggurat outside the rectangles: the tail, or the wedge of a layer."""
    while True:
        if layer == 0:
            while True:
                x = -math.log(1.0 - uniform(s, stream)) / _NORMAL_END
                y = -math.log(1.0 - uniform(s, stream))
                if y + y >= x * x:
                    return _NORMAL_END + x if u > 0.0 else -_NORMAL_END - x
        x = u * _NORMAL_X[layer]
        lower = math.exp(-0.5 * (_NORMAL_X[layer] * _NORMAL_X[layer] - x * x))
        upper = math.exp(-0.5 * (_NORMAL_X[layer + 1] * _NORMAL_X[layer + 1] - x * x))
        if upper + uniform(s, stream) * (lower - upper) < 1.0:
            return x
        drawn = bits(s, stream)
        layer = int(drawn & _NORMAL_LAYER)
        u = 2.0 * np.float64(drawn >> _DROP) * _UNIT - 1.0
        if abs(u) * _NORMAL_X[layer] < _NORMAL_X[layer + 1]:
            return u * _NORMAL_X[layer]


@compiled(inline=True)
def normal(s: Table, stream: int) -> float:
    """A standard normal sample, by the ziggurat method."""
    drawn = bits(s, stream)
    layer = int(drawn & _NORMAL_LAYER)
    u = 2.0 * np.float64(drawn >> _DROP) * _UNIT - 1.0
    if abs(u) * _NORMAL_X[layer] < _NORMAL_X[layer + 1]:
        return u * _NORMAL_X[layer]
    return _rare_normal(s, stream, layer, u)


@compiled(inline=True)
def _exp(x: float) -> float:
    """e to the power of x, for -700 < x < 700, to within 1e-12 of the value.

    Faster than a library's, and the same on every machine: 2 to a whole number of 256ths from a table, times three
    terms of Taylor's series for the rest, which is below 0.0014.
    """
    steps = math.floor(x * _STEPS_PER_UNIT + 0.5)
    r = x - steps * _UNIT_PER_STEP
    at = int(steps)
    power = _POWERS[at & 255] * np.int64(((at >> 8) + 1023) << 52).view(np.float64)
    return power + power * r * (1.0 + r * (0.5 + r * _SIXTH))


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
        return _exp(row["a"] + row["b"] * normal(s, stream))
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
