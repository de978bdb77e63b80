"""The rows of an experiment: the question, what was frozen, and its trials."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class ExperimentStatus(models.TextChoices):
    """Where an experiment is. The last three are final."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


class TrialStatus(models.TextChoices):
    """Where a trial is. The last two are final; a trial whose worker died is queued again."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    REFUSED = "refused"


class Experiment(models.Model):
    """One question about a design as it was when it was asked.

    ``documents`` holds the frozen design, of a comparison both; ``labels`` names them. ``answer`` is
    kept up to date while trials come in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    design = models.ForeignKey("designer.Design", on_delete=models.CASCADE, related_name="experiments")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=ExperimentStatus.choices, default=ExperimentStatus.RUNNING)
    question = models.JSONField()
    scenario = models.JSONField()
    documents = models.JSONField()
    labels = models.JSONField()
    overrides = models.JSONField(default=dict)
    seed = models.BigIntegerField()
    engine_version = models.CharField(max_length=64)
    rates_version = models.CharField(max_length=64)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="started_experiments"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    answer = models.JSONField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("design", "number"), name="experiment_number_is_unique_in_design"),
        )

    def __str__(self) -> str:
        return f"experiment {self.number} of {self.design_id}"

    @property
    def is_active(self) -> bool:
        """True while trials are being run."""
        return self.status == ExperimentStatus.RUNNING


class ExperimentTrial(models.Model):
    """One run of an experiment. ``claim`` names the one execution that may write to it."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="trials")
    point = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    load_factor = models.FloatField()
    settings = models.JSONField()
    design_number = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=16, choices=TrialStatus.choices, default=TrialStatus.QUEUED)
    claim = models.UUIDField(null=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True)
    result = models.BinaryField(null=True)
    """The trial's JSON, compressed with zlib."""
    refusal = models.TextField(blank=True)

    class Meta:
        ordering = ("point", "seed")
        constraints = (models.UniqueConstraint(fields=("experiment", "point", "seed"), name="trial_is_run_once"),)
        indexes = (models.Index(fields=("status", "heartbeat_at"), name="trial_status_heartbeat"),)

    def __str__(self) -> str:
        return f"trial {self.point}/{self.seed} of {self.experiment_id}"
