"""Changing and reading a design's document from outside a room: the API, commands, other servers.

A change is stored and told to every room that has the design open, in whatever process; the
process that made the change also checks the result.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from designer.domain.graph.document import design_to_json
from designer.domain.graph.model import Design as DesignValue
from designer.domain.graph.operations import Operation, apply
from designer.domain.rules.check import check
from designer.domain.rules.rule import Finding
from designer.server.checking import findings_message, removed_notice
from designer.server.events import document_group, publish, publish_to_design
from designer.server.shared_document import SharedDocument
from designer.server.storage import document_append, document_load, document_load_after

MAXIMUM_DOCUMENT_BYTES = 20 * 1024 * 1024
"""A document beyond this takes no more changes."""


class DocumentTooLargeError(ValueError):
    """The document would become larger than a design may be."""


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A design and the revision at which it was read."""

    design: DesignValue
    revision: int


def document_read(design_id: uuid.UUID) -> DocumentState:
    """The stored design. Raises DesignGoneError."""
    stored = document_load(design_id)
    return DocumentState(SharedDocument(stored.updates).mirror.design(), stored.revision)


def document_json(design_id: uuid.UUID) -> dict[str, object]:
    """The stored design in the native file format. Raises DesignGoneError."""
    return design_to_json(document_read(design_id).design)


def document_findings(design_id: uuid.UUID) -> tuple[list[Finding], int]:
    """What the rules say about the stored design, and its revision. Raises DesignGoneError."""
    state = document_read(design_id)
    return check(state.design), state.revision


def document_apply_operations(*, design_id: uuid.UUID, operations: Iterable[Operation]) -> DocumentState:
    """Apply operations to the design. Raises OperationError when one does not fit, and changes nothing."""
    chosen = tuple(operations)
    return _change(design_id, lambda before: apply(before, chosen).design)


def document_replace(*, design_id: uuid.UUID, design: DesignValue) -> DocumentState:
    """Give the design another content; what cannot be read in the old one goes too."""
    return _change(design_id, lambda _before: design, drop_unreadable=True)


def document_rename(*, design_id: uuid.UUID, name: str) -> DocumentState:
    """Give the design another name."""

    def rename(before: DesignValue) -> DesignValue:
        return DesignValue(name, before.nodes, before.edges, before.groups, before.notes, before.scenarios)

    return _change(design_id, rename)


def document_create(*, design_id: uuid.UUID, design: DesignValue) -> None:
    """Store the first content of a new design."""
    update = SharedDocument().write(DesignValue(name=""), design)
    document_append(design_id=design_id, update=update, name=design.name)


def _change(
    design_id: uuid.UUID, change: Callable[[DesignValue], DesignValue], *, drop_unreadable: bool = False
) -> DocumentState:
    stored = document_load(design_id)
    document = SharedDocument(stored.updates)
    before = document.mirror.design()
    after = change(before)
    if drop_unreadable:
        document.drop_unreadable()
    update = document.write(before, after)
    if len(update) > MAXIMUM_DOCUMENT_BYTES or stored.size + len(update) > 2 * MAXIMUM_DOCUMENT_BYTES:
        raise DocumentTooLargeError(f"A design's document holds at most {MAXIMUM_DOCUMENT_BYTES // 2**20} MB.")
    revision = _store(design_id, document, stored.revision, update, name=_changed_name(before, after))
    repair, removed = document.repair()
    revision = _store(design_id, document, revision, repair)
    if revision != stored.revision:
        for item in removed:
            publish_to_design(design_id, removed_notice(item))
        publish_to_design(design_id, findings_message(check(document.mirror.checked()), revision))
    return DocumentState(document.mirror.design(), revision)


def _changed_name(before: DesignValue, after: DesignValue) -> str | None:
    return after.name if before.name != after.name else None


def _store(
    design_id: uuid.UUID, document: SharedDocument, known: int, update: bytes, *, name: str | None = None
) -> int:
    """Store and tell an update; bring the document up to what others stored meanwhile. The new revision."""
    if not update:
        return known
    revision = document_append(design_id=design_id, update=update, name=name)
    if revision != known + 1:
        for theirs in document_load_after(design_id, known).updates:
            document.apply(theirs)
    publish(document_group(design_id), document_update_message(revision, update, origin=""))
    return revision


def document_update_message(revision: int, update: bytes, *, origin: str) -> dict[str, object]:
    """What rooms tell each other: a stored update. ``origin`` is the room that has it already."""
    return {"type": "document.update", "revision": revision, "update": update, "origin": origin}
