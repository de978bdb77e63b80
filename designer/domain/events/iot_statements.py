"""The outer form of an AWS IoT rule's statement: SELECT ... FROM a topic filter WHERE ...

What stands between is not read: functions and expressions have a grammar of their own.
"""

from __future__ import annotations

import re
from typing import Final

from designer.domain.events.located_json import Place, TextError

DEEPEST_TOPIC: Final = 8
"""Levels of a topic that AWS IoT takes; a rule for basic ingest has three more in front."""

_SELECT: Final = re.compile(r"\s*SELECT\s", re.IGNORECASE)
_QUOTED: Final = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"")
_FROM: Final = re.compile(r"\bFROM\b\s*", re.IGNORECASE)


def topic_filter(statement: str) -> str:
    """The topic filter of the statement, empty when it has none (basic ingest); TextError when it is refused."""
    if _SELECT.match(statement) is None:
        raise _error(statement, 0, "A statement begins with SELECT.", "Write for instance SELECT * FROM 'plant/+'.")
    outside = _QUOTED.sub(lambda found: "'" * len(found[0]), statement)
    found = _FROM.search(outside)
    if found is None:
        return ""
    begin = found.end()
    quoted = _QUOTED.match(statement, begin)
    if quoted is None:
        raise _error(statement, begin, "Behind FROM stands a topic filter in quotes.", "Write for instance 'plant/+'.")
    topic = quoted[0][1:-1]
    _check(statement, begin + 1, topic)
    return topic


def _check(statement: str, begin: int, topic: str) -> None:
    levels = topic.split("/")
    at = begin
    for number, level in enumerate(levels):
        if "#" in level and (level != "#" or number != len(levels) - 1):
            raise _error(statement, at, "# stands alone, as the last level of a topic filter.", "Use + within it.")
        if "+" in level and level != "+":
            raise _error(statement, at, "+ stands for a whole level of a topic filter.", "Write it between slashes.")
        at += len(level) + 1
    most = DEEPEST_TOPIC + (3 if topic.startswith("$aws/rules/") else 0)
    if len(levels) > most:
        raise _error(statement, begin, f"A topic has {most} levels at most; this has {len(levels)}.", "Shorten it.")


def _error(statement: str, offset: int, message: str, cure: str) -> TextError:
    line = statement.count("\n", 0, offset) + 1
    column = offset - (statement.rfind("\n", 0, offset) + 1) + 1
    return TextError(message, Place(line, column, "$"), cure)
