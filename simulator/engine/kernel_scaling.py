"""What comes and goes: a scaler compares load or backlog per server with a target; starting takes time.

Streams on demand grow by shards and Flink applications by tasks in the same way, and tables by units of capacity, each
by its own rule.
"""

from __future__ import annotations

import math

from simulator.engine.kernel_capacity import follow_peak, set_capacity, track_target, used_since_last_look
from simulator.engine.kernel_frames import free, take, wake_at
from simulator.engine.kernel_memory import (
    Row,
    Table,
    clock_of,
    compiled,
    frames_of,
    gauges_of,
    keys_of,
    limits_of,
    meters_of,
    pollers_of,
    pools_of,
    queues_of,
    scalers_of,
)
from simulator.engine.kernel_pool import admit
from simulator.engine.kernel_queue import poke
from simulator.engine.kernel_rng import sample
from simulator.engine.stations import (
    METER_SERVER_S,
    SCALES_CAPACITY,
    SCALES_PEAK,
    SCALES_SHARDS,
    SCALES_TASKS,
)


@compiled()
def meter_servers(s: Table, k: int) -> None:
    """Add the server seconds since the last time to the node's meter; launching servers count too."""
    scaler = scalers_of(s)[k]
    now = clock_of(s)[0]["now"]
    servers = scaler["servers"] + scaler["launching"]
    meters_of(s)[scaler["node"], METER_SERVER_S] += servers * (now - scaler["metered"])
    scaler["metered"] = now


@compiled()
def change_servers(s: Table, k: int, by: int) -> None:
    """So many servers more, or fewer when negative: those that are busy finish their work first."""
    scaler = scalers_of(s)[k]
    meter_servers(s, k)
    scaler["servers"] += by
    if scaler["pool"] >= 0:
        limits_of(s)[pools_of(s)[scaler["pool"]]["limit"]]["capacity"] += by * scaler["per_server"]
        admit(s, scaler["pool"])
    if scaler["poller"] >= 0:
        poller = pollers_of(s)[scaler["poller"]]
        poller["limit"] += by * scaler["per_server"]
        poller["limit_most"] = poller["limit"]
        poller["limit_least"] = poller["limit"]
        poke(s, poller["queue"])


@compiled()
def _served_since_last_look(s: Table, scaler: Row) -> float:
    """What was in service at the node since then, times how long (s)."""
    gauge = gauges_of(s)[scaler["node"]]
    area = gauge["total"] + gauge["area"] + gauge["value"] * (clock_of(s)[0]["now"] - gauge["last"])
    served = area - scaler["area"]
    scaler["area"] = area
    return float(served)


@compiled()
def _wanted(s: Table, scaler: Row) -> int:
    """How many servers the target asks for, between the least and the most."""
    now = clock_of(s)[0]["now"]
    servers = scaler["servers"]
    if scaler["queue"] >= 0:
        wanted = math.ceil(queues_of(s)[scaler["queue"]]["visible"] / scaler["target"])
    else:
        elapsed = now - scaler["ticked"]
        busy = _served_since_last_look(s, scaler) / elapsed if elapsed > 0.0 else 0.0
        wanted = math.ceil(busy / scaler["per_server"] / scaler["target"] - 1e-9)
        if servers == 0 and scaler["pool"] >= 0 and pools_of(s)[scaler["pool"]]["waiting"] > 0:
            wanted = 1
    scaler["ticked"] = now
    return int(min(max(int(wanted), scaler["least"]), scaler["most"]))


@compiled()
def _grow_shards(s: Table, k: int) -> None:
    """Become ready for so many times the peak, not again before the cooldown is over; keys spread over all shards."""
    scaler = scalers_of(s)[k]
    now = clock_of(s)[0]["now"]
    scaler["peak"] = max(scaler["peak"], used_since_last_look(s, scaler))
    wanted = math.floor(scaler["peak"] * scaler["target"] / scaler["capacity"] + 0.5)
    wanted = int(min(wanted, scaler["most"]))
    if wanted > scaler["servers"] and now - scaler["last_change"] >= scaler["cooldown"]:
        scaler["last_change"] = now
        change_servers(s, k, wanted - scaler["servers"])
        keys_of(s)[scaler["keys"]]["fold"] = wanted * scaler["lanes"]


@compiled()
def _double_or_halve(s: Table, k: int) -> None:
    """Twice the tasks after one period above the target, half of them after a cooldown below the lower one."""
    scaler = scalers_of(s)[k]
    busy = _served_since_last_look(s, scaler) / scaler["period"] / scaler["servers"]
    scaler["idle"] = scaler["idle"] + 1 if busy < scaler["target_low"] else 0
    wanted = scaler["servers"]
    if busy > scaler["target"]:
        wanted = min(2 * wanted, scaler["most"])
    elif scaler["idle"] * scaler["period"] >= scaler["cooldown"]:
        wanted = max((wanted + 1) // 2, scaler["least"])
        scaler["idle"] = 0
    if wanted != scaler["servers"]:
        change_servers(s, k, wanted - scaler["servers"])


@compiled()
def tick_scaler(s: Table, f: int, k: int) -> None:
    """Launch or remove servers, and look again after the period."""
    scaler = scalers_of(s)[k]
    now = clock_of(s)[0]["now"]
    if frames_of(s)[f]["attempts"] == 0:
        frames_of(s)[f]["attempts"] = 1
    elif scaler["kind"] == SCALES_SHARDS:
        _grow_shards(s, k)
    elif scaler["kind"] == SCALES_TASKS:
        _double_or_halve(s, k)
    elif scaler["kind"] == SCALES_CAPACITY:
        track_target(s, k)
    elif scaler["kind"] == SCALES_PEAK:
        follow_peak(s, k)
    else:
        wanted = _wanted(s, scaler)
        meter_servers(s, k)
        have = scaler["servers"] + scaler["launching"]
        scaler["idle"] = scaler["idle"] + 1 if wanted < scaler["servers"] else 0
        for _ in range(have, wanted):
            server = take(s, scaler["up"], -1, 0)
            scaler["launching"] += 1
            wake_at(s, server, now + sample(s, scaler["launch"], scaler["stream"]))
        if wanted < scaler["servers"] and scaler["idle"] * scaler["period"] >= scaler["cooldown"]:
            change_servers(s, k, wanted - scaler["servers"])
    wake_at(s, f, now + scaler["period"])


@compiled()
def server_up(s: Table, f: int, k: int) -> None:
    """A launched server begins to work, or a change of capacity takes effect."""
    scaler = scalers_of(s)[k]
    if scaler["kind"] == SCALES_CAPACITY:
        scaler["launching"] = 0
        set_capacity(s, k, scaler["wanted"])
    else:
        meter_servers(s, k)
        scaler["launching"] -= 1
        change_servers(s, k, 1)
    free(s, f)
