"""Event patterns match as EventBridge documents it; what it refuses is refused with its place."""

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
from designer.domain.events.dialects import EVENT_BUS, EVENT_SOURCE_MAPPING, PIPE, SNS_ATTRIBUTES, SNS_BODY
from designer.domain.events.envelope import never_fits
from designer.domain.events.filters import try_filter
from designer.domain.events.located_json import TextError, read_json
from designer.domain.events.matching import misses
from designer.domain.events.pattern import read_pattern

EVENT = {
    "version": "0",
    "id": "2d4eba74-fd51-3966-4bfa-b013c9da8ff1",
    "detail-type": "Object Created",
    "source": "aws.s3",
    "account": "123456789012",
    "time": "2026-11-25T08:15:00Z",
    "region": "eu-west-1",
    "resources": ["arn:aws:s3:::orders", "arn:aws:s3:::archive"],
    "detail": {
        "bucket": {"name": "orders"},
        "object": {"key": "incoming/2026/a.JSON", "size": 3048, "ratio": 3.0},
        "ip": "10.0.7.9",
        "ip6": "2001:db8::17",
        "tags": ["red", "green"],
        "empty": "",
        "none": None,
        "flag": True,
        "lines": [{"item": "a", "count": 1}, {"item": "b", "count": 9, "gift": "x"}],
        "nothing": [],
    },
}


def fits(pattern: object, event: object = EVENT) -> bool:
    return not misses(read_pattern(json.dumps(pattern)), read_json(json.dumps(event)))


def detail(**fields: object) -> dict[str, object]:
    return {"detail": fields}


@pytest.mark.point("EVB-04")
@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"source": ["aws.s3"]}, True),
        ({"source": ["aws.s3", "aws.sqs"], "detail-type": ["Object Created"]}, True),
        ({"source": ["aws.s3"], "detail-type": ["Object Deleted"]}, False),
        ({"source": ["AWS.S3"]}, False),
        ({"source": [{"equals-ignore-case": "AWS.S3"}]}, True),
        ({"source": [{"prefix": "aws."}]}, True),
        ({"source": [{"prefix": "s3"}]}, False),
        ({"source": [{"prefix": {"equals-ignore-case": "AWS."}}]}, True),
        (detail(object={"key": [{"suffix": ".json"}]}), False),
        (detail(object={"key": [{"suffix": {"equals-ignore-case": ".json"}}]}), True),
        (detail(object={"key": [{"wildcard": "incoming/*/a*"}]}), True),
        (detail(object={"key": [{"wildcard": "*/b*"}]}), False),
        ({"source": [{"anything-but": "aws.ec2"}]}, True),
        ({"source": [{"anything-but": ["aws.s3", "aws.ec2"]}]}, False),
        ({"source": [{"anything-but": {"prefix": "aws"}}]}, False),
        ({"source": [{"anything-but": {"suffix": [".sqs", ".sns"]}}]}, True),
        ({"source": [{"anything-but": {"equals-ignore-case": ["AWS.S3"]}}]}, False),
        ({"source": [{"anything-but": {"wildcard": "aws.*"}}]}, False),
        (detail(object={"size": [{"anything-but": 3048}]}), False),
        (detail(missing=[{"anything-but": "a"}]), False),
        (detail(object={"size": [{"numeric": [">", 3000, "<=", 3048]}]}), True),
        (detail(object={"size": [{"numeric": ["<", 3048]}]}), False),
        (detail(object={"size": [{"numeric": ["=", 3048.0]}]}), True),
        (detail(object={"size": [3048]}), True),
        (detail(object={"ratio": [3]}), False),
        (detail(object={"ratio": [{"numeric": ["=", 3]}]}), True),
        (detail(ip=[{"cidr": "10.0.0.0/21"}]), True),
        (detail(ip=[{"cidr": "10.0.8.0/24"}]), False),
        (detail(ip6=[{"cidr": "2001:db8::/32"}]), True),
        (detail(ip=[{"cidr": "2001:db8::/32"}]), False),
        (detail(tags=["green"]), True),
        (detail(tags=[{"anything-but": ["red", "green"]}]), False),
        (detail(tags=[{"anything-but": ["red"]}]), True),
        (detail(empty=[""]), True),
        (detail(none=[None]), True),
        (detail(flag=[True]), True),
        (detail(flag=[1]), False),
        (detail(bucket=[{"exists": True}]), False),
        (detail(bucket={"name": [{"exists": True}]}), True),
        (detail(bucket={"owner": [{"exists": False}]}), True),
        (detail(absent={"deep": {"field": [{"exists": False}]}}), True),
        (detail(nothing=[{"exists": True}]), False),
        (detail(lines={"item": ["a"], "count": [1]}), True),
        (detail(lines={"item": ["a"], "count": [9]}), False),
        (detail(lines={"gift": [{"exists": False}]}), False),
        (detail(**{"$or": [{"flag": [False]}, {"tags": ["red"]}]}), True),
        (detail(**{"$or": [{"flag": [False]}, {"tags": ["blue"]}]}), False),
        ({"source": ["aws.s3"], "$or": [{"region": ["us-east-1"]}, {"region": ["eu-west-1"]}]}, True),
        ({"resources": [{"suffix": ":archive"}]}, True),
        (detail(empty=[{"anything-but": "x"}, {"exists": False}]), True),
    ],
)
def test_a_pattern_is_really_matched_against_the_event(pattern: object, *, expected: bool) -> None:
    assert fits(pattern) is expected


@pytest.mark.point("EVB-04")
@pytest.mark.parametrize(
    ("text", "line", "column", "path", "words"),
    [
        ('{"source": ["aws.s3"', 1, 21, "$.source", "missing"),
        ('{\n "source": ["aws.s3",]\n}', 2, 21, "$.source", "comma"),
        ('{"source" ["a"]}', 1, 11, "$.source", "colon"),
        ('{source: ["a"]}', 1, 2, "$", "name"),
        ("[]", 1, 1, "$", "object"),
        ("{}", 1, 1, "$", "empty object"),
        ('{"source": "aws.s3"}', 1, 12, "$.source", "list"),
        ('{"source": []}', 1, 12, "$.source", "empty list"),
        ('{"detail": {"a": {}}}', 1, 18, "$.detail.a", "empty object"),
        ('{"source": [["a"]]}', 1, 13, "$.source[0]", "list"),
        ('{"source": [{"prefx": "a"}]}', 1, 14, "$.source[0].prefx", "no comparison prefx"),
        ('{"source": [{"prefix": 3}]}', 1, 24, "$.source[0].prefix", "takes a text"),
        ('{"source": [{"prefix": "a", "suffix": "b"}]}', 1, 13, "$.source[0]", "exactly one name"),
        ('{"source": {"prefix": "a"}}', 1, 12, "$.source", "does not stand in a list"),
        ('{"a": [{"exists": "yes"}]}', 1, 19, "$.a[0].exists", "true or false"),
        ('{"a": [{"numeric": [">", "5"]}]}', 1, 26, "$.a[0].numeric[1]", "number"),
        ('{"a": [{"numeric": ["!", 5]}]}', 1, 21, "$.a[0].numeric[0]", "has to stand"),
        ('{"a": [{"numeric": [">", 5, "<", 5]}]}', 1, 34, "$.a[0].numeric[3]", "No number"),
        ('{"a": [{"numeric": ["<", 5, ">", 1]}]}', 1, 20, "$.a[0].numeric", "begins with"),
        ('{"a": [{"numeric": ["=", 6e9]}]}', 1, 26, "$.a[0].numeric[1]", "5,000,000,000"),
        ('{"a": [{"cidr": "10.0.0.1"}]}', 1, 17, "$.a[0].cidr", "range of IP"),
        ('{"a": [{"cidr": "10.0.0.0/33"}]}', 1, 17, "$.a[0].cidr", "range of IP"),
        ('{"a": [{"wildcard": "a**"}]}', 1, 21, "$.a[0].wildcard", "stars"),
        ('{"a": [{"wildcard": "a\\\\b"}]}', 1, 21, "$.a[0].wildcard", "backslash"),
        ('{"a": [{"anything-but": ["x", 1]}]}', 1, 31, "$.a[0].anything-but[1]", "not both"),
        ('{"a": [{"anything-but": []}]}', 1, 25, "$.a[0].anything-but", "at least one"),
        ('{"a": [{"anything-but": {"prefix": ""}}]}', 1, 36, "$.a[0].anything-but.prefix", "empty prefix"),
        ('{"a": [{"anything-but": {"cidr": "10.0.0.0/8"}}]}', 1, 26, "$.a[0].anything-but.cidr", "does not take"),
        ('{"$or": [{"a": [1]}]}', 1, 9, "$.$or", "at least two"),
        ('{"$or": [{"a": [1]}, {"prefix": ["x"]}]}', 1, 23, "$.$or[1].prefix", "cannot be a field"),
        ('{"a": [1]} x', 1, 12, "$", "follows"),
        ('{"a": ["x\n"]}', 1, 10, "$.a[0]", "Invalid control character"),
        ("[" * 200, 1, 101, "$" + "[0]" * 100, "deeply"),
    ],
)
def test_a_bad_pattern_is_refused_with_the_place_of_the_error(
    text: str, line: int, column: int, path: str, words: str
) -> None:
    with pytest.raises(TextError) as caught:
        read_pattern(text)
    assert (caught.value.place.line, caught.value.place.column, caught.value.place.path) == (line, column, path)
    assert words in caught.value.message


def test_a_misspelt_comparison_gets_its_likely_name_as_the_cure() -> None:
    with pytest.raises(TextError) as caught:
        read_pattern('{"source": [{"sufix": "a"}]}')
    assert "suffix" in caught.value.cure


@pytest.mark.parametrize(
    ("pattern", "path", "hint"),
    [
        ({"source": ["AWS.S3"]}, "$.source", "capital letters"),
        (detail(object={"size": ["3048"]}), "$.detail.object.size", "number here, the pattern a text"),
        (detail(object={"ratio": [3]}), "$.detail.object.ratio", "as they are written"),
        (detail(ip=[{"numeric": [">", 1]}]), "$.detail.ip", "numeric compares numbers"),
    ],
)
def test_a_field_that_does_not_fit_says_what_was_probably_overlooked(pattern: object, path: str, hint: str) -> None:
    (miss,) = misses(read_pattern(json.dumps(pattern)), read_json(json.dumps(EVENT)))
    assert miss.path == path
    assert hint in miss.hint


def test_what_is_missing_is_named_with_what_was_wanted_and_found() -> None:
    found = misses(
        read_pattern('{"detail": {"state": ["running"], "ip": [{"prefix": "192."}]}}'), read_json(json.dumps(EVENT))
    )
    assert [(miss.path, miss.wanted) for miss in found] == [
        ("$.detail.state", '"running"'),
        ("$.detail.ip", 'begins with "192."'),
    ]
    assert "absent" in found[0].found
    assert found[1].found == '"10.0.7.9"'


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ({"Source": ["aws.s3"]}, "it is written source"),
        ({"detail_type": ["a"]}, "it is written detail-type"),
        ({"orderId": [1]}, "inside detail"),
        ({"account": [123456789012]}, "a text in every event"),
        ({"source": [{"exists": False}]}, "never absent"),
        ({"source": {"name": ["a"]}}, "no fields within"),
        ({"detail": ["a"]}, "an object in every event"),
        ({"$or": [{"a": [1]}, {"b": [1]}]}, "inside detail"),
    ],
)
def test_a_pattern_that_no_event_can_fit_is_told(pattern: object, words: str) -> None:
    assert words in never_fits(read_pattern(json.dumps(pattern)))


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["a"], "detail": {"any": [1]}},
        {"resources": [{"exists": False}]},
        {"own": [{"exists": False}]},
        {"replay-name": ["again"]},
        {"$or": [{"a": [1]}, {"source": ["b"]}]},
    ],
)
def test_a_pattern_that_some_event_may_fit_is_not_told(pattern: object) -> None:
    assert never_fits(read_pattern(json.dumps(pattern))) == ""


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
