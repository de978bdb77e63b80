"""Presence: whose entry counts, and for how long."""

from __future__ import annotations

import json

import pytest

from designer.server import awareness
from designer.server.awareness import Presence
from designer.server.y_protocol import ProtocolError, Reader, block, number


def entry(client: int, clock: int, state: object) -> bytes:
    return number(1) + number(client) + number(clock) + block(json.dumps(state).encode())


def read(data: bytes) -> dict[int, object]:
    if not data:
        return {}
    reader = Reader(data)
    found: dict[int, object] = {}
    for _ in range(reader.number()):
        client, _clock, state = reader.number(), reader.number(), reader.text()
        found[client] = json.loads(state)
    return found


def test_an_older_entry_changes_nothing() -> None:
    presence, olga = Presence(), object()
    assert presence.hear(entry(1, 5, {"x": 1}), connection=olga, person=1)
    assert presence.hear(entry(1, 5, {"x": 2}), connection=olga, person=1) == b""
    assert presence.hear(entry(1, 4, {"x": 2}), connection=olga, person=1) == b""
    assert read(presence.everybody()) == {1: {"x": 1}}


def test_what_others_send_back_after_somebody_left_does_not_bring_them_to_life() -> None:
    presence, olga, ed = Presence(), object(), object()
    last = entry(1, 5, {"x": 1})
    presence.hear(last, connection=olga, person=1)
    assert read(presence.leave(olga)) == {1: None}
    assert presence.hear(last, connection=ed, person=2) == b""
    assert presence.everybody() == b""


def test_the_same_person_takes_an_entry_over_at_reconnection_and_the_dead_connection_cannot_end_it() -> None:
    presence, dead, alive = Presence(), object(), object()
    presence.hear(entry(1, 5, {"x": 1}), connection=dead, person=1)
    assert presence.hear(entry(1, 6, {"x": 2}), connection=alive, person=1)
    assert presence.leave(dead) == b""
    assert read(presence.everybody()) == {1: {"x": 2}}


def test_somebody_else_cannot_change_or_end_an_entry() -> None:
    presence, olga, ed = Presence(), object(), object()
    presence.hear(entry(1, 5, {"x": 1}), connection=olga, person=1)
    assert presence.hear(entry(1, 9, {"x": 9}), connection=ed, person=2) == b""
    assert presence.hear(entry(1, 5, None), connection=ed, person=2) == b""
    assert read(presence.everybody()) == {1: {"x": 1}}


def test_a_person_who_moves_to_another_process_is_believed_there() -> None:
    presence, here = Presence(), object()
    presence.hear(entry(1, 5, {"x": 1}), person=1)
    assert presence.hear(entry(1, 6, {"x": 2}), connection=here, person=1)
    assert presence.hear(entry(1, 7, {"x": 3}), person=1)
    assert presence.leave(here) == b""


def test_entries_of_other_processes_are_forgotten_when_they_are_not_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    presence = Presence()
    presence.hear(entry(1, 5, {"x": 1}), person=1)
    assert read(presence.everybody()) == {1: {"x": 1}}
    monkeypatch.setattr(awareness, "OUTDATED_S", -1.0)
    assert presence.everybody() == b""


def test_one_connection_cannot_fill_the_room() -> None:
    presence, crowd = Presence(), object()
    for client in range(100):
        presence.hear(entry(client, 1, {}), connection=crowd, person=1)
    assert len(read(presence.everybody())) == awareness.MAXIMUM_ENTRIES_PER_CONNECTION


def test_an_oversize_message_is_refused() -> None:
    with pytest.raises(ProtocolError):
        Presence().hear(entry(1, 1, "x" * awareness.MAXIMUM_BYTES), connection=object(), person=1)
