"""Stories that systems in trouble tell, with their expected shape."""

from __future__ import annotations

import math

import pytest

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Fault, FaultKind, Pattern, Scenario, Traffic
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine
from simulator.engine.results import Window
from simulator.engine.simulation import simulate
from tests.simulator.engine.designs import Arrow, Made, draw_design


def story(design: Design, scenario: Scenario) -> list[Window]:
    windows: list[Window] = []
    simulate(design, scenario, windows.append)
    return windows


def good(windows: list[Window], first: int, last: int, entry: str = "users") -> float:
    """Share of the requests of these windows that were answered well."""
    chosen = windows[first:last]
    answers = sum(w["entry_points"][entry]["completions"] for w in chosen)
    failures = sum(sum(w["entry_points"][entry]["errors"].values()) for w in chosen)
    return answers / max(answers + failures, 1)


def retry_storm(retries: int) -> list[Window]:
    """Clients of an API whose function is slow for a minute; they give up after a second and try again at once."""
    nodes: Made = {
        "users": (
            "client",
            {"timeout_s": 1.0, "retries": retries, "retry_wait_s": 0.05, "retry_wait_most_s": 0.2},
        ),
        "fn": ("lambda", {"memory_mb": 1769, "wait_ms": 400, "reserved_concurrency": 100, "cpu_ms": 0}),
    }
    design = draw_design(nodes, [("users", "fn", "invoke")])
    slow = Fault(FaultKind.SLOW, "fn", start_s=60.0, duration_s=60.0, amount=6.0)
    traffic = Traffic("users", Pattern.POISSON, rate_per_s=180.0)
    return story(design, Scenario(traffic=(traffic,), duration_s=360.0, window_s=10.0, faults=(slow,)))


def test_a_retry_storm_multiplies_the_load_while_the_service_is_slow() -> None:
    calm, storm = retry_storm(0), retry_storm(5)
    quiet = storm[4]["nodes"]["fn"]["arrivals"]
    assert good(storm, 2, 6) > 0.99
    assert storm[9]["nodes"]["fn"]["arrivals"] > 3 * quiet, "every request is tried several times"
    assert calm[9]["nodes"]["fn"]["arrivals"] < 1.2 * quiet
    assert good(storm, 7, 12) < 0.3
    assert good(calm, 24, 36) > 0.99
    assert good(storm, 30, 36) > 0.99, "this one recovers, since what is throttled costs no time"


def line_with_timeouts(changes: list[tuple[float, float]], seconds: float) -> list[float]:
    """Requests/s answered in time by ten servers of 0.1 s with a line of 2,000 in front, in steps of 10 s.

    Clients send 70 requests/s times the factor of the moment, wait for a second and try three times more. Who has
    given up still stands in line: the servers work for nobody.
    """
    t = Tables(seed=2)
    start, attempt, failed, done, server, refused = (Label() for _ in range(6))
    pool = t.pool(t.limit(10), waiting_limit=2000)
    t.place(start)
    t.place(attempt)
    t.emit(op.START_TIMER, resource=t.timer(1.0, st.CLIENT_TIMEOUT, failed))
    t.emit(op.CALL, node=0, target=server, x=1.0, otherwise=failed, flags=1)
    t.emit(op.STOP_TIMER)
    t.emit(op.JUMP, target=done)
    t.place(failed)
    t.emit(op.STOP_TIMER)
    policy = t.policy(limit=3, wait=0.1, wait_most=1.0, maximum_age=math.inf, jitter=1)
    t.emit(op.RETRY, node=0, resource=policy, target=attempt, otherwise=done, stream=t.stream("retry"))
    t.place(done)
    t.emit(op.END)
    t.place(server)
    t.emit(op.ARRIVE, node=0)
    t.emit(op.ACQUIRE, node=0, resource=pool, code=st.QUEUE_FULL, otherwise=refused)
    t.emit(op.DELAY, resource=t.exponential(0.1), stream=t.stream("service"))
    t.emit(op.RELEASE, node=0, resource=pool)
    t.place(refused)
    t.emit(op.END)
    source = t.source(start, 0, t.stream("arrivals"), random=True)
    t.add_profile(source, [(0.0, seconds, 70.0, 70.0)])
    machine = Machine(t.build(nodes=1, edges=1, entries=1))
    goodput: list[float] = []
    waiting = list(changes)
    while machine.now < seconds:
        if waiting and machine.now >= waiting[0][0]:
            machine.retune(0, int(source["frame"]), waiting.pop(0)[1])
        machine.advance(machine.now + 10.0, 10**12)
        goodput.append(int(machine.state.entries[0, 1]) / 10.0)
        machine.state.entries[:] = 0
    return goodput


def test_retries_keep_a_service_down_after_the_spike_that_overran_it_is_over() -> None:
    goodput = line_with_timeouts([(100.0, 3.0), (130.0, 1.0), (300.0, 0.2), (420.0, 1.0)], 600.0)
    assert min(goodput[2:9]) > 60, "70 % of the capacity is no trouble"
    assert max(goodput[16:29]) < 10, "collapsed, although the load is what it was before"
    assert min(goodput[45:]) > 60, "recovered, once the load had been taken off for a while"


def test_without_the_spike_the_same_service_never_collapses() -> None:
    assert min(line_with_timeouts([], 600.0)[1:]) > 60


def poisoned_stream(**mapping: float) -> list[Window]:
    """A stream of four shards whose reader meets, after 100 s, a record that it cannot work on."""
    nodes: Made = {
        "users": "client",
        "stream": ("kinesis_stream", {"shard_count": 4}),
        "fn": ("lambda", {"memory_mb": 1769, "wait_ms": 10, "cpu_ms": 0}),
    }
    settings = {"maximum_retry_attempts": 8, "batch_size": 10, **mapping}
    arrows: list[Arrow] = [("users", "stream", "put_record"), ("stream", "fn", "event_source_mapping", settings)]
    poison = Fault(FaultKind.POISON, "stream", start_s=100.0, amount=1.0)
    traffic = Traffic("users", Pattern.POISSON, rate_per_s=40.0)
    scenario = Scenario(traffic=(traffic,), duration_s=600.0, window_s=10.0, faults=(poison,))
    return story(draw_design(nodes, arrows), scenario)


def lost(windows: list[Window]) -> int:
    return sum(window["nodes"]["fn"].get("lost", {}).get("retries_exhausted", 0) for window in windows)


@pytest.mark.point("LAM-17")
def test_a_poison_record_blocks_its_shard_and_no_other() -> None:
    windows = poisoned_stream()
    age = [window["nodes"]["stream"]["oldest_age_s"] for window in windows]
    handled = [window["nodes"]["fn"]["completions"] for window in windows]
    depth = [window["nodes"]["stream"]["queue_depth"] for window in windows]
    waits = 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60
    worst = age.index(max(age))
    assert max(age[:9]) < 2.0
    assert waits - 10 < max(age) < waits + 3, "eight back-offs in front of everything behind it"
    assert age[11:worst] == sorted(age[11:worst])
    assert depth[worst] == pytest.approx(waits * 40.0 / 4, rel=0.15), "a quarter of the records waits"
    assert min(handled[12:worst]) > 0.5 * handled[5], "the other shards go on"
    assert age[worst + 4] < 5.0, "what has waited is worked off in batches"
    assert 1 <= lost(windows) <= 10, "the batch of the record"


@pytest.mark.point("LAM-17")
def test_splitting_finds_the_poison_record_and_gives_up_nothing_else() -> None:
    windows = poisoned_stream(bisect_on_error=True, maximum_retry_attempts=2)
    assert lost(windows) == 1
    assert max(window["nodes"]["stream"]["oldest_age_s"] for window in windows) < 15.0


@pytest.mark.point("LAM-17")
def test_a_poison_record_holds_up_only_its_keys_when_batches_of_a_shard_run_side_by_side() -> None:
    windows = poisoned_stream(parallelization_factor=10)
    depth = max(window["nodes"]["stream"]["queue_depth"] for window in windows)
    assert depth == pytest.approx((1 + 2 + 4 + 8 + 16 + 32 + 60 + 60) * 40.0 / 4 / 10, rel=0.3)


def test_a_poison_message_holds_its_group_up_until_it_is_moved_away() -> None:
    nodes: Made = {
        "users": "client",
        "producer": ("lambda", {"memory_mb": 1769, "wait_ms": 5, "cpu_ms": 0}),
        "queue": ("sqs_fifo", {"visibility_timeout_s": 20, "message_groups": 20}),
        "dead": "sqs_fifo",
        "fn": ("lambda", {"memory_mb": 1769, "wait_ms": 10, "cpu_ms": 0, "timeout_s": 3}),
    }
    arrows: list[Arrow] = [
        ("users", "producer", "invoke"),
        ("producer", "queue", "send_message"),
        ("queue", "fn", "event_source_mapping", {"batch_size": 1}),
        ("queue", "dead", "redrive", {"max_receive_count": 5}),
    ]
    poison = Fault(FaultKind.POISON, "queue", start_s=100.0, amount=1.0)
    traffic = Traffic("users", Pattern.POISSON, rate_per_s=20.0)
    scenario = Scenario(traffic=(traffic,), duration_s=400.0, window_s=10.0, faults=(poison,))
    windows = story(draw_design(nodes, arrows), scenario)
    depth = [window["nodes"]["queue"]["queue_depth"] for window in windows]
    failed = sum(window["nodes"]["fn"]["errors"].get("function_error", 0) for window in windows)
    moved = next(at for at, window in enumerate(windows) if window["nodes"]["dead"]["arrivals"])
    assert failed == 5
    assert 19 <= moved <= 22, "five receives, 20 s apart"
    assert depth[12] < depth[15] < depth[moved - 1], "only its group waits, one message a second"
    assert depth[moved - 1] < 0.2 * 20.0 * 100.0
    assert depth[-1] < 5
    good_share = windows[15]["nodes"]["fn"]["completions"] / windows[5]["nodes"]["fn"]["completions"]
    assert good_share > 0.8, "the other groups go on"


def test_a_spike_brings_a_wave_of_cold_starts_and_the_next_one_hardly_any() -> None:
    nodes: Made = {
        "users": "client",
        "api": "api_gateway_http",
        "fn": ("lambda", {"memory_mb": 1769, "wait_ms": 200, "cpu_ms": 0, "init_ms": 800}),
    }
    design = draw_design(nodes, [("users", "api", "https"), ("api", "fn", "proxy")])
    steps = ((100.0, 400.0), (130.0, 10.0), (300.0, 400.0), (330.0, 10.0))
    traffic = Traffic("users", Pattern.STEP, rate_per_s=10.0, steps=steps)
    windows = story(design, Scenario(traffic=(traffic,), duration_s=400.0, window_s=10.0))
    cold = [window["nodes"]["fn"]["cold_starts"] for window in windows]
    p99 = [window["entry_points"]["users"]["caller_latency_ms"]["p99"] for window in windows]
    assert cold[10] > 80
    assert sum(cold[11:30]) < 0.2 * cold[10]
    assert p99[10] > 1000.0 > p99[12]
    assert sum(cold[30:33]) < 0.3 * cold[10], "the environments of the first spike are still warm"
