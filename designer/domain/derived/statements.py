"""Policy statements as values, and as the JSON that AWS takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_POLICY_VERSION: Final = "2012-10-17"
_NOT_IN_SID: Final = re.compile(r"[^0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Resource:
    """What a statement is about: an attribute of a node, or a text where no node stands for it.

    It is written as ``${node-id.Arn}``, which an exporter turns into the reference of its own language.
    """

    node: str = ""
    attribute: str = "Arn"
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        reference = f"${{{self.node}.{self.attribute}}}" if self.node else ""
        return f"{self.prefix}{reference}{self.suffix}"


EVERYTHING: Final = Resource(suffix="*")
"""For actions that AWS cannot restrict to a resource."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a statement's conditions, e.g. ``ArnLike`` ``aws:SourceArn``."""

    operator: str
    key: str
    value: Resource


@dataclass(frozen=True, slots=True)
class Statement:
    """One permission. ``because`` are the edges, or the settings of the node, that need it."""

    name: str
    actions: tuple[str, ...]
    resources: tuple[Resource, ...]
    principal: str = ""
    """A service, or ``*`` for everybody; empty in a role's policy, which belongs to its holder."""
    conditions: tuple[Condition, ...] = ()
    because: tuple[str, ...] = ()


def statement_name(*words: str) -> str:
    """The words as a statement id, which AWS takes letters and digits for only."""
    parts = [part for word in words for part in _NOT_IN_SID.split(word) if part]
    return "".join(part[:1].upper() + part[1:] for part in parts)[:100] or "Statement"


def merged(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements about the same resources become one, with all their actions, in the order of the first of each."""
    found: dict[tuple[object, ...], Statement] = {}
    for statement in statements:
        key = (statement.resources, statement.principal, statement.conditions)
        known = found.get(key)
        if known is None:
            found[key] = statement
            continue
        found[key] = Statement(
            known.name,
            tuple(sorted({*known.actions, *statement.actions})),
            known.resources,
            known.principal,
            known.conditions,
            tuple(dict.fromkeys((*known.because, *statement.because))),
        )
    return tuple(found.values())


def policy_to_json(statements: Iterable[Statement]) -> dict[str, object]:
    """The statements as a policy document, ready to be pasted; names that occur twice get a number."""
    listed: list[dict[str, object]] = []
    taken: dict[str, int] = {}
    for statement in statements:
        taken[statement.name] = taken.get(statement.name, 0) + 1
        number = taken[statement.name]
        listed.append(_statement_to_json(statement, statement.name if number == 1 else f"{statement.name}{number}"))
    return {"Version": _POLICY_VERSION, "Statement": listed}


def trust_to_json(service: str) -> dict[str, object]:
    """The trust policy of a role that this service takes."""
    return {
        "Version": _POLICY_VERSION,
        "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}],
    }


def _statement_to_json(statement: Statement, sid: str) -> dict[str, object]:
    written: dict[str, object] = {"Sid": sid, "Effect": "Allow"}
    if statement.principal:
        written["Principal"] = "*" if statement.principal == "*" else {"Service": statement.principal}
    written["Action"] = _one_or_many(statement.actions)
    written["Resource"] = _one_or_many([str(resource) for resource in statement.resources])
    if statement.conditions:
        written["Condition"] = _conditions_to_json(statement.conditions)
    return written


def _conditions_to_json(conditions: Iterable[Condition]) -> dict[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for condition in conditions:
        found.setdefault(condition.operator, {})[condition.key] = str(condition.value)
    return dict(found)


def _one_or_many(values: Iterable[str]) -> str | list[str]:
    listed = list(values)
    return listed[0] if len(listed) == 1 else listed
