"""Publishing to channel layer groups, from any thread of any process.

The channel layer lives on an event loop. In a process that has sockets it is used on the loop that
serves them, because the in-memory layer's queues wake nobody from another thread; in a worker
process on one private loop, which keeps its connection to Redis.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
import uuid
from collections.abc import Mapping
from typing import Any, Final

from channels.layers import get_channel_layer

TIMEOUT_S: Final = 10.0

logger = logging.getLogger(__name__)


class _Loops:
    """The loops to publish on; a forked process forgets those of its parent."""

    serving: asyncio.AbstractEventLoop | None = None
    serving_pid = 0
    private: asyncio.AbstractEventLoop | None = None
    private_pid = 0
    lock = threading.Lock()


def design_group(design_id: uuid.UUID) -> str:
    """The group of the events sockets of a design."""
    return f"design.{design_id}"


def document_group(design_id: uuid.UUID) -> str:
    """The group of the rooms, one per process, of a design."""
    return f"document.{design_id}"


def user_group(user_id: int) -> str:
    """The group of all sockets of a person."""
    return f"user.{user_id}"


def bind_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Publish on this loop from now on: the one that serves this process's sockets."""
    _Loops.serving, _Loops.serving_pid = loop, os.getpid()


def unbind_loop() -> None:
    """The serving loop is about to end."""
    _Loops.serving = None


def publish(group: str, message: Mapping[str, Any]) -> None:
    """Send the message to the group and wait until it is out; a failure is logged, never raised.

    For synchronous code. Whatever is published is stored as well, so a lost message delays and
    loses nothing.
    """
    loop = _loop()
    if loop is _running_loop():
        raise RuntimeError("publish() would wait for its own loop; use publish_async()")
    coroutine = publish_async(group, message)
    try:
        future = asyncio.run_coroutine_threadsafe(coroutine, loop)
    except RuntimeError:
        coroutine.close()
        logger.warning("not published to %s: the server is stopping", group)
        return
    try:
        future.result(TIMEOUT_S)
    except TimeoutError:
        future.cancel()
        logger.warning("not published to %s within %s s", group, TIMEOUT_S)


async def publish_async(group: str, message: Mapping[str, Any]) -> None:
    """Send the message to the group; a failure is logged, never raised."""
    try:
        await get_channel_layer().group_send(group, dict(message))
    except Exception:
        logger.warning("not published to %s", group, exc_info=True)


def design_envelope(message: Mapping[str, Any]) -> dict[str, Any]:
    """The message as the events sockets take it from the channel layer: finished text."""
    return {"type": "design.message", "text": json.dumps(message, separators=(",", ":"))}


def publish_to_design(design_id: uuid.UUID, message: Mapping[str, Any]) -> None:
    """Send a JSON message to everybody who has the design open."""
    publish(design_group(design_id), design_envelope(message))


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _loop() -> asyncio.AbstractEventLoop:
    serving = _Loops.serving
    if serving is not None and _Loops.serving_pid == os.getpid() and serving.is_running():
        return serving
    with _Loops.lock:
        if _Loops.private is None or _Loops.private_pid != os.getpid():
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="publishing", daemon=True).start()
            _Loops.private, _Loops.private_pid = loop, os.getpid()
        return _Loops.private
