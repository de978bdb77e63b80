"""The layout: nothing overlaps, it reads from left to right, it is the same every time, on either graphviz."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from designer.domain.connections.registry import UNKNOWN_CONNECTION
from designer.domain.connections.spec import Flow, Mode
from designer.domain.formats import graphviz_program
from designer.domain.formats.layout import CARD_HEIGHT, CARD_WIDTH, arrange
from designer.domain.formats.spec import FormatError
from designer.domain.graph.model import Design, Edge, Node

PACKAGED = Path(sys.executable).parent / "graphviz-pure"


@pytest.fixture(params=["dot", "graphviz-pure"], autouse=True)
def program(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each graphviz that a machine may have."""
    name = str(request.param)
    if name == "dot" and shutil.which("dot") is None:
        pytest.skip("this machine has no dot")
    found = None if name == "graphviz-pure" else shutil.which("dot")
    real = shutil.which
    monkeypatch.setattr(shutil, "which", lambda wanted: found if wanted == "dot" else real(wanted))
    graphviz_program.graphviz_program.cache_clear()
    yield name
    graphviz_program.graphviz_program.cache_clear()


def made(pairs: list[tuple[str, str]], *single: str) -> Design:
    ids = sorted({end for pair in pairs for end in pair} | set(single))
    edges = {
        f"{source}-{target}": Edge(
            f"{source}-{target}", source, target, UNKNOWN_CONNECTION, Mode.SYNCHRONOUS, Flow.SYNC
        )
        for source, target in pairs
    }
    return Design("d", {key: Node(key, "lambda", key) for key in ids}, edges)


def overlaps(design: Design) -> list[tuple[str, str]]:
    return [
        (one.id, other.id)
        for one, other in combinations(design.nodes.values(), 2)
        if abs(one.x - other.x) < CARD_WIDTH + 8 and abs(one.y - other.y) < CARD_HEIGHT + 8
    ]


def test_the_asked_for_graphviz_is_the_one_that_runs(program: str) -> None:
    used = graphviz_program.graphviz_program()
    assert Path(used).name == program


def test_a_chain_reads_from_left_to_right() -> None:
    nodes = arrange(made([("a", "b"), ("b", "c"), ("c", "d")])).nodes
    assert nodes["a"].x < nodes["b"].x < nodes["c"].x < nodes["d"].x
    assert len({node.y for node in nodes.values()}) == 1
    assert nodes["b"].x - nodes["a"].x >= CARD_WIDTH + 64


@pytest.mark.parametrize(
    "design",
    [
        made([("api", f"f{number}") for number in range(12)]),
        made([("a", "b"), ("b", "a"), ("b", "b"), ("b", "c")]),
        made([("a", "b"), ("c", "d"), ("c", "e")], *[f"s{number}" for number in range(9)]),
        made([(f"n{number}", f"n{(number * 7 + 3) % 60}") for number in range(60)]),
        made([], "alone"),
    ],
    ids=["fan-out", "circle", "parts", "tangle", "one"],
)
def test_cards_do_not_overlap_lie_on_the_grid_and_start_near_the_origin(design: Design) -> None:
    arranged = arrange(design)
    assert overlaps(arranged) == []
    assert all(node.x % 4 == 0 and node.y % 4 == 0 for node in arranged.nodes.values())
    assert min(node.x for node in arranged.nodes.values()) == min(node.y for node in arranged.nodes.values()) == 48
    assert arrange(design) == arranged


def test_what_hangs_together_with_nothing_stands_apart_in_a_block_of_good_proportions() -> None:
    arranged = arrange(made([], *[f"s{number}" for number in range(40)]))
    width = max(node.x for node in arranged.nodes.values()) - 48 + CARD_WIDTH
    height = max(node.y for node in arranged.nodes.values()) - 48 + CARD_HEIGHT
    assert 1 < width / height < 3


def test_positions_are_kept_when_asked_and_new_nodes_lie_below() -> None:
    design = made([("a", "b"), ("b", "c")], "d")
    placed = {
        **design.nodes,
        "a": Node("a", "lambda", "a", 500, 300),
        "b": Node("b", "lambda", "b", 100, 900),
    }
    arranged = arrange(Design("d", placed, design.edges), keep_positions=True).nodes
    assert (arranged["a"].x, arranged["a"].y, arranged["b"].x, arranged["b"].y) == (500, 300, 100, 900)
    assert min(arranged["c"].y, arranged["d"].y) > 900 + CARD_HEIGHT
    assert overlaps(Design("d", arranged)) == []


def test_an_empty_design_stays_empty() -> None:
    assert arrange(Design("d")) == Design("d")


def test_a_machine_without_graphviz_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    graphviz_program.graphviz_program.cache_clear()
    with pytest.raises(FormatError, match="neither dot nor graphviz-pure was found"):
        arrange(made([("a", "b")]))
