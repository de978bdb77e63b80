"""The stored updates: several processes, lost messages, merging."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError

from designer.domain.graph.operations import RemoveNode
from designer.server import room
from designer.server.document_services import document_apply_operations
from designer.server.models import Design, DocumentSnapshot, DocumentUpdate
from designer.server.rooms import RoomRegistry, rooms
from designer.server.shared_document import SharedDocument
from designer.server.storage import document_append, document_compact
from tests.designer.server.browser import Browser, add_node, stored
from tests.designer.server.conftest import Team


async def test_two_processes_with_the_same_design_stay_in_step(team: Team, design: Design) -> None:
    """The second registry stands for another process: it shares only the database and the channel layer."""
    here, there = await Browser.open(team.owner, design.pk), await RoomRegistry().enter(design.pk)
    await here.edit(add_node("from-here"))
    await here.saved()
    await asyncio.sleep(0.1)
    assert "from-here" in there.checks._document.mirror.design().nodes
    there._take_change(there._document.change(add_node("from-there")), None)
    await here.until(lambda: "from-there" in here.maps["nodes"])
    await there.close()
    await here.close()


async def test_a_room_makes_up_for_lost_messages(team: Team, design: Design, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "IN_STEP_EVERY_S", 0.05)
    browser = await Browser.open(team.editor, design.pk)
    monkeypatch.setattr("designer.server.document_services.publish", lambda group, message: None)
    change = sync_to_async(document_apply_operations)
    await change(design_id=design.pk, operations=[RemoveNode("worker")])
    await browser.until(lambda: "worker" not in browser.maps["nodes"])
    await browser.close()


async def test_many_rows_are_merged_while_the_room_is_open(
    team: Team, design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "COMPACT_EVERY", 5)
    browser = await Browser.open(team.editor, design.pk)
    for number in range(12):
        await browser.edit(add_node(f"n{number}"))
        await browser.saved()
    await asyncio.sleep(0.2)
    assert await DocumentUpdate.objects.filter(design=design).acount() < 10
    assert (await DocumentSnapshot.objects.aget(design=design)).revision >= 5
    assert len((await stored(design)).nodes) == 14
    await browser.close()


async def test_the_rows_are_merged_when_the_last_has_left(team: Team, design: Design) -> None:
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(add_node("a"))
    await browser.edit(add_node("b"))
    await browser.close()
    assert await DocumentUpdate.objects.filter(design=design).acount() == 0
    assert rooms()._rooms == {}
    again = await Browser.open(team.editor, design.pk)
    assert {"a", "b"} <= set(again.content()["nodes"])
    await again.edit(add_node("c"))
    await again.saved()
    await again.close()


async def test_appending_and_merging_at_the_same_time_loses_no_update(team: Team, design: Design) -> None:
    def write(worker: int) -> None:

        for number in range(10):
            document = SharedDocument()
            document_append(design_id=design.pk, update=document.change(add_node(f"w{worker}-{number}")))
            document_compact(design_id=design.pk)

    await asyncio.gather(*(sync_to_async(write, thread_sensitive=False)(worker) for worker in range(3)))
    assert len((await stored(design)).nodes) == 2 + 30


async def test_a_name_changed_in_the_document_is_the_designs_name_in_lists(team: Team, design: Design) -> None:
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(lambda maps: maps["meta"].__setitem__("name", "Renamed"))
    await browser.saved()
    await browser.close()
    await design.arefresh_from_db()
    assert design.name == "Renamed"


async def test_a_database_that_fails_for_a_while_delays_the_acknowledgement_and_loses_nothing(
    team: Team, design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = 2

    def fails_twice(**arguments: Any) -> int:
        nonlocal failures
        if failures:
            failures -= 1
            raise OperationalError("database is locked")
        return document_append(**arguments)

    monkeypatch.setattr(room, "document_append", fails_twice)
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(add_node("kept"))
    await asyncio.sleep(0.1)
    assert browser.stored == 0
    await browser.saved()
    assert failures == 0
    assert "kept" in (await stored(design)).nodes
    await browser.close()
