"""How often fifty viewers of one run get new windows, on the embedded server: one process does it all."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from websockets.asyncio.client import connect

from tests.services.caller import Caller
from tests.services.product import web

VIEWERS: Final = 50
WATCHED_S: Final = 6.0
DURATION_S: Final = 80_000
"""Longer than anybody watches."""

Figure = dict[str, Any]


async def _messages(address: str, headers: dict[str, str]) -> tuple[int, int]:
    """Messages with windows, and the windows in them, that one viewer got."""
    messages = windows = 0
    async with connect(address, additional_headers=headers, max_size=None) as socket:
        until = time.monotonic() + WATCHED_S
        while (left := until - time.monotonic()) > 0:
            try:
                message = json.loads(await asyncio.wait_for(socket.recv(), left))
            except TimeoutError:
                break
            if message["type"] == "windows":
                messages += 1
                windows += len(message["windows"])
    return messages, windows


async def _watch(address: str, headers: dict[str, str]) -> list[tuple[int, int]]:
    return await asyncio.gather(*(_messages(address, headers) for _ in range(VIEWERS)))


def bench_fifty_viewers() -> list[Figure]:
    """Messages per second at the median viewer, and whether all of them got the same."""
    with TemporaryDirectory(prefix="windtunnel-bench-") as folder, web(Path(folder, "data")) as product:
        caller = Caller(product.url, product.sign_in_url)
        design = caller.get("/api/designs/")[0]["id"]
        entry = next(
            node["id"]
            for node in caller.get(f"/api/designs/{design}/document/")["nodes"]
            if node["service"] == "client"
        )
        traffic = [{"entry": entry, "pattern": "poisson", "rate_per_s": 40}]
        scenario = {"duration_s": DURATION_S, "window_s": 60, "traffic": traffic}
        run = caller.post(f"/api/designs/{design}/runs/", {"scenario": scenario})
        while not caller.get(f"/api/runs/{run['id']}/windows/")["windows"]:
            time.sleep(0.2)
        address = f"{product.url.replace('http', 'ws')}/ws/runs/{run['id']}/?after=-1"
        got = asyncio.run(_watch(address, {"Cookie": caller.cookie_header(), "Origin": product.url}))
        caller.post(f"/api/runs/{run['id']}/cancel/")
    rate = median(messages for messages, _ in got) / WATCHED_S
    slowest = min(windows for _, windows in got) / max(windows for _, windows in got)
    return [
        {
            "name": "50 viewers: messages with windows per second at the median one",
            "value": rate,
            "unit": "/s",
            "target": ">= 8 of at most 10",
            "met": rate >= 8.0,
        },
        {
            "name": "50 viewers: windows at the slowest one, as a share of the quickest one's",
            "value": slowest,
            "unit": "x",
            "target": ">= 0.8",
            "met": slowest >= 0.8,
        },
    ]
