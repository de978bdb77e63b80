"""Faults and circuit breakers of a scenario as plain JSON values, both ways."""

from __future__ import annotations

from designer.domain.graph.scenario import (
    FAULT_AMOUNTS,
    MAXIMUM_DURATION_S,
    CircuitBreaker,
    Fault,
    FaultKind,
)
from designer.domain.graph.scenario_fields import ScenarioError, mapping, number, optional, text, whole


def fault_to_json(fault: Fault) -> dict[str, object]:
    """The fault as JSON values."""
    data: dict[str, object] = {"kind": fault.kind.value, "node": fault.node, "start_s": fault.start_s}
    if fault.duration_s is not None:
        data["duration_s"] = fault.duration_s
    if FAULT_AMOUNTS[fault.kind][1] > 0:
        data["amount"] = fault.amount
    return data


def fault(given: object, path: str) -> Fault:
    """Read a fault. Raises :class:`ScenarioError` naming the first bad field."""
    data = mapping(given, path)
    try:
        kind = FaultKind(str(data.get("kind")))
    except ValueError:
        allowed = ", ".join(member.value for member in FaultKind)
        raise ScenarioError(f"{path}.kind", f"is {data.get('kind')!r}; it must be one of {allowed}") from None
    least, most, usual = FAULT_AMOUNTS[kind]
    return Fault(
        kind=kind,
        node=text(data, "node", "", path=path),
        start_s=number(data, "start_s", 0.0, path=path, most=MAXIMUM_DURATION_S),
        duration_s=optional(data, "duration_s", path, MAXIMUM_DURATION_S),
        amount=number(data, "amount", usual, path=path, least=least, most=most) if most > 0 else 0.0,
    )


def breaker_to_json(breaker: CircuitBreaker) -> dict[str, object]:
    """The circuit breaker as JSON values."""
    return {"edge": breaker.edge, "failures": breaker.failures, "open_s": breaker.open_s}


def breaker(given: object, path: str) -> CircuitBreaker:
    """Read a circuit breaker. Raises :class:`ScenarioError` naming the first bad field."""
    data = mapping(given, path)
    return CircuitBreaker(
        edge=text(data, "edge", "", path=path),
        failures=whole(data, "failures", 5, path=path, least=1, most=100_000),
        open_s=number(data, "open_s", 30.0, path=path, least=0.001, most=MAXIMUM_DURATION_S),
    )
