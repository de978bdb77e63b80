"""Properties of matching and of reading JSON, over generated events."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from designer.domain.events.conditions import fits_wildcard
from designer.domain.events.dialects import EVENT_BUS, SNS_BODY
from designer.domain.events.located_json import TextError, read_json
from designer.domain.events.matching import misses
from designer.domain.events.pattern import read_pattern


def fits(pattern: object, event: object) -> bool:
    return not misses(read_pattern(json.dumps(pattern)), read_json(json.dumps(event)))


SCALARS = st.one_of(st.text(max_size=6), st.integers(-1000, 1000), st.booleans(), st.none())
EVENTS = st.recursive(
    st.dictionaries(st.text("abcde", min_size=1, max_size=3), SCALARS, min_size=1, max_size=4),
    lambda inner: st.dictionaries(
        st.text("abcde", min_size=1, max_size=3), st.one_of(SCALARS, inner), min_size=1, max_size=4
    ),
    max_leaves=12,
)


def _exact(event: Any) -> Any:
    return {key: _exact(value) if isinstance(value, dict) else [value] for key, value in event.items()}


@given(EVENTS)
def test_the_pattern_that_lists_every_value_of_an_event_fits_it(event: dict[str, Any]) -> None:
    assert fits(_exact(event), event)


@given(EVENTS, st.data())
def test_one_wrong_value_is_enough_not_to_fit(event: dict[str, Any], data: st.DataObject) -> None:
    pattern = _exact(event)
    inner = pattern
    while True:
        key = data.draw(st.sampled_from(sorted(inner)))
        if isinstance(inner[key], list):
            break
        inner = inner[key]
    inner[key] = ["no such value"]
    assert not fits(pattern, event)


@given(SCALARS, st.lists(st.text(max_size=4), min_size=1, max_size=3))
def test_anything_but_is_the_opposite_of_the_plain_values(value: Any, texts: list[str]) -> None:
    assert fits({"a": [{"anything-but": texts}]}, {"a": value}) is not fits({"a": texts}, {"a": value})


@given(st.text(max_size=8), st.text(max_size=3))
def test_prefix_and_suffix_compare_as_the_language_does(value: str, part: str) -> None:
    assert fits({"a": [{"prefix": part}]}, {"a": value}) is value.startswith(part)
    assert fits({"a": [{"suffix": part}]}, {"a": value}) is value.endswith(part)


@given(st.text("ab/.", max_size=10), st.lists(st.text("ab/.", max_size=3), min_size=1, max_size=4))
def test_a_wildcard_fits_what_the_equal_regular_expression_fits(value: str, pieces: list[str]) -> None:
    assert fits_wildcard("*".join(pieces), value) is bool(re.fullmatch(".*".join(map(re.escape, pieces)), value))


@given(st.integers(-9999, 9999), st.integers(-9999, 9999), st.integers(-9999, 9999))
def test_a_range_holds_for_what_lies_in_it(value: int, low: int, high: int) -> None:
    assume(low < high)
    assert fits({"a": [{"numeric": [">=", low, "<", high]}]}, {"a": value}) is (low <= value < high)


@given(st.ip_addresses(), st.ip_addresses(), st.integers(0, 32))
def test_cidr_holds_for_the_addresses_of_the_network(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
    base: ipaddress.IPv4Address | ipaddress.IPv6Address,
    bits: int,
) -> None:
    network = ipaddress.ip_network(f"{base}/{bits}", strict=False)
    inside = address.version == network.version and address in network
    assert fits({"a": [{"cidr": str(network)}]}, {"a": str(address)}) is inside


@given(EVENTS, EVENTS, EVENTS)
def test_either_is_the_same_as_one_of_two_patterns(
    event: dict[str, Any], one: dict[str, Any], two: dict[str, Any]
) -> None:
    together = {"$or": [_exact(one), _exact(two)]}
    assert fits(together, event) is (fits(_exact(one), event) or fits(_exact(two), event))


@given(
    st.recursive(
        SCALARS,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
        max_leaves=10,
    ),
    st.integers(0, 200),
    st.text(' ,:[]{}"\\1-e.', max_size=2),
)
def test_text_is_json_exactly_when_the_standard_library_reads_it(value: Any, at: int, inserted: str) -> None:
    text = json.dumps(value, indent=1)
    text = text[: at % (len(text) + 1)] + inserted + text[at % (len(text) + 1) :]
    try:
        json.loads(text)
        expected = True
    except json.JSONDecodeError:
        expected = False
    if expected:
        read_json(text)
    else:
        with pytest.raises(TextError) as caught:
            read_json(text)
        assert 1 <= caught.value.place.line <= text.count("\n") + 1


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fail_otherwise(text: str) -> None:
    for dialect in (EVENT_BUS, SNS_BODY):
        with contextlib.suppress(TextError):
            read_pattern(text, dialect)
