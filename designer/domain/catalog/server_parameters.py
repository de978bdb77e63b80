"""Settings that server fleets share: what their code does with a request, how long it may wait, how they grow."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import workload
from designer.domain.catalog.spec import Kind, Parameter, Section, Source

_CODE: Final = workload("how your code behaves")


def duration_ms(what: str, default: float) -> Parameter:
    """Mean time that ``what`` takes."""
    return Parameter(
        id="duration_ms",
        label="Work",
        kind=Kind.NUMBER,
        default=default,
        unit="ms",
        minimum=0,
        maximum=86_400_000,
        help=f"Mean time of {what}, without waiting for other services.",
        source=_CODE,
        section=Section.WORKLOAD,
    )


DURATION_VARIATION: Final = Parameter(
    id="duration_cv",
    label="Variation of the work",
    kind=Kind.NUMBER,
    default=0.5,
    minimum=0,
    maximum=10,
    help="Standard deviation divided by the mean (log-normal). 0 is always the same, 1 varies strongly.",
    source=_CODE,
    section=Section.WORKLOAD,
)

ERROR_PERCENT: Final = Parameter(
    id="error_percent",
    label="Errors",
    kind=Kind.NUMBER,
    default=0,
    unit="%",
    minimum=0,
    maximum=100,
    help="Share of the requests that fail in your code.",
    source=_CODE,
    section=Section.WORKLOAD,
)


def concurrency(where: str, default: int) -> Parameter:
    """How many requests one task or instance works on at once."""
    return Parameter(
        id="concurrency",
        label="At once",
        kind=Kind.INTEGER,
        default=default,
        minimum=1,
        maximum=100_000,
        help=f"How many requests or messages {where} works on at the same time: its threads or workers.",
        source=_CODE,
        section=Section.WORKLOAD,
    )


QUEUE_LIMIT: Final = Parameter(
    id="queue_limit",
    label="Waiting places",
    kind=Kind.INTEGER,
    default=1_000,
    unit="requests",
    minimum=0,
    maximum=1_000_000,
    help="How many requests may wait for a free worker, over the whole fleet. Further ones are refused.",
    source=_CODE,
    section=Section.WORKLOAD,
)

REQUEST_TIMEOUT: Final = Parameter(
    id="request_timeout_s",
    label="Longest wait",
    kind=Kind.NUMBER,
    default=30,
    unit="s",
    minimum=0.1,
    maximum=86_400,
    help="How long a request waits for a free worker before it is given up.",
    source=_CODE,
    section=Section.WORKLOAD,
)


def start_time_s(what: str, default: float, source: Source) -> Parameter:
    """How long something new takes until it works."""
    return Parameter(
        id="start_time_s",
        label="Start",
        kind=Kind.NUMBER,
        default=default,
        unit="s",
        minimum=0,
        maximum=3_600,
        help=f"Median time from the decision to add {what} until it takes work.",
        source=source,
        section=Section.WORKLOAD,
    )
