"""What people, workers and the passing of time do to experiments.

An experiment is a table of trials. Every trial that ends looks whether others of its experiment are
still to come; the last one asks the planner for more, or writes the answer. Nothing else holds the
state, so a killed worker costs the trial it was at and no more.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from celery import group
from celery.canvas import Signature, signature
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from kombu.exceptions import OperationalError

from designer.domain.graph.document import design_to_json
from designer.domain.graph.model import Design as DesignValue
from designer.domain.graph.scenario import Scenario
from designer.domain.graph.scenario_document import scenario_to_json
from designer.server.events import publish_to_design
from designer.server.models import Design, Workspace
from simulator.engine import ENGINE_VERSION
from simulator.engine.experiments.fitting import check_question
from simulator.engine.experiments.horizon import sliced_scenario, slices_of
from simulator.engine.experiments.planning import answer, next_trials
from simulator.engine.experiments.question import Question, QuestionError, question_from_json, question_to_json
from simulator.engine.experiments.trial import Setting, Trial, TrialResult
from simulator.engine.overrides import overrides_from_json
from simulator.engine.pricing.rates import price_list
from simulator.engine.simulation import Simulation, SimulationRefused
from simulator.server.chunks import unpack
from simulator.server.experiment_messages import ExperimentEvent, ExperimentJson, experiment_to_json
from simulator.server.models import Experiment, ExperimentStatus, ExperimentTrial, TrialStatus
from simulator.server.prices import overrides_of
from simulator.server.refusals import RunRefusedError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TRIAL_TASK: Final = "simulator.run_trial"
ENDED: Final = (TrialStatus.FINISHED, TrialStatus.REFUSED)


def experiment_start(
    *, design: Design, contents: Sequence[tuple[str, DesignValue]], scenario: Scenario, question: object, user: User
) -> Experiment:
    """Freeze what is asked and queue its first trials. Raises :class:`RunRefusedError`.

    ``contents`` are the label and the content of the design, of a comparison of both.
    """
    try:
        asked = question_from_json(question)
        for _, content in contents:
            check_question(asked, content, scenario)
            _refuse_what_cannot_run(asked, content, scenario)
    except QuestionError as error:
        path = f"question.{error.path}" if error.path else "question"
        raise RunRefusedError(error.problem, code="bad_question", path=path) from None
    except SimulationRefused as refused:
        raise RunRefusedError(str(refused), code="simulation_refused", path="scenario") from None
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=design.workspace_id)
        _refuse_if_too_many(design)
        last = Experiment.objects.filter(design=design).aggregate(last=Max("number"))["last"] or 0
        experiment = Experiment.objects.create(
            design=design,
            number=last + 1,
            question=question_to_json(asked),
            scenario=scenario_to_json(scenario),
            documents=[design_to_json(content) for _, content in contents],
            labels=[label for label, _ in contents],
            overrides=overrides_of(design.workspace_id),
            seed=scenario.seed,
            engine_version=ENGINE_VERSION,
            rates_version=f"{price_list().region} {price_list().as_of}",
            created_by=user,
        )
    experiment_advance(experiment.pk)
    experiment.refresh_from_db()
    return experiment


def _refuse_what_cannot_run(question: Question, content: DesignValue, scenario: Scenario) -> None:
    if question.kind == "period":
        for part in slices_of(content, scenario)[:1]:
            scenario = sliced_scenario(content, scenario, part)
    Simulation(content, scenario)


def experiment_cancel(*, experiment: Experiment) -> Experiment:
    """Stop an experiment; the answer is what is known so far. Does nothing to one that has ended."""
    with transaction.atomic():
        locked = Experiment.objects.select_for_update().get(pk=experiment.pk)
        if locked.is_active:
            locked.trials.exclude(status__in=ENDED).delete()
            _end(locked, ExperimentStatus.CANCELLED)
    return locked


def experiment_advance(experiment_id: uuid.UUID) -> None:
    """Queue the trials that are to be run next, or write the answer; nothing while trials are under way."""
    with transaction.atomic():
        experiment = Experiment.objects.select_for_update().filter(pk=experiment_id).first()
        if experiment is None or not experiment.is_active:
            return
        if experiment.trials.exclude(status__in=ENDED).exists():
            transaction.on_commit(lambda: announce(experiment_id))
            return
        question = question_from_json(experiment.question)
        wanted = next_trials(question, experiment.seed, _results(experiment))
        if not wanted:
            _end(experiment, ExperimentStatus.FINISHED)
            return
        rows = ExperimentTrial.objects.bulk_create(_row(experiment, trial) for trial in wanted)
        if experiment.trials.count() > len(rows):
            _write_answer(experiment, question)
        transaction.on_commit(lambda: _send([row.pk for row in rows], experiment))
    announce(experiment_id)


def trials_take_back(*, silent_since: datetime | None = None) -> int:
    """Queue the running trials again whose worker has not been heard of; returns how many.

    ``silent_since`` is the last heartbeat that is too long ago, by default ``RUN_SILENT_S`` before now.
    """
    limit = silent_since or timezone.now() - timedelta(seconds=settings.RUN_SILENT_S)
    lost = ExperimentTrial.objects.filter(
        experiment__status=ExperimentStatus.RUNNING, status=TrialStatus.RUNNING, heartbeat_at__lt=limit
    )
    taken = 0
    for trial_id, claim in list(lost.values_list("pk", "claim")):
        if ExperimentTrial.objects.filter(pk=trial_id, claim=claim).update(status=TrialStatus.QUEUED, claim=None):
            _signature(trial_id).delay()
            taken += 1
    return taken


def experiments_send_again() -> int:
    """Send every queued trial once more, for messages lost with a broker; returns how many.

    An experiment whose last trial ended while nobody could go on with it is advanced as well.
    """
    active = ExperimentTrial.objects.filter(experiment__status=ExperimentStatus.RUNNING)
    waiting = list(active.filter(status=TrialStatus.QUEUED).values_list("pk", flat=True))
    for trial_id in waiting:
        _signature(trial_id).delay()
    busy = active.exclude(status__in=ENDED).values("experiment_id")
    stuck = Experiment.objects.filter(status=ExperimentStatus.RUNNING).exclude(pk__in=busy)
    for experiment_id in list(stuck.values_list("pk", flat=True)):
        experiment_advance(experiment_id)
    return len(waiting)


def describe(experiment: Experiment, *, with_answer: bool = False) -> ExperimentJson:
    """The experiment as JSON values, with its progress."""
    known = experiment.trials.count()
    done = experiment.trials.filter(status__in=ENDED).count()
    return experiment_to_json(experiment, done=done, known=known, with_answer=with_answer)


def announce(experiment_id: uuid.UUID) -> None:
    """Tell everybody who has the design open how far the experiment is."""
    experiment = Experiment.objects.select_related("created_by").defer("documents").filter(pk=experiment_id).first()
    if experiment is not None:
        event: ExperimentEvent = {"type": "experiment", "experiment": describe(experiment)}
        publish_to_design(experiment.design_id, event)


def trial_of(row: ExperimentTrial, experiment: Experiment) -> Trial:
    """The trial that a row of the experiment stands for."""
    return Trial(
        row.point,
        row.seed,
        row.load_factor,
        tuple(Setting(**setting) for setting in row.settings),
        row.design_number,
        sliced=experiment.question["kind"] == "period",
    )


def _row(experiment: Experiment, trial: Trial) -> ExperimentTrial:
    changed = [{"subject": s.subject, "id": s.id, "parameter": s.parameter, "value": s.value} for s in trial.settings]
    return ExperimentTrial(
        experiment=experiment,
        point=trial.point,
        seed=trial.seed,
        load_factor=trial.load_factor,
        settings=changed,
        design_number=trial.design,
    )


def _results(experiment: Experiment) -> dict[Trial, TrialResult | str]:
    found: dict[Trial, TrialResult | str] = {}
    for row in experiment.trials.filter(status__in=ENDED):
        found[trial_of(row, experiment)] = row.refusal if row.result is None else json.loads(unpack(row.result))
    return found


def _write_answer(experiment: Experiment, question: Question) -> None:
    prices = overrides_from_json(experiment.overrides).priced(price_list())
    experiment.answer = answer(question, experiment.seed, _results(experiment), prices)
    experiment.save(update_fields=["answer"])


def _end(experiment: Experiment, status: ExperimentStatus, error: str = "") -> None:
    _write_answer(experiment, question_from_json(experiment.question))
    experiment.status, experiment.error, experiment.finished_at = status, error, timezone.now()
    experiment.save(update_fields=["status", "error", "finished_at"])
    transaction.on_commit(lambda: announce(experiment.pk))


def _send(trial_ids: Sequence[int], experiment: Experiment) -> None:
    try:
        group(_signature(trial_id) for trial_id in trial_ids).delay()
    except OperationalError:
        Experiment.objects.filter(pk=experiment.pk).update(
            status=ExperimentStatus.FAILED,
            finished_at=timezone.now(),
            error="The task queue cannot be reached. Try again later.",
        )


def _signature(trial_id: int) -> Signature:
    return signature(TRIAL_TASK, args=(trial_id,))


def _refuse_if_too_many(design: Design) -> None:
    most: int = settings.RUNS_AT_ONCE_PER_WORKSPACE
    active = Experiment.objects.filter(
        design__workspace_id=design.workspace_id, status=ExperimentStatus.RUNNING
    ).count()
    if active >= most:
        raise RunRefusedError(
            f"This workspace has {active} experiments under way, and {most} is the most at once. "
            "Wait until one has ended, or stop one.",
            code="too_many_runs",
        )
