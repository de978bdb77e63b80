"""The Celery tasks of the run server."""

from __future__ import annotations

import uuid

from celery import shared_task
from django.db import close_old_connections

from simulator.server.execution import run_execute
from simulator.server.experiments import TRIAL_TASK
from simulator.server.kernel_ready import make_kernel_ready
from simulator.server.trials import trial_execute


@shared_task(name="simulator.run_simulation", acks_late=True, ignore_result=True)
def run_simulation_task(run_id: str) -> None:
    """Simulate one queued run; a second delivery of the same message finds it claimed and does nothing."""
    make_kernel_ready()
    close_old_connections()
    try:
        run_execute(uuid.UUID(run_id))
    finally:
        close_old_connections()


@shared_task(name=TRIAL_TASK, acks_late=True, ignore_result=True)
def run_trial_task(trial_id: int) -> None:
    """Run one queued trial of an experiment; a second delivery finds it claimed and does nothing."""
    make_kernel_ready()
    close_old_connections()
    try:
        trial_execute(trial_id)
    finally:
        close_old_connections()
