"""Who and what a document's sockets refuse."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from designer.server import consumers, room, y_protocol
from designer.server.models import Design, Membership, Role
from designer.server.rooms import rooms
from designer.server.services import design_delete, membership_delete, membership_set_role
from tests.designer.server.browser import (
    Browser,
    Events,
    add_node,
    closed_with,
    remove_node,
    session_cookie,
    socket,
    stored,
)
from tests.designer.server.conftest import Team


async def test_a_viewer_sees_everything_and_changes_nothing(team: Team, design: Design) -> None:
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


async def test_a_viewer_who_reconnects_is_not_left_unsaved(team: Team, design: Design) -> None:
    editor = await Browser.open(team.editor, design.pk)
    await editor.edit(lambda maps: maps["nodes"].__delitem__("queue"))
    await editor.saved()
    viewer = await Browser.open(team.viewer, design.pk, doc=editor.doc)
    assert viewer.sent == 1
    await viewer.saved()
    assert viewer.denied == []
    await viewer.close()
    await editor.close()


async def test_an_editor_who_is_made_a_viewer_can_no_longer_write(team: Team, design: Design) -> None:
    browser = await Browser.open(team.editor, design.pk)
    membership = await Membership.objects.aget(user=team.editor)
    await sync_to_async(membership_set_role)(membership=membership, role=Role.VIEWER)
    await asyncio.sleep(0.2)
    await browser.edit(add_node("late"))
    await browser.until(lambda: bool(browser.denied))
    assert "late" not in (await stored(design)).nodes
    await browser.close()


async def test_a_member_who_is_removed_is_disconnected_from_both_sockets(team: Team, design: Design) -> None:
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.editor, design.pk)
    await events.next("findings")
    membership = await Membership.objects.aget(user=team.editor)
    await sync_to_async(membership_delete)(membership=membership)
    await browser.until(lambda: browser.closed == consumers.NOT_FOUND)
    assert (await events.socket.receive_output(5))["code"] == consumers.NOT_FOUND
    await browser.close()
    await events.close()


async def test_deleting_the_design_closes_its_sockets(team: Team, design: Design) -> None:
    browser = await Browser.open(team.editor, design.pk)
    await sync_to_async(design_delete)(design=design)
    await browser.until(lambda: browser.closed is not None)
    assert browser.closed == consumers.NOT_FOUND
    await browser.close()


@pytest.mark.parametrize("path", ["document", "events"])
async def test_strangers_and_unknown_designs_are_refused_alike(team: Team, design: Design, path: str) -> None:
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
async def test_a_page_of_another_origin_opens_no_socket(team: Team, design: Design, origin: str, host: str) -> None:
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
async def test_a_bad_frame_ends_only_its_own_connection(team: Team, design: Design, frame: bytes) -> None:
    good, bad = await Browser.open(team.owner, design.pk), await Browser.open(team.editor, design.pk)
    await bad.socket.send_to(bytes_data=frame)
    await bad.until(lambda: bad.closed is not None)
    assert bad.closed == consumers.BAD_MESSAGE
    await good.edit(add_node("after"))
    await good.saved()
    await good.close()
    await bad.close()


async def test_a_text_frame_ends_the_connection(team: Team, design: Design) -> None:
    browser = await Browser.open(team.editor, design.pk)
    await browser.socket.send_to(text_data="hello")
    await browser.until(lambda: browser.closed == consumers.BAD_MESSAGE)
    await browser.close()


async def test_an_oversize_frame_ends_the_connection_for_good(team: Team, design: Design) -> None:
    browser = await Browser.open(team.editor, design.pk)
    await browser.send(y_protocol.document_update(bytes(consumers.MAXIMUM_FRAME_BYTES)))
    await browser.until(lambda: browser.closed == consumers.TOO_LARGE)
    await browser.close()


async def test_a_full_document_takes_no_more(team: Team, design: Design, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAXIMUM_DOCUMENT_BYTES", 4_000)
    browser = await Browser.open(team.editor, design.pk)
    await browser.edit(add_node("long", label="x" * 10_000))
    await browser.until(lambda: browser.closed == consumers.TOO_LARGE)
    assert "long" not in (await stored(design)).nodes
    await browser.close()


async def test_deleted_content_does_not_fill_a_document(
    team: Team, design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MAXIMUM_DOCUMENT_BYTES", 30_000)
    browser = await Browser.open(team.editor, design.pk)
    for number in range(8):
        await browser.edit(add_node(f"n{number}", label="x" * 10_000))
        await browser.edit(remove_node(f"n{number}"))
        await browser.saved()
    assert browser.closed is None
    await browser.close()


async def test_nobody_can_take_over_the_presence_of_somebody_else(team: Team, design: Design) -> None:
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


async def test_signing_out_closes_the_sockets_of_that_session_alone(team: Team, design: Design) -> None:
    here, there = await Browser.open(team.editor, design.pk), await Browser.open(team.editor, design.pk)

    def sign_out() -> None:
        client = Client()
        name, value = here.cookie.split("=", 1)
        client.cookies[name] = value
        assert client.post("/sign-out/").status_code == 302

    await sync_to_async(sign_out)()
    await here.until(lambda: here.closed is not None)
    assert here.closed == consumers.NOT_SIGNED_IN
    await there.edit(add_node("still"))
    await there.saved()
    await here.close()
    await there.close()


async def test_a_connection_that_fails_inside_leaves_its_room(
    team: Team, design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defect(self: object, client: object, update: bytes) -> None:
        raise RuntimeError("a defect")

    browser = await Browser.open(team.editor, design.pk)
    monkeypatch.setattr(room.Room, "receive_update", defect)
    await browser.edit(add_node("x"))
    with pytest.raises(RuntimeError, match="a defect"):
        await browser.close()
    assert rooms()._rooms == {}
