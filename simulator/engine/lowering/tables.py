"""Collects instructions and station records and turns them into the kernel's arrays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.kernel_keys import power_integral, power_integral_inverse
from simulator.engine.kernel_layout import State
from simulator.engine.lowering.arrays import build_arrays
from simulator.engine.lowering.label import Label

__all__ = ["Label", "Segment", "Tables", "zipf"]

_Row = dict[str, float]
Segment = tuple[float, float, float, float]
"""Start (s), end (s), rate at the start, rate at the end (1/s)."""


@dataclass
class Tables:
    """Instructions and stations under construction. Times are in seconds."""

    seed: int
    instructions: list[dict[str, Any]] = field(default_factory=list)
    streams: dict[str, int] = field(default_factory=dict)
    distributions: list[tuple[int, float, float]] = field(default_factory=list)
    buckets: list[_Row] = field(default_factory=list)
    limits: list[_Row] = field(default_factory=list)
    pools: list[_Row] = field(default_factory=list)
    queues: list[dict[str, Any]] = field(default_factory=list)
    pollers: list[dict[str, Any]] = field(default_factory=list)
    timers: list[dict[str, Any]] = field(default_factory=list)
    policies: list[_Row] = field(default_factory=list)
    choices: list[tuple[float, Label]] = field(default_factory=list)
    translations: list[list[int]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    segments: list[tuple[float, float, float, float]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    key_tables: list[_Row] = field(default_factory=list)
    groups: int = 0
    caches: list[_Row] = field(default_factory=list)
    cached_keys: int = 0
    batchers: list[dict[str, Any]] = field(default_factory=list)
    scalers: list[dict[str, Any]] = field(default_factory=list)
    breakers: list[_Row] = field(default_factory=list)
    fault_streams: dict[int, int] = field(default_factory=dict)
    drivers: list[tuple[int, int]] = field(default_factory=list)
    """Frames that exist from the start, as the one instruction that each executes: sources, clocks, pollers."""
    ready_drivers: list[int] = field(default_factory=list)
    """Drivers besides the sources that act at time zero."""
    ups: list[Label] = field(default_factory=list)

    def place(self, label: Label) -> Label:
        """Define the label as the position of the next instruction."""
        if label.position >= 0:
            raise ValueError(f"the label {label.name!r} is defined twice")
        label.position = len(self.instructions)
        return label

    def emit(self, instruction: int, **operands: float | Label) -> int:
        """Add an instruction. Operands are fields of INSTRUCTION; ``target`` and ``otherwise`` may be labels."""
        self.instructions.append({"op": instruction, **operands})
        return len(self.instructions) - 1

    def stream(self, name: str) -> int:
        """A random number stream of its own for this name."""
        return self.streams.setdefault(name, len(self.streams))

    def constant(self, seconds: float) -> int:
        """A distribution that is always the same."""
        return self._distribution(st.CONSTANT, seconds, 0.0)

    def exponential(self, mean: float) -> int:
        """An exponential distribution."""
        return self._distribution(st.EXPONENTIAL, mean, 0.0)

    def lognormal(self, mu: float, sigma: float) -> int:
        """A log-normal distribution by the parameters of its logarithm."""
        return self._distribution(st.LOGNORMAL, mu, sigma)

    def uniform(self, least: float, most: float) -> int:
        """A uniform distribution."""
        return self._distribution(st.UNIFORM, least, most)

    def _distribution(self, kind: int, a: float, b: float) -> int:
        row = (kind, a, b)
        if row not in self.distributions:
            self.distributions.append(row)
        return self.distributions.index(row)

    def bucket(self, rate: float, capacity: float, tokens: float | None = None) -> int:
        """A token bucket, full at the start unless told otherwise."""
        filled = capacity if tokens is None else tokens
        self.buckets.append({"tokens": filled, "rate": rate, "capacity": capacity, "last": 0.0})
        return len(self.buckets) - 1

    def limit(self, capacity: int) -> int:
        """A concurrency limit that pools can share."""
        self.limits.append({"in_use": 0, "capacity": capacity})
        return len(self.limits) - 1

    def pool(self, limit: int, **fields: float) -> int:
        """A pool of servers under a limit; ``waiting_limit`` 0 refuses at once."""
        row: _Row = {"limit": limit, "waiting_head": -1, "waiting_tail": -1, "idle_newest": -1, "idle_oldest": -1}
        self.pools.append(row | fields)
        return len(self.pools) - 1

    def queue(self, **fields: float | Label) -> int:
        """A queue of messages; see QUEUE for the fields."""
        row: dict[str, Any] = {"node": -1, "head": -1, "tail": -1, "first_poller": -1, "redrive": -1}
        row |= {"ready_head": -1, "ready_tail": -1, "first_group": self.groups}
        groups = fields.get("groups", 0)
        self.groups += 0 if isinstance(groups, Label) else int(groups)
        row |= {"redrive_edge": -1, "in_flight_limit": 120_000, "retention": math.inf}
        self.queues.append(row | fields)
        return len(self.queues) - 1

    def poller(self, queue: int, **fields: float | Label) -> int:
        """A reader of the queue; see POLLER for the fields."""
        k = len(self.pollers)
        row = {"queue": queue, "next": self.queues[queue]["first_poller"], "on_failure": -1, "on_failure_edge": -1}
        self.queues[queue]["first_poller"] = k
        row["window_frame"] = self.driver(op.WINDOW_TICK, k)
        row["scale_frame"] = self.driver(op.SCALE_TICK, k)
        self.pollers.append(row | fields)
        return k

    def timer(self, duration: float, code: int, target: Label | None = None, *, queue: int = -1) -> int:
        """A countdown that interrupts and goes to ``target`` with ``code``, or shows the messages of ``queue``."""
        kind = st.TIMER_INTERRUPTS if queue < 0 else st.TIMER_SHOWS_MESSAGES
        t = len(self.timers)
        row: dict[str, Any] = {"head": -1, "tail": -1, "kind": kind, "code": code, "target": target, "queue": queue}
        self.timers.append(row | {"duration": duration, "clock": self.driver(op.TIMER_TICK, t)})
        return t

    def policy(self, **fields: float) -> int:
        """A retry policy; see RETRY_POLICY for the fields."""
        self.policies.append(fields)
        return len(self.policies) - 1

    def route(self, weighted: Iterable[tuple[float, Label]], stream: int, node: int) -> None:
        """Emit a choice among labels by weight."""
        rows = [(weight, label) for weight, label in weighted if weight > 0.0]
        total = sum(weight for weight, _ in rows)
        first, below = len(self.choices), 0.0
        for weight, label in rows:
            below += weight / total
            self.choices.append((below, label))
        self.emit(op.ROUTE, resource=first, code=len(rows), stream=stream, node=node)

    def translation(self, mapping: Mapping[int, int]) -> int:
        """A table of statuses; what is not named stays as it is."""
        row = [mapping.get(status, status) for status in range(len(st.STATUSES))]
        if row not in self.translations:
            self.translations.append(row)
        return self.translations.index(row)

    def driver(self, instruction: int, resource: int) -> int:
        """A frame that exists from the start and executes this one instruction. Returns the frame."""
        self.drivers.append((instruction, resource))
        return len(self.drivers) - 1

    def source(self, target: Label, entry: int, stream: int, *, random: bool) -> dict[str, Any]:
        """A source of requests; the caller adds its segments or times right after."""
        row = {"target": target, "entry": entry, "stream": stream, "random": int(random)}
        row |= {"keys": -1, "program": -1, "factor": 1.0}
        self.sources.append(row)
        return row

    def add_profile(self, row: dict[str, Any], segments: Iterable[Segment]) -> None:
        """Give the source its arrival rate as segments (start s, end s, rate at the start, rate at the end)."""
        self._profile(row, segments)
        row["frame"] = self.driver(op.SOURCE, len(self.sources) - 1)

    def _profile(self, row: dict[str, Any], segments: Iterable[Segment]) -> None:
        row["segment"] = len(self.segments)
        for start, end, rate, end_rate in segments:
            self.segments.append((start, end, rate, (end_rate - rate) / (end - start)))
        row["last_segment"] = len(self.segments) - 1

    def add_times(self, row: dict[str, Any], times: Iterable[float]) -> None:
        """Give the source the times (s) of its requests."""
        row["position"] = len(self.times)
        self.times.extend(times)
        row["last_position"] = len(self.times) - 1
        row["frame"] = self.driver(op.SCHEDULE, len(self.sources) - 1)

    def bucket_array(self, number: int, rate: float, capacity: float) -> int:
        """Token buckets side by side, one per shard or partition; BUCKET with ``flags`` bit 2 takes the group's."""
        first = len(self.buckets)
        for _ in range(number):
            self.bucket(rate, capacity)
        return first

    def keys(self, count: int, exponent: float = 0.0, fold: int = 0) -> int:
        """A table of keys: uniform, or Zipf by the exponent; ``fold`` spreads them by hash over so many places."""
        row: _Row = {"count": count, "exponent": exponent, "fold": fold}
        if exponent > 0.0:
            row |= zipf(count, exponent)
        self.key_tables.append(row)
        return len(self.key_tables) - 1

    def cache(self, keys: int, ttl_s: float) -> int:
        """A cache of so many keys, each kept for its time to live."""
        self.caches.append({"first": self.cached_keys, "count": keys, "ttl": ttl_s})
        self.cached_keys += keys
        return len(self.caches) - 1

    def batcher(self, entry: Label, size: int, window_s: float) -> int:
        """Collects up to ``size`` frames for at most ``window_s`` (0: for ever); the batch goes on at ``entry``."""
        b = len(self.batchers)
        row = {"head": -1, "tail": -1, "entry": entry, "size": size, "window": window_s}
        self.batchers.append(row | {"frame": self.driver(op.COLLECT_TICK, b)})
        return b

    def scaler(self, node: int, servers: int, launch: int, **fields: float) -> int:
        """Servers that come and go; see SCALER for the fields. The pool or poller begins with ``servers``' capacity."""
        k = len(self.scalers)
        up = Label("server up")
        row: dict[str, Any] = {"pool": -1, "poller": -1, "queue": -1, "per_server": 1, "period": 60.0, "up": up}
        row["watched"] = -1
        self.scalers.append(row | {"node": node, "servers": servers, "launch": launch} | fields)
        self.ups.append(up)
        self.ready_drivers.append(self.driver(op.SCALER_TICK, k))
        return k

    def breaker(self, failures: int, open_s: float) -> int:
        """A circuit breaker: opens after so many failures in a row, lets one call try again after ``open_s``."""
        self.breakers.append({"threshold": failures, "open_s": open_s})
        return len(self.breakers) - 1

    def add_users(self, row: dict[str, Any], program: Label, segments: Iterable[Segment]) -> None:
        """Give the source users, whose number over time is the profile; each runs ``program`` over and over."""
        self._profile(row, segments)
        row["program"] = program
        row["frame"] = self.driver(op.USERS, len(self.sources) - 1)

    def build(self, nodes: int, edges: int, entries: int) -> State:
        """The arrays. Every label must have been placed."""
        return build_arrays(self, nodes, edges, entries)


def zipf(count: int, exponent: float) -> dict[str, float]:
    """The constants of the sampler (:mod:`simulator.engine.kernel_keys`)."""
    second = power_integral(2.5, exponent) - 2.0**-exponent
    return {
        "first": power_integral(1.5, exponent) - 1.0,
        "last": power_integral(count + 0.5, exponent),
        "squeeze": 2.0 - power_integral_inverse(second, exponent),
    }
