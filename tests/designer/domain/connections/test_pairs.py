"""Drawing an arrow: what the table decides for every pair, and the fixture that the browser's tests read.

After a wanted change of the table, run this file with the environment variable ``REGENERATE_FIXTURES=1``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections, refusal, rows_between, usable_rows
from designer.domain.connections.spec import Verdict

FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "connections.json"

BY_HAND = Path(__file__).resolve().parents[3] / "fixtures" / "pairs"

SERVICES = tuple(service for service in services() if service != "other")
PAIRS = [(source, target) for source in SERVICES for target in SERVICES]

Decision = str | Mapping[str, str | None]
"""A connection id: allowed, and means this. ``{"refused": service}``: refused; the service inserted makes it work."""


def by_hand(source: str) -> Mapping[str, Decision]:
    """What was written by hand about the arrows from a service; a target that is not named is unknown."""
    path = BY_HAND / f"{source}.json"
    decisions: dict[str, Decision] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return decisions


def decide(source: str, target: str) -> dict[str, object]:
    """What the registry says about an arrow that is simply drawn."""
    refused = refusal(source, target)
    if refused is not None:
        bridge = refused.bridge
        return {
            "source": source,
            "target": target,
            "outcome": "refused",
            "connection": refused.id,
            "reason": refused.explanation,
            "bridge": None if bridge is None else bridge.service,
        }
    rows = [row for row in usable_rows(source, target) if row.drawable]
    if rows:
        return {
            "source": source,
            "target": target,
            "outcome": "allowed",
            "connection": rows[0].id,
            "verdict": rows[0].verdict.value,
        }
    return {"source": source, "target": target, "outcome": "unknown"}


def test_the_hand_written_decisions_name_services_of_the_catalog() -> None:
    for path in BY_HAND.iterdir():
        assert path.stem in SERVICES
        assert set(by_hand(path.stem)) <= set(SERVICES), path.name


@pytest.mark.parametrize("source", SERVICES)
def test_each_pair_is_decided_as_written_by_hand(source: str) -> None:
    decisions = by_hand(source)
    for target in SERVICES:
        expected, decided = decisions.get(target), decide(source, target)
        if expected is None:
            assert decided["outcome"] == "unknown", target
            assert not any(row.drawable for row in rows_between(source, target)), target
        elif isinstance(expected, str):
            assert (decided["outcome"], decided["connection"]) == ("allowed", expected), target
        else:
            assert (decided["outcome"], decided["bridge"]) == ("refused", expected["refused"]), target
            assert decided["reason"], target


def test_the_fixture_of_the_browser_is_what_the_table_decides() -> None:
    text = (
        json.dumps([decision for pair in PAIRS if (decision := decide(*pair))["outcome"] != "unknown"], indent=2) + "\n"
    )
    if os.environ.get("REGENERATE_FIXTURES"):
        FIXTURE.write_text(text, encoding="utf-8")
    assert FIXTURE.read_text(encoding="utf-8") == text


def test_an_edge_is_refused_only_where_nothing_works() -> None:
    for source, target in PAIRS:
        refused = refusal(source, target)
        if refused is not None:
            assert refused.verdict is Verdict.INVALID
            assert not [row for row in usable_rows(source, target) if row.drawable]


def test_a_resource_of_unknown_type_can_be_connected_with_everything() -> None:
    for service in SERVICES:
        assert decide("other", service)["outcome"] == "unknown"
        assert decide(service, "other")["outcome"] == "unknown"


def test_a_bridge_leads_from_the_source_over_its_service_to_the_target() -> None:
    table = connections()
    bridged = [row for row in table.values() if row.bridge is not None]
    assert len(bridged) > 10
    for row in bridged:
        assert row.bridge is not None
        first, second = table[row.bridge.first], table[row.bridge.second]
        assert first.usable
        assert second.usable
        assert (first.source, first.target) == (row.source, row.bridge.service)
        assert (second.source, second.target) == (row.bridge.service, row.target)
