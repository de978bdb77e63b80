"""The outer form of IoT statements: what AWS takes, and where a bad one is wrong."""

from __future__ import annotations

import pytest

from designer.domain.events.iot_statements import topic_filter
from designer.domain.events.located_json import TextError


@pytest.mark.parametrize(
    ("statement", "topic"),
    [
        ("SELECT * FROM 'plant/+/sensors'", "plant/+/sensors"),
        ("select temperature as t\nfrom 'plant/#'\nwhere temperature > 60", "plant/#"),
        ("SELECT topic(2) AS device, 'from here' AS note FROM \"devices/+/data\"", "devices/+/data"),
        ("SELECT * FROM '#'", "#"),
        ("SELECT * FROM '$aws/rules/a/1/2/3/4/5/6/7/8'", "$aws/rules/a/1/2/3/4/5/6/7/8"),
        ("SELECT *", ""),
    ],
)
def test_the_topic_filter_of_a_statement(statement: str, topic: str) -> None:
    assert topic_filter(statement) == topic


@pytest.mark.parametrize(
    ("statement", "line", "column", "words"),
    [
        ("UPDATE x", 1, 1, "begins with SELECT"),
        ("SELECT * FROM plant", 1, 15, "in quotes"),
        ("SELECT *\nFROM 'a/#/b'", 2, 9, "# stands alone"),
        ("SELECT * FROM 'a/b#'", 1, 18, "# stands alone"),
        ("SELECT * FROM 'a/b+/c'", 1, 18, "whole level"),
        ("SELECT * FROM '1/2/3/4/5/6/7/8/9'", 1, 16, "8 levels"),
    ],
)
def test_a_bad_statement_is_refused_with_its_place(statement: str, line: int, column: int, words: str) -> None:
    with pytest.raises(TextError) as caught:
        topic_filter(statement)
    assert (caught.value.place.line, caught.value.place.column) == (line, column)
    assert words in caught.value.message
