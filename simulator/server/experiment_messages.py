"""The JSON of an experiment, in the API and in the message that tells its progress."""

from __future__ import annotations

from typing import Literal, TypedDict, cast

from designer.server.services import person_name
from simulator.engine.experiments.planning import Answer
from simulator.server.messages import Person
from simulator.server.models import Experiment

ExperimentStatusName = Literal["running", "finished", "cancelled", "failed"]


class ExperimentJson(TypedDict):
    """An experiment as the API gives it. Times are ISO 8601; lists and messages leave ``answer`` null."""

    id: str
    design: str
    number: int
    status: ExperimentStatusName
    question: dict[str, object]
    scenario: dict[str, object]
    labels: list[str]
    seed: int
    engine_version: str
    rates_version: str
    trials_done: int
    trials_known: int
    """So far: a search decides on its next trials by what it has found."""
    created_at: str
    finished_at: str | None
    created_by: Person | None
    error: str
    answer: Answer | None


class ExperimentEvent(TypedDict):
    """Told to everybody who has the design open: an experiment of it got further or ended."""

    type: Literal["experiment"]
    experiment: ExperimentJson


def experiment_to_json(experiment: Experiment, *, done: int, known: int, with_answer: bool = False) -> ExperimentJson:
    """The experiment as JSON values; ``done`` of ``known`` trials have ended."""
    author = experiment.created_by
    return {
        "id": str(experiment.id),
        "design": str(experiment.design_id),
        "number": experiment.number,
        "status": cast("ExperimentStatusName", experiment.status),
        "question": experiment.question,
        "scenario": experiment.scenario,
        "labels": experiment.labels,
        "seed": experiment.seed,
        "engine_version": experiment.engine_version,
        "rates_version": experiment.rates_version,
        "trials_done": done,
        "trials_known": known,
        "created_at": experiment.created_at.isoformat(),
        "finished_at": None if experiment.finished_at is None else experiment.finished_at.isoformat(),
        "created_by": None if author is None else {"id": author.pk, "name": person_name(author)},
        "error": experiment.error,
        "answer": experiment.answer if with_answer else None,
    }
