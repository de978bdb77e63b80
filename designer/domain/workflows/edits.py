"""Small changes of a definition's text: fields of states, and what placeholders name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from designer.domain.workflows.problem import Path


def changed(definition: str, path: Path, change: Callable[[dict[str, Any]], None]) -> str:
    """The definition with the object at the path changed. The text has to be one that can be read."""
    value = json.loads(definition)
    part = value
    for key in path:
        part = part[key]
    change(part)
    return json.dumps(value, indent=2, ensure_ascii=False)


def renamed_placeholder(definition: str, old: str, new: str) -> str:
    """The definition with ``${old}`` and ``${old.Attribute}`` naming another node."""
    return definition.replace("${" + old + "}", "${" + new + "}").replace("${" + old + ".", "${" + new + ".")
