"""Nothing that somebody pastes breaks the editor, the rules or a run: definitions with odd values everywhere."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from designer.domain.graph.model import Design, Node
from designer.domain.rules.check import check
from designer.domain.workflows.analysis import analyse
from designer.domain.workflows.drawing import draw
from designer.domain.workflows.reach import WORKFLOWS
from designer.domain.workflows.source import read_source

CASES = Path(__file__).resolve().parents[3] / "fixtures" / "workflows"
DEFINITIONS = [
    case["definition"]
    for name in ("right", "wrong")
    for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
]
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1e9,
    1.5,
    "",
    "x",
    "${a}",
    "{%",
    "$.a[",
    [],
    [None],
    [[]],
    {},
    {"a": None},
    ["x"],
    [{}],
]


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found += places(item, (*path, key))
    return found


def broken(definition: Any, source: random.Random) -> Any:
    """A copy with a few values replaced by odd ones."""
    copy = json.loads(json.dumps(definition))
    for _ in range(source.randint(1, 3)):
        where = places(copy)
        if not where:
            return source.choice(ODD)
        *outer, last = source.choice(where)
        part = copy
        for key in outer:
            part = part[key]
        part[last] = json.loads(json.dumps(source.choice(ODD)))
    return copy


@pytest.mark.parametrize("seed", range(12))
def test_odd_values_are_problems_and_never_crashes(seed: int) -> None:
    source = random.Random(seed)
    for definition in DEFINITIONS:
        text = json.dumps(broken(definition, source))
        for number, service in enumerate(WORKFLOWS):
            analysis = analyse(text, express=number == 1)
            if analysis.machine is not None:
                draw(analysis.machine, read_source(text))
            nodes = {
                "flow": Node("flow", service, "flow", parameters={"definition": text}),
                "a": Node("a", "lambda", "a"),
                "q": Node("q", "sqs_standard", "q"),
            }
            check(Design("d", nodes))
