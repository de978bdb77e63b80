"""How something that Windtunnel does not look into answers: its latency and its errors, as the person knows them."""

from __future__ import annotations

from designer.domain.catalog.sources import workload
from designer.domain.catalog.spec import Kind, Parameter, Section


def answer_parameters(median_ms: float, p99_ms: float, what: str) -> tuple[Parameter, ...]:
    """Latency and error rate of one request; ``what`` names the request in the help texts, e.g. ``request``."""
    source = workload(f"how quickly and how reliably it answers a {what}")
    return (
        Parameter(
            id="latency_ms",
            label="Latency, median",
            kind=Kind.NUMBER,
            default=median_ms,
            unit="ms",
            minimum=0,
            maximum=3_600_000,
            help=f"How long a {what} takes in the middle of all. Measure it from where your callers are.",
            source=source,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="latency_p99_ms",
            label="Latency, 99th percentile",
            kind=Kind.NUMBER,
            default=p99_ms,
            unit="ms",
            minimum=0,
            maximum=3_600_000,
            help=f"What one {what} in a hundred takes at least.",
            source=source,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="error_percent",
            label="Errors",
            kind=Kind.NUMBER,
            default=0,
            unit="%",
            minimum=0,
            maximum=100,
            help=f"Share of times that a {what} is answered with an error.",
            source=source,
            section=Section.WORKLOAD,
        ),
    )
