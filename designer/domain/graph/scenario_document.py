"""Scenarios as plain JSON values, both ways (``docs/scenario-format.md``)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from designer.domain.graph.scenario import MAXIMUM_DURATION_S, MAXIMUM_RATE_PER_S, Pattern, Scenario, Traffic

SCENARIO_VERSION: Final = 1
_KNOWN = ("id", "name", "traffic", "duration_s", "window_s", "seed", "account_concurrency", "version", "format")


class ScenarioError(ValueError):
    """The JSON is not a scenario. ``path`` names the place, e.g. ``traffic[0].rate_per_s``."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}" if path else problem)


def scenario_to_json(scenario: Scenario) -> dict[str, object]:
    """The scenario as JSON values; fields that are not set are left out."""
    return {
        "version": SCENARIO_VERSION,
        "id": scenario.id,
        "name": scenario.name,
        "duration_s": scenario.duration_s,
        "window_s": scenario.window_s,
        "seed": scenario.seed,
        "account_concurrency": scenario.account_concurrency,
        "traffic": [_traffic_to_json(traffic) for traffic in scenario.traffic],
        **dict(scenario.extra),
    }


def _traffic_to_json(traffic: Traffic) -> dict[str, object]:
    data: dict[str, object] = {
        "entry": traffic.entry,
        "pattern": traffic.pattern.value,
        "rate_per_s": traffic.rate_per_s,
    }
    for key in ("peak_rate_per_s", "spike_start_s", "spike_duration_s"):
        value = getattr(traffic, key)
        if value is not None:
            data[key] = value
    return data


def scenario_from_json(data: object) -> Scenario:
    """Read a scenario. Raises :class:`ScenarioError` naming the first bad field."""
    if not isinstance(data, Mapping):
        raise ScenarioError("", "a scenario must be an object")
    version = data.get("version", SCENARIO_VERSION)
    if version != SCENARIO_VERSION:
        raise ScenarioError("version", f"is {version!r}, but this program reads version {SCENARIO_VERSION}")
    duration_s = _number(data, "duration_s", 300.0, least=1.0, most=MAXIMUM_DURATION_S)
    window_s = _number(data, "window_s", default_window_s(duration_s), least=0.1, most=3600.0)
    if duration_s / window_s > 20_000:
        raise ScenarioError(
            "window_s", f"gives {duration_s / window_s:,.0f} windows; the most is 20,000: make it longer"
        )
    traffic = data.get("traffic", [])
    if not isinstance(traffic, Sequence) or isinstance(traffic, str | bytes):
        raise ScenarioError("traffic", "must be a list")
    if len(traffic) > 100:
        raise ScenarioError("traffic", f"has {len(traffic)} entries; the most is 100")
    return Scenario(
        id=_text(data, "id", "default"),
        name=_text(data, "name", "Default"),
        traffic=tuple(_traffic(item, f"traffic[{position}]") for position, item in enumerate(traffic)),
        duration_s=duration_s,
        window_s=window_s,
        seed=_whole(data, "seed", 1, most=2**63 - 1),
        account_concurrency=_whole(data, "account_concurrency", 1000, most=1_000_000),
        extra=tuple(sorted((str(key), value) for key, value in data.items() if key not in _KNOWN)),
    )


def default_window_s(duration_s: float) -> float:
    """A window length that gives 60 to 600 windows: 1, 5, 10, 60 or 300 s."""
    for window_s in (1.0, 5.0, 10.0, 60.0):
        if duration_s / window_s <= 600:
            return window_s
    return 300.0


def _traffic(data: object, path: str) -> Traffic:
    if not isinstance(data, Mapping):
        raise ScenarioError(path, "must be an object")
    entry = data.get("entry")
    if not isinstance(entry, str) or not entry:
        raise ScenarioError(f"{path}.entry", "must name the node where the requests begin")
    pattern = data.get("pattern", Pattern.POISSON.value)
    try:
        shape = Pattern(pattern)
    except ValueError:
        allowed = ", ".join(member.value for member in Pattern)
        raise ScenarioError(f"{path}.pattern", f"is {pattern!r}; it must be one of {allowed}") from None
    traffic = Traffic(
        entry=entry,
        pattern=shape,
        rate_per_s=_number(data, "rate_per_s", 10.0, path=path, most=MAXIMUM_RATE_PER_S),
        peak_rate_per_s=_optional(data, "peak_rate_per_s", path, MAXIMUM_RATE_PER_S),
        spike_start_s=_optional(data, "spike_start_s", path, MAXIMUM_DURATION_S),
        spike_duration_s=_optional(data, "spike_duration_s", path, MAXIMUM_DURATION_S),
    )
    if shape in (Pattern.RAMP, Pattern.SPIKE) and traffic.peak_rate_per_s is None:
        raise ScenarioError(f"{path}.peak_rate_per_s", f"is needed for the pattern {shape.value!r}")
    return traffic


def _whole(data: Mapping[str, object], key: str, default: int, *, most: int) -> int:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ScenarioError(key, f"must be a whole number from 0 to {most:,}")
    return value


def _text(data: Mapping[str, object], key: str, default: str) -> str:
    value = data.get(key, default)
    if not isinstance(value, str) or not value or len(value) > 200:
        raise ScenarioError(key, "must be text of 1 to 200 characters")
    return value


def _optional(data: Mapping[str, object], key: str, path: str, most: float) -> float | None:
    return None if data.get(key) is None else _number(data, key, 0.0, path=path, most=most)


def _number(
    data: Mapping[str, object], key: str, default: float, *, path: str = "", least: float = 0.0, most: float
) -> float:
    value = data.get(key, default)
    place = f"{path}.{key}" if path else key
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ScenarioError(place, "must be a finite number")
    if not least <= value <= most:
        raise ScenarioError(place, f"is {value:g}; it must be from {least:g} to {most:,.0f}")
    return float(value)
