"""Checking the document of a room after changes, and telling everybody who has the design open.

The room in which a change was made checks it; the others only note that their findings are out of
date. So a change is checked and told once, whatever the number of processes.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Final

from designer.domain.graph.model import Design
from designer.domain.rules.check import check, check_change, difference
from designer.domain.rules.rule import Finding
from designer.server.checking import findings_message, problem_notice, removed_notice
from designer.server.events import design_envelope, design_group, publish_async
from designer.server.messages import DesignMessage
from designer.server.room_client import RoomClient
from designer.server.shared_document import SharedDocument

SETTLE_S: Final = 0.075
"""Changes that come together are checked together."""

STORED_WITHIN_S: Final = 2.0

logger = logging.getLogger(__name__)


class RoomChecks:
    """The findings of one room's document."""

    def __init__(
        self,
        design_id: uuid.UUID,
        document: SharedDocument,
        revision: Callable[[], int],
        settled: Callable[[float], Awaitable[bool]],
        take_change: Callable[[bytes, RoomClient | None], None],
    ) -> None:
        self._design_id = design_id
        self._document = document
        self._revision = revision
        self._settled = settled
        self._take_change = take_change
        self._changed = asyncio.Event()
        self._lock = asyncio.Lock()
        self._checked: Design | None = None
        self._findings: list[Finding] = []
        self._checked_revision = 0
        self._owed = False
        """Whether findings must be told after the next change here, even if that changes none."""
        self._told_problems: set[tuple[tuple[str, str], str]] = set()
        self._known_name = document.mirror.name()
        if document.mirror.dangling() or document.mirror.problems:
            self._changed.set()

    def changed_here(self) -> None:
        """A browser of this process changed the document: check it soon, and tell."""
        self._changed.set()

    def changed_elsewhere(self) -> None:
        """The document changed, and whoever changed it checks it."""
        self._owed = True

    def changed_name(self) -> str | None:
        """The design's name if it is another one than at the last call."""
        name = self._document.mirror.name()
        if name == self._known_name:
            return None
        self._known_name = name
        return name

    async def current(self) -> list[DesignMessage]:
        """What somebody who has just come has to know."""
        first = self._checked is None
        if await self._check() and not first:
            # Those who came before have not been told of this change.
            self._owed = True
        problems = self._document.mirror.problems
        return [
            findings_message(self._findings, self._checked_revision),
            *(problem_notice(problem, text) for problem, text in problems.items()),
        ]

    async def run(self) -> None:
        """Check after changes, for as long as the room is open."""
        while True:
            await self._changed.wait()
            await asyncio.sleep(SETTLE_S)
            self._changed.clear()
            try:
                await self._repair()
                # Findings carry the revision that they are of, so what is checked has to have one.
                await self._settled(STORED_WITHIN_S)
                if await self._check() or self._owed:
                    self._owed = False
                    await self._tell(findings_message(self._findings, self._checked_revision))
                await self._tell_problems()
            except Exception:
                # A rule that fails must not end the checks; the next change tries again.
                logger.exception("design %s could not be checked", self._design_id)

    async def _repair(self) -> None:
        change, removed = self._document.repair()
        if change:
            self._take_change(change, None)
        for item in removed:
            await self._tell(removed_notice(item))

    async def _check(self) -> bool:
        """Bring the findings up to date; whether anything that rules look at had changed."""
        async with self._lock:
            design = self._document.mirror.checked()
            self._checked_revision = self._revision()
            before = self._checked
            if before is None:
                self._findings = await asyncio.to_thread(check, design)
            else:
                changed = difference(before, design)
                if not changed.node_ids and not changed.edge_ids:
                    return False
                self._findings = await asyncio.to_thread(
                    check_change, design, self._findings, changed.node_ids, changed.edge_ids
                )
            self._checked = design
            return True

    async def _tell_problems(self) -> None:
        problems = set(self._document.mirror.problems.items())
        for problem, text in sorted(problems - self._told_problems):
            await self._tell(problem_notice(problem, text))
        self._told_problems = problems

    async def _tell(self, message: DesignMessage) -> None:
        await publish_async(design_group(self._design_id), design_envelope(message))
