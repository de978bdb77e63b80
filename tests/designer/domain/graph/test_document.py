"""The design as JSON, both ways, and what is wrong with a file that is none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.domain.graph.document import DocumentError, design_from_json, design_to_json
from designer.domain.graph.model import Design
from designer.domain.graph.scenario_document import ScenarioError, scenario_from_json, scenario_to_json
from tests.designer.domain.designs import designs

RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SMALLEST: dict[str, Any] = {"format": "windtunnel-design", "version": 1, "name": "x"}


@RELAXED
@given(designs())
def test_a_design_survives_its_json_form(design: Design) -> None:
    text = json.dumps(design_to_json(design))
    assert json.dumps(design_to_json(design_from_json(json.loads(text)))) == text


@RELAXED
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda i: st.lists(i) | st.dictionaries(st.text(), i)
    )
)
def test_any_json_is_read_or_refused_with_a_message(data: object) -> None:
    with pytest.raises(DocumentError):
        design_from_json({**SMALLEST, "nodes": data} if not isinstance(data, list) or data else 7)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"format": "other"}, "format"),
        ({"version": 2}, "version"),
        ({"name": 7}, "name"),
        ({"nodes": {}}, "nodes"),
        ({"nodes": [{"service": "s3"}]}, "nodes[0].id"),
        ({"nodes": [{"id": "a"}]}, "nodes[0].service"),
        ({"nodes": [{"id": "a", "service": "s3", "x": float("nan")}]}, "nodes[0].x"),
        ({"nodes": [{"id": "a", "service": "s3"}, {"id": "a", "service": "s3"}]}, "nodes[1].id"),
        ({"nodes": [{"id": "a", "service": "s3", "parameters": {"p": []}}]}, "nodes[0].parameters.p"),
        ({"edges": [{"id": "e", "source": "a", "target": "b"}]}, "edges[0].source"),
        ({"scenarios": [{"duration_s": -1}]}, "scenarios[0].duration_s"),
    ],
)
def test_a_bad_file_is_refused_with_the_place(change: dict[str, Any], path: str) -> None:
    with pytest.raises(DocumentError) as refused:
        design_from_json({**SMALLEST, **change})
    assert refused.value.path == path


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"duration_s": float("inf")}, "duration_s"),
        ({"seed": 1.5}, "seed"),
        ({"window_s": 0.1, "duration_s": 80_000}, "window_s"),
        ({"traffic": [{"entry": ""}]}, "traffic[0].entry"),
        ({"traffic": [{"entry": "a", "pattern": "sawtooth"}]}, "traffic[0].pattern"),
        ({"traffic": [{"entry": "a", "pattern": "ramp"}]}, "traffic[0].peak_rate_per_s"),
        ({"traffic": [{"entry": "a", "rate_per_s": -1}]}, "traffic[0].rate_per_s"),
        ({"version": 9}, "version"),
    ],
)
def test_a_bad_scenario_is_refused_with_the_field(data: dict[str, Any], path: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        scenario_from_json(data)
    assert refused.value.path == path


def test_fields_of_a_later_version_of_a_scenario_are_kept() -> None:
    data = {"duration_s": 60, "weather": [{"at_s": 10}]}
    assert scenario_to_json(scenario_from_json(data))["weather"] == [{"at_s": 10}]
