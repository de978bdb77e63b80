"""The bytes of the document socket, against the reference implementation in pycrdt."""

from __future__ import annotations

import pycrdt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.server import y_protocol
from designer.server.y_protocol import (
    AwarenessQuery,
    AwarenessUpdate,
    ClientUpdate,
    ProtocolError,
    SyncStep1,
    read_frame,
)


@given(st.binary(max_size=400))
def test_frames_are_those_of_the_reference(content: bytes) -> None:
    assert y_protocol.sync_step_1(content) == b"\x00\x00" + pycrdt.write_message(content)
    assert y_protocol.sync_step_2(content) == b"\x00\x01" + pycrdt.write_message(content)
    assert y_protocol.document_update(content) == pycrdt.create_update_message(content)
    assert y_protocol.awareness(content) == pycrdt.create_awareness_message(content)


@given(st.binary(max_size=400))
def test_what_is_written_is_read_back(content: bytes) -> None:
    assert read_frame(y_protocol.sync_step_1(content)) == SyncStep1(content)
    assert read_frame(y_protocol.sync_step_2(content)) == ClientUpdate(content)
    assert read_frame(y_protocol.document_update(content)) == ClientUpdate(content)
    assert read_frame(y_protocol.awareness(content)) == AwarenessUpdate(content)


@given(st.integers(min_value=0, max_value=2**53 - 1))
def test_numbers_survive(number: int) -> None:
    reader = y_protocol.Reader(y_protocol.number(number))
    assert reader.number() == number
    assert reader.at_end


@given(st.binary(max_size=60))
def test_any_bytes_are_a_message_or_a_protocol_error(frame: bytes) -> None:
    try:
        message = read_frame(frame)
    except ProtocolError:
        return
    assert isinstance(message, SyncStep1 | ClientUpdate | AwarenessUpdate | AwarenessQuery)


def test_a_number_beyond_what_javascript_has_is_refused() -> None:
    with pytest.raises(ProtocolError):
        y_protocol.Reader(y_protocol.number(2**53)).number()


def test_the_stored_message_begins_with_100() -> None:
    assert y_protocol.stored(300) == bytes([100, 0xAC, 0x02])
