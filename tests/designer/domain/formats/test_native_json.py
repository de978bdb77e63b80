"""Windtunnel's own file: what is written is read back equal, its schema agrees with its reader, its page is right."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.domain.connections.registry import UNKNOWN_CONNECTION, connections
from designer.domain.connections.spec import Flow, Mode
from designer.domain.formats.registry import FormatError, export_design, exporters, import_file, importers
from designer.domain.graph.document import design_to_json
from designer.domain.graph.model import Design, Edge, Group, Node, Note
from designer.domain.graph.scenario import Pattern, Scenario, Traffic
from designer.domain.graph.schema import design_schema, scenario_schema
from designer.domain.rules.check import check
from designer.domain.rules.rule import Severity

PROJECT = Path(__file__).resolve().parents[4]
PAGE = PROJECT / "docs" / "design-format.md"

IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:\-]{0,11}", fullmatch=True)
PX = st.integers(-100_000, 100_000).map(lambda tenths: tenths / 10)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.floats(-1e15, 1e15)
VALUES = st.booleans() | st.integers(-(10**9), 10**9) | NUMBERS | TEXTS
PARAMETERS = st.dictionaries(st.sampled_from(["memory_mb", "timeout_s", "x"]), VALUES, max_size=3)
RESOURCES = st.none() | st.just({"type": "AWS::S3::Bucket", "properties": {"BucketName": {"Fn::Sub": "${A}-b"}}})


def traffic(pattern: Pattern) -> Traffic:
    """Traffic of the pattern, with what it needs."""
    return Traffic(
        "a",
        pattern,
        5,
        9.5,
        1,
        2,
        schedule="rate(5 minutes)" if pattern is Pattern.SCHEDULE else None,
        steps=((10.0, 6.0),) if pattern is Pattern.STEP else (),
        trace="time,rate\n0,5\n10,6\n" if pattern is Pattern.TRACE else None,
    )


@st.composite
def designs(draw: st.DrawFn) -> Design:
    """Designs of any shape that the format can hold."""
    ids = draw(st.lists(IDS, unique=True, max_size=6))
    nodes = {
        key: Node(
            key, draw(IDS), draw(TEXTS), draw(PX), draw(PX), draw(PARAMETERS), draw(st.none() | IDS), draw(RESOURCES)
        )
        for key in ids
    }
    edges: dict[str, Edge] = {}
    for key in draw(st.lists(IDS, unique=True, max_size=6)) if ids else []:
        connection = draw(st.sampled_from([UNKNOWN_CONNECTION, *connections()]))
        ends = (draw(st.sampled_from(ids)), draw(st.sampled_from(ids)))
        edges[key] = Edge(
            key, *ends, connection, draw(st.sampled_from(Mode)), draw(st.sampled_from(Flow)), draw(PARAMETERS)
        )
    groups = {
        key: Group(key, "vpc", draw(TEXTS), draw(PX), draw(PX), draw(PX), draw(PX), draw(st.none() | IDS))
        for key in draw(st.lists(IDS, max_size=2))
    }
    notes = {
        key: Note(key, draw(TEXTS), draw(PX), draw(PX), draw(PX), draw(PX)) for key in draw(st.lists(IDS, max_size=2))
    }
    scenarios = {
        key: Scenario(key, "s", (traffic(draw(st.sampled_from(Pattern))),), 600, 5, draw(st.integers(0, 9)))
        for key in draw(st.lists(IDS, max_size=2))
    }
    return Design(draw(TEXTS), nodes, edges, groups, notes, scenarios)


@given(designs())
@settings(max_examples=150, deadline=None)
def test_a_written_design_is_read_back_equal_and_fits_the_schema(design: Design) -> None:
    written = export_design(design, "json").content
    assert import_file("x.json", written).design == design
    jsonschema.validate(json.loads(written), design_schema())


@given(designs())
@settings(max_examples=40, deadline=None)
def test_writing_is_stable(design: Design) -> None:
    written = export_design(design, "json").content
    assert export_design(import_file("x.json", written).design, "json").content == written
    assert written.endswith(b"}\n")


def test_keys_and_lists_are_sorted_so_that_versions_can_be_compared() -> None:
    nodes = {key: Node(key, "s3", key, parameters={"b": 1, "a": 2}) for key in ("z", "a")}
    text = export_design(Design("d", nodes), "json").content.decode()
    data = json.loads(text)
    assert [node["id"] for node in data["nodes"]] == ["a", "z"]
    assert text.index('"a": 2') < text.index('"b": 1')
    assert text == json.dumps(data, indent=2, sort_keys=True) + "\n"


def example() -> dict[str, object]:
    block = re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    data: dict[str, object] = json.loads(block.group(1))
    return data


def test_the_example_in_the_documentation_is_a_design_without_errors() -> None:
    data = example()
    jsonschema.validate(data, design_schema())
    design = import_file("example.json", json.dumps(data).encode()).design
    assert len(design.nodes) == 7
    assert len(design.edges) == 6
    assert [finding.id for finding in check(design) if finding.severity is Severity.ERROR] == []
    assert {edge.connection for edge in design.edges.values()} <= set(connections())
    assert design.scenario().traffic[0].peak_rate_per_s == 400


def test_mode_and_flow_of_the_example_may_be_left_out() -> None:
    data = example()
    assert isinstance(data["edges"], list)
    for edge in data["edges"]:
        edge.pop("mode", None), edge.pop("flow", None)
    left_out = import_file("a.json", json.dumps(data).encode()).design
    assert left_out == import_file("b.json", json.dumps(example()).encode()).design


def test_the_page_names_every_mode_and_flow() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [member.value for member in (*Mode, *Flow) if f"`{member.value}`" not in page] == []


def test_the_published_schema_is_the_one_in_the_code() -> None:
    published = json.loads((PROJECT / "docs" / "design.schema.json").read_text(encoding="utf-8"))
    assert published == design_schema()
    for schema in (design_schema(), scenario_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "drawio"},
        {"version": 2},
        {"name": 3},
        {"nodes": {}},
        {"nodes": [{"service": "s3"}]},
        {"nodes": [{"id": "-a", "service": "s3"}]},
        {"nodes": [{"id": "a", "service": "s3", "x": "left"}]},
        {"nodes": [{"id": "a", "service": "s3", "x": 1e8}]},
        {"nodes": [{"id": "a", "service": "s3", "parameters": {"p": [1]}}]},
        {"nodes": [{"id": "a", "service": "s3", "resource": 1}]},
        {"edges": [{"id": "e", "source": "a"}]},
        {"edges": [{"id": "e", "source": "shoppers", "target": "orders", "mode": "loud"}]},
        {"groups": [{"id": "g", "kind": 1}]},
        {"notes": [{"id": "n", "text": None}]},
        {"scenarios": [{"duration_s": 0}]},
        {"scenarios": [{"seed": -1}]},
        {"scenarios": [{"traffic": [{"rate_per_s": 1}]}]},
        {"scenarios": [{"traffic": [{"entry": "shoppers", "pattern": "ramp"}]}]},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(change: dict[str, object]) -> None:
    data = {**example(), **change}
    with pytest.raises(FormatError) as caught:
        import_file("a.json", json.dumps(data).encode())
    assert caught.value.path
    assert not jsonschema.Draft202012Validator(design_schema()).is_valid(data)


def test_the_json_format_is_found_among_the_importers_and_exporters() -> None:
    assert next(iter(importers())) == "json"
    assert exporters()["json"].suffix == ".json"
    exported = export_design(Design("d"), "json")
    assert (exported.media_type, exported.suffix) == ("application/json", ".json")


def test_an_unknown_format_or_theme_is_named() -> None:
    with pytest.raises(FormatError, match="there is no export format 'gif'; it must be one of "):
        export_design(Design("d"), "gif")
    with pytest.raises(FormatError, match="there is no theme 'pink'; it must be light or dark"):
        export_design(Design("d"), "json", theme="pink")


def test_what_an_imported_resource_said_survives_a_round_trip() -> None:
    queue = "Type: AWS::SQS::Queue, DeletionPolicy: Retain, Properties: {QueueName: !Sub '${AWS::StackName}-q'}"
    design = import_file("a.yaml", f"Resources: {{Q: {{{queue}}}}}".encode()).design
    again = import_file("a.json", export_design(design, "json").content).design
    assert again.nodes["Q"].resource == {
        "type": "AWS::SQS::Queue",
        "properties": {"QueueName": {"Fn::Sub": "${AWS::StackName}-q"}},
        "attributes": {"DeletionPolicy": "Retain"},
    }
    assert design_to_json(again) == design_to_json(design)
