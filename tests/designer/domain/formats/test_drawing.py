"""How pictures are drawn: lines around cards, text that fits, and what happens when a tool is missing."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Service
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Connection
from designer.domain.connections.styles import EDGE_STYLES, edge_style
from designer.domain.formats import graphviz_program
from designer.domain.formats.drawing import routing
from designer.domain.formats.drawing.geometry import card_box, points_box
from designer.domain.formats.drawing.picture import draw
from designer.domain.formats.drawing.typeface import SEMIBOLD, font_faces, is_covered, text_width
from designer.domain.formats.drawing.wording import ELLIPSIS, clean, fitted, wrapped
from designer.domain.formats.examples import Example, examples, load_example
from designer.domain.formats.registry import export_design
from designer.domain.formats.spec import FormatError, Theme
from designer.domain.graph.model import Design, Edge, Group, Node, Note

PIPELINE: Final = load_example("order-pipeline")
ROOT: Final = Path(__file__).resolve().parents[4]
ICONS: Final = ROOT / "designer" / "domain" / "formats" / "assets" / "icons"
PACKAGE: Final = ROOT / "frontend" / "node_modules" / "aws-icons" / "icons"
SVG: Final = "{http://www.w3.org/2000/svg}"


def edge(edge_id: str, source: str, target: str, row: Connection) -> Edge:
    return Edge(edge_id, source, target, row.id, row.mode, row.flow)


def words(drawn: str) -> list[str]:
    """The texts of a picture, in drawing order."""
    return ["".join(text.itertext()) for text in ET.fromstring(drawn).iter(f"{SVG}text")]


@pytest.fixture(params=["dot", "graphviz-pure"])
def each_graphviz(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's own program if it has one, and the packaged one alone."""
    if request.param == "graphviz-pure":
        monkeypatch.setattr(shutil, "which", lambda name: None)
    elif shutil.which("dot") is None:
        pytest.skip("this machine has no graphviz of its own")
    graphviz_program.graphviz_program.cache_clear()
    assert request.param in Path(graphviz_program.graphviz_program()).name
    yield
    graphviz_program.graphviz_program.cache_clear()


@pytest.mark.usefixtures("each_graphviz")
@pytest.mark.parametrize("example", examples(), ids=lambda example: example.id)
def test_lines_begin_and_end_at_their_cards_and_run_through_no_other(example: Example) -> None:
    design = load_example(example.id)
    found = routing.routes(design)
    assert set(found) == set(design.edges)
    for key, points in found.items():
        ends = design.edges[key].source, design.edges[key].target
        for node_id, point in zip(ends, (points[0], points[-1]), strict=True):
            box = card_box(design.nodes[node_id])
            assert points_box((point,)).grown(2).overlaps(box)
            assert not points_box((point,)).grown(0.01).overlaps(box.grown(-2))
        for other in design.nodes.values():
            if other.id not in ends:
                pieces = pairwise(points)
                assert not any(points_box(piece).grown(1).overlaps(card_box(other)) for piece in pieces)


@pytest.mark.usefixtures("each_graphviz")
def test_a_moved_drawing_has_the_same_lines_at_another_place() -> None:
    moved = Design(
        "moved",
        {k: Node(k, n.service, n.label, n.x - 1_004, n.y + 2_000) for k, n in PIPELINE.nodes.items()},
        PIPELINE.edges,
    )
    before, after = routing.routes(PIPELINE), routing.routes(moved)
    for key, points in before.items():
        assert [(x - 1_004, y + 2_000) for x, y in points] == [pytest.approx(point, abs=0.1) for point in after[key]]


def test_without_graphviz_lines_are_plain_elbows(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise FormatError("graphviz is not installed")

    monkeypatch.setattr(routing, "run_graphviz", fail)
    found = routing.routes(PIPELINE)
    assert set(found) == set(PIPELINE.edges)
    assert all(len(points) >= 2 for points in found.values())


def test_cards_on_top_of_one_another_and_loops_are_drawn() -> None:
    nodes = {
        key: Node(key, "lambda", key, x, y) for key, x, y in (("a", 0, 0), ("b", 0, 0), ("c", 100, 20), ("d", 168, 20))
    }
    row = connections()["lambda.lambda.invoke_event"]
    ends = ["aa", "ab", "ac", "cd", "da"]
    design = Design("Heap", nodes, {pair: edge(pair, pair[0], pair[1], row) for pair in ends})
    assert all(len(points) >= 2 for points in routing.routes(design).values())
    drawn = draw(design, Theme.LIGHT, embed_fonts=False)
    assert {"a", "b", "c", "d"} < set(words(drawn.svg))
    assert "nan" not in drawn.svg


def test_each_style_of_line_is_drawn_in_its_own_way_and_named_in_the_legend() -> None:
    rows: dict[str, Connection] = {}
    for row in connections().values():
        if row.usable:
            rows.setdefault(edge_style(row.mode, row.flow, row.source), row)
    assert set(rows) == {style.id for style in EDGE_STYLES}
    looks = set()
    for style in EDGE_STYLES:
        row = rows[style.id]
        nodes = {"a": Node("a", row.source, "one"), "b": Node("b", row.target, "two", 400)}
        design = Design("One line", nodes, {"e": edge("e", "a", "b", row)})
        drawn = draw(design, Theme.LIGHT, embed_fonts=False).svg
        assert style.label in words(drawn)
        group = next(item for item in ET.fromstring(drawn).iter(f"{SVG}g") if item.get("class") == "edge")
        marks = [
            (item.get("stroke-dasharray"), item.get("stroke-width"), item.get("d") if item.get("transform") else "")
            for item in group.iter(f"{SVG}path")
        ]
        looks.add(repr(marks))
    assert len(looks) == len(EDGE_STYLES)


def test_frames_and_notes_are_drawn_below_and_above_the_cards() -> None:
    design = Design(
        "With frames",
        {"a": Node("a", "lambda", "work", 60, 80)},
        groups={"g": Group("g", "vpc", "VPC 10.0.0.0/16", 0, 0, 300, 200)},
        notes={"n": Note("n", "First line\nand a second one that is far too long for one line", 400, 0, 200, 96)},
    )
    drawn = draw(design, Theme.DARK, embed_fonts=False)
    classes = [item.get("class") for item in ET.fromstring(drawn.svg).iter(f"{SVG}g") if item.get("class")]
    assert classes.index("group") < classes.index("node") < classes.index("note")
    assert "VPC 10.0.0.0/16" in words(drawn.svg)
    assert words(drawn.svg)[4:7] == ["First line", "and a second one that is far too", "long for one line"]


def test_a_container_is_drawn_with_the_icon_the_line_and_the_colour_that_aws_gives_it() -> None:
    for service in services().values():
        if service.frame is None:
            continue
        frame = Group("g", service.id, service.label, 0, 0, 300, 200)
        drawn = draw(Design("Frames", groups={"g": frame}), Theme.LIGHT, embed_fonts=False).svg
        assert f'href="#icon-{service.id}"' in drawn
        assert f'stroke="{service.frame.colour}"' in drawn
        assert ("stroke-dasharray" in drawn) == service.frame.dashed


def test_a_card_says_that_it_is_attached_to_a_vpc_and_that_its_failures_are_kept() -> None:
    nodes = {
        "f": Node("f", "lambda", "f", parameters={"in_vpc": True}),
        "q": Node("q", "sqs_standard", "q", 300, 0),
    }
    failures = edge("e", "f", "q", connections()["lambda.sqs_standard.dead_letter"])
    drawn = words(draw(Design("Chips", nodes, {"e": failures}), Theme.LIGHT, embed_fonts=False).svg)
    assert [text for text in drawn if text in ("VPC", "DLQ")] == ["VPC", "DLQ"]
    plain = words(draw(Design("No chips", {"q": nodes["q"]}), Theme.LIGHT, embed_fonts=False).svg)
    assert not {"VPC", "DLQ"} & set(plain)


@pytest.mark.parametrize("service", [service for service in services().values() if service.icon], ids=lambda s: s.id)
def test_a_picture_has_the_same_icon_as_the_canvas(service: Service) -> None:
    if not PACKAGE.is_dir():
        pytest.skip("the frontend's packages are not installed")
    shipped = (ICONS / f"{service.id}.svg").read_text(encoding="utf-8")
    assert shipped.strip() == (PACKAGE / f"{service.icon}.svg").read_text(encoding="utf-8").strip()


def test_an_unknown_resource_gets_a_neutral_glyph_and_says_its_type() -> None:
    design = Design("Unknown", {"a": Node("a", "other", "flow", parameters={"resource_type": "AWS::Foo::Bar"})})
    drawn = draw(design, Theme.LIGHT, embed_fonts=False).svg
    assert "<use" not in drawn
    assert "Foo::Bar" in words(drawn)
    assert draw(Design("x", {"a": Node("a", "no_such_service", "x")}), Theme.LIGHT, embed_fonts=False).svg


@pytest.mark.parametrize("service", sorted(services()))
def test_every_service_of_the_catalog_has_a_picture(service: str) -> None:
    drawn = draw(Design("One", {"a": Node("a", service, "thing")}), Theme.LIGHT, embed_fonts=False).svg
    assert (f'href="#icon-{service}"' in drawn) == bool(services()[service].icon)
    assert (f'id="icon-{service}"' in drawn) == bool(services()[service].icon)


def test_text_is_broken_at_sensible_places_and_cut_when_it_is_too_long() -> None:
    assert wrapped("render-pdf-failures", 100, 13, SEMIBOLD) == ["render-pdf-", "failures"]
    assert wrapped("ReserveInventory", 90, 13, SEMIBOLD) == ["Reserve", "Inventory"]
    for text in ("W" * 80, "i" * 400, "a b c " * 40, "注文処理" * 20):
        for line in wrapped(text, 100, 13, SEMIBOLD):
            assert text_width(line, 13, SEMIBOLD) <= 100
        assert wrapped(text, 100, 13, SEMIBOLD)[-1].endswith(ELLIPSIS)
    assert fitted("short", 100, 13) == "short"


def test_characters_that_cannot_stand_in_a_file_are_left_out() -> None:
    assert clean("a\x00b\tc\u200bd\ud800e\n") == "a b cde"
    design = Design("\x1b[31m", {"a": Node("a", "lambda", "x\x0by\ufffe")}, notes={"n": Note("n", "p\x00q\r\nr")})
    assert ET.fromstring(draw(design, Theme.LIGHT, embed_fonts=True).svg) is not None


def test_widths_come_from_the_font() -> None:
    # Inter's own advance widths of 'W' and 'i' at weight 400, out of 2,048 units per em.
    assert text_width("W", 2_048) > 3.5 * text_width("i", 2_048)
    assert text_width("W", 13, SEMIBOLD) > text_width("W", 13)
    assert is_covered("Überprüfung Ж ώ ₫")
    assert not is_covered("注文")


def test_a_picture_carries_only_the_parts_of_the_font_that_it_needs() -> None:
    assert font_faces("orders").count("@font-face") == 1
    assert font_faces("заказы").count("@font-face") == 2


def test_a_png_is_twice_as_large_as_the_canvas_and_has_a_limit() -> None:
    drawn = draw(PIPELINE, Theme.LIGHT, embed_fonts=False)
    assert _png_size(PIPELINE) == (round(drawn.width * 2), round(drawn.height * 2))
    far = Design("Far", {"a": Node("a", "lambda", "here"), "b": Node("b", "s3", "there", 9e6, 9e6)})
    width, height = _png_size(far)
    assert width * height <= 61_000_000


def _png_size(design: Design) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", export_design(design, "png").content, 16)
    return width, height


def test_themes_differ() -> None:
    assert export_design(PIPELINE, "png", theme="light").content != export_design(PIPELINE, "png", theme="dark").content


def test_a_pdf_has_the_shipped_font_in_it() -> None:
    content = export_design(PIPELINE, "pdf").content
    assert b"Inter-Regular" in content
    assert b"Inter-SemiBold" in content
