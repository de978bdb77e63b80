"""Closed forms of queueing theory (Kleinrock, Queueing Systems; Gross and Harris, Fundamentals of Queueing Theory)."""

from __future__ import annotations

import math


def erlang_b(servers: int, load: float) -> float:
    """Probability of loss in M/M/c/c with ``load`` = arrival rate x mean service time."""
    blocking = 1.0
    for k in range(1, servers + 1):
        blocking = load * blocking / (k + load * blocking)
    return blocking


def erlang_c(servers: int, load: float) -> float:
    """Probability of waiting in M/M/c."""
    blocking = erlang_b(servers, load)
    return servers * blocking / (servers - load * (1.0 - blocking))


def stay_in_mmc(servers: int, rate: float, mean_s: float) -> float:
    """Mean stay (s) in M/M/c."""
    return mean_s + erlang_c(servers, rate * mean_s) / (servers / mean_s - rate)


def percentile_of_stay_in_mmc(servers: int, rate: float, mean_s: float, share: float) -> float:
    """Percentile of the stay (s) in M/M/c by bisection of its distribution."""
    wait, mu, drain = erlang_c(servers, rate * mean_s), 1.0 / mean_s, servers / mean_s - rate
    slope = mu - drain

    def beyond(t: float) -> float:
        served = math.exp(-mu * t)
        if abs(slope) < 1e-12:
            return served * (1.0 + wait * mu * t)
        return served + wait * mu / slope * (math.exp(-drain * t) - served)

    low, high = 0.0, 100.0 * (mean_s + 1.0 / drain)
    for _ in range(100):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if beyond(middle) > 1.0 - share else (low, middle)
    return 0.5 * (low + high)


def stay_in_mg1(rate: float, mean_s: float, variation: float) -> float:
    """Mean stay (s) in M/G/1 by Pollaczek and Khinchine; ``variation`` is the coefficient of variation of service."""
    load = rate * mean_s
    return mean_s + load * mean_s * (1.0 + variation**2) / (2.0 * (1.0 - load))


def mmck(servers: int, room: int, rate: float, mean_s: float) -> tuple[float, float]:
    """Loss probability and mean stay (s) of those who are let in, in M/M/c/K; ``room`` = K counts the servers."""
    load = rate * mean_s
    weights = [1.0]
    for number in range(1, room + 1):
        weights.append(weights[-1] * load / min(number, servers))
    whole = sum(weights)
    loss = weights[-1] / whole
    inside = sum(number * weight for number, weight in enumerate(weights)) / whole
    return loss, inside / (rate * (1.0 - loss))


def percentile_of_two_in_a_row(first: float, second: float, share: float) -> float:
    """Percentile (s) of the stay in two M/M/1 in a row with these rates of departure (mu - lambda), which differ."""

    def beyond(t: float) -> float:
        return (second * math.exp(-first * t) - first * math.exp(-second * t)) / (second - first)

    low, high = 0.0, 100.0 / min(first, second)
    for _ in range(100):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if beyond(middle) > 1.0 - share else (low, middle)
    return 0.5 * (low + high)
