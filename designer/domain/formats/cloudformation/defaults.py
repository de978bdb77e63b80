"""SAM's ``Globals``: what every function, API and simple table of a template has unless it says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from designer.domain.formats.cloudformation.template import Template

_SECTIONS: Final = ("Function", "Api", "HttpApi", "SimpleTable", "StateMachine", "WebSocketApi")


def with_defaults(template: Template) -> Template:
    """The template with its ``Globals`` written into the resources, merged as SAM merges them."""
    sections = {
        f"AWS::Serverless::{name}": section
        for name in _SECTIONS
        if isinstance(section := template.defaults.get(name), Mapping)
    }
    if not sections:
        return template
    resources = {
        key: replace(resource, properties=_merged_mapping(sections[resource.type], resource.properties))
        if resource.type in sections
        else resource
        for key, resource in template.resources.items()
    }
    return replace(template, resources=resources)


def _merged(default: object, own: object) -> object:
    if isinstance(default, list) and isinstance(own, list):
        return [*default, *own]
    if (
        isinstance(default, Mapping)
        and isinstance(own, Mapping)
        and not _is_function(default)
        and not _is_function(own)
    ):
        return _merged_mapping(default, own)
    return own


def _merged_mapping(default: Mapping[str, object], own: Mapping[str, object]) -> dict[str, object]:
    return {**default, **{key: _merged(default[key], value) if key in default else value for key, value in own.items()}}


def _is_function(value: Mapping[str, object]) -> bool:
    return len(value) == 1 and next(iter(value)).startswith(("Fn::", "Ref"))
