"""The traffic of a scenario as plain JSON values, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.graph.scenario import (
    MAXIMUM_DURATION_S,
    MAXIMUM_KEYS,
    MAXIMUM_RATE_PER_S,
    MAXIMUM_USERS,
    NEEDS_PEAK,
    Pattern,
    Traffic,
)
from designer.domain.graph.scenario_fields import (
    ScenarioError,
    finite,
    items,
    mapping,
    number,
    optional,
    place,
    text,
    whole,
)
from designer.domain.graph.trace import TraceError, read_trace

LONGEST_TRACE: Final = 4_000_000
MOST_STEPS: Final = 1000
OPTIONAL_FIGURES: Final = {
    "peak_rate_per_s": (0.0, MAXIMUM_RATE_PER_S),
    "spike_start_s": (0.0, MAXIMUM_DURATION_S),
    "spike_duration_s": (0.0, MAXIMUM_DURATION_S),
    "users": (0.0, MAXIMUM_USERS),
    "peak_users": (0.0, MAXIMUM_USERS),
    "think_time_s": (0.0, 86_400.0),
    "period_s": (60.0, MAXIMUM_DURATION_S),
    "peak_at_s": (0.0, MAXIMUM_DURATION_S),
    "burst_s": (0.1, MAXIMUM_DURATION_S),
    "calm_s": (0.1, MAXIMUM_DURATION_S),
    "payload_kb": (0.0, 5_000_000.0),
}
"""Least and most of the figures that may be left out."""
_DEFAULTS: Final = Traffic("")


def traffic_to_json(traffic: Traffic) -> dict[str, object]:
    """The traffic as JSON values; fields that are not set are left out."""
    data: dict[str, object] = {
        "entry": traffic.entry,
        "pattern": traffic.pattern.value,
        "rate_per_s": traffic.rate_per_s,
    }
    for key in (*OPTIONAL_FIGURES, "schedule", "requests", "trace", "keys", "zipf"):
        value = getattr(traffic, key)
        if value is not None and value != getattr(_DEFAULTS, key):
            data[key] = value
    if traffic.steps:
        data["steps"] = [{"from_s": second, "value": value} for second, value in traffic.steps]
    if traffic.mix:
        data["mix"] = dict(traffic.mix)
    return data


def traffic(given: object, path: str) -> Traffic:
    """Read the traffic of one entry. Raises :class:`ScenarioError` naming the first bad field."""
    data = mapping(given, path)
    entry = data.get("entry")
    if not isinstance(entry, str) or not entry:
        raise ScenarioError(f"{path}.entry", "must name the node where the requests begin")
    figures = {key: optional(data, key, path, most, least=least) for key, (least, most) in OPTIONAL_FIGURES.items()}
    keys = None if data.get("keys") is None else whole(data, "keys", 1, path=path, least=1, most=MAXIMUM_KEYS)
    found = Traffic(
        entry=entry,
        pattern=_pattern(data, path),
        rate_per_s=number(data, "rate_per_s", 10.0, path=path, most=MAXIMUM_RATE_PER_S),
        steps=tuple(_steps(data, path, MAXIMUM_RATE_PER_S)),
        schedule=None if data.get("schedule") is None else text(data, "schedule", "", path=path),
        requests=whole(data, "requests", 1, path=path, least=1, most=1_000_000),
        trace=_trace(data, path),
        mix=tuple(_mix(data, path)),
        keys=keys,
        zipf=number(data, "zipf", 0.0, path=path, most=10.0),
        **figures,
    )
    _check_needs(found, path)
    return found


def _pattern(data: Mapping[str, object], path: str) -> Pattern:
    given = data.get("pattern", Pattern.POISSON.value)
    try:
        return Pattern(str(given))
    except ValueError:
        allowed = ", ".join(member.value for member in Pattern)
        raise ScenarioError(f"{path}.pattern", f"is {given!r}; it must be one of {allowed}") from None


def _check_needs(found: Traffic, path: str) -> None:
    """What a pattern cannot do without."""
    peak = "peak_rate_per_s" if found.users is None else "peak_users"
    needed = dict.fromkeys(NEEDS_PEAK, peak)
    needed |= {Pattern.STEP: "steps", Pattern.SCHEDULE: "schedule", Pattern.TRACE: "trace"}
    field = needed.get(found.pattern)
    if field is not None and getattr(found, field) in (None, ()):
        raise ScenarioError(f"{path}.{field}", f"is needed for the pattern {found.pattern.value!r}")
    if found.users is not None and found.pattern is Pattern.SCHEDULE:
        raise ScenarioError(f"{path}.users", "cannot be set for the pattern 'schedule', which sends by itself")


def _steps(data: Mapping[str, object], path: str, most: float) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for where, item in items(data, "steps", MOST_STEPS, path):
        step = mapping(item, where)
        second = finite(step.get("from_s"), place(where, "from_s"), most=MAXIMUM_DURATION_S)
        value = finite(step.get("value"), place(where, "value"), most=most)
        if found and second <= found[-1][0]:
            raise ScenarioError(place(where, "from_s"), f"is {second:g}; it must come after {found[-1][0]:g}")
        found.append((second, value))
    return found


def _trace(data: Mapping[str, object], path: str) -> str | None:
    if data.get("trace") is None:
        return None
    found = text(data, "trace", "", path=path, most=LONGEST_TRACE)
    try:
        read_trace(found)
    except TraceError as error:
        raise ScenarioError(f"{path}.trace", str(error)) from error
    return found


def _mix(data: Mapping[str, object], path: str) -> list[tuple[str, float]]:
    given = mapping(data.get("mix", {}), f"{path}.mix")
    return sorted((str(edge), finite(weight, f"{path}.mix.{edge}", most=1e6)) for edge, weight in given.items())
