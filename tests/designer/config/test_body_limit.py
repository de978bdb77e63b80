"""Request bodies that are too large never reach the application, whatever they declare."""

from __future__ import annotations

import json
from typing import Any

import pytest

from designer.config.body_limit import BodyLimit, Message, Receive, Scope, Send


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of the body."""
    size = 0
    while True:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


async def request(chunks: list[bytes], declared: int | None) -> tuple[int, Any]:
    """The status and the JSON of the answer."""
    headers = [] if declared is None else [(b"content-length", str(declared).encode())]
    messages = [
        {"type": "http.request", "body": chunk, "more_body": position < len(chunks) - 1}
        for position, chunk in enumerate(chunks)
    ]
    waiting = iter(messages)
    sent: list[Message] = []

    async def receive() -> Message:
        return next(waiting, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        sent.append(message)

    await BodyLimit(echo, 1000)({"type": "http", "headers": headers}, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"])


@pytest.mark.parametrize("declared", [1000, None])
async def test_a_body_of_the_greatest_size_passes_whole(declared: int | None) -> None:
    assert await request([b"x" * 600, b"x" * 400], declared) == (200, 1000)


@pytest.mark.parametrize("declared", [1001, None])
async def test_a_larger_body_is_refused(declared: int | None) -> None:
    status, answer = await request([b"x" * 600, b"x" * 401], declared)
    assert status == 413
    assert answer["error"]["code"] == "too_large"


async def test_a_sender_who_goes_away_in_the_middle_is_not_waited_for() -> None:
    status, _ = await request([b"x"], 5_000_000)
    assert status == 413
