"""Fixtures of the engine's tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from designer.domain.graph.scenario import Scenario
from simulator.engine.results import Summary
from simulator.engine.simulation import simulate
from tests.simulator.engine.designs import Arrow, Nodes, Run, draw_design


@pytest.fixture
def run() -> Run:
    """Simulates a minute of a design in windows of 10 s, unless told otherwise."""

    def run_design(nodes: Nodes, arrows: Sequence[Arrow], **scenario: Any) -> Summary:
        settings = {"duration_s": 60.0, "window_s": 10.0} | scenario
        return simulate(draw_design(nodes, arrows), Scenario(**settings))

    return run_design
