"""Event patterns match as EventBridge documents it; what it refuses is refused with its place."""

from __future__ import annotations

import json

import pytest

from designer.domain.events.envelope import never_fits
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


def test_a_comparison_that_would_take_minutes_is_refused() -> None:
    pattern = {f"field-{number}": ["x"] for number in range(1_000)}
    event = {"lines": [{"a": number} for number in range(1_000)]}
    with pytest.raises(TextError, match="too large"):
        fits({"lines": pattern}, event)


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
