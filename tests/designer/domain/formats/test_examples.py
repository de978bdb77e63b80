"""The starter designs: valid, runnable, legible."""

from __future__ import annotations

import json

import pytest

from designer.domain.catalog.registry import find_parameter, services
from designer.domain.catalog.spec import Kind, Parameter, Value
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Flow, Mode
from designer.domain.formats.drawing.cards import note_box
from designer.domain.formats.drawing.geometry import Box, card_box
from designer.domain.formats.examples import Example, examples, load_example
from designer.domain.formats.registry import export_design
from designer.domain.graph.model import Design
from designer.domain.rules.check import check
from designer.domain.rules.rule import Severity

every_example = pytest.mark.parametrize("example", examples(), ids=lambda example: example.id)


def test_the_order_pipeline_is_the_first_of_six() -> None:
    assert [example.id for example in examples()] == [
        "order-pipeline",
        "serverless-web-app",
        "file-processing",
        "database-triggers",
        "cron-job",
        "queue-processing",
    ]


def test_every_file_in_the_folder_is_offered() -> None:
    folder = examples()[0].path.parent
    assert {path.stem for path in folder.glob("*.json")} == {example.id for example in examples()}


def test_an_unknown_example_is_refused() -> None:
    with pytest.raises(KeyError, match="no-such-thing"):
        load_example("no-such-thing")


@pytest.mark.point("LAM-14")
@every_example
def test_an_example_has_no_errors_and_hardly_a_warning(example: Example) -> None:
    findings = check(load_example(example.id))
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    assert len([finding for finding in findings if finding.severity is Severity.WARNING]) <= 2


@every_example
def test_an_example_says_what_it_shows(example: Example) -> None:
    assert load_example(example.id).name == example.title
    assert 40 < len(example.description) < 240


@every_example
def test_an_example_is_stored_as_it_would_be_exported(example: Example) -> None:
    assert example.path.read_bytes() == export_design(load_example(example.id), "json").content


@every_example
def test_cards_and_notes_lie_on_the_grid_and_hide_one_another_nowhere(example: Example) -> None:
    design = load_example(example.id)
    boxes = [*map(card_box, design.nodes.values()), *map(note_box, design.notes.values())]
    assert all(box.x % 4 == 0 and box.y % 4 == 0 for box in boxes)
    assert [pair for pair in _pairs(boxes) if pair[0].grown(8).overlaps(pair[1])] == []


def _pairs(boxes: list[Box]) -> list[tuple[Box, Box]]:
    return [(first, second) for index, first in enumerate(boxes) for second in boxes[index + 1 :]]


@every_example
def test_edges_agree_with_the_connection_table(example: Example) -> None:
    design = load_example(example.id)
    for edge in design.edges.values():
        row = connections()[edge.connection]
        assert row.usable
        assert (row.source, row.target) == (design.nodes[edge.source].service, design.nodes[edge.target].service)
        assert (row.mode, row.flow) == (edge.mode, edge.flow)


@every_example
def test_every_setting_exists_and_lies_within_its_limits(example: Example) -> None:
    design = load_example(example.id)
    for node in design.nodes.values():
        for key, value in node.parameters.items():
            parameter = find_parameter(node.service, key)
            assert parameter is not None, f"{node.id}: {node.service} has no {key}"
            assert _is_allowed(parameter, value), f"{node.id}.{key} = {value!r}"
    for edge in design.edges.values():
        known = {parameter.id: parameter for parameter in connections()[edge.connection].parameters}
        for key, value in edge.parameters.items():
            assert _is_allowed(known[key], value), f"{edge.id}.{key} = {value!r}"


def _is_allowed(parameter: Parameter, value: Value) -> bool:
    if parameter.kind is Kind.CHOICE:
        return value in {choice.value for choice in parameter.choices}
    if parameter.kind is Kind.BOOLEAN:
        return isinstance(value, bool)
    if parameter.kind in (Kind.TEXT, Kind.JSON):
        return isinstance(value, str) and (parameter.kind is Kind.TEXT or json.loads(value) is not None)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    least = -float("inf") if parameter.minimum is None else parameter.minimum
    most = float("inf") if parameter.maximum is None else parameter.maximum
    return least <= value <= most


@every_example
def test_traffic_begins_somewhere_and_reaches_every_node(example: Example) -> None:
    design = load_example(example.id)
    reached = {
        node.id
        for node in design.nodes.values()
        if node.service == "client" or node.value("schedule_expression") is not None
    }
    assert reached
    todo = list(reached)
    while todo:
        for edge in design.outgoing(todo.pop()):
            if edge.target not in reached:
                reached.add(edge.target)
                todo.append(edge.target)
    assert reached == set(design.nodes)
    assert design.scenario().duration_s >= 300


def test_the_first_example_shows_each_way_of_calling() -> None:
    design = load_example("order-pipeline")
    assert {edge.flow for edge in design.edges.values()} == {Flow.SYNC, Flow.ASYNC, Flow.POLL}
    assert Mode.FAILURE in {edge.mode for edge in design.edges.values()}
    assert set(_services(design)) < set(services())


def _services(design: Design) -> list[str]:
    return [node.service for node in design.nodes.values()]


def test_the_spike_of_the_first_example_is_more_than_fulfil_can_take_and_the_rest_is_less() -> None:
    design = load_example("order-pipeline")
    shoppers, fulfil = design.nodes["web-shoppers"], design.nodes["fulfil"]
    work_ms = fulfil.number("wait_ms") + fulfil.number("cpu_ms") * 1_769 / fulfil.number("memory_mb")
    per_s = fulfil.number("reserved_concurrency") * 1_000 / work_ms
    assert shoppers.number("rate_per_s") < 0.8 * per_s
    assert shoppers.number("peak_rate_per_s") > 1.2 * per_s
