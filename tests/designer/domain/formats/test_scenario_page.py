"""The example of ``docs/scenario-format.md`` is a scenario, and its figures are those of the code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema

from designer.domain.graph.scenario import (
    FAULT_AMOUNTS,
    MAXIMUM_DURATION_S,
    MAXIMUM_RATE_PER_S,
    MAXIMUM_REQUESTS,
    FaultKind,
    Pattern,
)
from designer.domain.graph.scenario_document import default_window_s, scenario_from_json, scenario_to_json
from designer.domain.graph.schema import scenario_schema

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "scenario-format.md").read_text(encoding="utf-8")


def test_the_example_is_read_and_fits_the_schema() -> None:
    block = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    data = json.loads(block.group(1))
    jsonschema.validate(data, scenario_schema())
    assert scenario_to_json(scenario_from_json(data)) == data


def test_the_page_states_the_limits_of_the_code() -> None:
    for limit in (MAXIMUM_DURATION_S, MAXIMUM_RATE_PER_S, MAXIMUM_REQUESTS):
        assert f"{limit:,.0f}" in PAGE
    assert [pattern.value for pattern in Pattern if f"| `{pattern.value}` |" not in PAGE] == []


def test_the_page_states_every_fault_with_its_usual_amount() -> None:
    for kind in FaultKind:
        row = re.search(rf"\| `{kind.value}` \| ([^|]*)\|", PAGE)
        assert row is not None, kind
        least, most, usual = FAULT_AMOUNTS[kind]
        assert (f"{usual:g}" in row[1]) == (most > least), kind


def test_every_field_of_the_schema_is_on_the_page() -> None:
    for definition in scenario_schema()["$defs"].values():  # type: ignore[attr-defined]
        assert [
            field for field in definition["properties"] if f"`{field}`" not in PAGE and f'"{field}"' not in PAGE
        ] == []


def test_the_default_window_is_the_one_that_the_page_states() -> None:
    assert [default_window_s(duration) for duration in (600, 601, 3001, 6001, 36_001, 180_001, 1_080_001)] == [
        1,
        5,
        10,
        60,
        300,
        1800,
        3600,
    ]
