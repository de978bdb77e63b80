"""Each further instruction of the kernel on its own, against what arithmetic says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine
from simulator.engine.metrics import Tallies, collect


@dataclass
class Bench:
    """A program of one source, run for a while; node 0 counts the whole stay."""

    tables: Tables = field(default_factory=lambda: Tables(seed=3))
    machine: Machine | None = None
    poison: int = 0
    """Messages of the first queue that make their consumer fail."""

    def run(self, build: Callable[[Tables], None], rate: float, seconds: float, *, nodes: int = 2) -> Tallies:
        start = Label("start")
        self.tables.place(start)
        build(self.tables)
        self.tables.emit(op.END)
        source = self.tables.source(start, 0, self.tables.stream("arrivals"), random=False)
        self.tables.add_profile(source, [(0.0, seconds, rate, rate)])
        self.machine = Machine(self.tables.build(nodes=nodes, edges=1, entries=1))
        self.machine.state.queues["poison"][0] = self.poison
        assert self.machine.advance(seconds * 2, 10**12)
        return collect(self.machine.state, seconds)


def branch(t: Tables, seconds: float, *, fails: bool = False) -> Label:
    """A program that waits, and fails at the end when told so. It is placed out of the way of what comes before."""
    label, behind = Label("branch"), Label("behind")
    t.emit(op.JUMP, target=behind)
    t.place(label)
    t.emit(op.DELAY, resource=t.constant(seconds))
    t.emit(op.ALIVE)
    t.emit(op.METER, node=1, resource=20, x=1.0)
    if fails:
        t.emit(op.FAIL, x=1.0, code=st.FUNCTION_ERROR, otherwise=(end := Label("end")), stream=t.stream("fail"))
        t.place(end)
    t.emit(op.END)
    t.place(behind)
    return label


def forked(t: Tables, *branches: Label, **operands: float | Label) -> None:
    """FORK, BRANCHES, and the way around for a failure."""
    failed = Label("failed")
    t.emit(op.FORK, node=0, otherwise=failed)
    if branches:
        first = len(t.choices)
        t.choices += [(1.0, label) for label in branches]
        operands |= {"resource": first, "code": len(branches)}
    t.emit(op.BRANCHES, **operands)
    t.place(failed)


def mean_stay(tallies: Tallies, node: int = 0) -> float:
    return float(tallies.histogram_sums[node, 0] / tallies.histograms[node].sum())


def test_parallel_branches_last_as_long_as_the_slowest() -> None:
    def build(t: Tables) -> None:
        branches = [branch(t, seconds) for seconds in (0.1, 0.5, 0.3)]
        t.emit(op.ARRIVE, node=0, flags=1)
        forked(t, *branches)

    tallies = Bench().run(build, rate=10.0, seconds=10.0)
    assert mean_stay(tallies) == pytest.approx(0.5)
    assert tallies.meters[1, 20] == 300


def test_the_first_failing_branch_ends_the_waiting_and_the_others_stop_at_their_next_state() -> None:
    bench = Bench()

    def build(t: Tables) -> None:
        branches = [branch(t, 0.1, fails=True), branch(t, 5.0)]
        t.emit(op.ARRIVE, node=0, flags=1)
        forked(t, *branches)

    tallies = bench.run(build, rate=10.0, seconds=10.0)
    assert tallies.errors[0, st.FUNCTION_ERROR] == 100
    assert tallies.meters[1, 20] == 100, "only the failing branches came that far"
    assert bench.machine is not None
    assert bench.machine.in_flight == len(bench.tables.drivers), "every frame has been given back"


def test_a_map_runs_so_many_items_at_a_time() -> None:
    def build(t: Tables) -> None:
        item = branch(t, 1.0)
        t.emit(op.ARRIVE, node=0, flags=1)
        forked(t, target=item, x=10.0, flags=4)

    tallies = Bench().run(build, rate=0.1, seconds=100.0)
    assert mean_stay(tallies) == pytest.approx(3.0), "10 items, 4 at a time, 1 s each"
    assert tallies.meters[1, 20] == 100


def test_a_map_tolerates_as_many_failures_as_it_is_told() -> None:
    def build(t: Tables) -> None:
        item = branch(t, 1.0, fails=True)
        t.emit(op.ARRIVE, node=0, flags=1)
        forked(t, target=item, x=3.0, otherwise=3)

    assert Bench().run(build, rate=1.0, seconds=10.0).counts[0, st.COMPLETIONS] == 10


def test_a_map_without_items_is_done_at_once() -> None:
    def build(t: Tables) -> None:
        item = branch(t, 1.0)
        t.emit(op.ARRIVE, node=0, flags=1)
        forked(t, target=item, x=0.0)

    tallies = Bench().run(build, rate=1.0, seconds=10.0)
    assert tallies.counts[0, st.COMPLETIONS] == 10
    assert mean_stay(tallies) == 0.0


@pytest.mark.parametrize("exponent", [0.5, 0.99, 1.0, 1.5])
def test_keys_are_as_popular_as_zipf_says(exponent: float) -> None:
    count = 50

    def build(t: Tables) -> None:
        keys = t.keys(count, exponent)
        counters = [(1.0, Label(f"key {key}")) for key in range(count)]
        t.emit(op.KEY, resource=keys, stream=t.stream("keys"))
        first = len(t.choices)
        t.choices += counters
        t.emit(op.ROUTE, resource=first, code=count, flags=1)
        for node, (_, label) in enumerate(counters):
            t.place(label)
            t.emit(op.ARRIVE, node=node)
            t.emit(op.END)

    number = 400_000
    arrivals = Bench().run(build, rate=4000.0, seconds=100.0, nodes=count).counts[:, st.ARRIVALS]
    weights = np.arange(1, count + 1) ** -exponent
    expected = number * weights / weights.sum()
    statistic = float((((arrivals - expected) ** 2) / expected).sum())
    assert statistic < 85.4, "chi-square, 49 degrees of freedom, 0.1 %"


def test_a_hash_spreads_uniform_keys_evenly_over_partitions() -> None:
    def build(t: Tables) -> None:
        labels = [(1.0, Label("partition")) for _ in range(4)]
        t.emit(op.KEY, resource=t.keys(100_000, fold=4), stream=t.stream("keys"))
        first = len(t.choices)
        t.choices += labels
        t.emit(op.ROUTE, resource=first, code=4, flags=1)
        for node, (_, label) in enumerate(labels):
            t.place(label)
            t.emit(op.ARRIVE, node=node)
            t.emit(op.END)

    arrivals = Bench().run(build, rate=1000.0, seconds=100.0, nodes=4).counts[:, st.ARRIVALS]
    assert arrivals == pytest.approx(25_000, rel=0.03)


def test_one_hot_key_gets_no_more_than_its_own_bucket() -> None:
    def build(t: Tables) -> None:
        refused = Label("refused")
        t.emit(op.KEY, resource=t.keys(1, fold=4), stream=t.stream("keys"))
        t.emit(op.ARRIVE, node=0, flags=1)
        first = t.bucket_array(4, rate=10.0, capacity=10.0)
        t.emit(op.BUCKET, resource=first, x=1.0, flags=2, code=st.THROTTLED, otherwise=refused)
        t.place(refused)

    tallies = Bench().run(build, rate=40.0, seconds=100.0)
    assert tallies.counts[0, st.COMPLETIONS] == pytest.approx(1000, abs=11)


def test_a_cache_misses_once_per_key_and_time_to_live() -> None:
    def build(t: Tables) -> None:
        hit, ttl = Label("hit"), 10.0
        t.emit(op.KEY, resource=t.keys(5), stream=t.stream("keys"))
        cache = t.cache(5, ttl)
        t.emit(op.LOOK_UP, resource=cache, target=hit)
        t.emit(op.ARRIVE, node=0)
        t.emit(op.STORE, resource=cache)
        t.place(hit)

    rate, keys, ttl = 100.0, 5, 10.0
    misses = Bench().run(build, rate=rate, seconds=1000.0).counts[0, st.ARRIVALS]
    assert misses == pytest.approx(keys * 1000.0 / (ttl + keys / rate), rel=0.02)


def test_a_batcher_hands_on_what_fills_it_or_what_has_waited_long_enough() -> None:
    def build(t: Tables) -> None:
        batch, behind = Label("batch"), Label("behind")
        t.emit(op.JUMP, target=behind)
        t.place(batch)
        t.emit(op.ARRIVE, node=1)
        t.emit(op.METER, node=1, resource=20, x=1.0)
        t.emit(op.METER, node=1, resource=21, x=1.0, flags=1)
        t.emit(op.DISPERSE)
        t.emit(op.END)
        t.place(behind)
        t.emit(op.ARRIVE, node=0, flags=1)
        t.emit(op.COLLECT, resource=t.batcher(batch, size=50, window_s=10.0))

    slow = Bench().run(build, rate=2.0, seconds=100.0)
    assert slow.meters[1, 20] / slow.meters[1, 21] == pytest.approx(20.0, abs=1.0), "10 s at 2 a second"
    fast = Bench().run(build, rate=100.0, seconds=100.0)
    assert fast.meters[1, 20] / fast.meters[1, 21] == pytest.approx(50, abs=0.01)
    assert fast.counts[0, st.COMPLETIONS] == pytest.approx(10_000, abs=1)


def fifo(t: Tables, groups: int, *, concurrency: int = 100) -> None:
    """A queue with message groups, read one at a time; node 1 takes a second for a message."""
    work, settle, behind = Label("work"), Label("settle"), Label("behind")
    queue = t.queue(node=0, in_flight_limit=20_000, groups=groups)
    poller = t.poller(
        queue,
        entry=work,
        invoke=work,
        node=0,
        function=1,
        batch_size=1,
        passing=1.0,
        limit=concurrency,
        limit_least=concurrency,
        limit_most=concurrency,
        visibility=30.0,
    )
    t.emit(op.JUMP, target=behind)
    t.place(work)
    t.emit(op.DELAY, resource=t.constant(1.0))
    t.emit(op.FAIL, x=0.0, code=st.FUNCTION_ERROR, otherwise=settle, stream=t.stream("fail"))
    t.place(settle)
    t.emit(op.SETTLE, resource=poller)
    t.emit(op.RETURN, resource=poller)
    t.place(behind)
    t.emit(op.KEY, resource=t.keys(groups), stream=t.stream("groups"))
    t.emit(op.ARRIVE, node=0)
    t.emit(op.ENQUEUE, resource=queue)


def test_a_message_group_is_worked_on_one_message_at_a_time() -> None:
    bench = Bench()
    tallies = bench.run(lambda t: fifo(t, groups=1), rate=10.0, seconds=50.0)
    assert tallies.counts[0, st.COMPLETIONS] == 99, "100 s at one message a second, the last one still in flight"
    assert tallies.most[0] == 1
    many = Bench().run(lambda t: fifo(t, groups=1000), rate=10.0, seconds=50.0)
    assert many.counts[0, st.COMPLETIONS] == pytest.approx(500, abs=1)


def test_a_poison_message_blocks_its_group_until_it_is_moved_away() -> None:
    tallies = Bench(poison=1).run(lambda t: fifo(t, groups=1), rate=1.0, seconds=60.0)
    assert tallies.counts[0, st.RETRIES] == 3, "again after 30, 60 and 90 s"
    assert tallies.counts[0, st.COMPLETIONS] == 0, "everything waits behind it"


def test_servers_are_launched_for_the_load_and_taken_away_after_it() -> None:
    def build(t: Tables) -> None:
        limit = t.limit(1)
        pool = t.pool(limit, waiting_limit=10**9)
        t.scaler(0, 1, t.constant(60.0), pool=pool, target=0.5, least=1, most=20, period=60.0, cooldown=0.0)
        t.emit(op.ARRIVE, node=0)
        t.emit(op.ACQUIRE, node=0, resource=pool)
        t.emit(op.DELAY, resource=t.constant(1.0))
        t.emit(op.RELEASE, node=0, resource=pool)

    bench = Bench()
    tallies = bench.run(build, rate=4.0, seconds=3600.0)
    assert bench.machine is not None
    assert tallies.counts[0, st.COMPLETIONS] == 14_400
    assert int(bench.machine.state.scalers["servers"][0]) == 1, "an hour without load"
    assert tallies.most[0] > 4


def test_who_waits_too_long_in_line_leaves_it() -> None:
    def build(t: Tables) -> None:
        refused = Label("refused")
        pool = t.pool(t.limit(1), waiting_limit=1000)
        t.emit(op.ARRIVE, node=0)
        t.emit(op.START_TIMER, resource=t.timer(2.5, st.WAIT_TIMEOUT, refused))
        t.emit(op.ACQUIRE, node=0, resource=pool, code=st.QUEUE_FULL, otherwise=refused)
        t.emit(op.STOP_TIMER)
        t.emit(op.DELAY, resource=t.constant(1.0))
        t.emit(op.RELEASE, node=0, resource=pool)
        t.place(refused)

    bench = Bench()
    tallies = bench.run(build, rate=2.0, seconds=1000.0)
    assert tallies.counts[0, st.COMPLETIONS] == pytest.approx(1000, abs=4)
    assert tallies.errors[0, st.WAIT_TIMEOUT] == pytest.approx(1000, abs=4)
    assert bench.machine is not None
    assert int(bench.machine.state.pools["waiting"][0]) == 0


def test_a_circuit_breaker_opens_after_failures_in_a_row_and_tries_again_later() -> None:
    def build(t: Tables) -> None:
        opened, noted = Label("opened"), Label("noted")
        breaker = t.breaker(failures=5, open_s=10.0)
        t.emit(op.BREAKER, resource=breaker, code=st.CIRCUIT_OPEN, otherwise=opened)
        t.emit(op.ARRIVE, node=0, flags=1)
        t.emit(op.FAIL, x=1.0, code=st.FUNCTION_ERROR, otherwise=noted, stream=t.stream("fail"))
        t.place(noted)
        t.emit(op.NOTE, resource=breaker)
        t.place(opened)

    tallies = Bench().run(build, rate=10.0, seconds=100.0)
    assert tallies.errors[0, st.FUNCTION_ERROR] == pytest.approx(5 + 9, abs=1), "five, then one every 10 s"
    assert tallies.entry_errors[0, st.CIRCUIT_OPEN] + tallies.entry_errors[0, st.FUNCTION_ERROR] == 1000


def closed_loop(users: float, seconds: float) -> tuple[Machine, Tables]:
    """Users who think for a second on average in front of one exponential server of 0.1 s."""
    t = Tables(seed=5)
    start, life = Label("start"), Label("life")
    pool = t.pool(t.limit(1), waiting_limit=10**9)
    t.place(start)
    t.emit(op.ARRIVE, node=0)
    t.emit(op.ACQUIRE, node=0, resource=pool)
    t.emit(op.DELAY, resource=t.exponential(0.1), stream=t.stream("service"))
    t.emit(op.RELEASE, node=0, resource=pool)
    t.emit(op.END)
    t.place(life)
    t.emit(op.DELAY, resource=t.exponential(1.0), stream=t.stream("think"))
    t.emit(op.USER, resource=0)
    source = t.source(start, 0, t.stream("users"), random=True)
    t.add_users(source, life, [(0.0, seconds, users, users)])
    return Machine(t.build(nodes=1, edges=1, entries=1)), t


def test_users_who_wait_for_answers_follow_the_machine_repairman_model() -> None:
    users, think, service = 8, 1.0, 0.1
    weights = [1.0]
    for waiting in range(1, users + 1):
        weights.append(weights[-1] * (users - waiting + 1) * service / think)
    throughput = (1.0 - weights[0] / sum(weights)) / service
    machine, _ = closed_loop(users, 100_000.0)
    machine.advance(100_000.0, 10**12)
    assert machine.state.entries[0, 1] / 100_000.0 == pytest.approx(throughput, rel=0.01)


def test_the_load_can_be_changed_while_it_runs_as_if_it_had_been_planned() -> None:
    def arrivals(changes: list[tuple[float, float]]) -> int:
        t = Tables(seed=1)
        start = Label("start")
        t.place(start)
        t.emit(op.END)
        source = t.source(start, 0, t.stream("arrivals"), random=False)
        t.add_profile(source, [(0.0, 50.0, 1.0, 3.0), (50.0, 100.0, 3.0, 3.0)])
        machine = Machine(t.build(nodes=1, edges=1, entries=1))
        for at, factor in changes:
            machine.advance(at, 10**12)
            machine.retune(0, int(source["frame"]), factor)
        machine.advance(100.0, 10**12)
        return int(machine.state.entries[0, 0])

    assert arrivals([]) == pytest.approx(250, abs=1)
    assert arrivals([(10.5, 1.0), (20.25, 1.0), (60.125, 1.0)]) == arrivals([]), "the same factor changes nothing"
    assert arrivals([(50.0, 2.0)]) == pytest.approx(400, abs=1)
    assert arrivals([(50.0, 0.0), (75.0, 1.0)]) == pytest.approx(175, abs=1)


def test_the_number_of_users_can_be_changed_while_they_work() -> None:
    machine, t = closed_loop(4.0, 10_000.0)
    machine.advance(100.0, 10**12)
    machine.retune(0, int(t.sources[0]["frame"]), 0.5)
    machine.advance(200.0, 10**12)
    assert int(machine.state.sources["running"][0]) == 2
    machine.retune(0, int(t.sources[0]["frame"]), 3.0)
    machine.advance(300.0, 10**12)
    assert int(machine.state.sources["running"][0]) == 12
