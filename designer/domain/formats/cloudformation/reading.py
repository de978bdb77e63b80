"""From the text of a template to a design: the steps, in order."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import PurePath

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation import families
from designer.domain.formats.cloudformation.defaults import with_defaults
from designer.domain.formats.cloudformation.dependencies import check_dependencies
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.frames import FRAMED, with_frames
from designer.domain.formats.cloudformation.intrinsics import Resolver
from designer.domain.formats.cloudformation.kinds import is_setting
from designer.domain.formats.cloudformation.template import Resource, Template, is_sam, parse_template
from designer.domain.formats.cloudformation.values import mapping
from designer.domain.formats.cloudformation.yaml_text import read_yaml
from designer.domain.formats.framed_layout import arrange_in_frames
from designer.domain.formats.json_text import read_json
from designer.domain.formats.spec import FormatError, Imported, ImportReport
from designer.domain.graph.document import DocumentError, design_from_json, design_to_json
from designer.domain.graph.model import Design

_Parameters = Callable[[Resource, Draft], Mapping[str, Value]]
_Connect = Callable[[Resource, Draft], None]


def read_template(name: str, text: str) -> Imported:
    """Read a SAM or CloudFormation template. Raises :class:`FormatError` and nothing else."""
    template = with_defaults(_parse(text))
    check_dependencies(template)
    draft = _draft(template)
    design = Design(
        name=_title(name, template),
        nodes=dict(sorted(draft.nodes.items())),
        edges=dict(sorted(draft.edges.items())),
    )
    design = with_frames(design, draft)
    label = "SAM template" if is_sam(template) else "CloudFormation template"
    unknown = tuple(draft.unknown[key] for key in sorted(draft.unknown))
    report = ImportReport(format=label, unknown=unknown, notes=tuple(dict.fromkeys(draft.notes)))
    return Imported(arrange_in_frames(_checked(design)), report)


def _parse(text: str) -> Template:
    if text.lstrip().startswith("{"):
        try:
            return parse_template(read_json(text))
        except FormatError as error:
            if error.line is None:
                raise
            return _flow_style(text, error)
    document = read_yaml(text)
    return parse_template(document.value, document.lines, document.notes)


def _flow_style(text: str, error: FormatError) -> Template:
    """What begins like JSON but is not may be YAML in flow style; else JSON's own message is the better one."""
    try:
        document = read_yaml(text)
    except FormatError:
        raise error from None
    return parse_template(document.value, document.lines, document.notes)


def _title(name: str, template: Template) -> str:
    stem = PurePath(name).stem.replace("_", " ").strip()
    generic = stem.lower() in ("", "template", "sam", "cloudformation", "stack")
    first_line = template.description.strip().splitlines()[0].strip() if template.description.strip() else ""
    return ((first_line if generic else stem) or "Imported template")[:100]


@cache
def _families() -> tuple[Mapping[str, _Parameters], Mapping[str, _Connect]]:
    nodes: dict[str, _Parameters] = {}
    edges: dict[str, _Connect] = {}
    for module_info in sorted(pkgutil.iter_modules(families.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{families.__name__}.{module_info.name}")
        nodes.update(getattr(module, "NODES", {}))
        edges.update(module.EDGES)
    return nodes, edges


def _draft(template: Template) -> Draft:
    resolver = Resolver(template)
    draft = Draft(template, resolver, notes=list(template.notes))
    made: list[Resource] = []
    for resource in template.resources.values():
        if resource.condition is not None and resolver.condition(resource.condition) is False:
            draft.notes.append(
                f"{resource.id} is not made: with the parameters' defaults {resource.condition} is false."
            )
        else:
            made.append(replace(resource, properties=mapping(resolver.resolve(resource.properties))))
    draft.add_resources(made)
    nodes, edges = _families()
    for resource in made:
        if not is_setting(resource.type) and resource.id not in draft.stands_for:
            read = nodes.get(resource.type)
            draft.add_node(resource, read(resource, draft) if read else {}, kept=draft.kept(resource))
    for resource in made:
        connect = edges.get(resource.type)
        if connect is not None:
            connect(resource, draft)
    for resource in made:
        if is_setting(resource.type) and resource.id in draft.nodes and resource.type in nodes:
            draft.set_parameters(resource.id, **nodes[resource.type](resource, draft))
    draft.set_timeouts()
    draft.notes += _settings_notes(draft, made)
    return draft


def _settings_notes(draft: Draft, made: list[Resource]) -> list[str]:
    by_type: defaultdict[str, list[str]] = defaultdict(list)
    for resource in made:
        drawn = resource.id in draft.nodes or resource.id in draft.stands_for or resource.type in FRAMED
        if not drawn:
            by_type[resource.type].append(resource.id)
    return [
        f"Settings, not drawn: {resource_type} ({', '.join(ids[:8])}{' ...' if len(ids) > 8 else ''})."
        for resource_type, ids in sorted(by_type.items())
    ]


def _checked(design: Design) -> Design:
    """The design as the native reader reads it, so that nothing can be imported that could not be saved."""
    try:
        return design_from_json(design_to_json(design))
    except DocumentError as error:
        raise FormatError(f"cannot become a design: {error.problem}", path=error.path) from None
