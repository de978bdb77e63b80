"""Cutting windows into chunks and packing them."""

from __future__ import annotations

import json

import pytest

from simulator.engine.results import Window
from simulator.server import chunks
from simulator.server.chunks import make_chunks, pack, unpack, windows_after


def windows(count: int, first: int = 0) -> list[Window]:
    return [
        {
            "index": first + number,
            "start_s": float(number),
            "end_s": number + 1.0,
            "nodes": {},
            "edges": {},
            "entry_points": {},
            "cost_usd": 1 / 3,
        }
        for number in range(count)
    ]


def test_small_windows_make_one_chunk() -> None:
    (chunk,) = make_chunks(windows(5, first=10))
    assert (chunk.first_index, chunk.last_index) == (10, 14)
    assert json.loads(chunk.text) == windows(5, first=10)


def test_chunks_stay_below_their_size_and_join_without_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 500)
    found = list(make_chunks(windows(50)))
    assert len(found) > 5
    assert all(len(chunk.text) <= 520 for chunk in found)
    joined = [window for chunk in found for window in json.loads(chunk.text)]
    assert joined == windows(50)
    assert [chunk.first_index for chunk in found[1:]] == [chunk.last_index + 1 for chunk in found[:-1]]


def test_a_window_that_is_too_large_is_a_chunk_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 1)
    assert [(chunk.first_index, chunk.last_index) for chunk in make_chunks(windows(3))] == [(0, 0), (1, 1), (2, 2)]


def test_no_windows_make_no_chunk() -> None:
    assert list(make_chunks([])) == []


def test_packing_loses_nothing_and_saves_room() -> None:
    (chunk,) = make_chunks(windows(200))
    packed = pack(chunk.text)
    assert unpack(packed) == unpack(memoryview(packed)) == chunk.text
    assert len(packed) < len(chunk.text) / 5


def test_windows_after_an_index() -> None:
    (chunk,) = make_chunks(windows(5))
    assert [window["index"] for window in windows_after(chunk.text, 2)] == [3, 4]
