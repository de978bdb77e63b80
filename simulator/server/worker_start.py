"""What a worker does when it starts and stops: compile the kernel, take up what a killed worker left behind.

A Celery worker process gets here by Celery's signals; the embedded server calls
:func:`worker_started` and :func:`worker_stopping` itself, because a worker in a thread sends none.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from typing import Any, Final

from celery.signals import worker_process_init, worker_ready, worker_shutting_down
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from simulator.server.execution import STOPPING
from simulator.server.experiments import experiments_send_again, trials_take_back
from simulator.server.kernel_ready import make_kernel_ready
from simulator.server.services import runs_mark_interrupted, runs_send_again

LOOK_EVERY_S: Final = 10.0
"""How often a worker looks for running runs that have lost theirs."""

logger = logging.getLogger(__name__)


def worker_started(*, alone: bool, warm: bool = True) -> None:
    """Begin a worker's background work, in daemon threads.

    ``alone`` says that there can be no other worker, so that every run that is marked running was
    left behind by an earlier process.
    """
    STOPPING.clear()
    if warm:
        threading.Thread(target=make_kernel_ready, name="kernel-warm-up", daemon=True).start()
    left_behind = timezone.now() if alone else None
    threading.Thread(target=_keep_runs_true, args=(left_behind,), name="run-watch", daemon=True).start()


def worker_stopping() -> None:
    """End the background work; runs under way end after their present slice and are marked as interrupted."""
    STOPPING.set()


def _keep_runs_true(left_behind: datetime | None) -> None:
    """Mark what earlier processes left behind, send what they had queued, then look again and again."""
    taken_up = False
    while True:
        try:
            close_old_connections()
            silent_since = None if taken_up else left_behind
            runs_mark_interrupted(silent_since=silent_since)
            trials_take_back(silent_since=silent_since)
            if not taken_up:
                runs_send_again()
                experiments_send_again()
            taken_up = True
        except DatabaseError:
            logger.exception("cannot look for interrupted runs")
        finally:
            close_old_connections()
        if STOPPING.wait(LOOK_EVERY_S):
            return


@worker_ready.connect
def _worker_ready(sender: Any, **_kwargs: object) -> None:  # noqa: ANN401 Celery's consumer
    """A worker process accepts tasks; with a pool of processes the kernel is compiled in those."""
    in_this_process = getattr(sender.controller.pool_cls, "__module__", "") != "celery.concurrency.prefork"
    worker_started(alone=False, warm=in_this_process)


@worker_process_init.connect
def _pool_process_started(**_kwargs: object) -> None:
    """A process of the pool was forked."""
    threading.Thread(target=make_kernel_ready, name="kernel-warm-up", daemon=True).start()


@worker_shutting_down.connect
def _worker_shutting_down(**_kwargs: object) -> None:
    """A worker process was asked to stop."""
    worker_stopping()
