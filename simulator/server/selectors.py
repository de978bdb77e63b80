"""Reading runs."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet

from designer.server.selectors import designs_of
from simulator.engine.results import Window
from simulator.server.chunks import Chunk, unpack, windows_after
from simulator.server.models import Run, RunWindow

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

PAGE_WINDOWS: Final = 1_000
PAGE_BYTES: Final = 2 * 1024 * 1024
"""A page of windows ends after the chunk that goes beyond either figure."""


@dataclass(frozen=True, slots=True)
class WindowPage:
    """Consecutive stored windows; ``more`` when further ones are stored already."""

    windows: list[Window]
    last_index: int
    more: bool


def runs_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Run]:
    """The runs of every design that the user may see, without their big fields."""
    visible = Run.objects.filter(design__in=designs_of(user))
    return visible.select_related("created_by").defer("document")


def run_chunks(run_id: uuid.UUID, after: int) -> tuple[list[Chunk], bool]:
    """The stored chunks that hold windows beyond ``after``, as many as fit a page, and whether there are more."""
    chunks: list[Chunk] = []
    count = size = 0
    rows = RunWindow.objects.filter(run_id=run_id, last_index__gt=after).order_by("first_index")
    for row in rows.iterator(chunk_size=20):
        if size >= PAGE_BYTES or count >= PAGE_WINDOWS:
            return chunks, True
        chunk = Chunk(row.first_index, row.last_index, unpack(row.chunk))
        chunks.append(chunk)
        size += len(chunk.text)
        count += chunk.last_index - chunk.first_index + 1
    return chunks, False


def run_windows(run_id: uuid.UUID, after: int) -> WindowPage:
    """The stored windows with an index greater than ``after``, as many as fit a page."""
    chunks, more = run_chunks(run_id, after)
    windows = [window for chunk in chunks for window in windows_after(chunk.text, after)]
    return WindowPage(windows, chunks[-1].last_index if chunks else after, more)
