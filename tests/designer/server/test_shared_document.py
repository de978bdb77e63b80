"""A design in its shared document: written, read back, changed in small steps, and never trusted."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from designer.domain.formats.examples import examples
from designer.domain.graph.document import design_from_json, design_to_json
from designer.domain.graph.model import Design, Group, Note
from designer.server.shared_document import BadUpdateError, SharedDocument
from tests.designer.server.conftest import small_design

EMPTY = Design(name="")


def holding(design: Design) -> SharedDocument:
    document = SharedDocument()
    document.write(EMPTY, design)
    return document


@pytest.mark.parametrize("path", [example.path for example in examples()], ids=lambda path: path.stem)
def test_every_example_is_read_back_as_it_was_written(path: Path) -> None:
    design = design_from_json(json.loads(path.read_text()))
    document = holding(design)
    assert design_to_json(document.mirror.design()) == design_to_json(design)
    # And by another process, from the bytes alone.
    copy = SharedDocument((document.missing(),))
    assert design_to_json(copy.mirror.design()) == design_to_json(design)


def test_writing_the_same_again_changes_nothing() -> None:
    document = holding(small_design())
    design = document.mirror.design()
    assert document.write(design, replace(design)) == b""


def test_a_changed_parameter_is_a_small_change() -> None:
    document = holding(small_design())
    before = document.mirror.design()
    worker = before.nodes["worker"]
    after = replace(
        before, nodes={**before.nodes, "worker": replace(worker, parameters={**worker.parameters, "memory_mb": 512})}
    )
    update = document.write(before, after)
    assert len(update) < 80
    assert document.mirror.design().nodes["worker"].parameters == {"timeout_s": 30, "memory_mb": 512}


def test_everything_that_can_change_is_written() -> None:
    document = holding(small_design())
    before = document.mirror.design()
    queue, poll = before.nodes["queue"], before.edges["poll"]
    after = Design(
        name="Other",
        nodes={"queue": replace(queue, label="jobs", x=99, group="g", parameters={}, resource={"type": "T", "l": [1]})},
        edges={"loop": replace(poll, id="loop", target="queue", parameters={"batch_size": 5})},
        groups={"g": Group("g", "vpc", "VPC")},
        notes={"n": Note("n", "text")},
    )
    document.write(before, after)
    assert design_to_json(document.mirror.design()) == design_to_json(after)
    document.write(after, before)
    assert design_to_json(document.mirror.design()) == design_to_json(before)


def test_unchanged_nodes_stay_the_same_objects_for_the_incremental_check() -> None:
    document = holding(small_design())
    first = document.mirror.checked()
    document.change(lambda maps: maps["nodes"]["worker"].__setitem__("label", "renamed"))
    document.change(lambda maps: maps["positions"].__setitem__("queue", {"x": 7, "y": 7}))
    second = document.mirror.checked()
    assert second.nodes["queue"] is first.nodes["queue"]
    assert second.nodes["worker"].label == "renamed"
    assert document.mirror.design().nodes["queue"].x == 7


def _rubbish(maps: Any) -> None:
    nodes, edges = maps["nodes"], maps["edges"]
    nodes["number"] = 7
    nodes["text"] = Text("hello")
    nodes["list"] = Array([1, 2])
    nodes["no service"] = Map({})
    nodes["nested"] = Map({"service": "lambda", "parameters": Map({"a": Map({"b": 1})})})
    nodes["document"] = Doc()
    edges["half"] = Map({"source": "queue"})
    edges["wrong flow"] = Map({"source": "queue", "target": "worker", "connection": "x.y.z", "flow": "sideways"})
    maps["groups"]["g"] = {"width": "wide"}
    maps["notes"]["n"] = Map({"text": 5})
    maps["scenarios"]["s"] = {"duration_s": -1}
    maps["positions"]["queue"] = "here"
    maps["meta"]["name"] = 12


def test_entries_that_are_none_are_left_out_and_named() -> None:
    document = holding(small_design())
    document.change(_rubbish)
    design = document.mirror.design()
    assert set(design.nodes) == {"queue", "worker"}
    assert set(design.edges) == {"poll"}
    assert (design.groups, design.notes, design.scenarios, design.name) == ({}, {}, {}, "Untitled")
    assert set(document.mirror.problems) == {
        *(("nodes", key) for key in ("number", "text", "list", "no service", "nested", "document")),
        ("edges", "half"),
        ("edges", "wrong flow"),
        ("groups", "g"),
        ("notes", "n"),
        ("scenarios", "s"),
    }
    assert (design.nodes["queue"].x, design.nodes["queue"].y) == (0, 0)


def test_a_repaired_entry_is_no_problem_any_more() -> None:
    document = holding(small_design())
    document.change(lambda maps: maps["nodes"].__setitem__("odd", 7))
    document.mirror.checked()
    document.change(lambda maps: maps["nodes"].__setitem__("odd", Map({"service": "s3"})))
    assert "odd" in document.mirror.checked().nodes
    assert document.mirror.problems == {}


def test_replacing_the_content_clears_what_could_not_be_read() -> None:
    document = holding(small_design())
    document.change(_rubbish)
    before = document.mirror.design()
    document.drop_unreadable()
    document.write(before, small_design())
    assert design_to_json(document.mirror.design()) == design_to_json(small_design())
    assert document.mirror.problems == {}


def test_an_edge_to_an_unreadable_node_is_left_out_but_not_removed() -> None:
    document = holding(small_design())
    document.change(lambda maps: maps["nodes"].__setitem__("queue", 7))
    assert document.repair() == (b"", [])
    assert document.mirror.design().edges == {}
    document.change(lambda maps: maps["nodes"].__setitem__("queue", Map({"service": "sqs_standard"})))
    assert set(document.mirror.design().edges) == {"poll"}


def _break_update(update: bytes, changes: list[tuple[int, int]]) -> bytes:
    broken = bytearray(update)
    for position, value in changes:
        broken[position % len(broken)] = value
    return bytes(broken)


UPDATE = holding(small_design()).missing()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_broken_updates_are_refused_or_leave_a_document_that_can_be_read(changes: list[tuple[int, int]]) -> None:
    document = SharedDocument()
    with contextlib.suppress(BadUpdateError):
        document.apply(_break_update(UPDATE, changes))
    design = document.mirror.design()
    assert design_from_json(design_to_json(design)).nodes.keys() == design.nodes.keys()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_a_state_vector_or_are_refused(state: bytes) -> None:
    document = holding(small_design())
    try:
        update = document.missing(state)
    except BadUpdateError:
        return
    SharedDocument().apply(update)


def test_whether_an_update_holds_news_is_found_without_applying_it() -> None:
    document = holding(small_design())
    copy = SharedDocument((document.missing(),))
    news = copy.change(lambda maps: maps["nodes"].__delitem__("worker"))
    assert document.changes_nothing(UPDATE) is False
    assert document.changes_nothing(document.missing())
    assert not document.changes_nothing(news)
    assert "worker" in document.mirror.design().nodes
    document.apply(news)
    assert document.changes_nothing(news)


def _deep(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"a": value}
    return value


def test_a_resource_may_be_nested_but_not_without_end() -> None:
    document = holding(small_design())

    def add(maps: Any) -> None:
        maps["nodes"]["deep"] = Map({"service": "other", "resource": _deep(40)})
        maps["nodes"]["bottomless"] = Map({"service": "other", "resource": _deep(100)})

    document.change(add)
    assert set(document.mirror.design().nodes) == {"queue", "worker", "deep"}
    assert set(document.mirror.problems) == {("nodes", "bottomless")}


def test_numbers_come_back_as_what_they_are() -> None:
    document = holding(small_design(whole=3, part=0.5, big=2**40, yes=True, text="3"))
    parameters = SharedDocument((document.missing(),)).mirror.design().nodes["queue"].parameters
    assert {key: (type(value), value) for key, value in parameters.items()} == {
        "whole": (int, 3),
        "part": (float, 0.5),
        "big": (int, 2**40),
        "yes": (bool, True),
        "text": (str, "3"),
    }
