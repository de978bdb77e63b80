"""How the records of a run are spread over keys: what makes one shard or partition hot."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from designer.domain.catalog.sources import workload
from designer.domain.catalog.spec import Choice, Kind, Parameter, Section

_KEYS: Final = workload("how your records are spread over keys")


def key_parameters(what: str, *, distinct_keys: int = 10_000) -> tuple[Parameter, ...]:
    """The workload parameters of a keyed store; ``what`` names its key in the help texts, e.g. ``partition key``."""
    return (
        Parameter(
            id="key_spread",
            label="Spread over keys",
            kind=Kind.CHOICE,
            default="uniform",
            choices=(Choice("uniform", "Even"), Choice("zipf", "A few keys get most (Zipf)")),
            help=f"How often each {what} occurs in a run. Zipf: the second key half as often as the first, the third a "
            "third as often, when the exponent is 1.",
            source=_KEYS,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="distinct_keys",
            label="Different keys",
            kind=Kind.INTEGER,
            default=distinct_keys,
            unit="keys",
            minimum=1,
            maximum=100_000_000,
            help=f"How many values of the {what} are in use at a time. One value can never use more than one shard or "
            "partition.",
            source=_KEYS,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="zipf_exponent",
            label="Zipf exponent",
            kind=Kind.NUMBER,
            default=1,
            minimum=0.1,
            maximum=5,
            help="How unequal the keys are when they are not spread evenly. The larger it is, the more the first key "
            "gets.",
            source=_KEYS,
            section=Section.WORKLOAD,
        ),
    )


def record_size(what: str) -> Parameter:
    """The workload parameter of the size of one record; ``what`` names what it is written to."""
    return Parameter(
        id="record_kb",
        label="Record size",
        kind=Kind.NUMBER,
        default=1,
        unit="KB",
        minimum=0.001,
        maximum=10_240,
        help=f"Size of a typical record of the {what}.",
        source=workload("how large your records are"),
        section=Section.WORKLOAD,
    )


def largest_share(spread: str, keys: int, exponent: float) -> float:
    """The share of all records that the most frequent key gets, between 0 and 1."""
    keys = max(1, keys)
    if spread != "zipf":
        return 1 / keys
    return 1 / _generalised_harmonic(keys, exponent)


_EXACT_TERMS: Final = 10_000


@cache
def _generalised_harmonic(terms: int, exponent: float) -> float:
    """The sum of ``k ** -exponent`` for k from 1; beyond the first terms by its integral."""
    exact = min(terms, _EXACT_TERMS)
    total: float = sum(math.pow(k, -exponent) for k in range(1, exact + 1))
    if terms > exact:
        total += _integral(exact + 0.5, terms + 0.5, exponent)
    return total


def _integral(begin: float, end: float, exponent: float) -> float:
    if abs(exponent - 1) < 1e-9:
        return math.log(end / begin)
    return float((end ** (1 - exponent) - begin ** (1 - exponent)) / (1 - exponent))
