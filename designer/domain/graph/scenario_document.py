"""Scenarios as plain JSON values, both ways (``docs/scenario-format.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.graph.fault_document import breaker, breaker_to_json, fault, fault_to_json
from designer.domain.graph.scenario import MAXIMUM_DURATION_S, Scenario
from designer.domain.graph.scenario_fields import ScenarioError, items, number, text, whole
from designer.domain.graph.traffic_document import traffic, traffic_to_json

__all__ = ["SCENARIO_VERSION", "ScenarioError", "default_window_s", "scenario_from_json", "scenario_to_json"]

SCENARIO_VERSION: Final = 1
LONGEST_WINDOW_S: Final = 86_400.0
MOST_WINDOWS: Final = 20_000
MOST_TRAFFIC: Final = 100
MOST_FAULTS: Final = 100
_KNOWN = ("id", "name", "traffic", "duration_s", "window_s", "seed", "account_concurrency", "version", "format")
_KNOWN_LATER = ("warm_up_s", "faults", "breakers")
_WINDOWS_S: Final = (1.0, 5.0, 10.0, 60.0, 300.0, 1800.0)


def scenario_to_json(scenario: Scenario) -> dict[str, object]:
    """The scenario as JSON values; fields that are not set are left out."""
    data: dict[str, object] = {
        "version": SCENARIO_VERSION,
        "id": scenario.id,
        "name": scenario.name,
        "duration_s": scenario.duration_s,
        "window_s": scenario.window_s,
        "seed": scenario.seed,
        "account_concurrency": scenario.account_concurrency,
        "traffic": [traffic_to_json(each) for each in scenario.traffic],
    }
    if scenario.warm_up_s:
        data["warm_up_s"] = scenario.warm_up_s
    if scenario.faults:
        data["faults"] = [fault_to_json(each) for each in scenario.faults]
    if scenario.breakers:
        data["breakers"] = [breaker_to_json(each) for each in scenario.breakers]
    return {**data, **dict(scenario.extra)}


def scenario_from_json(data: object) -> Scenario:
    """Read a scenario. Raises :class:`ScenarioError` naming the first bad field."""
    if not isinstance(data, Mapping):
        raise ScenarioError("", "a scenario must be an object")
    version = data.get("version", SCENARIO_VERSION)
    if version != SCENARIO_VERSION:
        raise ScenarioError("version", f"is {version!r}, but this program reads version {SCENARIO_VERSION}")
    duration_s = number(data, "duration_s", 300.0, least=1.0, most=MAXIMUM_DURATION_S)
    window_s = number(data, "window_s", default_window_s(duration_s), least=0.1, most=LONGEST_WINDOW_S)
    if duration_s / window_s > MOST_WINDOWS:
        raise ScenarioError(
            "window_s", f"gives {duration_s / window_s:,.0f} windows; the most is {MOST_WINDOWS:,}: make it longer"
        )
    warm_up_s = number(data, "warm_up_s", 0.0, most=MAXIMUM_DURATION_S)
    if warm_up_s >= duration_s:
        raise ScenarioError("warm_up_s", f"is {warm_up_s:g} s, but the run ends after {duration_s:g} s")
    return Scenario(
        id=text(data, "id", "default"),
        name=text(data, "name", "Default"),
        traffic=tuple(traffic(item, path) for path, item in items(data, "traffic", MOST_TRAFFIC)),
        duration_s=duration_s,
        window_s=window_s,
        seed=whole(data, "seed", 1, most=2**63 - 1),
        account_concurrency=whole(data, "account_concurrency", 1000, most=1_000_000),
        warm_up_s=warm_up_s,
        faults=tuple(fault(item, path) for path, item in items(data, "faults", MOST_FAULTS)),
        breakers=tuple(breaker(item, path) for path, item in items(data, "breakers", MOST_FAULTS)),
        extra=tuple(sorted(_unknown(data).items())),
    )


def _unknown(data: Mapping[str, object]) -> dict[str, object]:
    return {str(key): value for key, value in data.items() if key not in _KNOWN and key not in _KNOWN_LATER}


def default_window_s(duration_s: float) -> float:
    """A window length that gives 60 to 600 windows, 720 at most: 1, 5, 10 or 60 s, 5 min, half an hour or an hour."""
    for window_s in _WINDOWS_S:
        if duration_s / window_s <= 600:
            return window_s
    return 3600.0
