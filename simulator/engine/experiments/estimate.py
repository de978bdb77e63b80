"""What replications say about a figure: their mean, and how far the true one may be from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Final, TypedDict


class Estimate(TypedDict):
    """Mean of the replications, its 95 % confidence interval, and the least and greatest of them.

    With one replication nothing is known about the spread: ``low`` and ``high`` are None.
    """

    mean: float
    low: float | None
    high: float | None
    least: float
    greatest: float


_DIGITS: Final = 6


def estimate(values: Sequence[float]) -> Estimate:
    """Student's interval: mean ± t(0.975, n - 1) * s / sqrt(n). Raises ValueError without values."""
    if not values:
        raise ValueError("an estimate needs at least one value")
    count, mean = len(values), sum(values) / len(values)
    low = high = None
    if count > 1:
        deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (count - 1))
        half = student_975(count - 1) * deviation / math.sqrt(count)
        low, high = round(mean - half, _DIGITS), round(mean + half, _DIGITS)
    return {
        "mean": round(mean, _DIGITS),
        "low": low,
        "high": high,
        "least": round(min(values), _DIGITS),
        "greatest": round(max(values), _DIGITS),
    }


def student_975(degrees: int) -> float:
    """97.5 % quantile of Student's distribution; exact for 1 and 2 degrees of freedom, else to 0.1 %.

    Cornish-Fisher expansion in 1 / degrees (Abramowitz and Stegun, 26.7.5); for 3 to 5 degrees its
    four terms are not enough, so those come from the distribution's closed forms by bisection.
    """
    if degrees < 1:
        raise ValueError("degrees of freedom begin at 1")
    if degrees <= 5:
        return _bisected(degrees)
    z = NormalDist().inv_cdf(0.975)
    terms = (
        (z**3 + z) / 4.0,
        (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / 96.0,
        (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / 384.0,
        (79.0 * z**9 + 776.0 * z**7 + 1482.0 * z**5 - 1920.0 * z**3 - 945.0 * z) / 92160.0,
    )
    return z + math.fsum(term / float(degrees) ** power for power, term in enumerate(terms, start=1))


def _bisected(degrees: int) -> float:
    low, high = 1.0, 20.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if _central_probability(middle, degrees) < 0.95:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _central_probability(t: float, degrees: int) -> float:
    """P(-t < T < t) by the finite trigonometric series (Abramowitz and Stegun, 26.7.3 and 26.7.4)."""
    theta = math.atan(t / math.sqrt(degrees))
    sine, cosine = math.sin(theta), math.cos(theta)
    if degrees % 2 == 0:
        term = total = 1.0
        for factor in range(1, degrees - 1, 2):
            term *= factor / (factor + 1) * cosine**2
            total += term
        return sine * total
    term = total = cosine if degrees > 1 else 0.0
    for factor in range(2, degrees - 1, 2):
        term *= factor / (factor + 1) * cosine**2
        total += term
    return 2.0 / math.pi * (theta + sine * total)
