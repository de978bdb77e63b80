"""What is too large for the first service that would have to take it is refused there with a cause of its own.

Sizes are constants, so a connection, or an entry of the scenario, is refused as a whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Scenario
from designer.domain.rules.payloads import Room, oversized, room_of
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.tables import Tables

TOO_LARGE = "too large"
"""Entry of a node for what it refuses because of its size."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """What is refused: its size in KB and the room there is, by edge, and by node for what begins there."""

    edges: dict[str, tuple[float, Room]] = field(default_factory=dict)
    entries: dict[str, tuple[float, Room]] = field(default_factory=dict)


def too_large(design: Design, scenario: Scenario) -> TooLarge:
    """By what clients send, what the scenario says about its entries, and what connections say about messages."""
    sizes = scenario.payload_sizes_kb
    found = TooLarge({edge.id: (size_kb, room) for edge, size_kb, room in oversized(design, sizes)})
    for node_id, size_kb in sorted(sizes.items()):
        room = room_of(design.nodes[node_id])
        if room is not None and size_kb > room.kilobytes:
            found.entries[node_id] = size_kb, room
    return found


def refuse(tables: Tables) -> None:
    """The frame is one that is too large."""
    tables.emit(op.TRANSLATE, resource=tables.translation({st.OK: st.PAYLOAD_TOO_LARGE}))
