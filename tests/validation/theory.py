"""Long runs of raw stations against queueing theory."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine
from simulator.engine.metrics import MIDDLE_S, Tallies, collect
from tests.validation import formulas
from tests.validation.case import Case

Service = Callable[[Tables], int]
MEAN_S = 0.1
REQUESTS = 3_000_000.0
EVERYBODY = 10**9
"""Room to wait in for as many as come."""


@cache
def station(
    servers: int,
    rate: float,
    waiting: int = EVERYBODY,
    variation: float = 1.0,
    *,
    seed: int = 7,
    requests: float = REQUESTS,
    left_s: float = 0.0,
) -> Tallies:
    """Poisson arrivals at a pool of servers with a queue in front; node 0 counts the whole stay.

    Service takes 100 ms on average; its coefficient of variation is 0 (constant), 1 (exponential) or
    another one (log-normal). ``left_s`` are the seconds without arrivals at the end.
    """
    tables = Tables(seed=seed)
    start, refused = Label("start"), Label("refused")
    pool = tables.pool(tables.limit(servers), waiting_limit=waiting)
    tables.place(start)
    tables.emit(op.ARRIVE, node=0)
    tables.emit(op.ACQUIRE, resource=pool, node=0, code=st.THROTTLED, otherwise=refused)
    tables.emit(op.DELAY, resource=_service(tables, variation), stream=tables.stream("service"))
    tables.emit(op.RELEASE, resource=pool, node=0)
    tables.place(refused)
    tables.emit(op.END)
    seconds = requests / rate
    source = tables.source(start, 0, tables.stream("arrivals"), random=True)
    tables.add_profile(source, [(0.0, seconds, rate, rate)])
    machine = Machine(tables.build(nodes=1, edges=1, entries=1))
    machine.advance(seconds + left_s, 10**12)
    return collect(machine.state, seconds + left_s)


def _service(tables: Tables, variation: float) -> int:
    if variation == 0.0:
        return tables.constant(MEAN_S)
    if variation == 1.0:
        return tables.exponential(MEAN_S)
    variance = math.log(1.0 + variation**2)
    return tables.lognormal(math.log(MEAN_S) - variance / 2.0, math.sqrt(variance))


@cache
def two_in_a_row() -> Tallies:
    """Two M/M/1 in a row: 6 requests/s, 100 ms and 50 ms. Row 2 of the histograms is the caller's latency."""
    tables = Tables(seed=3)
    start = Label("start")
    tables.place(start)
    for node, mean in enumerate((0.1, 0.05)):
        pool = tables.pool(tables.limit(1), waiting_limit=EVERYBODY)
        tables.emit(op.ARRIVE, node=node)
        tables.emit(op.ACQUIRE, resource=pool, node=node)
        tables.emit(op.DELAY, resource=tables.exponential(mean), stream=tables.stream(f"service {node}"))
        tables.emit(op.RELEASE, resource=pool, node=node)
        tables.emit(op.DEPART)
    tables.emit(op.END)
    seconds = REQUESTS / 6.0
    source = tables.source(start, 0, tables.stream("arrivals"), random=True)
    tables.add_profile(source, [(0.0, seconds, 6.0, 6.0)])
    machine = Machine(tables.build(nodes=2, edges=1, entries=1))
    machine.advance(seconds, 10**12)
    return collect(machine.state, seconds)


@cache
def line(servers: int, rate: float) -> Tallies:
    """The line in front of M/M/c alone: who finds a free server stays 0 s in it."""
    tables = Tables(seed=7)
    start = Label("start")
    pool = tables.pool(tables.limit(servers), waiting_limit=EVERYBODY)
    tables.place(start)
    tables.emit(op.ARRIVE, node=0)
    tables.emit(op.ACQUIRE, resource=pool, node=0)
    tables.emit(op.DEPART)
    tables.emit(op.DELAY, resource=tables.exponential(MEAN_S), stream=tables.stream("service"))
    tables.emit(op.RELEASE, resource=pool, node=0)
    tables.emit(op.END)
    seconds = REQUESTS / rate
    source = tables.source(start, 0, tables.stream("arrivals"), random=True)
    tables.add_profile(source, [(0.0, seconds, rate, rate)])
    machine = Machine(tables.build(nodes=1, edges=1, entries=1))
    machine.advance(seconds, 10**12)
    return collect(machine.state, seconds)


def _waited(servers: int, rate: float) -> float:
    """Share of those who did not find a free server; the first bucket of the histogram holds the others."""
    stays = line(servers, rate).histograms[0]
    return float(1.0 - stays[0] / stays.sum())


def mean_s(tallies: Tallies, row: int = 0) -> float:
    """Mean of a histogram's values."""
    return float(tallies.histogram_sums[row, 0] / tallies.histograms[row].sum())


def percentile_s(tallies: Tallies, share: float, row: int = 0) -> float:
    """Percentile as the results give it: the middle of its bucket."""
    cumulated = np.cumsum(tallies.histograms[row])
    return float(MIDDLE_S[np.searchsorted(cumulated, math.ceil(share * cumulated[-1]))])


def cases() -> Iterator[Case]:
    """Every comparison with theory."""
    yield from _waiting()
    yield from _general()
    yield from _losing()
    yield Case("two M/M/1 in a row", "mean stay", 0.01, lambda: (1 / 4 + 1 / 14, mean_s(two_in_a_row(), 2)))
    yield Case(
        "two M/M/1 in a row",
        "p99 of the stay",
        0.02,
        lambda: (formulas.percentile_of_two_in_a_row(4.0, 14.0, 0.99), percentile_s(two_in_a_row(), 0.99, 2)),
    )
    for servers, load in ((2, 1.2), (5, 4.0), (20, 17.0)):
        yield Case(
            f"Erlang C, {servers} servers, {load:g} erlangs",
            "share that waits",
            0.01,
            lambda c=servers, a=load: (formulas.erlang_c(c, a), _waited(c, a / MEAN_S)),  # type: ignore[misc]
        )
    yield Case("Little's law in M/M/3", "number in service = rate x service time", 0.001, _little)
    yield Case("flow balance in M/M/2/10 at 95% load", "answered + refused, once all have left", 0.0, _balance)
    yield Case("token bucket of 10/s and 50", "passed of 100/s in 100 s", 0.003, _bucket)


def _waiting() -> Iterator[Case]:
    for servers, rate in ((1, 6.0), (1, 9.0), (2, 12.0), (5, 40.0), (20, 170.0)):
        name = f"M/M/{servers} at {rate * MEAN_S / servers:.0%} load"
        yield Case(
            name,
            "mean stay",
            0.01,
            lambda c=servers, r=rate: (formulas.stay_in_mmc(c, r, MEAN_S), mean_s(station(c, r))),  # type: ignore[misc]
        )
        yield Case(
            name,
            "p99 of the stay",
            0.02,
            lambda c=servers, r=rate: (  # type: ignore[misc]
                formulas.percentile_of_stay_in_mmc(c, r, MEAN_S, 0.99),
                percentile_s(station(c, r), 0.99),
            ),
        )


def _general() -> Iterator[Case]:
    for name, rate, variation in (("M/D/1 at 70% load", 7.0, 0.0), ("M/G/1 log-normal, variation 1.2", 6.0, 1.2)):
        yield Case(
            name,
            "mean stay",
            0.01,
            lambda r=rate, v=variation: (  # type: ignore[misc]
                formulas.stay_in_mg1(r, MEAN_S, v),
                mean_s(station(1, r, variation=v)),
            ),
        )


def _losing() -> Iterator[Case]:
    for servers, load in ((1, 0.5), (5, 4.0), (50, 45.0)):
        yield Case(
            f"Erlang B, {servers} servers, {load:g} erlangs",
            "share lost",
            0.01,
            lambda c=servers, a=load: (formulas.erlang_b(c, a), _lost(station(c, a / MEAN_S, waiting=0))),  # type: ignore[misc]
        )
    for servers, room, rate in ((2, 10, 19.0), (4, 6, 50.0)):
        loss, stay = formulas.mmck(servers, room, rate, MEAN_S)
        name = f"M/M/{servers}/{room} at {rate * MEAN_S / servers:.0%} load"
        yield Case(
            name,
            "share lost",
            0.01,
            lambda c=servers, k=room, r=rate, e=loss: (e, _lost(station(c, r, waiting=k - c))),  # type: ignore[misc]
        )
        yield Case(
            name,
            "mean stay of those let in",
            0.01,
            lambda c=servers, k=room, r=rate, e=stay: (e, _stay_inside(station(c, r, waiting=k - c))),  # type: ignore[misc]
        )


def _lost(tallies: Tallies) -> float:
    return float(tallies.errors[0, st.THROTTLED] / tallies.counts[0, st.ARRIVALS])


def _stay_inside(tallies: Tallies) -> float:
    """Who is refused leaves at once and counts with a stay of zero."""
    return float(tallies.histogram_sums[0, 0] / tallies.counts[0, st.COMPLETIONS])


def _little() -> tuple[float, float]:
    tallies = station(3, 24.0)
    through = tallies.counts[0, st.COMPLETIONS] / tallies.seconds
    in_service = float(tallies.areas[0]) / tallies.seconds
    return float(through) * MEAN_S, in_service


def _balance() -> tuple[float, float]:
    """Arrivals end long before the run does, so that nobody is left inside."""
    counts = station(2, 19.0, waiting=8, requests=200_000.0, left_s=60.0)
    return float(counts.counts[0, st.ARRIVALS]), float(counts.counts[0, st.COMPLETIONS] + counts.errors[0].sum())


def _bucket() -> tuple[float, float]:
    tables = Tables(seed=1)
    start, refused = Label("start"), Label("refused")
    tables.place(start)
    tables.emit(op.ARRIVE, node=0)
    tables.emit(op.BUCKET, resource=tables.bucket(10.0, 50.0), x=1.0, code=st.THROTTLED, otherwise=refused)
    tables.place(refused)
    tables.emit(op.END)
    source = tables.source(start, 0, tables.stream("arrivals"), random=False)
    tables.add_profile(source, [(0.0, 100.0, 100.0, 100.0)])
    machine = Machine(tables.build(nodes=1, edges=1, entries=1))
    machine.advance(101.0, 10**12)
    return 50.0 + 10.0 * 100.0, float(machine.state.counts[0, st.COMPLETIONS])
