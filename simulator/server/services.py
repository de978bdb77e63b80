"""What people, and the passing of time, do to runs."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from kombu.exceptions import OperationalError

from designer.domain.connections.document import catalog_to_json
from designer.domain.graph.document import design_from_json, design_to_json
from designer.domain.graph.model import Design as DesignValue
from designer.domain.graph.scenario import Scenario
from designer.domain.graph.scenario_document import ScenarioError, scenario_from_json, scenario_to_json
from designer.server.models import Design, Workspace
from simulator.engine import ENGINE_VERSION
from simulator.engine.pricing.rates import price_list
from simulator.engine.simulation import Simulation, SimulationRefused
from simulator.server.announce import announce_deleted, announce_status
from simulator.server.control import MOST_COMMANDS, Command, command_from_json, fresh_control
from simulator.server.models import ACTIVE_STATUSES, Run, RunStatus
from simulator.server.prices import overrides_of
from simulator.server.refusals import RunRefusedError
from simulator.server.tasks import run_simulation_task

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from simulator.engine.timeline import Action

logger = logging.getLogger(__name__)


def run_start(*, design: Design, content: DesignValue, scenario: object, user: User, pace: object = None) -> Run:
    """Freeze the content and the scenario into a run and queue it. Raises :class:`RunRefusedError`.

    ``scenario`` is a scenario's JSON, the id of one of the design's scenarios, or None for its first. ``pace`` is in
    simulated seconds per second, None for as fast as possible.
    """
    given = scenario_given(content, scenario)
    paced = _command({"kind": "pace", "pace": pace})["pace"]
    return _queue(design, content, given, overrides_of(design.workspace_id), user, pace=paced)


def run_restart(*, run: Run, user: User) -> Run:
    """Queue a new run of exactly what an ended run had frozen. Raises :class:`RunRefusedError`."""
    if run.is_active:
        raise RunRefusedError("This run has not ended yet.", code="run_active")
    done = [] if run.summary is None else run.summary.get("actions", [])
    return _queue(
        run.design,
        design_from_json(run.document),
        scenario_from_json(run.scenario),
        run.overrides,
        user,
        replay=[action for action in done if not action["planned"]],
    )


def run_command(*, run_id: uuid.UUID, command: object) -> None:
    """Tell a run that goes on what to do. Raises :class:`RunRefusedError` when it cannot be done."""
    read = _command(command)
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(pk=run_id).first()
        if run is None or not run.is_active:
            raise RunRefusedError("This run has ended.", code="run_ended")
        if len(run.commands) >= MOST_COMMANDS:
            raise RunRefusedError(f"A run takes {MOST_COMMANDS:,} commands at most.", code="too_many_commands")
        if read["kind"] == "inject":
            _refuse_impossible(run, read)
        Run.objects.filter(pk=run_id).update(commands=[*run.commands, read])


def _command(given: object) -> Command:
    try:
        return command_from_json(given)
    except ScenarioError as error:
        raise RunRefusedError(str(error), code="bad_command", path=error.path) from None


def _refuse_impossible(run: Run, command: Command) -> None:
    node = command["fault"]["node"]
    if not any(each["id"] == node for each in run.document["nodes"]):
        raise RunRefusedError(f"The design has no node {node!r}.", code="bad_command", path="command.fault.node")


def run_cancel(*, run: Run) -> Run:
    """Stop a run: a queued one never starts, a running one ends after its present slice.

    Does nothing to a run that has ended.
    """
    now = timezone.now()
    queued = Run.objects.filter(pk=run.pk, status=RunStatus.QUEUED)
    if queued.update(status=RunStatus.CANCELLED, cancel_requested=True, finished_at=now):
        run.refresh_from_db()
        announce_status(run, to_design=True)
        return run
    Run.objects.filter(pk=run.pk, status=RunStatus.RUNNING).update(cancel_requested=True)
    run.refresh_from_db()
    return run


def run_delete(*, run: Run) -> None:
    """Delete a run and its windows; one that is under way is given up by its worker."""
    run_id = run.pk
    run.delete()
    announce_deleted(run_id)


def runs_mark_interrupted(
    *, run_id: uuid.UUID | None = None, design_id: uuid.UUID | None = None, silent_since: datetime | None = None
) -> int:
    """Mark running runs whose worker has not been heard of; returns how many.

    Of one run, of a design, or of all. ``silent_since`` is the last heartbeat that is too long ago,
    by default ``RUN_SILENT_S`` before now.
    """
    if silent_since is None:
        silent_since = timezone.now() - timedelta(seconds=settings.RUN_SILENT_S)
    silent = Run.objects.filter(status=RunStatus.RUNNING, heartbeat_at__lt=silent_since)
    if run_id is not None:
        silent = silent.filter(pk=run_id)
    if design_id is not None:
        silent = silent.filter(design_id=design_id)
    marked = 0
    for run in silent.select_related("created_by").defer("document"):
        changed = Run.objects.filter(
            pk=run.pk, status=RunStatus.RUNNING, claim=run.claim, heartbeat_at=run.heartbeat_at
        )
        run.status, run.finished_at, run.claim = RunStatus.INTERRUPTED, timezone.now(), None
        run.error = "The worker stopped before the run had ended. Start it again."
        if changed.update(status=run.status, finished_at=run.finished_at, claim=None, error=run.error):
            marked += 1
            announce_status(run, to_design=True)
    return marked


def runs_send_again() -> int:
    """Send the task of every queued run once more, for messages lost with a broker; returns how many.

    Harmless for runs whose message is still there: only one delivery can claim a run.
    """
    waiting = list(Run.objects.filter(status=RunStatus.QUEUED).order_by("created_at").values_list("pk", flat=True))
    for run_id in waiting:
        run_simulation_task.delay(str(run_id))
    return len(waiting)


def scenario_given(design: DesignValue, given: object) -> Scenario:
    """The scenario that a request names: JSON, an id, or None for the first. Raises :class:`RunRefusedError`."""
    if given is None:
        return design.scenario()
    if isinstance(given, str):
        try:
            return design.scenario(given)
        except KeyError:
            raise RunRefusedError(
                f"The design has no scenario {given!r}.", code="bad_scenario", path="scenario"
            ) from None
    try:
        return scenario_from_json(given)
    except ScenarioError as error:
        path = f"scenario.{error.path}" if error.path else "scenario"
        raise RunRefusedError(str(error), code="bad_scenario", path=path) from None


def _queue(
    design: Design,
    frozen: DesignValue,
    scenario: Scenario,
    overrides: dict[str, object],
    user: User,
    *,
    replay: list[Action] | None = None,
    pace: float | None = None,
) -> Run:
    try:
        Simulation(frozen, scenario)
    except SimulationRefused as refused:
        raise RunRefusedError(str(refused), code="simulation_refused", path="scenario") from None
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=design.workspace_id)
        _refuse_if_too_many(design)
        last = Run.objects.filter(design=design).aggregate(last=Max("number"))["last"] or 0
        run = Run.objects.create(
            design=design,
            number=last + 1,
            document=design_to_json(frozen),
            scenario=scenario_to_json(scenario),
            overrides=overrides,
            replay=replay or [],
            control=fresh_control() | {"pace": pace},
            seed=scenario.seed,
            engine_version=ENGINE_VERSION,
            catalog_version=str(catalog_to_json()["version"]),
            rates_version=f"{price_list().region} {price_list().as_of}",
            created_by=user,
        )
        transaction.on_commit(lambda: _send(run))
    return run


def _refuse_if_too_many(design: Design) -> None:
    most: int = settings.RUNS_AT_ONCE_PER_WORKSPACE
    active = Run.objects.filter(design__workspace_id=design.workspace_id, status__in=ACTIVE_STATUSES).count()
    if active >= most:
        raise RunRefusedError(
            f"This workspace has {active} runs queued or running, and {most} is the most at once. "
            "Wait until one has ended, or cancel one.",
            code="too_many_runs",
        )


def _send(run: Run) -> None:
    announce_status(run, to_design=True)
    try:
        run_simulation_task.delay(str(run.pk))
    except OperationalError:
        logger.exception("the task queue cannot be reached")
        run.status, run.finished_at = RunStatus.FAILED, timezone.now()
        run.error = "The task queue cannot be reached. Try again later."
        run.save(update_fields=["status", "finished_at", "error"])
        announce_status(run, to_design=True)
