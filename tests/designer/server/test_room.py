"""The shared document: two browsers, reloads, restarts, and everything that must not get in."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from django.contrib.auth.models import User
from pycrdt import Doc, Map

from designer.server import consumers, room, y_protocol
from designer.server.document_services import document_apply_operations, document_read
from designer.server.models import Design, DocumentSnapshot, DocumentUpdate, Membership, Role
from designer.server.rooms import RoomRegistry, rooms
from designer.server.services import design_delete, membership_delete, membership_set_role
from designer.server.storage import document_append, document_compact
from designer.domain.graph.operations import RelabelNode, RemoveNode
from tests.designer.server.browser import Browser, Events, closed_with, session_cookie, socket


def add_node(node_id: str, label: str = "added") -> object:
    def change(maps: dict[str, Map]) -> None:
        maps["nodes"][node_id] = Map({"service": "lambda", "label": label, "parameters": Map({"memory_mb": 512})})
        maps["positions"][node_id] = {"x": 5, "y": 6}

    return change


async def stored(design: Design):
    return (await sync_to_async(document_read)(design.pk)).design


async def test_two_browsers_see_each_others_edits(team, design):
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


async def test_both_sides_of_a_simultaneous_edit_of_one_node_stay(team, design):
    olga, ed = await Browser.open(team.owner, design.pk), await Browser.open(team.editor, design.pk)
    await olga.edit(lambda maps: maps["nodes"]["worker"].__setitem__("label", "fulfil"))
    await ed.edit(lambda maps: maps["nodes"]["worker"]["parameters"].__setitem__("memory_mb", 1024))
    await olga.until(lambda: "memory_mb" in olga.maps["nodes"]["worker"]["parameters"])
    await ed.until(lambda: ed.maps["nodes"]["worker"]["label"] == "fulfil")
    assert olga.content() == ed.content()
    await olga.close()
    await ed.close()


async def test_an_update_is_acknowledged_only_when_it_is_stored(team, design):
    browser = await Browser.open(team.editor, design.pk)
    for number in range(3):
        await browser.edit(add_node(f"n{number}"))
    await browser.saved()
    assert browser.stored == 3
    assert {"n0", "n1", "n2"} <= set((await stored(design)).nodes)
    await browser.close()


async def test_a_reload_after_all_have_left_loses_nothing(team, design):
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(add_node("kept"))
    await browser.saved()
    before = browser.content()
    await browser.close()
    again = await Browser.open(team.viewer, design.pk)
    assert again.content() == before
    await again.close()


async def test_a_restart_of_the_server_loses_nothing_that_was_acknowledged(team, design):
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(add_node("kept"))
    await browser.saved()
    # Another process knows only what is stored.
    other = await RoomRegistry().enter(design.pk)
    assert "kept" in other.checks._document.mirror.design().nodes
    await other.close()
    await browser.close()


async def test_edits_made_while_offline_arrive_at_reconnection_and_are_acknowledged(team, design):
    first = await Browser.open(team.editor, design.pk)
    await first.close()
    offline: Doc = first.doc
    nodes = offline.get("nodes", type=Map)
    nodes["offline"] = Map({"service": "s3", "label": "bucket", "parameters": Map({})})
    again = await Browser.open(team.editor, design.pk, doc=offline)
    await again.until(lambda: again.stored == 1)
    assert "offline" in (await stored(design)).nodes
    await again.close()


async def test_reconnecting_without_news_stores_nothing(team, design):
    first = await Browser.open(team.editor, design.pk)
    await first.edit(lambda maps: maps["nodes"].__delitem__("queue"))
    await first.saved()
    await first.close()
    revision = (await sync_to_async(document_read)(design.pk)).revision
    again = await Browser.open(team.editor, design.pk, doc=first.doc)
    await again.saved()
    await again.close()
    assert (await sync_to_async(document_read)(design.pk)).revision == revision


async def test_a_viewer_sees_everything_and_changes_nothing(team, design):
    editor, viewer = await Browser.open(team.editor, design.pk), await Browser.open(team.viewer, design.pk)
    await viewer.edit(add_node("forbidden"))
    await viewer.until(lambda: bool(viewer.denied))
    await editor.edit(add_node("allowed"))
    await editor.saved()
    await viewer.until(lambda: "allowed" in viewer.maps["nodes"])
    assert viewer.stored == 0
    assert "forbidden" not in editor.maps["nodes"]
    assert set((await stored(design)).nodes) == {"queue", "worker", "allowed"}
    await viewer.close()
    await editor.close()


async def test_a_viewer_who_reconnects_is_not_left_unsaved(team, design):
    editor = await Browser.open(team.editor, design.pk)
    await editor.edit(lambda maps: maps["nodes"].__delitem__("queue"))
    await editor.saved()
    viewer = await Browser.open(team.viewer, design.pk, doc=editor.doc)
    assert viewer.sent == 1
    await viewer.saved()
    assert viewer.denied == []
    await viewer.close()
    await editor.close()


async def test_an_editor_who_is_made_a_viewer_can_no_longer_write(team, design):
    browser = await Browser.open(team.editor, design.pk)
    membership = await Membership.objects.aget(user=team.editor)
    await sync_to_async(membership_set_role)(membership=membership, role=Role.VIEWER)
    await asyncio.sleep(0.2)
    await browser.edit(add_node("late"))
    await browser.until(lambda: bool(browser.denied))
    assert "late" not in (await stored(design)).nodes
    await browser.close()


async def test_a_member_who_is_removed_is_disconnected_from_both_sockets(team, design):
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.editor, design.pk)
    await events.next("findings")
    membership = await Membership.objects.aget(user=team.editor)
    await sync_to_async(membership_delete)(membership=membership)
    await browser.until(lambda: browser.closed == consumers.NOT_FOUND)
    assert (await events.socket.receive_output(5))["code"] == consumers.NOT_FOUND
    await browser.close()
    await events.close()


async def test_deleting_the_design_closes_its_sockets(team, design):
    browser = await Browser.open(team.editor, design.pk)
    await sync_to_async(design_delete)(design=design)
    await browser.until(lambda: browser.closed is not None)
    assert browser.closed == consumers.NOT_FOUND
    await browser.close()


@pytest.mark.parametrize("path", ["document", "events"])
async def test_strangers_and_unknown_designs_are_refused_alike(team, design, path):
    foreign = socket(f"/ws/designs/{design.pk}/{path}/", cookie=await sync_to_async(session_cookie)(team.stranger))
    missing = socket(f"/ws/designs/{uuid.uuid4()}/{path}/", cookie=await sync_to_async(session_cookie)(team.owner))
    anonymous = socket(f"/ws/designs/{design.pk}/{path}/")
    assert await closed_with(foreign) == consumers.NOT_FOUND
    assert await closed_with(missing) == consumers.NOT_FOUND
    assert await closed_with(anonymous) == consumers.NOT_SIGNED_IN


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", "testserver"),
        ("http://testserver:9999", "testserver"),
        ("http://evil.example", "evil.example"),
        ("null", "testserver"),
        ("", "testserver"),
    ],
)
async def test_a_page_of_another_origin_cannot_open_a_socket(team, design, origin, host):
    cookie = await sync_to_async(session_cookie)(team.owner)
    communicator = socket(f"/ws/designs/{design.pk}/document/", cookie=cookie, origin=origin, host=host)
    connected, _ = await communicator.connect()
    assert not connected


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x00",
        b"\x00\x00",
        b"\x00\x02\x05\x01",
        b"\x00\x02\x03\xff\xff\xff",
        b"\x00\x00\x03\xff\xff\xff",
        b"\x00\x07\x00",
        b"\x63",
        b"\xff" * 12,
        b"\x01\x02\x01\xff",
    ],
)
async def test_a_frame_that_is_no_message_ends_only_its_own_connection(team, design, frame):
    good, bad = await Browser.open(team.owner, design.pk), await Browser.open(team.editor, design.pk)
    await bad.socket.send_to(bytes_data=frame)
    await bad.until(lambda: bad.closed is not None)
    assert bad.closed == consumers.BAD_MESSAGE
    await good.edit(add_node("after"))
    await good.saved()
    await good.close()
    await bad.close()


async def test_a_text_frame_ends_the_connection(team, design):
    browser = await Browser.open(team.editor, design.pk)
    await browser.socket.send_to(text_data="hello")
    await browser.until(lambda: browser.closed == consumers.BAD_MESSAGE)
    await browser.close()


async def test_an_oversize_frame_ends_the_connection_for_good(team, design):
    browser = await Browser.open(team.editor, design.pk)
    await browser.send(y_protocol.document_update(bytes(consumers.MAXIMUM_FRAME_BYTES)))
    await browser.until(lambda: browser.closed == consumers.TOO_LARGE)
    await browser.close()


async def test_a_full_document_takes_no_more(team, design, monkeypatch):
    monkeypatch.setattr(room, "MAXIMUM_DOCUMENT_BYTES", 4_000)
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(add_node("long", label="x" * 10_000))
    await browser.until(lambda: browser.closed == consumers.TOO_LARGE)
    assert "long" not in (await stored(design)).nodes
    await browser.close()


async def test_what_was_deleted_does_not_count_against_the_size_of_a_document(team, design, monkeypatch):
    monkeypatch.setattr(room, "MAXIMUM_DOCUMENT_BYTES", 30_000)
    browser = await Browser.open(team.editor, design.pk)
    for number in range(8):
        await browser.edit(add_node(f"n{number}", label="x" * 10_000))
        await browser.edit(lambda maps, number=number: maps["nodes"].__delitem__(f"n{number}"))
        await browser.saved()
    assert browser.closed is None
    await browser.close()


async def test_presence_reaches_others_newcomers_and_ends_with_the_connection(team, design):
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


async def test_nobody_can_take_over_the_presence_of_somebody_else(team, design):
    olga, ed = await Browser.open(team.owner, design.pk), await Browser.open(team.editor, design.pk)
    entry = y_protocol.number(1) + y_protocol.number(77) + y_protocol.number(4) + y_protocol.block(b'{"name":"Olga"}')
    forged = y_protocol.number(1) + y_protocol.number(77) + y_protocol.number(9) + y_protocol.block(b'{"name":"Fool"}')
    await olga.socket.send_to(bytes_data=y_protocol.awareness(entry))
    await ed.until(lambda: entry in ed.presence)
    await ed.socket.send_to(bytes_data=y_protocol.awareness(forged))
    newcomer = await Browser.open(team.viewer, design.pk)
    await newcomer.until(lambda: bool(newcomer.presence))
    assert newcomer.presence == [entry]
    for browser in (olga, ed, newcomer):
        await browser.close()


async def test_an_edge_whose_end_was_removed_is_taken_out_with_a_notice(team, design):
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.viewer, design.pk)
    await browser.edit(lambda maps: maps["nodes"].__delitem__("queue"))
    notice = await events.next("notice")
    assert notice["subject"] == {"kind": "edge", "id": "poll"}
    assert "queue" in notice["text"]
    await browser.until(lambda: "poll" not in browser.maps["edges"])
    await browser.saved()
    await events.close()
    await browser.close()
    assert (await stored(design)).edges == {}


async def test_an_edge_to_nowhere_that_is_stored_already_is_taken_out_when_the_design_is_opened(team, design):
    def break_it() -> None:
        from designer.server.shared_document import SharedDocument
        from designer.server.storage import document_load

        document = SharedDocument(document_load(design.pk).updates)
        update = document.change(lambda maps: maps["nodes"].__delitem__("worker"))
        document_append(design_id=design.pk, update=update)

    await sync_to_async(break_it)()
    browser = await Browser.open(team.viewer, design.pk)
    await browser.until(lambda: "poll" not in browser.maps["edges"])
    await browser.close()


async def test_an_unreadable_entry_is_left_out_and_reported_now_and_to_newcomers(team, design):
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.editor, design.pk)
    await browser.edit(lambda maps: maps["nodes"].__setitem__("odd", 7))
    await browser.edit(lambda maps: maps["groups"].__setitem__("g", {"x": "left"}))
    ids = {(await events.next("notice"))["id"], (await events.next("notice"))["id"]}
    assert ids == {"unreadable:node:odd", "unreadable:group:g"}
    late = await Events.open(team.viewer, design.pk)
    assert {(await late.next("notice"))["id"], (await late.next("notice"))["id"]} == ids
    assert set((await stored(design)).nodes) == {"queue", "worker"}
    for opened in (browser, events, late):
        await opened.close()


async def test_findings_follow_every_change_that_rules_look_at(team, design):
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.viewer, design.pk)
    first = await events.next("findings")
    assert not any(
        finding["subject"]["parameter"] == "visibility_timeout_s" and finding["severity"] == "error"
        for finding in first["findings"]
    )
    await browser.edit(lambda maps: maps["nodes"]["queue"]["parameters"].__setitem__("visibility_timeout_s", 10))
    second = await events.next("findings")
    assert second["revision"] > first["revision"]
    subjects = {(f["subject"]["id"], f["subject"]["parameter"]) for f in second["findings"] if f["severity"] == "error"}
    assert any("visibility" in parameter for _, parameter in subjects)
    await browser.close()
    await events.close()


async def test_moving_a_card_checks_nothing(team, design):
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.viewer, design.pk)
    await events.next("findings")
    await browser.edit(lambda maps: maps["positions"].__setitem__("queue", {"x": 99.0, "y": 1}))
    await browser.saved()
    assert await events.socket.receive_nothing(0.4)
    assert (await stored(design)).nodes["queue"].x == 99
    await browser.close()
    await events.close()


async def test_an_operation_over_rest_reaches_open_browsers_and_their_findings(team, design):
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.viewer, design.pk)
    before = await events.next("findings")
    change = sync_to_async(document_apply_operations)
    await change(design_id=design.pk, operations=[RelabelNode("worker", "renamed")])
    await browser.until(lambda: browser.maps["nodes"]["worker"]["label"] == "renamed")
    assert (await events.next("findings"))["revision"] == before["revision"] + 1
    # Work goes on in the room from there.
    await browser.edit(add_node("next"))
    await browser.saved()
    assert (await stored(design)).nodes["worker"].label == "renamed"
    assert {"next", "worker"} <= set((await stored(design)).nodes)
    await browser.close()
    await events.close()


async def test_two_processes_with_the_same_design_stay_in_step(team, design):
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


async def test_a_room_makes_up_for_messages_that_the_channel_layer_lost(team, design, monkeypatch):
    monkeypatch.setattr(room, "IN_STEP_EVERY_S", 0.05)
    browser = await Browser.open(team.editor, design.pk)
    monkeypatch.setattr("designer.server.document_services.publish", lambda group, message: None)
    change = sync_to_async(document_apply_operations)
    await change(design_id=design.pk, operations=[RemoveNode("worker")])
    await browser.until(lambda: "worker" not in browser.maps["nodes"])
    await browser.close()


async def test_changes_that_come_while_others_store_are_in_the_findings_told_last(team, design):
    """Two writers at once: whatever the order, the highest revision's findings know both changes."""
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.viewer, design.pk)
    await events.next("findings")
    change = sync_to_async(document_apply_operations, thread_sensitive=False)
    await asyncio.gather(
        browser.edit(lambda maps: maps["nodes"]["queue"]["parameters"].__setitem__("visibility_timeout_s", 10)),
        change(design_id=design.pk, operations=[RelabelNode("queue", "renamed")]),
    )
    told = [await events.next("findings")]
    while not await events.socket.receive_nothing(0.5):
        told.append(await events.next("findings"))
    last = max(told, key=lambda message: message["revision"])
    errors = [finding for finding in last["findings"] if finding["severity"] == "error"]
    assert errors and all("renamed" in finding["message"] for finding in errors if finding["subject"]["id"] == "queue")
    await browser.close()
    await events.close()


async def test_many_rows_are_merged_while_the_room_is_open_and_the_document_stays(team, design, monkeypatch):
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


async def test_the_rows_are_merged_when_the_last_has_left(team, design):
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(add_node("a"))
    await browser.edit(add_node("b"))
    await browser.close()
    assert await DocumentUpdate.objects.filter(design=design).acount() == 0
    assert rooms()._rooms == {}
    again = await Browser.open(team.editor, design.pk)
    assert {"a", "b"} <= set(again.maps["nodes"])
    await again.edit(add_node("c"))
    await again.saved()
    await again.close()


async def test_appending_and_merging_at_the_same_time_loses_no_update(team, design):
    def write(worker: int) -> None:
        from designer.server.shared_document import SharedDocument

        for number in range(10):
            document = SharedDocument()
            document_append(design_id=design.pk, update=document.change(add_node(f"w{worker}-{number}")))
            document_compact(design_id=design.pk)

    await asyncio.gather(*(sync_to_async(write, thread_sensitive=False)(worker) for worker in range(3)))
    assert len((await stored(design)).nodes) == 2 + 30


async def test_a_name_changed_in_the_document_is_the_designs_name_in_lists(team, design):
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(lambda maps: maps["meta"].__setitem__("name", "Renamed"))
    await browser.saved()
    await browser.close()
    await design.arefresh_from_db()
    assert design.name == "Renamed"
