"""What the tests of the run server share: the people, a scenario that takes long, waiting for a run."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.contrib.auth.models import User

from simulator.server.models import Run

LONG: dict[str, object] = {
    "duration_s": 3600,
    "traffic": [{"entry": "users", "pattern": "poisson", "rate_per_s": 13_000}],
}
"""47 million requests: more than any machine simulates before a test has looked."""


@dataclass(frozen=True)
class People:
    """Who is there: three members of one workspace, and somebody else."""

    owner: User
    editor: User
    viewer: User
    stranger: User


def wait_for(run_id: object, *statuses: str, timeout_s: float = 60.0) -> Run:
    """The run as soon as it has one of the statuses."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        run = Run.objects.get(pk=str(run_id))
        if run.status in statuses:
            return run
        assert run.is_active, f"run {run_id} is {run.status}: {run.error}"
        time.sleep(0.02)
    raise AssertionError(f"run {run_id} is {run.status}, not {' or '.join(statuses)}, after {timeout_s} s: {run.error}")
