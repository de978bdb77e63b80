"""The document of one design in memory: a Yjs document and the design that it holds.

Belongs to the thread that made it, as pycrdt's documents do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pycrdt import Doc, TransactionEvent, merge_updates

from designer.domain.graph.model import Design, Edge
from designer.server.document_reading import Mirror
from designer.server.document_writing import Maps, write_difference


class BadUpdateError(ValueError):
    """Bytes that are no Yjs update or state vector."""


@dataclass(frozen=True, slots=True)
class RemovedEdge:
    """An edge that was taken out because an end of it does not exist, and why in words."""

    edge: Edge
    reason: str


class SharedDocument:
    """A Yjs document that tells what each change to it really changed."""

    def __init__(self, updates: Iterable[bytes] = ()) -> None:
        self._doc: Doc[Any] = Doc()
        self._trial: Doc[Any] | None = None
        self._changes: list[bytes] = []
        for update in updates:
            self._doc.apply_update(update)
        self.mirror = Mirror(self._doc)
        self._subscription = self._doc.observe(self._changed)

    def state(self) -> bytes:
        """The state vector: what is known here."""
        return self._doc.get_state()

    def missing(self, state: bytes | None = None) -> bytes:
        """Everything that a document with that state vector lacks, as one update."""
        try:
            return self._doc.get_update(state)
        except ValueError:
            raise BadUpdateError("not a state vector") from None

    def apply(self, update: bytes) -> bytes:
        """Apply an update; what it really changed, as an update of its own, empty when that is nothing.

        Raises :class:`BadUpdateError`. A broken update can fail half-way, so a copy takes it first.
        """
        if self._trial is None:
            self._trial = Doc()
            self._trial.apply_update(self._doc.get_update())
        try:
            self._trial.apply_update(update)
        except (ValueError, RuntimeError):
            self._trial = None
            raise BadUpdateError("not an update") from None
        self._doc.apply_update(update)
        return self._taken()

    def changes_nothing(self, update: bytes) -> bool:
        """Whether the document has all of the update already; the document stays as it is."""
        return not SharedDocument((self.missing(),)).apply(update)

    def change(self, write: Callable[[Maps], None]) -> bytes:
        """Let ``write`` change the maps in one transaction; the change as an update, empty when none."""
        self._trial = None
        with self._doc.transaction():
            write(self.mirror.maps)
        return self._taken()

    def write(self, before: Design, after: Design) -> bytes:
        """Replace the design; the change as an update."""
        return self.change(lambda maps: write_difference(maps, before, after))

    def drop_unreadable(self) -> None:
        """Take out the entries that are no nodes, edges and so on; part of the next change that is taken."""
        self._trial = None
        with self._doc.transaction():
            for name, key in self.mirror.problems:
                del self.mirror.maps[name][key]

    def repair(self) -> tuple[bytes, list[RemovedEdge]]:
        """Take out edges that can mean nothing at all; the change as an update, and what was taken."""
        removed = [RemovedEdge(edge, self._reason(edge)) for edge in self.mirror.dangling()]
        if not removed:
            return b"", removed

        def remove(maps: Maps) -> None:
            for item in removed:
                del maps["edges"][item.edge.id]

        return self.change(remove), removed

    def _reason(self, edge: Edge) -> str:
        nodes = self.mirror.maps["nodes"]
        missing = " and ".join(f"“{end}”" for end in sorted({edge.source, edge.target}) if end not in nodes)
        return f"The connection “{edge.id}” was removed: there is no {missing} in the design."

    def _changed(self, event: TransactionEvent) -> None:
        self._changes.append(event.update)

    def _taken(self) -> bytes:
        if not self._changes:
            return b""
        change = self._changes[0] if len(self._changes) == 1 else merge_updates(*self._changes)
        self._changes.clear()
        return change
