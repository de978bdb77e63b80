"""The JSON Schema of a scenario, made from what its readers check."""

from __future__ import annotations

from typing import Final

from designer.domain.graph.scenario import (
    FAULT_AMOUNTS,
    MAXIMUM_DURATION_S,
    MAXIMUM_KEYS,
    MAXIMUM_RATE_PER_S,
    FaultKind,
    Pattern,
)
from designer.domain.graph.scenario_document import (
    LONGEST_WINDOW_S,
    MOST_FAULTS,
    MOST_TRAFFIC,
    SCENARIO_VERSION,
)
from designer.domain.graph.traffic_document import LONGEST_TRACE, MOST_STEPS, OPTIONAL_FIGURES

Schema = dict[str, object]

_FIGURES: Final = {
    "peak_rate_per_s": "Rate at the end of a ramp, in a spike, at the peak of a day or in a burst.",
    "spike_start_s": "When the spike begins; after a third of the run when left out.",
    "spike_duration_s": "How long the spike lasts; a sixth of the run when left out.",
    "users": "So many users send requests, each of whom waits for the answer and thinks; rate_per_s is not used.",
    "peak_users": "Users at the peak, where a rate would be peak_rate_per_s.",
    "think_time_s": "Mean time (exponential) between an answer and the user's next request; 1 s when left out.",
    "period_s": "Length of a day of the diurnal pattern; 86,400 when left out.",
    "peak_at_s": "Second of the period at which a diurnal pattern is at its peak; the middle when left out.",
    "burst_s": "Mean length of a burst; 30 when left out.",
    "calm_s": "Mean time between bursts; 270 when left out.",
    "payload_kb": "Size of one request; the client's own when left out.",
}


def scenario_definitions() -> Schema:
    """The ``$defs`` that a scenario refers to."""
    return {"traffic": _traffic(), "fault": _fault(), "breaker": _breaker()}


def scenario_properties() -> Schema:
    """The scenario itself."""
    return {
        "type": "object",
        "properties": {
            "version": {"const": SCENARIO_VERSION},
            "id": _text(200),
            "name": _text(200),
            "duration_s": _number("Simulated seconds; 300 when left out.", 1, MAXIMUM_DURATION_S),
            "window_s": _number("Length of a result window in simulated seconds.", 0.1, LONGEST_WINDOW_S),
            "seed": _whole("The same seed, the same run.", 0, 2**63 - 1),
            "account_concurrency": _whole(
                "Lambda's concurrent executions quota of the account, shared by all functions.", 0, 1_000_000
            ),
            "warm_up_s": _number("Seconds at the beginning that the summary leaves out.", 0, MAXIMUM_DURATION_S),
            "traffic": {
                **_list("traffic", MOST_TRAFFIC),
                "description": "Empty: every client node sends what its own parameters say.",
            },
            "faults": {**_list("fault", MOST_FAULTS), "description": "What goes wrong, and when."},
            "breakers": {**_list("breaker", MOST_FAULTS), "description": "Circuit breakers of callers."},
        },
    }


def _traffic() -> Schema:
    properties: Schema = {
        "entry": {"type": "string", "minLength": 1, "description": "Id of the node where the requests begin."},
        "pattern": {"enum": [pattern.value for pattern in Pattern], "description": "poisson when left out."},
        "rate_per_s": _number("Requests per second.", 0, MAXIMUM_RATE_PER_S),
        **{
            key: {**_nullable("number", least, most), "description": _FIGURES[key]}
            for key, (least, most) in OPTIONAL_FIGURES.items()
        },
        "steps": {
            "type": "array",
            "maxItems": MOST_STEPS,
            "items": {
                "type": "object",
                "properties": {
                    "from_s": _number("From this second on ...", 0, MAXIMUM_DURATION_S),
                    "value": _number("... this rate, or this number of users.", 0, MAXIMUM_RATE_PER_S),
                },
                "required": ["from_s", "value"],
            },
            "description": "Of the step pattern, ascending in time.",
        },
        "schedule": {"type": ["string", "null"], "maxLength": 200, "description": "rate(...) or cron(...), in UTC."},
        "requests": _whole("Requests at each firing of the schedule.", 1, 1_000_000),
        "trace": {
            "type": ["string", "null"],
            "maxLength": LONGEST_TRACE,
            "description": "CSV text with the header time,rate or time,count.",
        },
        "mix": {
            "type": "object",
            "additionalProperties": {"type": "number", "minimum": 0},
            "description": "Weights of the entry's outgoing edges by their id, instead of the edges' own.",
        },
        "keys": {**_nullable("integer", 1, MAXIMUM_KEYS), "description": "How many different keys are asked for."},
        "zipf": _number("Exponent of the keys' popularity; 0, as when left out, is uniform.", 0, 10),
    }
    return {
        "type": "object",
        "properties": properties,
        "required": ["entry"],
        "allOf": [
            *(_needs(pattern.value, "peak_rate_per_s", "peak_users") for pattern in (Pattern.RAMP, Pattern.SPIKE)),
            *(_needs(pattern.value, "peak_rate_per_s", "peak_users") for pattern in (Pattern.DIURNAL, Pattern.BURSTY)),
            _needs("step", "steps"),
            _needs("schedule", "schedule"),
            _needs("trace", "trace"),
        ],
    }


def _needs(pattern: str, *fields: str) -> Schema:
    given = [{"properties": {field: {"type": ["number", "string", "array"]}}, "required": [field]} for field in fields]
    return {
        "if": {"properties": {"pattern": {"const": pattern}}, "required": ["pattern"]},
        "then": {"anyOf": given},
    }


def _fault() -> Schema:
    most = max(highest for _, highest, _ in FAULT_AMOUNTS.values())
    return {
        "type": "object",
        "properties": {
            "kind": {"enum": [kind.value for kind in FaultKind]},
            "node": {"type": "string", "minLength": 1, "description": "Id of the node that it happens to."},
            "start_s": _number("When it begins; at once when left out.", 0, MAXIMUM_DURATION_S),
            "duration_s": {
                **_nullable("number", 0, MAXIMUM_DURATION_S),
                "description": "How long it lasts; to the end when left out.",
            },
            "amount": _number("Percent, milliseconds, messages or a factor, as the kind says.", 0, most),
        },
        "required": ["kind", "node"],
    }


def _breaker() -> Schema:
    return {
        "type": "object",
        "properties": {
            "edge": {"type": "string", "minLength": 1, "description": "Id of the edge whose caller has it."},
            "failures": _whole("Failures in a row that open it; 5 when left out.", 1, 100_000),
            "open_s": _number("How long it stays open; 30 when left out.", 0.001, MAXIMUM_DURATION_S),
        },
        "required": ["edge"],
    }


def _list(definition: str, most: int) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{definition}"}, "maxItems": most}


def _text(longest: int) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def _whole(description: str, least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "description": description}


def _number(description: str, least: float, most: float) -> Schema:
    return {"type": "number", "minimum": least, "maximum": most, "description": description}


def _nullable(kind: str, least: float, most: float) -> Schema:
    return {"type": [kind, "null"], "minimum": least, "maximum": most}
