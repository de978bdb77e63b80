"""Every sample event is one that its service really could send, and can be matched."""

from __future__ import annotations

import json

import pytest

from designer.domain.catalog.registry import services
from designer.domain.events.dialects import DIALECTS, EVENT_BUS
from designer.domain.events.envelope import ENVELOPE
from designer.domain.events.filters import try_filter
from designer.domain.events.samples import SAMPLES, Sample


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_a_sample_belongs_to_known_services_and_dialects(sample: Sample) -> None:
    assert set(sample.services) <= set(services())
    assert sample.dialects
    assert set(sample.dialects) <= set(DIALECTS)


@pytest.mark.parametrize("sample", [s for s in SAMPLES if EVENT_BUS.id in s.dialects], ids=lambda sample: sample.id)
def test_an_event_of_a_bus_has_every_field_around_its_detail(sample: Sample) -> None:
    assert set(sample.event) == set(ENVELOPE)
    pattern = {"source": [sample.event["source"]], "detail-type": [sample.event["detail-type"]]}
    assert try_filter(json.dumps(pattern), sample.text, EVENT_BUS).passes


def test_each_dialect_has_a_sample() -> None:
    assert {dialect for sample in SAMPLES for dialect in sample.dialects} == set(DIALECTS)
