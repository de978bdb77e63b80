"""The syntax of both query languages."""

from __future__ import annotations

import pytest

from designer.domain.workflows.jsonata import JsonataError, check_jsonata
from designer.domain.workflows.jsonpath import PathError, check_path, check_value


@pytest.mark.parametrize(
    "expression",
    [
        "$states.input.title",
        "$sum(Account.Order.Product.(Price*Quantity))",
        "Account.Order[0].Product[Price > 5 and Quantity<3].Description",
        "$map([1..5], function($i){$i * 2})",
        "payload ~> |Account.Order.Product|{'Price': Price*1.2},['Old']|",
        "(\n $a := 5; $b := $a + 1; $b)",
        "a ? b : c",
        "Phone{type: number}",
        "$match(\"ab\", /a[/]b/i)",
        "`odd name`.b",
        "**.Price",
        "Account.Order@$o#$i.Product",
        "$f := function($x,$y)<n-n:n>{$x+$y}",
        "-5 + 3",
        "{'a': 1, 'b': [1,2,3]}",
        "items^(>price, <name)",
        "and.or",
        "%.x /* parent */ & 'y'",
        "x in [1,2]",
        "λ($x){$x}",
        "$add(?, 2)",
    ],
)  # fmt: skip
def test_an_expression_that_jsonata_reads_is_accepted(expression: str) -> None:
    check_jsonata(expression)


@pytest.mark.parametrize(
    ("expression", "offset"),
    [
        ("", 0),
        ("a +", 3),
        ("(a", 2),
        ("a)", 1),
        ("[1,2", 4),
        ("{'a' 1}", 5),
        ("'abc", 0),
        ("5 := 3", 2),
        ("a b", 2),
        ("$f(,)", 3),
        ("a ? b :", 7),
        ("`x", 0),
        ("/abc", 0),
        ('"\\q"', 1),
        ("function(a){1}", 9),
        ("a !! b", 2),
        ("a /* b", 2),
        ("(" * 300, 200),
    ],
)
def test_an_expression_that_jsonata_cannot_read_is_refused_where_it_breaks(expression: str, offset: int) -> None:
    with pytest.raises(JsonataError) as caught:
        check_jsonata(expression)
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    "path",
    ["$", "$.a.b[0]", "$['a b']", "$..a", "$.a[*].b", "$$.Execution.Id", "$var.x", "$.a[?(@.b=='x')]", "$.a[0:2]"],
)
def test_a_path_is_accepted(path: str) -> None:
    check_path(path)


@pytest.mark.parametrize("path", ["a", "$.", "$.a[", "$a b", "$[]", "$.a.[0]", "$.a[?(@.b"])
def test_a_path_that_cannot_be_read_is_refused(path: str) -> None:
    with pytest.raises(PathError):
        check_path(path)


@pytest.mark.parametrize("path", ["$..a", "$.a[*]", "$.*", "$.a[0:1]", "$.a[?(@.b)]"])
def test_a_path_to_a_single_value_cannot_lead_to_several(path: str) -> None:
    check_path(path)
    with pytest.raises(PathError):
        check_path(path, reference=True)


@pytest.mark.parametrize(
    "value",
    ["$.x", "States.UUID()", "States.Format('it\\'s {}', $.a)", "States.Array(1, States.MathAdd($.a, 1), true)"],
)
def test_a_path_or_a_function_is_a_value(value: str) -> None:
    check_value(value)


@pytest.mark.parametrize(
    "value", ["plain", "States.Nope()", "States.UUID(1)", "States.Format(", "States.Format('a' 'b')", "States.UUID() x"]
)
def test_what_is_neither_path_nor_function_is_no_value(value: str) -> None:
    with pytest.raises(PathError):
        check_value(value)
