"""How much a service keeps, by which its storage is billed."""

from __future__ import annotations

from designer.domain.catalog.sources import workload
from designer.domain.catalog.spec import Kind, Parameter, Section


def stored_parameter(what: str) -> Parameter:
    """The mean amount of stored data; ``what`` it counts, in the words of the help."""
    return Parameter(
        id="stored_gb",
        label="Stored data",
        kind=Kind.NUMBER,
        default=0,
        unit="GB",
        minimum=0,
        maximum=1_000_000_000,
        help=f"{what} on average over a month. Storage is billed by it.",
        source=workload("how much you keep"),
        section=Section.WORKLOAD,
    )
