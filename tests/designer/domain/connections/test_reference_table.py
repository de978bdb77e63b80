"""The connection table against the reference rows in ``../shared/facts/connections.csv``, both ways.

The reference names a mode by what the arrow is made with; ours by the kind of mechanism. They correspond:

- ``sdk_call`` is code that waits for the API: synchronous; sending, publishing and putting events hands
  over, so those are asynchronous, and so is what a program fetches;
- ``direct_integration`` is an integration; that of a web ACL is an authorizer, asked whether a request may pass;
- ``asynchronous`` from a topic is the topic's subscription, otherwise asynchronous;
- ``delivery`` of what failed is a failure, of anything else a delivery;
- ``rule_target``, ``subscription``, ``event_source_mapping``, ``authorizer`` and ``synchronous`` are the same;
- ``invalid`` rows have no mode of their own: ours says what the person would have meant.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Mode, Verdict

VERDICTS = {"yes": Verdict.VALID, "conditional": Verdict.CONDITIONAL, "no": Verdict.INVALID}

HANDED_OVER = frozenset(
    {
        "sqs_standard",
        "sqs_fifo",
        "sns_standard",
        "sns_fifo",
        "eventbridge_bus",
        "kinesis_stream",
        "firehose",
        "step_functions_standard",
        "mq",
        "iot_rule",
    }
)
"""Services to which an SDK call hands something over."""

HANDING_OVER = (".poll", ".invoke_event", ".step_functions_express.start_execution")
"""SDK calls that hand over: a program that fetches, and calls to services whose other calls are waited for."""

Key = tuple[str, str, str]

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "mechanisms"


def _mechanisms() -> Mapping[Key, tuple[str, ...]]:
    found: dict[Key, tuple[str, ...]] = {}
    for path in sorted(FIXTURES.glob("*.json")):
        for target, mechanisms in json.loads(path.read_text(encoding="utf-8")).items():
            found |= {(path.stem, target, name): tuple(ids) for name, ids in mechanisms.items()}
    return found


MECHANISMS = _mechanisms()
"""The last part of our ids for each reference row, a file for each source; one row can stand for several of ours."""

BEYOND = Path(__file__).resolve().parents[3] / "fixtures" / "beyond_reference"
"""Rows that the reference does not have, a file for each source: why each is there, by id."""

FAILURES = frozenset(
    {"on_failure", "dead_letter", "stream_on_failure", "redrive", "dlq", "target_dlq", "subscription_dlq"}
)

Row = Mapping[str, str]


@pytest.fixture(scope="module")
def reference(shared_folder: Path) -> list[Row]:
    """The reference rows between services of the catalog."""
    known = set(services())
    with (shared_folder / "facts" / "connections.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["source"] in known and row["target"] in known]


def ids_of(row: Row) -> list[str]:
    """Our rows for a reference row."""
    mechanisms = MECHANISMS[row["source"], row["target"], row["mechanism"]]
    return [f"{row['source']}.{row['target']}.{mechanism}" for mechanism in mechanisms]


def expected_mode(row: Row, identifier: str) -> Mode | None:
    """Our mode for a reference row; None for invalid rows."""
    mode = row["mode"]
    if mode == "invalid":
        return None
    if mode == "sdk_call" and identifier.endswith(HANDING_OVER):
        return Mode.ASYNCHRONOUS
    if mode == "sdk_call":
        return Mode.ASYNCHRONOUS if row["target"] in HANDED_OVER else Mode.SYNCHRONOUS
    if mode == "direct_integration":
        return Mode.AUTHORIZER if "waf" in (row["source"], row["target"]) else Mode.INTEGRATION
    if mode == "asynchronous":
        return Mode.SUBSCRIPTION if row["source"] == "sns_standard" else Mode.ASYNCHRONOUS
    if mode == "delivery":
        return Mode.FAILURE if identifier.split(".")[2] in FAILURES else Mode.DELIVERY
    return Mode(mode)


def test_every_reference_row_is_in_the_table_with_its_verdict(reference: list[Row]) -> None:
    table = connections()
    for row in reference:
        for identifier in ids_of(row):
            assert table[identifier].verdict is VERDICTS[row["valid"]], identifier


def test_every_reference_row_is_in_the_table_with_its_mode(reference: list[Row]) -> None:
    for row in reference:
        for identifier in ids_of(row):
            mode = expected_mode(row, identifier)
            assert mode is None or connections()[identifier].mode is mode, identifier


def test_every_reference_row_is_in_the_table_with_its_permission(reference: list[Row]) -> None:
    for row in reference:
        if row["valid"] != "no":
            for identifier in ids_of(row):
                assert connections()[identifier].permission_side.value == row["permission_side"], identifier


def _beyond() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in sorted(BEYOND.glob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def test_every_row_of_the_table_is_in_the_reference_or_has_a_reason(reference: list[Row]) -> None:
    beyond = _beyond()
    in_reference = [identifier for row in reference for identifier in ids_of(row)]
    assert not beyond.keys() & set(in_reference)
    assert all(beyond.values())
    assert sorted(connections()) == sorted([*in_reference, *beyond])
