"""The JSON Schemas of the design file and of the scenario, made from what the readers check.

``docs/design.schema.json`` is this module's output; a test compares them.
"""

from __future__ import annotations

from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.document import FORMAT, ID_PATTERN, MAXIMUM_EDGES, MAXIMUM_NODES, VERSION
from designer.domain.graph.scenario_schema import scenario_definitions, scenario_properties

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_FARTHEST_PX: Final = 10_000_000
_LONGEST_LABEL: Final = 200
_LONGEST_VALUE: Final = 100_000

Schema = dict[str, object]


def design_schema() -> Schema:
    """JSON Schema (draft 2020-12) of a design file."""
    return {
        "$schema": _DIALECT,
        "title": "Windtunnel design",
        "description": "A serverless architecture: its resources, their connections and the loads to try it under.",
        **_object(
            {
                "format": {"const": FORMAT},
                "version": {"const": VERSION},
                "name": _text(_LONGEST_LABEL, "Name of the design."),
                "nodes": _list("node", MAXIMUM_NODES),
                "edges": _list("edge", MAXIMUM_EDGES),
                "groups": _list("group", MAXIMUM_NODES),
                "notes": _list("note", MAXIMUM_NODES),
                "scenarios": _list("scenario", 100),
            },
            required=("format", "version"),
        ),
        "$defs": {
            "id": {
                "type": "string",
                "pattern": f"^{ID_PATTERN}$",
                "description": "Unique among the entries of its list.",
            },
            "parameters": _parameters(),
            "node": _node(),
            "edge": _edge(),
            "group": _group(),
            "note": _note(),
            "scenario": scenario_properties(),
            **scenario_definitions(),
        },
    }


def scenario_schema() -> Schema:
    """JSON Schema (draft 2020-12) of a scenario in a file of its own."""
    return {
        "$schema": _DIALECT,
        "title": "Windtunnel scenario",
        "description": "The traffic that is blown through a design, for how long, and the seed of all randomness.",
        **scenario_properties(),
        "$defs": scenario_definitions(),
    }


def _node() -> Schema:
    return _object(
        {
            "id": _reference("id"),
            "service": {**_reference("id"), "description": "Id of a service of the catalog, or other."},
            "label": _text(_LONGEST_LABEL, "What the card is called; the id when left out."),
            **_place("Top-left corner of the card"),
            "group": {**_nullable(_reference("id")), "description": "Id of the group that the node lies in."},
            "parameters": _reference("parameters"),
            "resource": {
                "type": ["object", "null"],
                "description": "What an imported template said about the resource: type, properties and attributes.",
            },
        },
        required=("id", "service"),
    )


def _edge() -> Schema:
    return _object(
        {
            "id": _reference("id"),
            "source": {**_reference("id"), "description": "Id of the node that calls or feeds."},
            "target": {**_reference("id"), "description": "Id of the node that is called or fed."},
            "connection": {
                **_reference("id"),
                "description": "Id of a row of the connection table; unknown when left out.",
            },
            "mode": _choice(Mode, "Kind of the mechanism; the connection's own when left out."),
            "flow": _choice(Flow, "How a call travels; the connection's own when left out."),
            "parameters": _reference("parameters"),
        },
        required=("id", "source", "target"),
    )


def _group() -> Schema:
    return _object(
        {
            "id": _reference("id"),
            "kind": _text(64, "What the frame stands for, e.g. account, region, vpc, subnet or plain."),
            "label": _text(_LONGEST_LABEL, "Title of the frame; the id when left out."),
            **_place("Top-left corner of the frame"),
            **_size(),
            "parent": {**_nullable(_reference("id")), "description": "Id of the group around this one."},
        },
        required=("id",),
    )


def _note() -> Schema:
    return _object(
        {"id": _reference("id"), "text": _text(10_000, "Plain text."), **_place("Top-left corner"), **_size()},
        required=("id",),
    )


def _parameters() -> Schema:
    return {
        "type": "object",
        "additionalProperties": {
            "anyOf": [
                {"type": ["number", "boolean", "null"]},
                {"type": "string", "maxLength": _LONGEST_VALUE},
            ]
        },
        "description": "Values that differ from the catalog's defaults, by parameter id.",
    }


def _object(properties: Schema, *, required: tuple[str, ...] = ()) -> Schema:
    schema: Schema = {"type": "object", "properties": properties}
    return {**schema, "required": list(required)} if required else schema


def _list(definition: str, most: int) -> Schema:
    return {"type": "array", "items": _reference(definition), "maxItems": most}


def _reference(definition: str) -> Schema:
    return {"$ref": f"#/$defs/{definition}"}


def _nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _choice(kind: type[Mode | Flow], description: str) -> Schema:
    return {"enum": [member.value for member in kind], "description": description}


def _text(longest: int, description: str) -> Schema:
    return {"type": "string", "maxLength": longest, "description": description}


def _number(description: str, least: float, most: float) -> Schema:
    return {"type": "number", "minimum": least, "maximum": most, "description": description}


def _place(what: str) -> Schema:
    return {
        "x": _number(f"{what}, in px from the left.", -_FARTHEST_PX, _FARTHEST_PX),
        "y": _number(f"{what}, in px from the top.", -_FARTHEST_PX, _FARTHEST_PX),
    }


def _size() -> Schema:
    return {
        "width": _number("In px.", -_FARTHEST_PX, _FARTHEST_PX),
        "height": _number("In px.", -_FARTHEST_PX, _FARTHEST_PX),
    }
