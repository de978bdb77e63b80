"""Evaluates a template's intrinsic functions as far as that is possible without deploying it.

A reference to a resource becomes a *token* inside the text, so that an ARN put together by
Sub and Join still shows what it points at; :func:`references` finds the tokens again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from designer.domain.formats.cloudformation.template import Template
from designer.domain.formats.spec import FormatError

PSEUDO_PARAMETERS: Final[Mapping[str, str]] = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::StackId": "arn:aws:cloudformation:us-east-1:123456789012:stack/stack/1",
    "AWS::StackName": "stack",
    "AWS::URLSuffix": "amazonaws.com",
}
_OPEN: Final = "\ue000"
_CLOSE: Final = "\ue001"
_TOKEN: Final = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_VARIABLE: Final = re.compile(r"\$\{([^!{}][^{}]*)\}")
_LITERAL: Final = re.compile(r"\$\{!([^{}]*)\}")
_MAXIMUM_CHARACTERS: Final = 20_000_000
"""Text that substitution may make of one template; a template itself has at most 1 MB."""
_MAXIMUM_CONDITIONS: Final = 50


class _NoValue:
    """What ``AWS::NoValue`` gives: the property is not there."""


_NO_VALUE: Final = _NoValue()


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text that points at a resource: ``${Queue.Arn}``."""

    id: str
    attribute: str = ""


def references(value: object) -> list[Reference]:
    """All references in a resolved value, in reading order."""
    found: list[Reference] = []
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            for match in _TOKEN.finditer(item):
                name, _, attribute = match.group(1).partition(".")
                found.append(Reference(name, attribute))
        elif isinstance(item, Mapping):
            pending.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            pending.extend(reversed(item))
    return found


def readable(value: object) -> object:
    """A resolved value with the tokens written as a person would: ``${Queue.Arn}``."""
    if isinstance(value, str):
        return _TOKEN.sub(lambda match: "${" + match.group(1) + "}", value)
    if isinstance(value, Mapping):
        return {key: readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [readable(item) for item in value]
    return value


def _token(name: str) -> str:
    return f"{_OPEN}{name}{_CLOSE}"


class Resolver:
    """Evaluates values of one template with the defaults of its parameters."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._written = 0
        self._functions: Mapping[str, Callable[[object], object]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::If": self._if,
            "Fn::FindInMap": self._find_in_map,
            "Fn::Base64": self.resolve,
            "Fn::ToJsonString": self._to_json_string,
            "Fn::Length": self._length,
            "Fn::ImportValue": lambda value: f"${{Import:{self._as_text(self.resolve(value))}}}",
            "Fn::GetAZs": lambda _: ["a", "b", "c"],
            "Condition": lambda value: self.condition(str(value)),
        }

    def resolve(self, value: object) -> object:
        """The value with its functions evaluated; what cannot be known stays readable text."""
        result = self._resolve(value)
        return None if result is _NO_VALUE else result

    def _resolve(self, value: object) -> object:
        if isinstance(value, Mapping):
            if len(value) == 1:
                name, argument = next(iter(value.items()))
                function = self._functions.get(name)
                if function is not None and not (name == "Condition" and not isinstance(argument, str)):
                    return function(argument)
            resolved = {key: self._resolve(item) for key, item in value.items()}
            return {key: item for key, item in resolved.items() if item is not _NO_VALUE}
        if isinstance(value, list):
            return [item for item in map(self._resolve, value) if item is not _NO_VALUE]
        return value

    def condition(self, name: str, trail: tuple[str, ...] = ()) -> bool | None:
        """Whether a condition holds with the parameters' defaults; None when that cannot be said."""
        if name in trail:
            circle = " -> ".join((*trail[trail.index(name) :], name))
            raise self._template.problem(f"conditions refer to each other in a circle: {circle}", "Conditions", name)
        if len(trail) >= _MAXIMUM_CONDITIONS:
            raise self._template.problem(
                f"more than {_MAXIMUM_CONDITIONS} conditions build on one another", "Conditions"
            )
        return self._truth(self._template.conditions.get(name), (*trail, name))

    def _truth(self, value: object, trail: tuple[str, ...]) -> bool | None:
        if not isinstance(value, Mapping) or len(value) != 1:
            return value if isinstance(value, bool) else None
        name, argument = next(iter(value.items()))
        if name == "Condition":
            return self.condition(str(argument), trail)
        if not isinstance(argument, list):
            return None
        if name == "Fn::Equals" and len(argument) == 2:
            return self._equal(*argument)
        parts = [self._truth(item, trail) for item in argument]
        if name == "Fn::Not" and len(parts) == 1:
            return None if parts[0] is None else not parts[0]
        if name == "Fn::And":
            return False if False in parts else None if None in parts else True
        if name == "Fn::Or":
            return True if True in parts else None if None in parts else False
        return None

    def _equal(self, left: object, right: object) -> bool | None:
        first, second = self.resolve(left), self.resolve(right)
        if any(references(side) for side in (first, second)):
            return None
        return self._as_text(first) == self._as_text(second)

    def _ref(self, argument: object) -> object:
        name = str(argument)
        if name == "AWS::NoValue":
            return _NO_VALUE
        if name == "AWS::NotificationARNs":
            return []
        if name in PSEUDO_PARAMETERS:
            return PSEUDO_PARAMETERS[name]
        parameter = self._template.parameters.get(name)
        if parameter is None or "Default" not in parameter:
            return _token(name)
        default = parameter["Default"]
        kind = str(parameter.get("Type", ""))
        if isinstance(default, str) and (kind == "CommaDelimitedList" or kind.startswith("List<")):
            return [item.strip() for item in default.split(",")]
        return default

    def _get_att(self, argument: object) -> object:
        if isinstance(argument, str):
            return _token(argument)
        if isinstance(argument, list) and len(argument) == 2:
            return _token(f"{argument[0]}.{self._as_text(self.resolve(argument[1]))}")
        return _token("")

    def _sub(self, argument: object) -> object:
        text, variables = argument, {}
        if isinstance(argument, list) and argument:
            text = argument[0]
            if len(argument) > 1 and isinstance(argument[1], Mapping):
                variables = {str(key): self.resolve(item) for key, item in argument[1].items()}
        if not isinstance(text, str):
            return self._resolve(text)

        def replacement(match: re.Match[str]) -> str:
            name = match.group(1).strip()
            if name in variables:
                return self._spend(self._as_text(variables[name]))
            if name in PSEUDO_PARAMETERS or name in self._template.parameters:
                return self._spend(self._as_text(self._ref(name)))
            return _token(name)

        return _LITERAL.sub(r"${\1}", self._spend(_VARIABLE.sub(replacement, text)))

    def _join(self, argument: object) -> object:
        if not isinstance(argument, list) or len(argument) != 2:
            return self._resolve(argument)
        items = self.resolve(argument[1])
        parts = items if isinstance(items, list) else [items]
        return self._spend(str(argument[0]).join(self._as_text(part) for part in parts))

    def _select(self, argument: object) -> object:
        if not isinstance(argument, list) or len(argument) != 2:
            return self._resolve(argument)
        index, items = self.resolve(argument[0]), self.resolve(argument[1])
        if not isinstance(items, list) or not items:
            return items
        try:
            return items[int(str(index))]
        except (ValueError, IndexError):
            return items[0]

    def _split(self, argument: object) -> object:
        if not isinstance(argument, list) or len(argument) != 2:
            return self._resolve(argument)
        text, separator = self._as_text(self.resolve(argument[1])), str(argument[0])
        return text.split(separator) if separator else [text]

    def _if(self, argument: object) -> object:
        if not isinstance(argument, list) or len(argument) != 3:
            return self._resolve(argument)
        return self._resolve(argument[2 if self.condition(str(argument[0])) is False else 1])

    def _find_in_map(self, argument: object) -> object:
        keys = self.resolve(argument)
        if not isinstance(keys, list) or len(keys) < 3:
            return _token("")
        found: object = self._template.mappings
        for key in keys[:3]:
            found = found.get(self._as_text(key)) if isinstance(found, Mapping) else None
        if isinstance(found, str):
            return self._spend(found)
        return _token("") if found is None else found

    def _to_json_string(self, argument: object) -> object:
        return self._spend(json.dumps(self.resolve(argument), ensure_ascii=False))

    def _length(self, argument: object) -> object:
        items = self.resolve(argument)
        return len(items) if isinstance(items, list) else _token("")

    def _spend(self, text: str) -> str:
        self._written += len(text)
        if self._written > _MAXIMUM_CHARACTERS:
            raise FormatError(
                f"its substitutions make more than {_MAXIMUM_CHARACTERS / 1e6:,.0f} million characters of text"
            )
        return text

    @staticmethod
    def _as_text(value: object) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, Mapping | list):
            return json.dumps(value, ensure_ascii=False)
        return "" if value is None else str(value)
