"""The shared document: two browsers, reloads, restarts, presence."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from pycrdt import Doc, Map

from designer.server import y_protocol
from designer.server.document_services import document_read
from designer.server.models import Design
from designer.server.rooms import RoomRegistry
from tests.designer.server.browser import Browser, add_node, stored
from tests.designer.server.conftest import Team


async def test_two_browsers_see_each_others_edits(team: Team, design: Design) -> None:
    olga, ed = await Browser.open(team.owner, design.pk), await Browser.open(team.editor, design.pk)
    assert olga.content() == ed.content()
    assert olga.content()["nodes"]["queue"]["label"] == "orders"
    await olga.edit(add_node("a"))
    await ed.edit(add_node("b"))
    await olga.until(lambda: "b" in olga.maps["nodes"])
    await ed.until(lambda: "a" in ed.maps["nodes"])
    assert olga.content() == ed.content()
    await olga.close()
    await ed.close()


async def test_both_sides_of_a_simultaneous_edit_of_one_node_stay(team: Team, design: Design) -> None:
    olga, ed = await Browser.open(team.owner, design.pk), await Browser.open(team.editor, design.pk)
    await olga.edit(lambda maps: maps["nodes"]["worker"].__setitem__("label", "fulfil"))
    await ed.edit(lambda maps: maps["nodes"]["worker"]["parameters"].__setitem__("memory_mb", 1024))
    await olga.until(lambda: "memory_mb" in olga.maps["nodes"]["worker"]["parameters"])
    await ed.until(lambda: ed.maps["nodes"]["worker"]["label"] == "fulfil")
    assert olga.content() == ed.content()
    await olga.close()
    await ed.close()


async def test_an_update_is_acknowledged_only_when_it_is_stored(team: Team, design: Design) -> None:
    browser = await Browser.open(team.editor, design.pk)
    for number in range(3):
        await browser.edit(add_node(f"n{number}"))
    await browser.saved()
    assert browser.stored == 3
    assert {"n0", "n1", "n2"} <= set((await stored(design)).nodes)
    await browser.close()


async def test_a_reload_after_all_have_left_loses_nothing(team: Team, design: Design) -> None:
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(add_node("kept"))
    await browser.saved()
    before = browser.content()
    await browser.close()
    again = await Browser.open(team.viewer, design.pk)
    assert again.content() == before
    await again.close()


async def test_a_restart_of_the_server_loses_nothing_that_was_acknowledged(team: Team, design: Design) -> None:
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(add_node("kept"))
    await browser.saved()
    # Another process knows only what is stored.
    other = await RoomRegistry().enter(design.pk)
    assert "kept" in other.checks._document.mirror.design().nodes
    await other.close()
    await browser.close()


async def test_edits_made_while_offline_arrive_at_reconnection_and_are_acknowledged(team: Team, design: Design) -> None:
    first = await Browser.open(team.editor, design.pk)
    await first.close()
    offline: Doc[Any] = first.doc
    nodes = offline.get("nodes", type=Map)
    nodes["offline"] = Map({"service": "s3", "label": "bucket", "parameters": Map({})})
    again = await Browser.open(team.editor, design.pk, doc=offline)
    await again.until(lambda: again.stored == 1)
    assert "offline" in (await stored(design)).nodes
    await again.close()


async def test_reconnecting_without_news_stores_nothing(team: Team, design: Design) -> None:
    first = await Browser.open(team.editor, design.pk)
    await first.edit(lambda maps: maps["nodes"].__delitem__("queue"))
    await first.saved()
    await first.close()
    revision = (await sync_to_async(document_read)(design.pk)).revision
    again = await Browser.open(team.editor, design.pk, doc=first.doc)
    await again.saved()
    await again.close()
    assert (await sync_to_async(document_read)(design.pk)).revision == revision


async def test_presence_reaches_others_newcomers_and_ends_with_the_connection(team: Team, design: Design) -> None:
    olga, ed = await Browser.open(team.owner, design.pk), await Browser.open(team.editor, design.pk)
    entry = (
        y_protocol.number(1)
        + y_protocol.number(77)
        + y_protocol.number(4)
        + y_protocol.block('{"name":"Ölga"}'.encode())
    )
    await olga.socket.send_to(bytes_data=y_protocol.awareness(entry))
    await ed.until(lambda: entry in ed.presence)
    # Others send back what they hear, as y-websocket does; that is no news.
    await ed.socket.send_to(bytes_data=y_protocol.awareness(entry))
    viewer = await Browser.open(team.viewer, design.pk)
    await viewer.until(lambda: entry in viewer.presence)
    assert olga.presence == []
    await olga.close()
    gone = y_protocol.number(1) + y_protocol.number(77) + y_protocol.number(5) + y_protocol.block(b"null")
    await ed.until(lambda: gone in ed.presence)
    late = await Browser.open(team.viewer, design.pk)
    await late.edit(lambda maps: None)
    assert late.presence == []
    for browser in (ed, viewer, late):
        await browser.close()
