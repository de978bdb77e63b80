"""Long runs of raw stations against queueing theory."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine
from simulator.engine.metrics import MIDDLE_S, Tallies, collect

Service = Callable[[Tables], int]


def queue_in_front_of(servers: int, service: Service, rate: float, seconds: float, *, waiting: int = 10**9) -> Tallies:
    """Poisson arrivals at a pool with a queue in front; node 0 counts the whole stay."""
    tables = Tables(seed=7)
    start, refused = Label("start"), Label("refused")
    pool = tables.pool(tables.limit(servers), waiting_limit=waiting)
    tables.place(start)
    tables.emit(op.ARRIVE, node=0)
    tables.emit(op.ACQUIRE, resource=pool, node=0, code=st.THROTTLED, otherwise=refused)
    tables.emit(op.DELAY, resource=service(tables), stream=tables.stream("service"))
    tables.emit(op.RELEASE, resource=pool, node=0)
    tables.place(refused)
    tables.emit(op.END)
    source = tables.source(start, 0, tables.stream("arrivals"), random=True)
    tables.add_profile(source, [(0.0, seconds, rate, rate)])
    machine = Machine(tables.build(nodes=1, edges=1, entries=1))
    assert machine.advance(seconds, 10**12)
    return collect(machine.state, seconds)


def mean_stay(tallies: Tallies) -> float:
    return float(tallies.histogram_sums[0, 0] / tallies.histograms[0].sum())


def erlang_c(servers: int, load: float) -> float:
    """Probability of waiting in M/M/c with ``load`` = lambda / mu."""
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / math.factorial(k) for k in range(servers)) + last)


def erlang_b(servers: int, load: float) -> float:
    """Probability of loss in M/M/c/c."""
    blocking = 1.0
    for k in range(1, servers + 1):
        blocking = load * blocking / (k + load * blocking)
    return blocking


def test_one_exponential_server_has_the_stay_of_m_m_1() -> None:
    tallies = queue_in_front_of(1, lambda t: t.exponential(0.1), rate=6.0, seconds=500_000.0)
    assert mean_stay(tallies) == pytest.approx(1.0 / (10.0 - 6.0), rel=0.01)
    cumulated = np.cumsum(tallies.histograms[0])
    p99 = MIDDLE_S[np.searchsorted(cumulated, 0.99 * cumulated[-1])]
    assert p99 == pytest.approx(math.log(100.0) / 4.0, rel=0.02)


@pytest.mark.parametrize(("servers", "rate"), [(2, 12.0), (5, 40.0), (20, 170.0)])
def test_several_exponential_servers_wait_as_erlang_c_says(servers: int, rate: float) -> None:
    tallies = queue_in_front_of(servers, lambda t: t.exponential(0.1), rate, seconds=1_500_000.0 / rate)
    waiting = erlang_c(servers, rate * 0.1) / (servers * 10.0 - rate)
    assert mean_stay(tallies) == pytest.approx(0.1 + waiting, rel=0.01)


def test_one_constant_server_waits_half_as_long_as_an_exponential_one() -> None:
    tallies = queue_in_front_of(1, lambda t: t.constant(0.1), rate=7.0, seconds=300_000.0)
    assert mean_stay(tallies) == pytest.approx(0.1 + 0.7 * 0.1 / (2 * (1 - 0.7)), rel=0.01)


def test_a_log_normal_server_waits_as_pollaczek_and_khinchine_say() -> None:
    variation, mean, rate = 1.2, 0.1, 6.0
    variance = math.log(1 + variation**2)
    service = lambda t: t.lognormal(math.log(mean) - variance / 2, math.sqrt(variance))  # noqa: E731
    tallies = queue_in_front_of(1, service, rate, seconds=600_000.0)
    load = rate * mean
    assert mean_stay(tallies) == pytest.approx(mean + load * mean * (1 + variation**2) / (2 * (1 - load)), rel=0.015)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (5, 4.0), (50, 45.0)])
def test_a_pool_that_refuses_loses_as_erlang_b_says(servers: int, load: float) -> None:
    tallies = queue_in_front_of(servers, lambda t: t.exponential(0.1), load * 10.0, 60_000.0 / load, waiting=0)
    lost = tallies.errors[0, st.THROTTLED] / tallies.counts[0, st.ARRIVALS]
    assert lost == pytest.approx(erlang_b(servers, load), rel=0.02)


def test_what_is_in_service_obeys_littles_law() -> None:
    tallies = queue_in_front_of(3, lambda t: t.exponential(0.2), rate=9.0, seconds=100_000.0)
    in_service = tallies.areas[0] / tallies.seconds
    assert in_service == pytest.approx(tallies.counts[0, st.COMPLETIONS] / tallies.seconds * 0.2, rel=0.01)


def test_two_stations_in_a_row_behave_as_two_queues_of_their_own() -> None:
    tables = Tables(seed=3)
    start = Label("start")
    tables.place(start)
    for node, mean in enumerate((0.1, 0.05)):
        pool = tables.pool(tables.limit(1), waiting_limit=10**9)
        tables.emit(op.ARRIVE, node=node)
        tables.emit(op.ACQUIRE, resource=pool, node=node)
        tables.emit(op.DELAY, resource=tables.exponential(mean), stream=tables.stream(f"service {node}"))
        tables.emit(op.RELEASE, resource=pool, node=node)
        tables.emit(op.DEPART)
    tables.emit(op.END)
    source = tables.source(start, 0, tables.stream("arrivals"), random=True)
    tables.add_profile(source, [(0.0, 200_000.0, 6.0, 6.0)])
    machine = Machine(tables.build(nodes=2, edges=1, entries=1))
    machine.advance(200_000.0, 10**12)
    stays = machine.state.histogram_sums[:3, 0] / machine.state.histograms[:3].sum(axis=1)
    assert stays[0] == pytest.approx(1 / (10 - 6), rel=0.015)
    assert stays[1] == pytest.approx(1 / (20 - 6), rel=0.015)
    assert stays[2] == pytest.approx(1 / (10 - 6) + 1 / (20 - 6), rel=0.015)


def test_a_token_bucket_lets_the_burst_pass_and_then_its_rate() -> None:
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
    assert machine.state.counts[0, st.COMPLETIONS] == pytest.approx(50 + 10 * 100, abs=2)


@pytest.mark.parametrize("random", [True, False])
def test_arrivals_follow_a_rate_that_rises(*, random: bool) -> None:
    tables = Tables(seed=5)
    start = Label("start")
    tables.place(start)
    tables.emit(op.ARRIVE, node=0)
    tables.emit(op.END)
    source = tables.source(start, 0, tables.stream("arrivals"), random=random)
    tables.add_profile(source, [(0.0, 1000.0, 0.0, 200.0)])
    machine = Machine(tables.build(nodes=1, edges=1, entries=1))
    machine.advance(500.0, 10**12)
    first_half = int(machine.state.counts[0, st.ARRIVALS])
    machine.advance(2000.0, 10**12)
    assert first_half == pytest.approx(25_000, rel=0.03)
    assert machine.state.counts[0, st.ARRIVALS] == pytest.approx(100_000, rel=0.02)
