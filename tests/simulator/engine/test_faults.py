"""Faults on a timeline, and what viewers do while a run goes on."""

from __future__ import annotations

import json

import pytest

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Fault, FaultKind, Pattern, Scenario, Traffic
from simulator.engine.faults import possible_faults
from simulator.engine.lowering.whole_design import lower
from simulator.engine.results import Summary, Window
from simulator.engine.simulation import Simulation, SimulationRefused, simulate
from tests.simulator.engine.designs import Arrow, Made, draw_design

FN = ("lambda", {"memory_mb": 1769, "wait_ms": 20, "cpu_ms": 0, "duration_variation": 0})
STEADY = (Traffic("users", Pattern.CONSTANT, rate_per_s=50),)


@pytest.fixture
def design() -> Design:
    nodes: Made = {
        "users": ("client", {"timeout_s": 5}),
        "fn": FN,
        "table": "dynamodb",
        "queue": ("sqs_standard", {"visibility_timeout_s": 10}),
        "worker": FN,
        "dead": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "fn", "invoke"),
        ("fn", "table", "api"),
        ("fn", "queue", "send_message"),
        ("queue", "worker", "event_source_mapping"),
        ("queue", "dead", "redrive", {"max_receive_count": 3}),
    ]
    return draw_design(nodes, arrows)


def run(design: Design, *faults: Fault, duration_s: float = 60.0) -> tuple[Summary, list[Window]]:
    windows: list[Window] = []
    scenario = Scenario(traffic=STEADY, duration_s=duration_s, window_s=10.0, faults=faults)
    return simulate(design, scenario, windows.append), windows


def test_an_error_rate_fails_that_share_while_it_lasts(design: Design) -> None:
    _, windows = run(design, Fault(FaultKind.ERRORS, "table", 20.0, 20.0, 30.0))
    shares = [sum(w["nodes"]["table"]["errors"].values()) / w["nodes"]["table"]["arrivals"] for w in windows]
    assert shares[:2] == [0.0, 0.0]
    assert shares[2:4] == pytest.approx([0.3, 0.3], abs=0.07)
    assert shares[4:] == [0.0, 0.0]


def test_only_what_can_happen_to_a_node_is_offered_for_it(design: Design) -> None:
    possible = possible_faults(lower(design, Scenario())[0])
    calls = {FaultKind.ERRORS, FaultKind.LATENCY, FaultKind.THROTTLE, FaultKind.DOWN}
    assert possible["users"] == []
    assert set(possible["fn"]) == calls | {FaultKind.COLD, FaultKind.SLOW, FaultKind.QUOTA_CUT}
    assert set(possible["worker"]) == set(possible["fn"]) | {FaultKind.POISON}
    assert set(possible["queue"]) == calls | {FaultKind.POISON}
    assert set(possible["table"]) == calls | {FaultKind.QUOTA_CUT}


@pytest.mark.parametrize(
    ("node", "kind", "reason"),
    [
        ("table", FaultKind.SLOW, "no work of its own"),
        ("table", FaultKind.COLD, "no cache"),
        ("fn", FaultKind.ZONE_LOSS, "several"),
        ("queue", FaultKind.QUOTA_CUT, "could be cut"),
        ("users", FaultKind.ERRORS, "something that it calls"),
    ],
)
def test_a_fault_that_cannot_happen_is_refused_with_the_reason(
    design: Design, node: str, kind: FaultKind, reason: str
) -> None:
    with pytest.raises(SimulationRefused, match=reason):
        run(design, Fault(kind, node, amount=50.0))


def test_an_error_rate_of_a_function_fails_invocations_that_are_billed(design: Design) -> None:
    summary, _ = run(design, Fault(FaultKind.ERRORS, "fn", amount=50.0))
    fn = summary["nodes"]["fn"]
    assert fn["errors"]["function_error"] / fn["arrivals"] == pytest.approx(0.5, abs=0.05)
    assert "injected_error" not in fn["errors"]


def test_added_latency_reaches_the_caller(design: Design) -> None:
    before, _ = run(design)
    after, _ = run(design, Fault(FaultKind.LATENCY, "table", amount=700.0))
    added = (
        after["entry_points"]["users"]["caller_latency_ms"]["p50"]
        - before["entry_points"]["users"]["caller_latency_ms"]["p50"]
    )
    assert added == pytest.approx(700.0, rel=0.05)


def test_throttling_is_counted_as_throttling(design: Design) -> None:
    summary, _ = run(design, Fault(FaultKind.THROTTLE, "table", amount=20.0))
    table = summary["nodes"]["table"]
    assert table["throttles"] / table["arrivals"] == pytest.approx(0.2, abs=0.04)


def test_a_service_that_is_down_answers_nobody(design: Design) -> None:
    summary, windows = run(design, Fault(FaultKind.DOWN, "queue", 30.0, 10.0))
    assert windows[3]["nodes"]["queue"]["arrivals"] == 0
    assert windows[5]["nodes"]["queue"]["arrivals"] > 400
    assert summary["entry_points"]["users"]["errors"] == {"dependency_error": pytest.approx(500, abs=3)}


def test_a_slow_consumer_falls_behind(design: Design) -> None:
    summary, _ = run(design, Fault(FaultKind.SLOW, "worker", 10.0, None, 1000.0))
    assert summary["nodes"]["queue"]["queue_depth"] + summary["nodes"]["queue"]["in_flight"] > 1000


def test_lost_environments_start_cold_again(design: Design) -> None:
    before, _ = run(design)
    after, windows = run(design, Fault(FaultKind.COLD, "fn", 30.0))
    assert windows[3]["nodes"]["fn"]["cold_starts"] >= 1
    assert windows[2]["nodes"]["fn"]["cold_starts"] == 0
    assert after["nodes"]["fn"]["cold_starts"] > before["nodes"]["fn"]["cold_starts"]


def test_a_quota_cut_throttles_until_it_is_over(design: Design) -> None:
    _, windows = run(design, Fault(FaultKind.QUOTA_CUT, "fn", 20.0, 20.0, 99.9))
    throttled = [window["nodes"]["fn"]["throttles"] > 0 for window in windows]
    assert throttled == [False, False, True, True, False, False]


def test_a_poison_message_is_tried_until_it_goes_to_the_dead_letter_queue(design: Design) -> None:
    summary, _ = run(design, Fault(FaultKind.POISON, "queue", 10.0, None, 1.0), duration_s=120.0)
    assert summary["nodes"]["dead"]["arrivals"] >= 1
    assert summary["nodes"]["worker"]["errors"]["function_error"] == 3


def test_the_function_may_be_named_instead_of_the_queue_that_it_reads(design: Design) -> None:
    summary, _ = run(design, Fault(FaultKind.POISON, "worker", 10.0, None, 1.0), duration_s=120.0)
    assert summary["nodes"]["worker"]["errors"]["function_error"] == 3


def test_faults_of_the_same_node_add_up_and_end_by_themselves(design: Design) -> None:
    twice = (Fault(FaultKind.ERRORS, "table", 0.0, 20.0, 50.0), Fault(FaultKind.ERRORS, "table", 10.0, 20.0, 50.0))
    _, windows = run(design, *twice)
    shares = [sum(w["nodes"]["table"]["errors"].values()) / w["nodes"]["table"]["arrivals"] for w in windows]
    assert shares[:4] == pytest.approx([0.5, 0.75, 0.5, 0.0], abs=0.07)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(FaultKind.DOWN, "gone"), "'gone'"),
        (Fault(FaultKind.POISON, "table", amount=1.0), "no queue"),
        (Fault(FaultKind.ZONE_LOSS, "table", amount=33.0), "several"),
    ],
)
def test_a_fault_that_cannot_happen_is_refused(design: Design, fault: Fault, words: str) -> None:
    with pytest.raises(SimulationRefused, match=words):
        Simulation(design, Scenario(traffic=STEADY, faults=(fault,)))


def played(design: Design, *, slices_ms: float = 1000.0) -> tuple[Simulation, list[Window]]:
    """A run in which a viewer doubles the load, breaks the table and mends it again."""
    simulation = Simulation(design, Scenario(traffic=STEADY, duration_s=60.0, window_s=1.0))
    windows: list[Window] = []
    for until_s, act in (
        (10.5, lambda: simulation.set_load_factor(2.0)),
        (20.25, lambda: simulation.inject("mine", Fault(FaultKind.DOWN, "table"))),
        (30.75, lambda: simulation.lift("mine")),
        (1000.0, lambda: None),
    ):
        while simulation.now_s < until_s and not simulation.finished:
            windows += simulation.advance(slices_ms, until_s)
        act()
    return simulation, windows


def test_a_viewer_changes_the_load_and_breaks_things_while_it_runs(design: Design) -> None:
    _, windows = played(design)
    requests = [window["entry_points"]["users"]["requests"] for window in windows]
    assert requests[9] == pytest.approx(50, abs=1)
    assert requests[11] == pytest.approx(100, abs=1)
    assert not windows[19]["nodes"]["table"]["errors"]
    assert windows[25]["nodes"]["table"]["errors"]["dependency_down"] == pytest.approx(100, abs=3)
    assert not windows[32]["nodes"]["table"]["errors"]


def test_what_a_viewer_did_is_recorded_and_gives_the_same_run_again(design: Design) -> None:
    simulation, windows = played(design)
    summary = simulation.summary()
    assert [(action["at_s"], action["kind"]) for action in summary["actions"]] == [
        (10.5, "load"),
        (20.25, "inject"),
        (30.75, "lift"),
    ]
    again = Simulation(design, Scenario(traffic=STEADY, duration_s=60.0, window_s=1.0), actions=summary["actions"])
    repeated: list[Window] = []
    while not again.finished:
        repeated += again.advance(wall_ms=1000)
    assert json.dumps(repeated) == json.dumps(windows)
    assert json.dumps(again.summary()) == json.dumps(summary)


def test_a_run_does_not_go_beyond_the_second_that_it_may(design: Design) -> None:
    simulation = Simulation(design, Scenario(traffic=STEADY, duration_s=60.0, window_s=1.0))
    windows = simulation.advance(wall_ms=10_000, until_s=12.5)
    assert simulation.now_s == 12.5
    assert len(windows) == 12
    assert simulation.advance(wall_ms=10_000, until_s=12.5) == []


@pytest.mark.parametrize("factor", [-1.0, float("nan"), 1e9])
def test_an_absurd_load_is_refused_while_it_runs(design: Design, factor: float) -> None:
    simulation = Simulation(design, Scenario(traffic=STEADY))
    with pytest.raises(SimulationRefused, match="load factor"):
        simulation.set_load_factor(factor)


@pytest.mark.point("LAM-10")
def test_sampled_requests_carry_their_steps(design: Design) -> None:
    summary, _ = run(design, Fault(FaultKind.ERRORS, "table", amount=10.0))
    traces = summary["traces"]
    assert 10 < len(traces) <= 40
    assert any(trace["status"] == "dependency_error" for trace in traces)
    first = traces[0]
    assert first["entry"] == "users"
    assert {span["node"] for span in first["spans"]} >= {"users", "fn", "table"}
    assert any(span["kind"] == "cold_start" for span in first["spans"])
    whole = next(trace for trace in traces if {span["node"] for span in trace["spans"]} >= {"queue", "worker"})
    wait = next(span for span in whole["spans"] if span["kind"] == "wait")
    assert wait["node"] == "queue"
    assert whole["journey_ms"] > whole["caller_ms"]
    for span in whole["spans"]:
        assert 0.0 <= span["start_ms"] <= span["end_ms"] <= whole["journey_ms"]


def test_steps_of_a_call_lie_within_those_of_its_caller(design: Design) -> None:
    summary, _ = run(design)
    for trace in summary["traces"]:
        fn = next(span for span in trace["spans"] if span["node"] == "fn" and span["kind"] == "stay")
        table = next(span for span in trace["spans"] if span["node"] == "table")
        assert fn["start_ms"] <= table["start_ms"] <= table["end_ms"] <= fn["end_ms"]
        assert table["depth"] == fn["depth"] + 1
