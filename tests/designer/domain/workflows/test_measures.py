"""Waits and events of the longest way through a definition."""

from __future__ import annotations

import json
import time

import pytest

from designer.domain.workflows.analysis import analyse
from designer.domain.workflows.machine import Machine
from designer.domain.workflows.measures import fixed_wait_s, history_events, item_counts


def machine(states: dict[str, dict[str, object]]) -> Machine:
    found = analyse(json.dumps({"StartAt": next(iter(states)), "States": states}))
    assert found.errors == ()
    assert found.machine is not None
    return found.machine


def test_the_longer_of_two_ways_counts_and_a_way_back_does_not() -> None:
    choices = [
        {"Variable": "$.a", "IsNull": True, "Next": "Long"},
        {"Variable": "$.b", "IsNull": True, "Next": "Again"},
    ]
    found = machine(
        {
            "Again": {"Type": "Wait", "Seconds": 5, "Next": "Ask"},
            "Ask": {"Type": "Choice", "Choices": choices, "Default": "Short"},
            "Long": {"Type": "Wait", "Seconds": 60, "Next": "Short"},
            "Short": {"Type": "Wait", "Seconds": 1, "End": True},
        }
    )
    assert fixed_wait_s(found) == 66


def test_branches_count_side_by_side_for_the_time_and_together_for_the_history() -> None:
    branch = {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 7, "End": True}}}
    other = {"StartAt": "V", "States": {"V": {"Type": "Wait", "Seconds": 3, "End": True}}}
    found = machine({"Both": {"Type": "Parallel", "Branches": [branch, other], "End": True}})
    assert fixed_wait_s(found) == 7
    assert history_events(found, lambda _: 0) == 2 + 2 + 2


@pytest.mark.parametrize(
    ("single", "expected"), [(None, 2 + 20 * (2 + 2)), ('{"Each": 3}', 2 + 3 * (2 + 2)), ("[", 82)]
)
def test_each_item_of_a_map_is_in_the_history(single: str | None, expected: int) -> None:
    inner = {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}
    found = machine({"Each": {"Type": "Map", "ItemProcessor": inner, "End": True}})
    assert history_events(found, item_counts(20, single)) == expected


def test_a_long_chain_of_states_is_no_trouble() -> None:
    states: dict[str, dict[str, object]] = {
        f"s{n}": {"Type": "Wait", "Seconds": 1, "Next": f"s{n + 1}"} for n in range(5_000)
    }
    states["s5000"] = {"Type": "Succeed"}
    begin = time.perf_counter()
    assert fixed_wait_s(machine(states)) == 5_000
    assert time.perf_counter() - begin < 5
