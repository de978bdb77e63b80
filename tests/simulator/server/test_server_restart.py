"""What the embedded server finds of its runs after it was killed."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import orders_document
from tests.services.caller import Caller
from tests.services.product import web
from tests.simulator.server.runs import LONG


def wait_for(caller: Caller, run_id: str, status: str) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while True:
        run: dict[str, Any] = caller.get(f"/api/runs/{run_id}/")
        if run["status"] == status:
            return run
        assert time.monotonic() < deadline, run
        time.sleep(0.05)


@pytest.mark.embedded
def test_a_killed_server_marks_running_runs_and_takes_up_queued_ones(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": "", "REDIS_URL": "", "WINDTUNNEL_WORKER_CONCURRENCY": "1"}
    with web(tmp_path, environment) as server:
        caller = Caller(server.url, server.sign_in_url)
        design = caller.post("/api/designs/", {"name": "Orders", "document": orders_document()})["id"]
        running = caller.post(f"/api/designs/{design}/runs/", {"scenario": LONG})["id"]
        queued = caller.post(f"/api/designs/{design}/runs/")["id"]
        wait_for(caller, running, "running")
        assert caller.get(f"/api/runs/{queued}/")["status"] == "queued"
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(10)
    with web(tmp_path, environment) as server:
        caller = Caller(server.url, server.sign_in_url)
        assert wait_for(caller, running, "interrupted")["error"]
        assert wait_for(caller, queued, "finished")["summary"]["duration_s"] == 20
