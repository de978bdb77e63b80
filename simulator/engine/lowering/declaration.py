"""What a service's lowering declares about itself, so that adding a service touches one file only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from designer.domain.graph.model import Edge, Node
from designer.domain.graph.scenario import Traffic

if TYPE_CHECKING:
    from simulator.engine.lowering.plan import Plan

CALL = "call"
"""Entry of a node for a caller that waits for the work."""
HAND_OVER = "hand_over"
"""Entry for a caller that waits until the service has accepted (SendMessage, Publish, PutEvents, Invoke Event)."""
EVENT = "event"
"""Entry for what a service delivers by itself."""


@dataclass(frozen=True, slots=True)
class Lowering:
    """A module of ``lowering/services``, read by name.

    ``SERVICE`` and ``lower(plan, node)`` are required. ``ENTRIES`` are the places where the service is entered, the
    one where traffic begins first. Optional functions: ``entry_for(edge)`` names the entry that a caller over the edge
    uses, None for the usual one; ``traffic(node)`` says what the node sends by itself when the scenario is silent;
    ``schedules(node, duration_s)`` yields the times at which it fires. ``REFUSED`` completes the sentence "X reached
    ..." when calls were throttled. With ``AFTER_QUEUES = True`` the queues of the design are there before.
    """

    service: str
    lower: Callable[[Plan, Node], None]
    entries: tuple[str, ...] = (CALL, HAND_OVER, EVENT)
    entry_for: Callable[[Edge], str | None] | None = None
    traffic: Callable[[Node], Traffic] | None = None
    schedules: Callable[[Node, float], Iterable[float]] | None = None
    refused: str = "its limit"
    after_queues: bool = False
    """Lowered after all others, because it reads their queues by itself."""

    @property
    def begins_by_itself(self) -> bool:
        """Whether requests begin at such nodes without the scenario's help."""
        return self.traffic is not None or self.schedules is not None

    def entry(self, edge: Edge, wanted: str) -> str:
        """The entry for a caller over this edge that would usually use ``wanted``."""
        own = self.entry_for(edge) if self.entry_for is not None else None
        if own is not None:
            return own
        return wanted if wanted in self.entries else self.entries[0]
