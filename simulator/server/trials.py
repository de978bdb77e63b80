"""One execution of a trial: claims it, runs it, stores what it yields, and lets its experiment go on."""

from __future__ import annotations

import json
import logging
import time
import uuid
from typing import Final

from django.utils import timezone

from designer.domain.graph.document import design_from_json
from designer.domain.graph.operations import OperationError
from designer.domain.graph.scenario_document import scenario_from_json
from simulator.engine.experiments.trial import TrialStoppedError, run_trial
from simulator.engine.overrides import overrides_from_json
from simulator.engine.refusal import SimulationRefused
from simulator.server.chunks import pack
from simulator.server.execution import STOPPING
from simulator.server.experiments import experiment_advance, trial_of
from simulator.server.models import ExperimentStatus, ExperimentTrial, TrialStatus

BEAT_EVERY_S: Final = 1.0
"""How often the heartbeat is written and a cancellation looked for."""

logger = logging.getLogger(__name__)


def trial_execute(trial_id: int) -> None:
    """Run a queued trial to its end. Does nothing when it is not queued (any more)."""
    row = _claim(trial_id)
    if row is None:
        return
    experiment = row.experiment
    beat = _Heartbeat(row)
    try:
        design = design_from_json(experiment.documents[row.design_number])
        result = run_trial(
            design,
            scenario_from_json(experiment.scenario),
            trial_of(row, experiment),
            beat.keep_on,
            overrides_from_json(experiment.overrides),
        )
    except TrialStoppedError:
        if STOPPING.is_set():
            _write(row, status=TrialStatus.QUEUED, claim=None)
        return
    except (SimulationRefused, OperationError) as refused:
        written = _write(row, status=TrialStatus.REFUSED, refusal=str(refused))
    except Exception:
        logger.exception("%s failed", row)
        written = _write(
            row,
            status=TrialStatus.REFUSED,
            refusal="The simulation stopped because of an internal error; the server's log has it.",
        )
    else:
        written = _write(row, status=TrialStatus.FINISHED, result=pack(json.dumps(result, allow_nan=False)))
    if written:
        experiment_advance(experiment.pk)


def _claim(trial_id: int) -> ExperimentTrial | None:
    claimed = ExperimentTrial.objects.filter(
        pk=trial_id, status=TrialStatus.QUEUED, experiment__status=ExperimentStatus.RUNNING
    ).update(status=TrialStatus.RUNNING, claim=uuid.uuid4(), heartbeat_at=timezone.now())
    return ExperimentTrial.objects.select_related("experiment").get(pk=trial_id) if claimed else None


def _write(row: ExperimentTrial, **values: object) -> bool:
    """Update the trial's row as long as it is ours; False when it was cancelled or given to another worker."""
    return bool(ExperimentTrial.objects.filter(pk=row.pk, claim=row.claim).update(**values))


class _Heartbeat:
    """Says whether to go on, and that the worker is alive, at most once a second."""

    def __init__(self, row: ExperimentTrial) -> None:
        self._row = row
        self._written_at = time.monotonic()

    def keep_on(self) -> bool:
        """False when the process is to stop, or the trial was taken away."""
        if STOPPING.is_set():
            return False
        now = time.monotonic()
        if now - self._written_at < BEAT_EVERY_S:
            return True
        self._written_at = now
        return _write(self._row, heartbeat_at=timezone.now())
