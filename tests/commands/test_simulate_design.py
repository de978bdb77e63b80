"""``manage.py simulate_design``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import Command


def test_the_summary_is_printed_as_json(command: Command, orders_file: Path) -> None:
    result = command("simulate_design", orders_file, "--format", "json")
    assert (result.code, result.err) == (0, "")
    summary = json.loads(result.out)
    assert (summary["format"], summary["status"], summary["seed"]) == ("windtunnel-result", "finished", 7)
    assert summary["duration_s"] == 20
    assert 300 < summary["entry_points"]["users"]["requests"] < 500
    assert set(summary["nodes"]) >= {"api", "orders", "table"}
    assert summary["cost"]["total_usd"] > 0


def test_the_same_seed_gives_the_same_bytes_in_another_process(command_process: Command, orders_file: Path) -> None:
    first = command_process("simulate_design", orders_file, "--seed", 5, "--format", "json")
    second = command_process("simulate_design", orders_file, "--seed", 5, "--format", "json")
    assert (first.code, first.err) == (0, "")
    assert first.out == second.out


def test_another_seed_gives_another_result(command: Command, orders_file: Path) -> None:
    one = json.loads(command("simulate_design", orders_file, "--seed", 1, "--format", "json").out)
    two = json.loads(command("simulate_design", orders_file, "--seed", 2, "--format", "json").out)
    assert (one["seed"], two["seed"]) == (1, 2)
    assert one["entry_points"] != two["entry_points"]


def test_a_scenario_file_replaces_the_designs_own(command: Command, orders_file: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.json"
    scenario.write_text(
        json.dumps({"duration_s": 10, "traffic": [{"entry": "users", "pattern": "constant", "rate_per_s": 100}]})
    )
    summary = json.loads(command("simulate_design", orders_file, "--scenario", scenario, "--format", "json").out)
    assert summary["duration_s"] == 10
    assert summary["entry_points"]["users"]["requests"] == pytest.approx(1000, abs=1)


def test_text_names_nodes_errors_and_cost(command: Command, orders_file: Path) -> None:
    result = command("simulate_design", orders_file)
    assert result.code == 0
    for word in ("Orders: 20 s simulated, seed 7", "Entry point", "users", "p99 ms", "api -> orders", "total"):
        assert word in result.out


def test_prices_of_ones_own_are_counted_with_and_named(command: Command, orders_file: Path, tmp_path: Path) -> None:
    prices = tmp_path / "prices.json"
    prices.write_text(json.dumps({"prices": {"lambda.requests": [{"up_to": None, "price_usd": 400}]}}))
    result = command("simulate_design", orders_file, "--prices", prices)
    (line,) = (line for line in result.out.splitlines() if "Requests (own price)" in line)
    assert line.startswith("orders")
    prices.write_text(json.dumps({"prices": {"lambda.requests": [{"up_to": None, "price_usd": -1}]}}))
    refused = command("simulate_design", orders_file, "--prices", prices)
    assert (refused.code, refused.out) == (2, "")
    assert f"{prices}: prices.lambda.requests[0].price_usd: must be a number from 0 to 1,000,000" in refused.err


@pytest.mark.parametrize(
    ("scenario", "place"),
    [
        ({"traffic": [{"entry": "users", "rate_per_s": 900_000}], "duration_s": 86_400}, "100,000,000"),
        ({"traffic": [{"entry": "users", "rate_per_s": -1}]}, "traffic[0].rate_per_s"),
        ({"traffic": [{"entry": "nobody"}]}, "nobody"),
        ({"duration_s": 1e12}, "duration_s"),
        ({"seed": "seven"}, "seed"),
        ({"version": 2}, "version"),
    ],
)
def test_a_scenario_that_cannot_be_run_is_refused(
    command: Command, orders_file: Path, tmp_path: Path, scenario: dict[str, object], place: str
) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(scenario))
    result = command("simulate_design", orders_file, "--scenario", path)
    assert (result.code, result.out) == (2, "")
    assert place in result.err
    assert len(result.err.splitlines()) == 1


def test_a_scenario_with_nan_is_refused(command: Command, orders_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "scenario.json"
    path.write_text('{"duration_s": NaN}')
    result = command("simulate_design", orders_file, "--scenario", path)
    assert (result.code, result.err) == (2, f"{path}: holds NaN, which is not JSON\n")


def test_many_files_give_a_line_each(command: Command, orders_file: Path, template_file: Path) -> None:
    result = command("simulate_design", orders_file, template_file, "missing.json")
    assert result.code == 2
    orders, template, missing = result.lines()
    assert (orders["ok"], template["ok"], missing["ok"]) == (True, True, False)
    assert isinstance(orders["counts"], dict)
    assert set(orders["counts"]) == {"nodes", "edges", "requests", "completions", "errors", "events"}
    assert orders["counts"]["requests"] > 300


def test_a_negative_seed_is_refused(command: Command, orders_file: Path) -> None:
    assert command("simulate_design", orders_file, "--seed=-1").code == 2
