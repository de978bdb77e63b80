"""Answers a question by running its trials one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Scenario
from simulator.engine.experiments.planning import Answer, answer, next_trials
from simulator.engine.experiments.question import Question
from simulator.engine.experiments.trial import Trial, TrialResult, run_trial
from simulator.engine.refusal import SimulationRefused


def ask(designs: Sequence[Design], scenario: Scenario, question: Question) -> Answer:
    """The answer to a question about one design, or about two in a comparison."""
    results: dict[Trial, TrialResult | str] = {}
    while trials := next_trials(question, scenario.seed, results):
        for trial in trials:
            try:
                results[trial] = run_trial(designs[trial.design], scenario, trial)
            except SimulationRefused as refused:
                results[trial] = str(refused)
    return answer(question, scenario.seed, results)
