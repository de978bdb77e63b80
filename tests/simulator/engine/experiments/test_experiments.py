"""Experiments on designs whose answer can be worked out by hand."""

from __future__ import annotations

import json

import pytest

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Pattern, Scenario, Traffic
from simulator.engine.experiments.fitting import check_question
from simulator.engine.experiments.histogram import add
from simulator.engine.experiments.planning import answer, next_trials
from simulator.engine.experiments.question import (
    Objective,
    Question,
    QuestionError,
    question_from_json,
    question_to_json,
)
from simulator.engine.experiments.trial import Setting, Trial, TrialStoppedError, run_trial
from simulator.engine.simulation import simulate
from tests.simulator.engine.designs import draw_design
from tests.simulator.engine.experiments.asking import ask


def function(**parameters: float) -> Design:
    """A client that calls a function: 100 ms of waiting, no processor time."""
    settings = {"cpu_ms": 0, "wait_ms": 100, "memory_mb": 1769, **parameters}
    return draw_design(
        {"users": ("client", {"rate_per_s": 40}), "work": ("lambda", settings)}, [("users", "work", "invoke")]
    )


SCENARIO = Scenario(duration_s=30.0, window_s=10.0, seed=5)


def test_replications_add_up_exactly() -> None:
    found = ask([function()], SCENARIO, Question("replications", replications=3))
    (point,) = found["points"]
    alone = [run_trial(function(), SCENARIO, Trial(0, seed)) for seed in (5, 6, 7)]
    entries = [trial["entry_points"]["users"] for trial in alone]
    assert point["entry_points"]["users"]["requests"] == sum(entry["requests"] for entry in entries)
    merged = add(entry["caller"] for entry in entries)
    assert sum(count for _, count in merged["buckets"]) == sum(entry["completions"] for entry in entries)
    assert point["entry_points"]["users"]["caller_latency_ms"]["max"] == round(1000 * merged["max_s"], 4)


def test_a_trial_counts_what_a_run_of_the_same_seed_counts() -> None:
    trial = run_trial(function(), SCENARIO, Trial(0, seed=5))
    summary = simulate(function(), SCENARIO)
    assert trial["entry_points"]["users"]["requests"] == summary["entry_points"]["users"]["requests"]
    assert trial["nodes"]["work"]["completions"] == summary["nodes"]["work"]["completions"]
    assert trial["cost_usd"] == summary["cost"]["total_usd"]
    assert json.loads(json.dumps(trial)) == json.loads(json.dumps(run_trial(function(), SCENARIO, Trial(0, seed=5))))


def test_the_breaking_point_of_a_reserved_function_is_its_concurrency_over_its_duration() -> None:
    """Twenty environments of 100 ms serve 200 requests/s, five times the load of 40 evenly spaced ones.

    The cold starts of the first second are throttled a little before that, hence 2 % of errors.
    """
    traffic = (Traffic("users", Pattern.CONSTANT, rate_per_s=40.0),)
    scenario = Scenario(traffic=traffic, duration_s=120.0, window_s=10.0, seed=2)
    design = function(reserved_concurrency=20, duration_variation=0.0)
    objective = Objective(errors_at_most=0.02)
    found = ask([design], scenario, Question("breaking_point", replications=2, objective=objective, precision=0.05))
    holding = max(point["load_factor"] for point in found["points"] if point["meets"])
    failing = min(point["load_factor"] for point in found["points"] if point["meets"] is False)
    assert 4.0 < holding < 5.4
    assert failing / holding <= 1.05
    assert found["chosen"] is not None
    assert "holds up to" in found["statement"]


def test_a_design_that_fails_at_the_scenarios_load_is_searched_downwards() -> None:
    design = function(reserved_concurrency=1)
    objective = Objective(errors_at_most=0.2)
    found = ask([design], SCENARIO, Question("breaking_point", replications=1, objective=objective, precision=0.2))
    assert found["points"][0]["meets"] is False
    assert 0.0 < max(point["load_factor"] for point in found["points"] if point["meets"]) < 1.0


def test_right_size_takes_the_cheapest_value_that_meets_the_objective() -> None:
    """Processor time of 200 ms at one vCPU (1,769 MB) takes 6.9 times as long at 256 MB; more memory costs no less."""
    design = function(cpu_ms=200, wait_ms=0)
    question = Question(
        "right_size",
        replications=2,
        id="work",
        parameter="memory_mb",
        values=(256, 1024, 1769),
        objective=Objective(metric="p50", at_most_ms=500.0, errors_at_most=None),
    )
    found = ask([design], SCENARIO, question)
    assert [point["meets"] for point in found["points"]] == [False, True, True]
    assert found["chosen"] == 1
    assert "1024" in found["statement"]


def test_a_sweep_has_a_point_for_each_value_with_the_same_arrivals() -> None:
    question = Question("sweep", replications=2, id="work", parameter="wait_ms", values=(10, 50))
    found = ask([function()], SCENARIO, question)
    fast, slow = found["points"]
    assert fast["entry_points"]["users"]["requests"] == slow["entry_points"]["users"]["requests"]
    assert slow["entry_points"]["users"]["caller"]["p50"]["mean"] - fast["entry_points"]["users"]["caller"]["p50"][
        "mean"
    ] == pytest.approx(40.0, rel=0.1)


def test_a_comparison_pairs_the_designs_by_seed() -> None:
    found = ask([function(), function(wait_ms=130)], SCENARIO, Question("compare", replications=4))
    difference = found["differences"]["users.mean_ms"]
    assert difference["mean"] == pytest.approx(30.0, rel=0.1)
    assert difference["low"] is not None
    assert difference["high"] is not None
    unpaired = found["points"][0]["entry_points"]["users"]["caller"]["mean"]
    assert unpaired["low"] is not None
    assert unpaired["high"] is not None
    assert difference["high"] - difference["low"] <= 2.0 * (unpaired["high"] - unpaired["low"]) + 1.0


def test_an_experiment_goes_on_where_it_was() -> None:
    question = Question("breaking_point", replications=2, objective=Objective(at_most_ms=1000.0), precision=0.3)
    first = next_trials(question, 1, {})
    assert [(trial.seed, trial.load_factor) for trial in first] == [(1, 1.0), (2, 1.0)]
    half = {first[0]: run_trial(function(), SCENARIO, first[0])}
    assert next_trials(question, 1, half) == first[1:]


def test_an_experiment_that_is_stopped_keeps_the_runs_that_ended() -> None:
    question = Question("replications", replications=5)
    trials = next_trials(question, 1, {})
    ended = {trial: run_trial(function(), SCENARIO, trial) for trial in trials[:2]}
    (point,) = answer(question, 1, ended)["points"]
    assert point["replications"] == 2
    assert point["entry_points"]["users"]["caller"]["mean"]["low"] is not None
    judged = Question("breaking_point", replications=5, objective=Objective(at_most_ms=1000.0))
    assert answer(judged, 1, dict.fromkeys(next_trials(judged, 1, {})[:2], ended[trials[0]]))["points"] == []


def test_a_load_that_cannot_be_run_ends_the_search_and_is_named() -> None:
    scenario = Scenario(traffic=(Traffic("users", rate_per_s=900_000.0),), duration_s=40.0)
    question = Question("breaking_point", replications=1, objective=Objective(errors_at_most=1.0), precision=0.4)
    trials = next_trials(question, 1, {})
    results = {trials[0]: run_trial(function(), SCENARIO, Trial(0, 1))}
    (doubled,) = next_trials(question, 1, results)
    assert doubled.load_factor == 2.0
    after = next_trials(question, 1, {**results, doubled: "The run would make too many requests."})
    assert 1.0 < after[0].load_factor < 2.0
    assert scenario.traffic


def test_load_factors_multiply_the_rates_of_the_clients() -> None:
    once, thrice = (run_trial(function(), SCENARIO, Trial(0, 1, load_factor=factor)) for factor in (1.0, 3.0))
    requests = [trial["entry_points"]["users"]["requests"] for trial in (once, thrice)]
    assert requests[1] / requests[0] == pytest.approx(3.0, rel=0.1)


def test_a_trial_stops_when_it_is_told_to() -> None:
    with pytest.raises(TrialStoppedError):
        run_trial(function(), SCENARIO, Trial(0, 1), keep_on=lambda: False)


def test_settings_are_changed_for_the_trial_only() -> None:
    design = function()
    slow = run_trial(design, SCENARIO, Trial(0, 1, settings=(Setting("node", "work", "wait_ms", 400),)))
    assert slow["entry_points"]["users"]["caller"]["sum_s"] / slow["entry_points"]["users"]["completions"] > 0.4
    assert design.nodes["work"].parameters["wait_ms"] == 100


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], ""),
        ({"kind": "guess"}, "kind"),
        ({"kind": "replications", "replications": 0}, "replications"),
        ({"kind": "replications", "replications": float("nan")}, "replications"),
        ({"kind": "replications", "surprise": 1}, "surprise"),
        ({"kind": "sweep", "id": "work", "values": [1, 2]}, "parameter"),
        ({"kind": "sweep", "id": "work", "parameter": "wait_ms", "values": [1]}, "values"),
        ({"kind": "sweep", "id": "work", "parameter": "wait_ms", "values": [1, float("inf")]}, "values[1]"),
        ({"kind": "sweep", "id": "a", "parameter": "b", "values": list(range(40)), "replications": 99}, "values"),
        ({"kind": "breaking_point", "objective": {"metric": "p42"}}, "objective.metric"),
        ({"kind": "breaking_point", "objective": {"errors_at_most": None}}, "objective"),
        ({"kind": "breaking_point", "objective": {"at_most_ms": -1}}, "objective.at_most_ms"),
    ],
)
def test_a_bad_question_is_refused_with_its_field(data: object, path: str) -> None:
    with pytest.raises(QuestionError) as refused:
        question_from_json(data)
    assert refused.value.path == path


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (Question("sweep", id="nobody", parameter="wait_ms", values=(1, 2)), "id"),
        (Question("sweep", id="work", parameter="speed", values=(1, 2)), "parameter"),
        (Question("sweep", id="work", parameter="memory_mb", values=(512, "much")), "values[1]"),
        (Question("sweep", id="work", parameter="memory_mb", values=(1, 512)), "values[0]"),
        (Question("sweep", id="work", parameter="runtime", values=("python3.13", "cobol")), "values[1]"),
        (Question("sweep", subject="edge", id="work", parameter="weight", values=(1, 2)), "id"),
        (Question("breaking_point", objective=Objective(entry="work")), "objective.entry"),
    ],
)
def test_a_question_that_does_not_fit_the_design_is_refused_with_its_field(question: Question, path: str) -> None:
    with pytest.raises(QuestionError) as refused:
        check_question(question, function(), SCENARIO)
    assert refused.value.path == path


@pytest.mark.parametrize(
    "question",
    [
        Question("replications", replications=9),
        Question("sweep", id="work", parameter="wait_ms", values=(1, 2.5)),
        Question("right_size", subject="edge", id="e", parameter="batch_size", values=(1, 10)),
        Question("breaking_point", precision=0.1, objective=Objective(entry="users", at_most_ms=800.0)),
        Question("compare", replications=2),
    ],
)
def test_a_question_survives_its_json(question: Question) -> None:
    assert question_from_json(json.loads(json.dumps(question_to_json(question)))) == question
