"""Decides what an experiment runs next from what it has found so far, and what the answer is.

Everything follows from the question and the results alone, so that an experiment goes on after a
break exactly where it was, in whatever process.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Final, TypedDict

from simulator.engine.experiments.estimate import Estimate, estimate
from simulator.engine.experiments.horizon import SLICES_OF_A_STRATUM, STRATA
from simulator.engine.experiments.period import period_point
from simulator.engine.experiments.points import Point, merge, refused_point
from simulator.engine.experiments.question import Objective, Question
from simulator.engine.experiments.trial import Setting, Trial, TrialResult
from simulator.engine.pricing.rates import PriceList, price_list

Results = Mapping[Trial, TrialResult | str]
"""What every trial yielded, or why it could not be run."""

LEAST_FACTOR: Final = 2.0**-10
MOST_FACTOR: Final = 2.0**14


class Answer(TypedDict):
    """The result of an experiment: its points, and what they say in a sentence."""

    points: list[Point]
    chosen: int | None
    """The point that answers the question: the last load that holds, the cheapest setting."""
    statement: str
    differences: dict[str, Estimate]
    """Of a comparison: second design minus first, pair by pair of replications."""


def next_trials(question: Question, seed: int, results: Results) -> tuple[Trial, ...]:
    """The trials to run now, all of which may run at once; none when the experiment is finished."""
    for point in _points(question, seed, results):
        missing = tuple(trial for trial in point if trial not in results)
        if missing and question.kind == "breaking_point":
            return missing
        if missing:
            return tuple(t for trials in _points(question, seed, results) for t in trials if t not in results)
    return ()


def answer(question: Question, seed: int, results: Results, prices: PriceList | None = None) -> Answer:
    """The answer from the results so far.

    Where points are judged by an objective only those count of which every run has ended; elsewhere a point begins
    with its first run, so that a stopped experiment keeps what it has found.

    ``prices`` are the account's, for the bill of a period; the published ones when left out.
    """
    if question.kind == "period":
        return _period_answer(question, seed, results, prices or price_list())
    objective = question.objective if question.kind in ("breaking_point", "right_size") else None
    points = []
    for trials in _points(question, seed, results):
        ended = [trial for trial in trials if trial in results]
        if len(ended) == len(trials) or (ended and objective is None):
            points.append(_merged(ended, results, objective))
    chosen = _chosen(question, points)
    return {
        "points": points,
        "chosen": chosen,
        "statement": _statement(question, points, chosen),
        "differences": _differences(question, seed, results) if question.kind == "compare" else {},
    }


def _period_answer(question: Question, seed: int, results: Results, prices: PriceList) -> Answer:
    found = [results.get(trial) for (trial,) in _points(question, seed, results)]
    done = [result for result in found if isinstance(result, dict)]
    refusals = sorted({result for result in found if isinstance(result, str)})
    nothing: Answer = {"points": [], "chosen": None, "statement": "", "differences": {}}
    if refusals:
        return {**nothing, "points": [refused_point(Trial(0, seed), refusals[0], None)], "statement": refusals[0]}
    if len(done) < len(found):
        return nothing
    point = period_point(done, seed, prices)
    return {**nothing, "points": [point], "statement": _period_statement(point)}


def _period_statement(point: Point) -> str:
    days = point["seconds"] / 86_400.0
    requests = sum(entry["requests"] for entry in point["entry_points"].values())
    length = f"{days:,.1f} days" if days >= 1.0 else f"{24.0 * days:,.1f} hours"
    if days * 24.0 < 1.0:
        length = f"{1440.0 * days:,.3g} minutes"
    said = f"{length} with {requests:,.0f} requests, from {point['replications']} samples of the period."
    if point["behind"]:
        said = f"Unstable: what waits grows, and no sample carries it on. {said}"
    elif point["ended_early"]:
        said += (
            " In some of them the design does not keep up with its load, so a backlog would grow that no sample shows."
        )
    return said


def _merged(trials: Sequence[Trial], results: Results, objective: Objective | None) -> Point:
    found = [results[trial] for trial in trials]
    for result in found:
        if isinstance(result, str):
            return refused_point(trials[0], result, objective)
    return merge(trials[0], [result for result in found if not isinstance(result, str)], objective)


def _points(question: Question, seed: int, results: Results) -> list[tuple[Trial, ...]]:
    """The trials of each point so far, in order; the last point of a search may be without results."""
    match question.kind:
        case "compare":
            return [_replicated(question, seed, point=design, design=design) for design in (0, 1)]
        case "sweep" | "right_size":
            setting = [Setting(question.subject, question.id, question.parameter, v) for v in question.values]
            return [_replicated(question, seed, point=n, settings=(s,)) for n, s in enumerate(setting)]
        case "breaking_point":
            return _searched(question, seed, results)
        case "period":
            number = STRATA * SLICES_OF_A_STRATUM
            return [(Trial(point, seed + point, sliced=True),) for point in range(number)]
        case _:
            return [_replicated(question, seed, point=0)]


def _replicated(
    question: Question,
    seed: int,
    *,
    point: int,
    load_factor: float = 1.0,
    settings: tuple[Setting, ...] = (),
    design: int = 0,
) -> tuple[Trial, ...]:
    return tuple(Trial(point, seed + n, load_factor, settings, design) for n in range(question.replications))


def _searched(question: Question, seed: int, results: Results) -> list[tuple[Trial, ...]]:
    found: list[tuple[Trial, ...]] = []
    search = _search(question.precision)
    factor = next(search)
    while True:
        trials = _replicated(question, seed, point=len(found), load_factor=factor)
        found.append(trials)
        if any(trial not in results for trial in trials):
            return found
        try:
            factor = search.send(_merged(trials, results, question.objective)["meets"] is True)
        except StopIteration:
            return found


def _search(precision: float) -> Generator[float, bool, None]:
    """Load factors to try, each answered by whether it holds: doubling or halving, then bisection in logarithms."""
    holds = yield 1.0
    low, high = (1.0, None) if holds else (None, 1.0)
    while low is None or high is None:
        factor = 2.0 * low if low is not None else 0.5 * (high or 1.0)
        if not LEAST_FACTOR <= factor <= MOST_FACTOR:
            return
        if (yield factor):
            low = factor
        else:
            high = factor
    while high / low > 1.0 + precision:
        middle = (low * high) ** 0.5
        if (yield middle):
            low = middle
        else:
            high = middle


def _chosen(question: Question, points: Sequence[Point]) -> int | None:
    good = [point for point in points if point["meets"]]
    if not good:
        return None
    if question.kind == "breaking_point":
        return max(good, key=lambda point: point["load_factor"])["point"]
    return min(good, key=lambda point: (_usd(point), point["point"]))["point"]


def _usd(point: Point) -> float:
    monthly = point["monthly_usd"]
    return float("inf") if monthly is None else monthly["mean"]


def _statement(question: Question, points: Sequence[Point], chosen: int | None) -> str:
    best = next((point for point in points if point["point"] == chosen), None)
    match question.kind:
        case "breaking_point":
            return _breaking_statement(points, best)
        case "right_size" if best is None:
            return "None of the values meets the objective."
        case "right_size":
            assert best is not None
            value = best["settings"][0]["value"]
            return f"{value} is the cheapest value that meets the objective, at {_usd(best):,.2f} USD a month."
        case _:
            return ""


def _breaking_statement(points: Sequence[Point], best: Point | None) -> str:
    failing = [point for point in points if point["meets"] is False]
    if best is None:
        return "The objective does not hold at any load that was tried." if failing else ""
    beyond = [point for point in failing if point["load_factor"] > best["load_factor"]]
    load = f"{_requests_per_s(best):,.0f} requests/s, {best['load_factor']:.3g} times the scenario's load"
    if not beyond:
        return f"The objective still holds at {load}; no load beyond it was tried."
    first = min(beyond, key=lambda point: point["load_factor"])
    return f"The objective holds up to {load}. At {first['load_factor']:.3g} times: {'; '.join(first['misses'])}."


def _requests_per_s(point: Point) -> float:
    requests = sum(entry["requests"] for entry in point["entry_points"].values())
    return requests / point["seconds"] if point["seconds"] else 0.0


def _differences(question: Question, seed: int, results: Results) -> dict[str, Estimate]:
    """Paired by seed, so that what both designs owe to the same arrivals cancels."""
    first, second = _points(question, seed, results)
    pairs = [
        (a, b)
        for left, right in zip(first, second, strict=True)
        if isinstance(a := results.get(left), dict) and isinstance(b := results.get(right), dict)
    ]
    if not pairs:
        return {}
    found = {"monthly_usd": estimate([b["monthly_usd"] - a["monthly_usd"] for a, b in pairs])}
    merged = [(merge(first[0], [a], None), merge(second[0], [b], None)) for a, b in pairs]
    for metric in ("mean", "p50", "p95", "p99"):
        for entry in merged[0][0]["entry_points"]:
            if all(entry in right["entry_points"] for _, right in merged):
                found[f"{entry}.{metric}_ms"] = estimate(
                    [
                        right["entry_points"][entry]["caller"][metric]["mean"]
                        - left["entry_points"][entry]["caller"][metric]["mean"]
                        for left, right in merged
                    ]
                )
    return found
