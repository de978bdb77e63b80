"""The messages of the events socket have the shape that both sides agreed on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from designer.server.messages import FindingsMessage, NoticeMessage
from designer.server.models import Design
from tests.designer.server.browser import Browser, Events, remove_node
from tests.designer.server.conftest import Team
from tests.typed_messages import problems

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "messages.json"
SOCKET = "/ws/designs/<id>/events/"


def example(kind: str) -> dict[str, Any]:
    """The example that the browser's tests read too."""
    found: dict[str, Any] = json.loads(FIXTURES.read_text(encoding="utf-8"))[SOCKET][kind]
    return found


def test_the_examples_have_the_declared_shape() -> None:
    assert list(problems(example("findings"), FindingsMessage)) == []
    assert list(problems(example("notice"), NoticeMessage)) == []
    assert example("findings")["findings"]
    assert any(finding["fixes"] for finding in example("findings")["findings"])


def test_a_message_of_another_shape_is_noticed() -> None:
    message = example("findings")
    del message["findings"][0]["title"]
    message["revision"] = "7"
    message["extra"] = 1
    assert len(list(problems(message, FindingsMessage))) == 3


async def test_what_the_server_sends_has_the_declared_shape(team: Team, design: Design) -> None:
    browser, events = await Browser.open(team.editor, design.pk), await Events.open(team.viewer, design.pk)
    first = await events.next("findings")
    await browser.edit(remove_node("queue"))
    notice = await events.next("notice")
    assert first["findings"]
    assert list(problems(first, FindingsMessage)) == []
    assert list(problems(notice, NoticeMessage)) == []
    await browser.close()
    await events.close()
