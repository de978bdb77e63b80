"""The filters of SNS subscriptions, pipes and event source mappings, each with what its service knows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from designer.domain.events.dialects import EVENT_SOURCE_MAPPING, PIPE, SNS_ATTRIBUTES, SNS_BODY
from designer.domain.events.filters import try_filter
from designer.domain.events.located_json import TextError

ATTRIBUTES = {
    "MessageAttributes": {
        "store": {"Type": "String", "Value": "north"},
        "price": {"Type": "Number", "Value": "100"},
        "interests": {"Type": "String.Array", "Value": '["rugby", "tennis"]'},
        "picture": {"Type": "Binary", "Value": "aGVsbG8="},
    }
}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"store": ["north"]}, True),
        ({"store": [{"anything-but": {"prefix": "so"}}]}, True),
        ({"price": [{"numeric": [">=", 100]}]}, True),
        ({"interests": ["tennis"]}, True),
        ({"interests": [{"anything-but": ["rugby"]}]}, True),
        ({"picture": [{"exists": True}]}, False),
        ({"missing": [{"exists": False}]}, True),
        ({"$or": [{"store": ["south"]}, {"price": [100]}]}, True),
    ],
)
def test_a_filter_policy_looks_at_the_attributes_of_a_message(policy: object, *, expected: bool) -> None:
    assert try_filter(json.dumps(policy), json.dumps(ATTRIBUTES), SNS_ATTRIBUTES).passes is expected


def test_a_filter_policy_on_the_body_reads_the_message_as_json() -> None:
    policy = json.dumps({"order": {"total": [{"numeric": [">", 10]}]}})
    sample = json.dumps({"Message": json.dumps({"order": {"total": 12}})})
    assert try_filter(policy, sample, SNS_BODY).passes
    plain = try_filter(policy, json.dumps({"Message": "just text"}), SNS_BODY)
    assert not plain.passes
    assert "no JSON object" in plain.note


@pytest.mark.parametrize(
    ("policy", "dialect", "words"),
    [
        ({"a": {"b": ["c"]}}, SNS_ATTRIBUTES, "MessageBody"),
        ({"a": [{"wildcard": "x*"}]}, SNS_BODY, "does not know"),
        ({"a": [{"anything-but": {"suffix": "x"}}]}, SNS_BODY, "inside anything-but"),
        ({"a": [{"numeric": ["=", 2e9]}]}, SNS_ATTRIBUTES, "1,000,000,000"),
        ({name: ["x"] for name in "abcdef"}, SNS_ATTRIBUTES, "5 keys"),
        ({"a": {"b": {"c": list("vwxy")}}, "d": {"e": list("vwx")}, "f": list("vwx")}, SNS_BODY, "216"),
        ([{"body": {"a": [{"wildcard": "x*"}]}}], EVENT_SOURCE_MAPPING, "Lambda does not know"),
        ([{"body": {"a": [{"anything-but": {"prefix": "x"}}]}}], PIPE, "Pipes does not take"),
        ([], PIPE, "empty list"),
    ],
)
def test_each_service_refuses_what_it_does_not_know(policy: object, dialect: Any, words: str) -> None:
    with pytest.raises(TextError) as caught:
        try_filter(json.dumps(policy), "{}", dialect)
    assert words in f"{caught.value.message} {caught.value.cure}"


@pytest.mark.parametrize(
    ("patterns", "record", "expected"),
    [
        ([{"body": {"kind": ["order"]}}], {"body": '{"kind": "order"}'}, True),
        ([{"body": {"kind": ["bill"]}}, {"body": {"kind": ["order"]}}], {"body": {"kind": "order"}}, True),
        ([{"body": {"kind": ["order"]}}], {"body": "order"}, False),
        ([{"body": ["order"]}], {"body": "order"}, True),
        ([{"Pattern": '{"body": {"kind": ["order"]}}'}], {"body": '{"kind": "order"}'}, True),
        (['{"body": {"kind": ["order"]}}'], {"body": '{"kind": "order"}'}, True),
        ([{"data": {"t": [{"numeric": [">", 60]}]}}], {"data": "eyJ0IjogNjF9"}, True),
        ([{"eventName": ["INSERT"]}], {"eventName": "INSERT", "dynamodb": {}}, True),
        ({"eventName": ["REMOVE"]}, {"eventName": "INSERT"}, False),
    ],
)
@pytest.mark.parametrize("dialect", [PIPE, EVENT_SOURCE_MAPPING])
def test_one_of_the_patterns_of_a_filter_is_enough(
    patterns: object, record: object, dialect: Any, *, expected: bool
) -> None:
    assert try_filter(json.dumps(patterns), json.dumps(record), dialect).passes is expected
