"""Runs that one process starts, another simulates, and a third shows."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.commands.running import orders_document
from tests.services.caller import Caller

pytestmark = pytest.mark.grown_up

StartWorker = Callable[[], AbstractContextManager["Popen[bytes]"]]

LONG = {"duration_s": 3600, "traffic": [{"entry": "users", "rate_per_s": 13_000}]}


@pytest.fixture(scope="module")
def working(start_worker: StartWorker) -> Iterator[Popen[bytes]]:
    """One worker for the tests that need any."""
    with start_worker() as process:
        yield process


def new_design(caller: Caller) -> str:
    return str(caller.post("/api/designs/", {"name": "Orders", "document": orders_document()})["id"])


def start(caller: Caller, design_id: str, **body: object) -> str:
    return str(caller.post(f"/api/designs/{design_id}/runs/", body)["id"])


def wait_for(caller: Caller, run_id: str, *statuses: str, timeout_s: float = 90.0) -> dict[str, Any]:
    deadline = time.monotonic() + timeout_s
    while True:
        run: dict[str, Any] = caller.get(f"/api/runs/{run_id}/")
        if run["status"] in statuses:
            return run
        assert time.monotonic() < deadline, run
        time.sleep(0.05)


def watch(caller: Caller, run_id: str) -> list[dict[str, Any]]:
    """Every message of the run's socket up to the final status."""
    address = f"ws{caller.url.removeprefix('http')}/ws/runs/{run_id}/"
    found: list[dict[str, Any]] = []
    with connect(address, origin=Origin(caller.url), additional_headers={"Cookie": caller.cookie_header()}) as socket:
        while True:
            message = json.loads(socket.recv(timeout=60))
            found.append(message)
            if message["type"] == "status" and message["run"]["finished_at"]:
                return found


def open_socket(caller: Caller, run_id: str) -> ClientConnection:
    """The run's socket at the caller's process."""
    address = f"ws{caller.url.removeprefix('http')}/ws/runs/{run_id}/"
    return connect(address, origin=Origin(caller.url), additional_headers={"Cookie": caller.cookie_header()})


def received(socket: ClientConnection) -> Iterator[dict[str, Any]]:
    """The socket's messages as they come."""
    while True:
        yield json.loads(socket.recv(timeout=10))


def arrivals(message: dict[str, Any]) -> float:
    """Requests per simulated second in the last window of a message."""
    window = message["windows"][-1]
    return float(window["entry_points"]["users"]["requests"] / (window["end_s"] - window["start_s"]))


def kill_with_children(process: Popen[bytes]) -> None:
    """End a worker and its pool at once, as a machine that fails does."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for pid in (process.pid, *map(int, children)):
        os.kill(pid, signal.SIGKILL)
    process.wait(10)


def test_a_run_waits_for_a_worker_and_a_cancelled_one_never_starts(
    first: Caller, second: Caller, start_worker: StartWorker
) -> None:
    design_id = new_design(first)
    waiting, unwanted = start(first, design_id), start(first, design_id)
    assert second.post(f"/api/runs/{unwanted}/cancel/")["status"] == "cancelled"
    with start_worker():
        assert wait_for(first, waiting, "finished")["started_at"]
    assert first.get(f"/api/runs/{unwanted}/")["started_at"] is None


@pytest.mark.usefixtures("working")
def test_a_run_started_here_is_simulated_there_and_watched_elsewhere(first: Caller, second: Caller) -> None:
    design_id = new_design(first)
    run_id = start(first, design_id)
    messages = watch(second, run_id)
    indexes = [w["index"] for m in messages if m["type"] == "windows" for w in m["windows"]]
    assert indexes == list(range(20))
    assert [message["type"] for message in messages[-2:]] == ["summary", "status"]
    again = start(second, design_id)
    assert wait_for(first, again, "finished")["summary"] == messages[-2]["summary"]


@pytest.mark.usefixtures("working")
def test_a_running_run_is_cancelled_within_a_second_by_another_process(first: Caller, second: Caller) -> None:
    run_id = start(first, new_design(first), scenario=LONG)
    wait_for(first, run_id, "running")
    asked_at = time.monotonic()
    second.post(f"/api/runs/{run_id}/cancel/")
    wait_for(first, run_id, "cancelled", timeout_s=10)
    assert time.monotonic() - asked_at < 1.0


@pytest.mark.usefixtures("working")
def test_a_command_reaches_the_worker_within_a_second_and_late_joiners_see_it(first: Caller, second: Caller) -> None:
    scenario = {"duration_s": 3600, "window_s": 1}
    run_id = start(first, new_design(first), scenario=scenario, pace=10)
    wait_for(first, run_id, "running")
    command = {"type": "command", "command": {"kind": "load", "factor": 4}}
    with open_socket(second, run_id) as socket:
        messages = received(socket)
        before = next(arrivals(m) for m in messages if m["type"] == "windows")
        sent_at = time.monotonic()
        socket.send(json.dumps(command))
        seen = next(m for m in messages if m["type"] == "status" and m["run"]["control"]["load"] == 4)
        later = next(m for m in messages if m["type"] == "windows" and arrivals(m) > 2 * before)
        assert time.monotonic() - sent_at < 1.5, (seen, later)
        assert next(m for m in messages if m["type"] == "traces")["traces"]
    with open_socket(first, run_id) as socket:
        late = next(m for m in received(socket) if m["type"] == "status")
        assert late["run"]["control"]["load"] == 4
        assert [action["kind"] for action in late["run"]["control"]["actions"]] == ["load"]
    first.post(f"/api/runs/{run_id}/cancel/")
    wait_for(first, run_id, "cancelled", timeout_s=10)


def test_a_killed_worker_leaves_a_run_that_is_marked_and_can_be_repeated(
    first: Caller, working: Popen[bytes], start_worker: StartWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = start(first, new_design(first), scenario=LONG)
    wait_for(first, run_id, "running")
    kill_with_children(working)
    time.sleep(2.5)
    monkeypatch.setenv("WINDTUNNEL_RUN_SILENT_S", "2")
    with start_worker():
        interrupted = wait_for(first, run_id, "interrupted", timeout_s=30)
        assert "Start it again" in interrupted["error"]
        fresh = first.post(f"/api/runs/{run_id}/restart/")
        assert (fresh["number"], fresh["scenario"]) == (interrupted["number"] + 1, interrupted["scenario"])
        wait_for(first, fresh["id"], "running")
        first.post(f"/api/runs/{fresh['id']}/cancel/")
        wait_for(first, fresh["id"], "cancelled", timeout_s=10)
