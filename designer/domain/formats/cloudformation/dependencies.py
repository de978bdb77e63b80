"""Checks that what a template refers to exists, and that its resources do not wait for each other in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from designer.domain.formats.cloudformation.template import Resource, Template, is_sam

_VARIABLE: Final = re.compile(r"\$\{([^!{}][^{}]*)\}")
_Place = tuple[str, ...]


def check_dependencies(template: Template) -> None:
    """Raise :class:`FormatError` for a dangling reference, an unknown condition or a circle."""
    graph = {resource.id: _needed(template, resource) for resource in template.resources.values()}
    _check_circles(template, graph)


def _needed(template: Template, resource: Resource) -> list[str]:
    """Ids of the resources that CloudFormation has to make before this one, each checked to exist."""
    needed: list[str] = []
    place = ("Resources", resource.id)
    if resource.condition is not None and resource.condition not in template.conditions:
        raise template.problem(f"there is no condition {resource.condition!r}", *place, "Condition")
    after = resource.attributes.get("DependsOn", [])
    for name in [after] if isinstance(after, str) else after if isinstance(after, list) else []:
        needed += _target(template, str(name), (*place, "DependsOn"))
    serverless = resource.type.startswith("AWS::Serverless::")
    for key, value in resource.properties.items():
        for name, where in _references(template, value, (*place, "Properties", key)):
            found = _target(template, name, where)
            if not (serverless and key == "Events"):  # SAM turns an event around: it makes its source depend on it
                needed += found
    return needed


def _references(template: Template, value: object, place: _Place) -> Iterator[tuple[str, _Place]]:
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _references(template, item, (*place, str(position)))
    elif isinstance(value, Mapping):
        if len(value) == 1:
            name, argument = next(iter(value.items()))
            if name == "Ref" and isinstance(argument, str):
                yield argument, place
                return
            if name == "Fn::GetAtt":
                yield str(argument[0] if isinstance(argument, list) and argument else argument).split(".")[0], place
                return
            if name == "Fn::Sub":
                yield from _substituted(template, argument, place)
                return
            if name == "Fn::If" and isinstance(argument, list) and argument:
                _check_condition(template, argument[0], place)
        for key, item in value.items():
            yield from _references(template, item, (*place, str(key)))


def _substituted(template: Template, argument: object, place: _Place) -> Iterator[tuple[str, _Place]]:
    text, own = argument, set()
    if isinstance(argument, list) and argument:
        text = argument[0]
        if len(argument) > 1 and isinstance(argument[1], Mapping):
            own = set(argument[1])
            yield from _references(template, argument[1], place)
    if isinstance(text, str):
        for match in _VARIABLE.finditer(text):
            name = match.group(1).strip()
            if name not in own:
                yield name if name.startswith("AWS::") else name.split(".")[0], place


def _check_condition(template: Template, name: object, place: _Place) -> None:
    if isinstance(name, str) and name not in template.conditions:
        raise template.problem(f"there is no condition {name!r}", *place)


def _target(template: Template, name: str, place: _Place) -> list[str]:
    """The resource that the name stands for, or none for parameters and what SAM will make."""
    name = name.partition(".")[0]
    if name in template.resources:
        return [name]
    if name in template.parameters or name.startswith("AWS::"):
        return []
    if is_sam(template) and (name.startswith("Serverless") or _is_derived(template, name)):
        return []
    if _has_macro(template):
        return []
    raise template.problem(f"refers to {name!r}, but there is no resource or parameter of that name", *place)


def _is_derived(template: Template, name: str) -> bool:
    """Whether the name begins with a logical id, as those of the resources do that SAM makes: ``WorkerRole``."""
    return any(name[:length] in template.resources for length in range(1, min(len(name), 255)))


def _has_macro(template: Template) -> bool:
    """Whether a macro that only AWS can run may make further resources."""
    plain = ("AWS::LanguageExtensions", "AWS::Include")
    return any(name not in plain and not name.startswith("AWS::Serverless-") for name in template.transforms)


def _check_circles(template: Template, graph: Mapping[str, list[str]]) -> None:
    done: set[str] = set()
    for start in graph:
        trail: list[tuple[str, Iterator[str]]] = [(start, iter(graph[start]))] if start not in done else []
        on_trail = {start}
        while trail:
            name, rest = trail[-1]
            following = next(rest, None)
            if following is None:
                trail.pop()
                on_trail.discard(name)
                done.add(name)
            elif following in on_trail:
                names = [entry[0] for entry in trail]
                circle = " -> ".join([*names[names.index(following) :], following])
                raise template.problem(
                    f"resources wait for each other in a circle, which CloudFormation refuses: {circle}",
                    "Resources",
                    following,
                )
            elif following not in done:
                trail.append((following, iter(graph[following])))
                on_trail.add(following)
