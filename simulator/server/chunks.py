"""Windows in chunks: one chunk is one row of the database and one message of the socket."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.engine.results import Window

CHUNK_BYTES: Final = 512 * 1024
"""A chunk is closed when its JSON would grow beyond this; a single larger window is a chunk of its own."""
_FASTEST: Final = 1


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive windows as the text of a JSON list."""

    first_index: int
    last_index: int
    text: str


def make_chunks(windows: Sequence[Window]) -> Iterator[Chunk]:
    """Cut consecutive windows into chunks of bounded size."""
    texts: list[str] = []
    size = first_index = 0
    for window in windows:
        text = json.dumps(window, separators=(",", ":"), allow_nan=False)
        if texts and size + len(text) > CHUNK_BYTES:
            yield Chunk(first_index, window["index"] - 1, f"[{','.join(texts)}]")
            texts, size = [], 0
        if not texts:
            first_index = window["index"]
        texts.append(text)
        size += len(text)
    if texts:
        yield Chunk(first_index, windows[-1]["index"], f"[{','.join(texts)}]")


def pack(text: str) -> bytes:
    """The text compressed for the database: about a tenth of its size."""
    return zlib.compress(text.encode(), _FASTEST)


def unpack(data: bytes | memoryview) -> str:
    """The text of a packed chunk."""
    return zlib.decompress(data).decode()


def windows_after(text: str, after: int) -> list[Window]:
    """The windows of a chunk's text whose index is greater than ``after``."""
    windows: list[Window] = json.loads(text)
    return [window for window in windows if window["index"] > after]
