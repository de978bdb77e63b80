"""Exported pictures: self-contained, faithful to the drawing, the same every time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from designer.domain.catalog.registry import services
from designer.domain.formats.examples import load_example
from designer.domain.formats.registry import export_design, exporters
from designer.domain.formats.spec import FormatError, Theme
from designer.domain.graph.document import design_from_json
from designer.domain.graph.model import Design, Node

PIPELINE: Final = load_example("order-pipeline")
THEMES: Final = tuple(Theme)
FIRST_BYTES: Final = {"png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-", "svg": b"<?xml", "json": b"{"}


def svg(design: Design, theme: Theme = Theme.LIGHT) -> str:
    return export_design(design, "svg", theme=theme).content.decode()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("format_id", sorted(FIRST_BYTES))
def test_a_design_is_written_in_every_format_and_theme(format_id: str, theme: Theme) -> None:
    written = export_design(PIPELINE, format_id, theme=theme)
    assert written.content.startswith(FIRST_BYTES[format_id])
    assert written.content == export_design(PIPELINE, format_id, theme=theme).content
    assert written.suffix == f".{format_id}"


def test_the_formats_are_the_ones_that_are_promised() -> None:
    assert set(exporters()) == set(FIRST_BYTES)


def test_a_picture_fetches_nothing_from_outside() -> None:
    drawn = svg(PIPELINE)
    references = re.findall(r'(?:href|src)="([^"]*)"|url\(([^)]*)\)', drawn)
    targets = [one or other for one, other in references]
    assert targets
    assert [target for target in targets if not target.strip("'\"").startswith(("#", "data:"))] == []


def test_every_label_and_every_icon_is_in_the_picture() -> None:
    text = "".join(ET.fromstring(svg(PIPELINE)).itertext()).replace("\n", "")
    for node in PIPELINE.nodes.values():
        assert node.label.replace("-", "") in text.replace("-", "")
    official = [node for node in PIPELINE.nodes.values() if services()[node.service].icon]
    assert svg(PIPELINE).count("<use") == len(official)


def test_the_drawn_positions_are_kept() -> None:
    node = PIPELINE.nodes["orders"]
    moved = replace(PIPELINE, nodes={**PIPELINE.nodes, "orders": replace(node, x=node.x + 40, y=node.y - 24)})
    before, after = _card(svg(PIPELINE), "orders"), _card(svg(moved), "orders")
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((40, -24))


def _card(drawn: str, label: str) -> tuple[float, float]:
    """Where the label of a card stands, in the coordinates of the canvas."""
    for element in ET.fromstring(drawn).iter():
        if element.tag.endswith("text") and "".join(element.itertext()).strip() == label:
            return float(element.attrib["x"]), float(element.attrib["y"])
    raise AssertionError(f"no text {label!r}")


def test_a_hostile_label_is_text_and_nothing_else() -> None:
    label = '<script>alert("1")</script>&"\' \\N \x07'
    design = Design(label, {"a": Node("a", "lambda", label)})
    tree = ET.fromstring(svg(design))
    assert [element for element in tree.iter() if element.tag.endswith("script")] == []
    for format_id in ("png", "pdf"):
        assert export_design(design, format_id, theme=Theme.LIGHT).content


@pytest.mark.parametrize("format_id", sorted(FIRST_BYTES))
def test_an_empty_design_can_be_exported(format_id: str) -> None:
    assert export_design(Design("Nothing yet"), format_id, theme=Theme.LIGHT).content.startswith(FIRST_BYTES[format_id])


def test_the_native_file_reads_back_as_the_same_design() -> None:
    written = export_design(PIPELINE, "json", theme=Theme.LIGHT).content
    assert design_from_json(json.loads(written)) == PIPELINE


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FormatError, match="svg"):
        export_design(PIPELINE, "doc", theme=Theme.LIGHT)


@pytest.mark.parametrize("format_id", sorted(FIRST_BYTES))
def test_characters_that_no_file_can_hold_do_not_stop_an_export(format_id: str) -> None:
    design = Design("a\x00b\ud800", {"a": Node("a", "lambda", "x\x00y\ud800")})
    assert export_design(design, format_id, theme=Theme.LIGHT).content.startswith(FIRST_BYTES[format_id])
    if format_id == "json":
        assert design_from_json(json.loads(export_design(design, "json").content)) == design
