"""Tables: what each call takes, capacity that follows its use, indexes that hold writes back."""

from __future__ import annotations

import pytest

from designer.domain.graph.scenario import Fault, FaultKind, Scenario
from simulator.engine.overrides import Overrides
from simulator.engine.results import Summary, Window
from simulator.engine.simulation import Simulation, simulate
from tests.simulator.engine.designs import Made, Parameters, Run, draw_design

STEADY: Parameters = {"pattern": "constant", "rate_per_s": 20}


def table(settings: Parameters, rate: float, minutes: int, **scenario: object) -> tuple[Summary, list[Window]]:
    """A table that is written to, with its windows of one minute."""
    windows: list[Window] = []
    steady: Parameters = {"pattern": "constant", "rate_per_s": rate}
    nodes: Made = {"users": ("client", steady), "table": ("dynamodb", settings)}
    design = draw_design(nodes, [("users", "table", "api")])
    wanted = Scenario(duration_s=60.0 * minutes, window_s=60.0, **scenario)  # type: ignore[arg-type]
    return simulate(design, wanted, windows.append), windows


def written(windows: list[Window]) -> list[int]:
    """Writes that worked in each minute."""
    return [window["nodes"]["table"]["completions"] for window in windows]


@pytest.mark.parametrize(
    ("call", "units"),
    [
        ({"action": "GetItem"}, 1.0),
        ({"action": "GetItem", "consistent_read": True}, 2.0),
        ({"action": "GetItem", "transactional": True}, 4.0),
        ({"action": "PutItem"}, 5.0),
        ({"action": "PutItem", "transactional": True}, 10.0),
        ({"action": "Query"}, 62.5),
        ({"action": "Query", "consistent_read": True}, 125.0),
    ],
)
def test_a_call_takes_the_units_of_its_size_and_kind(run: Run, call: Parameters, units: float) -> None:
    """An item of 5 KB is two steps of 4 KB for reads and five of 1 KB for writes; a page holds a hundred of them."""
    nodes = {"users": ("client", STEADY), "table": ("dynamodb", {"item_kb": 5})}
    summary = run(nodes, [("users", "table", "api", call)])
    used = sum(line["quantity"] for line in summary["cost"]["lines"] if line["node"] == "table")
    assert used * 1e6 / summary["nodes"]["table"]["completions"] == pytest.approx(units, rel=0.01)


PROVISIONED: Parameters = {"billing_mode": "provisioned", "write_capacity_units": 10, "read_capacity_units": 1}


def test_auto_scaling_adds_capacity_minutes_after_the_burst_is_used_up() -> None:
    """35 writes/s at 10 units/s use up 3,000 saved units in two minutes; then only 10/s work until more is there."""
    fixed, windows = table(PROVISIONED, 35, 12)
    assert written(windows)[3:] == pytest.approx([600] * 9, abs=5)
    scaled, windows = table({**PROVISIONED, "auto_scaling_percent": 70}, 35, 12)
    assert written(windows)[:2] == pytest.approx([35 * 60] * 2, rel=0.02), "saved capacity bridges the first minutes"
    assert written(windows)[-1] == 35 * 60
    assert scaled["nodes"]["table"]["throttles"] < fixed["nodes"]["table"]["throttles"] / 3
    assert windows[-1]["nodes"]["table"]["utilisation"] == pytest.approx(0.7, abs=0.02)


def test_auto_scaling_stays_within_its_bounds_and_is_billed_by_what_there_was() -> None:
    bounded: Parameters = {**PROVISIONED, "auto_scaling_percent": 70, "auto_scaling_most": 20}
    summary, windows = table(bounded, 35, 60)
    assert written(windows)[-1] == pytest.approx(20 * 60, rel=0.02)
    lines = {line["rate"]: line["quantity"] for line in summary["cost"]["lines"] if line["node"] == "table"}
    assert lines["dynamodb.write_capacity"] == pytest.approx(20, abs=1)
    idle, windows = table({**PROVISIONED, "write_capacity_units": 400, "auto_scaling_percent": 50}, 10, 60)
    lines = {line["rate"]: line["quantity"] for line in idle["cost"]["lines"] if line["node"] == "table"}
    assert lines["dynamodb.write_capacity"] == pytest.approx(400 * 16.5 / 60 + 20 * 43.5 / 60, rel=0.05), "15 min + 1"
    assert windows[-1]["nodes"]["table"]["utilisation"] == pytest.approx(0.5, abs=0.02)


def test_a_quota_cut_lasts_while_auto_scaling_changes_the_capacity() -> None:
    cut = Fault(FaultKind.QUOTA_CUT, "table", start_s=0.0, duration_s=1200.0, amount=50.0)
    settings: Parameters = {**PROVISIONED, "auto_scaling_percent": 70, "auto_scaling_most": 20}
    _, windows = table(settings, 35, 24, faults=(cut,))
    assert written(windows)[18] == pytest.approx(10 * 60, rel=0.05)
    assert written(windows)[-1] == pytest.approx(20 * 60, rel=0.05)


def test_an_on_demand_table_doubles_its_peak_once_in_half_an_hour() -> None:
    """Scaled down by the account's own quota of a new table, so that the run is short: 4 units/s to begin with."""
    windows: list[Window] = []
    own = Overrides(quotas={"dynamodb.on_demand_write": 4.0})
    design = draw_design(
        {"users": ("client", {"pattern": "constant", "rate_per_s": 12}), "table": "dynamodb"},
        [("users", "table", "api")],
    )
    simulation = Simulation(design, Scenario(duration_s=3900.0, window_s=60.0), own)
    while not simulation.finished:
        windows += simulation.advance()
    assert written(windows)[28] == pytest.approx(240, abs=4)
    assert written(windows)[32] == pytest.approx(480, abs=4)
    assert written(windows)[-1] == pytest.approx(720, abs=4)


def test_a_warmed_table_on_demand_takes_more_from_the_start(run: Run) -> None:
    def refused(**settings: int) -> int:
        nodes = {"users": ("client", {"pattern": "constant", "rate_per_s": 60}), "table": ("dynamodb", settings)}
        return run(nodes, [("users", "table", "api")], duration_s=10.0)["nodes"]["table"]["throttles"]

    assert refused(item_kb=100) == pytest.approx(60 * 10 - 40 * 11, abs=2)
    assert refused(item_kb=100, warm_write_units=6_000) == 0


def test_an_index_with_less_capacity_than_the_table_holds_its_writes_back() -> None:
    plenty: Parameters = {**PROVISIONED, "write_capacity_units": 100, "global_indexes": 1}
    free, _ = table(plenty, 20, 2)
    assert free["nodes"]["table"]["throttles"] == 0
    held, _ = table({**plenty, "index_write_capacity_units": 2}, 20, 2)
    assert held["nodes"]["table"]["completions"] == pytest.approx(2 * 300 + 2 * 120, rel=0.02)


def test_an_index_key_of_few_values_makes_a_hot_partition_of_the_index(run: Run) -> None:
    """An index over a status with two values takes 2 x 1,000 writes a second."""
    nodes = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 3000}),
        "table": ("dynamodb", {"global_indexes": 1, "index_keys": 2}),
    }
    summary = run(nodes, [("users", "table", "api")], duration_s=10.0)
    assert summary["nodes"]["table"]["completions"] == pytest.approx(2000 * 11, rel=0.02)
    assert set(summary["nodes"]["table"]["errors"]) == {"capacity_exceeded"}
