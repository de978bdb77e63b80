"""What the server says about a document while it is edited."""

from __future__ import annotations

import asyncio

from asgiref.sync import sync_to_async

from designer.domain.graph.operations import RelabelNode
from designer.server.document_services import document_apply_operations
from designer.server.models import Design
from designer.server.shared_document import SharedDocument
from designer.server.storage import document_append, document_load
from tests.designer.server.browser import Browser, Events, add_node, stored
from tests.designer.server.conftest import Team


async def test_an_edge_whose_end_was_removed_is_taken_out_with_a_notice(team: Team, design: Design) -> None:
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


async def test_a_stored_edge_to_nowhere_is_taken_out_at_opening(team: Team, design: Design) -> None:
    def break_it() -> None:

        document = SharedDocument(document_load(design.pk).updates)
        update = document.change(lambda maps: maps["nodes"].__delitem__("worker"))
        document_append(design_id=design.pk, update=update)

    await sync_to_async(break_it)()
    browser = await Browser.open(team.viewer, design.pk)
    await browser.until(lambda: "poll" not in browser.maps["edges"])
    await browser.close()


async def test_an_unreadable_entry_is_left_out_and_reported_now_and_to_newcomers(team: Team, design: Design) -> None:
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


async def test_findings_follow_every_change_that_rules_look_at(team: Team, design: Design) -> None:
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


async def test_moving_a_card_checks_nothing(team: Team, design: Design) -> None:
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.viewer, design.pk)
    await events.next("findings")
    await browser.edit(lambda maps: maps["positions"].__setitem__("queue", {"x": 99.0, "y": 1}))
    await browser.saved()
    assert await events.socket.receive_nothing(0.4)
    assert (await stored(design)).nodes["queue"].x == 99
    await browser.close()
    await events.close()


async def test_an_operation_over_rest_reaches_open_browsers_and_their_findings(team: Team, design: Design) -> None:
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


async def test_changes_that_come_while_others_store_are_in_the_findings_told_last(team: Team, design: Design) -> None:
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
    assert errors
    assert all("renamed" in finding["message"] for finding in errors if finding["subject"]["id"] == "queue")
    await browser.close()
    await events.close()
