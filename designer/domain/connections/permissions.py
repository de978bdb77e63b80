"""What a connection has to be allowed, read from the sentence that tells it to the person.

A row says it once, in ``Connection.permission``: actions as ``sqs:SendMessage``, the service that
calls as ``sns.amazonaws.com``. Policies are made from the same sentence, so that what a person
reads and what is exported cannot differ.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Connection, PermissionSide

_ACTION: Final = re.compile(r"\b([a-z][a-z0-9-]*):([A-Z][A-Za-z0-9]*\*?|connect\b)")
_CHOSEN: Final = re.compile(r"\b([a-z][a-z0-9-]*): actions?\b")
"""``The dynamodb: action that is called``: the action that the edge's parameter ``action`` names."""
_PRINCIPAL: Final = re.compile(r"\b[a-z0-9][a-z0-9.-]*\.amazonaws\.com\b")
_NOT_ACTIONS: Final = frozenset({"aws", "arn"})
"""Prefixes of condition keys and ARNs, which are written alike."""


@cache
def stated_actions(connection_id: str) -> tuple[str, ...]:
    """The actions that the row names, in its order; empty when it needs none or leaves the choice to the edge."""
    row = connections().get(connection_id)
    if row is None or row.permission_side is PermissionSide.NONE:
        return ()
    found = (f"{prefix}:{name}" for prefix, name in _ACTION.findall(row.permission) if prefix not in _NOT_ACTIONS)
    return tuple(dict.fromkeys(found))


def chosen_prefix(row: Connection) -> str:
    """The service prefix of the action that the edge chooses, e.g. ``dynamodb``; empty when nothing is left open."""
    found = _CHOSEN.search(row.permission)
    return "" if found is None else found.group(1)


def permitted_actions(row: Connection, action: object) -> tuple[str, ...]:
    """The actions that an edge of this row needs; ``action`` is its setting of that name, None when it has none."""
    stated = stated_actions(row.id)
    if not isinstance(action, str) or not action:
        return stated
    prefix = chosen_prefix(row)
    if prefix:
        return (f"{prefix}:{action}", *stated)
    same = [name for name in stated if name.partition(":")[2] == action]
    if not same:
        return stated
    prefixes = {name.partition(":")[0] for name in same}
    return tuple(name for name in stated if name in same or name.partition(":")[0] not in prefixes)


@cache
def principal(connection_id: str) -> str:
    """The service that calls, for a resource policy; empty when the row names none."""
    row = connections().get(connection_id)
    found = None if row is None else _PRINCIPAL.search(row.permission)
    return "" if found is None else found.group(0)


def is_optional(row: Connection) -> bool:
    """True when the call works without the permission, which then is a choice of the person."""
    return row.permission.startswith(("Optional", "None"))


def held_by_neither_end(row: Connection) -> bool:
    """True when somebody who is not on the canvas needs the permission: whoever starts an export or an import."""
    return "whoever starts" in row.permission
