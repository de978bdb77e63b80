"""What rules, pipes and schedules have in common: an event to try the pattern on."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import workload
from designer.domain.catalog.spec import Kind, Parameter, Section

SAMPLE_EVENT: Final = Parameter(
    id="sample_event",
    label="Sample event",
    kind=Kind.JSON,
    default=None,
    help="An event as it arrives, on which the pattern is tried out. Everybody who opens the design sees it.",
    source=workload("what your events look like"),
    section=Section.WORKLOAD,
)
