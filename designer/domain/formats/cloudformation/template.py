"""The parts of a template, checked for shape, before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from designer.domain.formats.spec import FormatError
from designer.domain.graph.document import MAXIMUM_NODES

_VERSION: Final = "2010-09-09"
_LOGICAL_ID: Final = re.compile(r"[A-Za-z0-9]{1,128}")
_TYPE: Final = re.compile(r"[A-Za-z0-9_@-]+(::[A-Za-z0-9_@-]+)*")
_SAM: Final = "AWS::Serverless-"


@dataclass(frozen=True, slots=True)
class Resource:
    """One entry of ``Resources`` as it stands in the template."""

    id: str
    type: str
    properties: Mapping[str, object]
    attributes: Mapping[str, object]
    """Everything beside type and properties: Condition, DependsOn, DeletionPolicy ..."""

    @property
    def condition(self) -> str | None:
        """Name of the condition under which the resource is made."""
        name = self.attributes.get("Condition")
        return name if isinstance(name, str) else None


@dataclass(frozen=True, slots=True)
class Template:
    """A template whose sections have the right shapes."""

    description: str
    resources: Mapping[str, Resource]
    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    mappings: Mapping[str, object] = field(default_factory=dict)
    conditions: Mapping[str, object] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    """SAM's ``Globals``."""
    transforms: tuple[str, ...] = ()
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def line(self, *path: str) -> int | None:
        """The line on which the place, or the nearest known place around it, stands."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None

    def problem(self, message: str, *path: str) -> FormatError:
        """An error at a place of the template."""
        return FormatError(message, path=".".join(path), line=self.line(*path))


def parse_template(
    document: object, lines: Mapping[tuple[str, ...], int] | None = None, notes: tuple[str, ...] = ()
) -> Template:
    """Check the sections' shapes. Raises :class:`FormatError`."""
    where = Template(description="", resources={}, lines=lines or {})
    if not isinstance(document, Mapping):
        raise FormatError("is not a template: the file must hold a mapping with a Resources section")
    version = document.get("AWSTemplateFormatVersion", _VERSION)
    if str(version) != _VERSION:
        raise where.problem(f"is {version!r}; the only version there is is {_VERSION!r}", "AWSTemplateFormatVersion")
    if "Resources" not in document:
        raise FormatError("has no Resources section: neither a CloudFormation template nor a Windtunnel design")
    entries = _section(document, "Resources", where)
    if not entries:
        raise where.problem("is empty: there is nothing to draw", "Resources")
    if len(entries) > MAXIMUM_NODES:
        raise where.problem(f"has {len(entries):,} entries; the most is {MAXIMUM_NODES:,}", "Resources")
    loops = [key for key in entries if key.startswith("Fn::")]
    return Template(
        description=str(document.get("Description") or ""),
        resources={key: _resource(key, entry, where) for key, entry in entries.items() if key not in loops},
        parameters=_parameters(document, where),
        mappings=_section(document, "Mappings", where),
        conditions=_section(document, "Conditions", where),
        defaults=_section(document, "Globals", where),
        transforms=_transforms(document),
        lines=where.lines,
        notes=(*notes, *(f"{key} is a loop that a transform unrolls when it is deployed: not drawn." for key in loops)),
    )


def is_sam(template: Template) -> bool:
    """Whether SAM makes further resources out of the written ones."""
    return any(name.startswith(_SAM) for name in template.transforms) or any(
        resource.type.startswith("AWS::Serverless::") for resource in template.resources.values()
    )


def _section(document: Mapping[str, object], name: str, where: Template) -> Mapping[str, object]:
    section = document.get(name)
    if section is None:
        return {}
    if not isinstance(section, Mapping):
        raise where.problem("must be a mapping", name)
    return section


def _parameters(document: Mapping[str, object], where: Template) -> dict[str, Mapping[str, object]]:
    found: dict[str, Mapping[str, object]] = {}
    for name, entry in _section(document, "Parameters", where).items():
        if not isinstance(entry, Mapping):
            raise where.problem("must be a mapping", "Parameters", name)
        default = entry.get("Default")
        if isinstance(default, str) and len(default) > 4096:
            raise where.problem("is longer than the 4,096 characters that a parameter may have", "Parameters", name)
        found[name] = entry
    return found


def _transforms(document: Mapping[str, object]) -> tuple[str, ...]:
    transform = document.get("Transform")
    items = transform if isinstance(transform, list) else [transform]
    return tuple(item for item in items if isinstance(item, str))


def _resource(key: str, entry: object, where: Template) -> Resource:
    if _LOGICAL_ID.fullmatch(key) is None:
        raise where.problem("is not a logical id: up to 128 letters and digits", "Resources", key[:140])
    if not isinstance(entry, Mapping):
        raise where.problem("must be a mapping with a Type", "Resources", key)
    resource_type = entry.get("Type")
    if not isinstance(resource_type, str) or _TYPE.fullmatch(resource_type.strip()) is None:
        problem = "is missing" if resource_type is None else f"is {str(resource_type)[:80]!r}, not a resource type"
        raise where.problem(problem, "Resources", key, "Type")
    properties = entry.get("Properties")
    if properties is not None and not isinstance(properties, Mapping):
        raise where.problem("must be a mapping", "Resources", key, "Properties")
    return Resource(
        id=key,
        type=resource_type.strip(),
        properties=properties or {},
        attributes={name: value for name, value in entry.items() if name not in ("Type", "Properties")},
    )
