"""The stored document: updates in the order of their revision, now and then merged into a snapshot.

Rows are the truth; rooms are caches of them. All functions are synchronous and safe with any
number of processes: writers to one design wait for each other on the design's row.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from designer.server.models import Design, DocumentSnapshot, DocumentUpdate
from designer.server.shared_document import SharedDocument

COMPACT_EVERY: Final = 200
"""Updates after which a snapshot is made."""
_ATTEMPTS: Final = 20


class DesignGoneError(LookupError):
    """The design has been deleted."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """Updates that, applied in order, give the document as it was at ``revision``."""

    revision: int
    updates: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """Bytes stored."""
        return sum(map(len, self.updates))


def document_load(design_id: uuid.UUID) -> StoredDocument:
    """The snapshot and everything after it. Raises :class:`DesignGoneError`."""
    for _ in range(_ATTEMPTS):
        snapshot = DocumentSnapshot.objects.filter(design_id=design_id).first()
        start = 0 if snapshot is None else snapshot.revision
        rows = _rows_after(design_id, start)
        # Between the two queries another process may have merged rows away: then the rows have a gap.
        if [revision for revision, _ in rows] == list(range(start + 1, start + 1 + len(rows))):
            updates = tuple(update for _, update in rows)
            if snapshot is not None:
                return StoredDocument(start + len(rows), (bytes(snapshot.state), *updates))
            if rows or Design.objects.filter(pk=design_id).exists():
                return StoredDocument(len(rows), updates)
            raise DesignGoneError(design_id)
    raise RuntimeError(f"the document of design {design_id} has a gap in its updates")


def document_load_after(design_id: uuid.UUID, revision: int) -> StoredDocument:
    """What was stored after a revision; the whole document when that has been merged already."""
    rows = _rows_after(design_id, revision)
    if [found for found, _ in rows] == list(range(revision + 1, revision + 1 + len(rows))) and (
        rows or document_revision(design_id) == revision
    ):
        return StoredDocument(revision + len(rows), tuple(update for _, update in rows))
    return document_load(design_id)


def document_revision(design_id: uuid.UUID) -> int:
    """The revision of the last stored update. Raises :class:`DesignGoneError`."""
    revision = Design.objects.filter(pk=design_id).values_list("revision", flat=True).first()
    if revision is None:
        raise DesignGoneError(design_id)
    return revision


def document_append(*, design_id: uuid.UUID, update: bytes, name: str | None = None) -> int:
    """Store an update; its revision. ``name`` is the design's name after it, if that changed.

    Raises :class:`DesignGoneError`.
    """
    changes: dict[str, object] = {"revision": F("revision") + 1, "updated_at": timezone.now()}
    if name is not None:
        changes["name"] = name
    with transaction.atomic():
        # The update locks the design's row: revisions become visible in their order, without gaps.
        if not Design.objects.filter(pk=design_id).update(**changes):
            raise DesignGoneError(design_id)
        revision = document_revision(design_id)
        DocumentUpdate.objects.create(design_id=design_id, revision=revision, update=update)
    return revision


def document_compact(*, design_id: uuid.UUID, at_least: int = 2) -> bool:
    """Merge all updates into the snapshot if there are so many of them; whether that was done."""
    if DocumentUpdate.objects.filter(design_id=design_id).count() < at_least:
        return False
    with transaction.atomic():
        if not Design.objects.select_for_update().filter(pk=design_id).exists():
            return False
        stored = document_load(design_id)
        state = SharedDocument(stored.updates).missing()
        DocumentSnapshot.objects.update_or_create(
            design_id=design_id, defaults={"revision": stored.revision, "state": state}
        )
        DocumentUpdate.objects.filter(design_id=design_id, revision__lte=stored.revision).delete()
    return True


def _rows_after(design_id: uuid.UUID, revision: int) -> Sequence[tuple[int, bytes]]:
    rows = DocumentUpdate.objects.filter(design_id=design_id, revision__gt=revision).order_by("revision")
    return [(row.revision, bytes(row.update)) for row in rows.only("revision", "update")]
