"""What an experiment asks, as frozen values, and how it is read from JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from designer.domain.catalog.spec import Value

MOST_REPLICATIONS: Final = 100
MOST_VALUES: Final = 40
MOST_TRIALS: Final = 400
METRICS: Final = ("mean", "p50", "p95", "p99")
LATENCIES: Final = ("caller", "journey")
KINDS: Final = ("period", "replications", "sweep", "breaking_point", "right_size", "compare")


class QuestionError(ValueError):
    """The JSON is no experiment. ``path`` names the field at fault."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}" if path else problem)


@dataclass(frozen=True, slots=True)
class Objective:
    """What a design has to keep: a latency at one entry point (empty: at each), and a share of errors."""

    entry: str = ""
    latency: str = "caller"
    metric: str = "p99"
    at_most_ms: float | None = None
    errors_at_most: float | None = 0.001
    """Share of the requests, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Question:
    """One experiment. Which of the fields count depends on ``kind``.

    ``replications``: the same thing so many times. ``sweep`` and ``right_size``: each of ``values`` of one
    parameter. ``breaking_point``: the load factor up to which ``objective`` holds, found to ``precision``
    (0.05 = 5 %). ``compare``: two designs under the same arrivals. ``period``: the whole scenario, however long, from
    samples of it.
    """

    kind: str
    replications: int = 5
    subject: str = "node"
    id: str = ""
    parameter: str = ""
    values: tuple[Value, ...] = ()
    objective: Objective = Objective()
    precision: float = 0.05


def question_from_json(data: object) -> Question:
    """Read an experiment. Raises :class:`QuestionError` naming the first bad field."""
    if not isinstance(data, Mapping):
        raise QuestionError("", "an experiment must be an object")
    kind = data.get("kind")
    if kind not in KINDS:
        raise QuestionError("kind", f"must be one of {', '.join(KINDS)}")
    unknown = set(data) - {"kind", "replications", "subject", "id", "parameter", "values", "objective", "precision"}
    if unknown:
        raise QuestionError(min(str(key) for key in unknown), "is no field of an experiment")
    question = Question(
        kind=kind,
        replications=int(_number(data, "replications", 5, 1, MOST_REPLICATIONS)),
        precision=_number(data, "precision", 0.05, 0.005, 0.5),
        objective=_objective(data.get("objective")),
    )
    if kind in ("sweep", "right_size"):
        question = _with_values(question, data)
    if kind in ("breaking_point", "right_size") and (
        question.objective.at_most_ms is None and question.objective.errors_at_most is None
    ):
        raise QuestionError("objective", "needs a limit for the latency or for the errors")
    return question


def question_to_json(question: Question) -> dict[str, object]:
    """The experiment as JSON values."""
    data: dict[str, object] = {"kind": question.kind, "replications": question.replications}
    if question.kind in ("sweep", "right_size"):
        data |= {
            "subject": question.subject,
            "id": question.id,
            "parameter": question.parameter,
            "values": list(question.values),
        }
    if question.kind == "breaking_point":
        data["precision"] = question.precision
    if question.kind in ("breaking_point", "right_size"):
        objective = question.objective
        data["objective"] = {
            "entry": objective.entry,
            "latency": objective.latency,
            "metric": objective.metric,
            "at_most_ms": objective.at_most_ms,
            "errors_at_most": objective.errors_at_most,
        }
    return data


def _with_values(question: Question, data: Mapping[object, object]) -> Question:
    subject = data.get("subject", "node")
    if subject not in ("node", "edge"):
        raise QuestionError("subject", "must be node or edge")
    for key in ("id", "parameter"):
        if not isinstance(data.get(key), str) or not data.get(key):
            raise QuestionError(key, "must name what is varied")
    values = data.get("values")
    if not isinstance(values, Sequence) or isinstance(values, str) or not 2 <= len(values) <= MOST_VALUES:
        raise QuestionError("values", f"must be a list of 2 to {MOST_VALUES} values")
    for index, value in enumerate(values):
        if not isinstance(value, str | int | float | bool | None) or _is_not_finite(value):
            raise QuestionError(f"values[{index}]", "must be a number, a text or true or false")
    if len(values) * question.replications > MOST_TRIALS:
        raise QuestionError("values", f"times the replications must not exceed {MOST_TRIALS} runs")
    return Question(
        kind=question.kind,
        replications=question.replications,
        subject=str(subject),
        id=str(data["id"]),
        parameter=str(data["parameter"]),
        values=tuple(values),
        objective=question.objective,
        precision=question.precision,
    )


def _objective(data: object) -> Objective:
    if data is None:
        return Objective()
    if not isinstance(data, Mapping):
        raise QuestionError("objective", "must be an object")
    latency, metric, entry = data.get("latency", "caller"), data.get("metric", "p99"), data.get("entry", "")
    if latency not in LATENCIES:
        raise QuestionError("objective.latency", f"must be one of {', '.join(LATENCIES)}")
    if metric not in METRICS:
        raise QuestionError("objective.metric", f"must be one of {', '.join(METRICS)}")
    if not isinstance(entry, str):
        raise QuestionError("objective.entry", "must be the id of a node, or empty for each entry point")
    return Objective(
        entry=entry,
        latency=latency,
        metric=metric,
        at_most_ms=_optional(data, "at_most_ms", None, 86_400_000.0),
        errors_at_most=_optional(data, "errors_at_most", 0.001, 1.0),
    )


def _optional(data: Mapping[object, object], key: str, otherwise: float | None, most: float) -> float | None:
    if data.get(key, otherwise) is None:
        return None
    return _number(data, key, otherwise or 0.0, 0.0, most, prefix="objective.")


def _number(
    data: Mapping[object, object], key: str, otherwise: float, least: float, most: float, *, prefix: str = ""
) -> float:
    value = data.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise QuestionError(f"{prefix}{key}", f"must be a number from {least:g} to {most:g}")
    return float(value)


def _is_not_finite(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)
