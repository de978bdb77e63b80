"""The rows of a run: what was frozen, how far it is, and the windows it has yielded."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from simulator.server.control import fresh_control
from simulator.server.experiment_models import Experiment, ExperimentStatus, ExperimentTrial, TrialStatus
from simulator.server.price_models import WorkspacePrices

__all__ = [
    "ACTIVE_STATUSES",
    "Experiment",
    "ExperimentStatus",
    "ExperimentTrial",
    "Run",
    "RunStatus",
    "RunWindow",
    "TrialStatus",
    "WorkspacePrices",
]


class RunStatus(models.TextChoices):
    """Where a run is. The last four are final."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


ACTIVE_STATUSES = (RunStatus.QUEUED, RunStatus.RUNNING)


class Run(models.Model):
    """One simulation of a design as it was when the run was started.

    ``document``, ``scenario`` and the versions are frozen at the start, so that the run can be
    repeated and compared whatever becomes of the design. ``claim`` names the one execution of the
    task that may write to a running run. ``commands`` is what viewers have told it, in order, ``control`` what has
    become of that; ``replay`` holds the actions of the run that this one repeats.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    design = models.ForeignKey("designer.Design", on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=RunStatus.choices, default=RunStatus.QUEUED)
    document = models.JSONField()
    scenario = models.JSONField()
    overrides = models.JSONField(default=dict)
    """The workspace's own prices and quotas, as ``simulator.engine.overrides`` reads them."""
    seed = models.BigIntegerField()
    engine_version = models.CharField(max_length=64)
    catalog_version = models.CharField(max_length=64)
    rates_version = models.CharField(max_length=64)
    progress = models.FloatField(default=0.0)
    cancel_requested = models.BooleanField(default=False)
    commands = models.JSONField(default=list)
    control = models.JSONField(default=fresh_control)
    replay = models.JSONField(default=list)
    claim = models.UUIDField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="started_runs"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    summary = models.JSONField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("design", "number"), name="run_number_is_unique_in_design"),)
        indexes = (models.Index(fields=("status", "heartbeat_at"), name="run_status_heartbeat"),)

    def __str__(self) -> str:
        return f"run {self.number} of {self.design_id}"

    @property
    def is_active(self) -> bool:
        """True while the run waits for a worker or is being simulated."""
        return self.status in ACTIVE_STATUSES


class RunWindow(models.Model):
    """A chunk of consecutive windows of a run: their JSON list, compressed with zlib."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="windows")
    first_index = models.PositiveIntegerField()
    last_index = models.PositiveIntegerField()
    chunk = models.BinaryField()

    class Meta:
        ordering = ("first_index",)
        constraints = (models.UniqueConstraint(fields=("run", "first_index"), name="run_window_is_stored_once"),)

    def __str__(self) -> str:
        return f"windows {self.first_index} to {self.last_index} of {self.run_id}"
