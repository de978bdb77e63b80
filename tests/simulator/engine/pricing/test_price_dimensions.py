"""What AWS charges for, line by line: each is priced from a meter, free, or named as left out of the bill."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import pytest

from designer.domain.catalog.registry import services
from designer.domain.graph.model import Design, Node
from simulator.engine.pricing.bill import EXCLUDED, bill
from simulator.engine.pricing.rates import Rate, price_list

_FILE: Final = Path(__file__).parents[3] / "fixtures" / "price_dimensions.csv"
DIMENSIONS: Final = list(csv.DictReader(_FILE.open(encoding="utf-8")))
LEFT_OUT: Final = "left out: "

BEYOND_THE_TABLE: Final = {
    *(f"alb.{line}" for line in ("hours", "capacity", "addresses")),
    *(f"ecs_fargate.{line}" for line in ("vcpu", "memory", "addresses")),
    *(f"ssm_secrets.{line}" for line in ("secret", "secret_calls", "advanced", "parameter_calls")),
    *(f"waf.{line}" for line in ("acl", "rule", "requests")),
    "cloudwatch_alarm.high_resolution",
    "ec2_autoscaling_group.addresses",
}
"""Priced as well: what third parties tell, what a row of the table says in passing, and addresses of each service."""


def counted(unit: str) -> float:
    """How many things one unit of the table is: ``1M requests``, ``1000 transitions``, ``1M``, ``GB``."""
    number = unit.split(" ", maxsplit=1)[0]
    if number.endswith("M") and number[:-1].isdigit():
        return float(number[:-1]) * 1e6
    return float(number) if number.isdigit() else 1.0


def single_price(rate: Rate, things: float) -> float:
    """USD for the next single thing when so many were used in the month."""
    tier = next(tier for tier in rate.tiers if tier.up_to is None or things < tier.up_to * rate.per)
    return tier.price_usd / rate.per


def name(row: dict[str, str]) -> str:
    return f"{row['service']}, {row['dimension']}, from {row['tier_from']}"


@pytest.mark.parametrize("row", [row for row in DIMENSIONS if row["where"] in price_list().rates], ids=name)
def test_a_priced_dimension_has_the_published_price_between_the_published_edges(row: dict[str, str]) -> None:
    rate = price_list().rates[row["where"]]
    below, above = float(row["tier_from"]), float(row["tier_to"]) if row["tier_to"] else None
    expected = float(row["price_usd"]) / counted(row["unit"])
    assert single_price(rate, below) == pytest.approx(expected)
    assert above is None or single_price(rate, above * (1 - 1e-12)) == pytest.approx(expected)
    assert below == 0.0 or single_price(rate, below * (1 - 1e-12)) > expected


@pytest.mark.parametrize("row", [row for row in DIMENSIONS if row["where"] not in price_list().rates], ids=name)
def test_what_is_not_priced_is_free_or_named_as_left_out(row: dict[str, str]) -> None:
    if row["where"] == "free":
        assert float(row["price_usd"]) == 0.0
        return
    assert row["where"].startswith(LEFT_OUT)
    service, slash, item = row["where"].removeprefix(LEFT_OUT).partition("/")
    if not slash:
        assert any(service in text for text in EXCLUDED)
        return
    assert item in {item for entry in price_list().left_out[service] for item in entry.items}
    shown = bill(Design("one", {"node": Node("node", service, "node")}), {}, 60.0)["excluded"]
    assert any(item in text and text.startswith(services()[service].name) for text in shown)


def test_every_line_of_the_price_list_is_in_the_table_or_known_to_be_beyond_it() -> None:
    assert set(price_list().rates) - {row["where"] for row in DIMENSIONS} == BEYOND_THE_TABLE


def test_every_line_of_the_price_list_is_named_by_the_page_of_a_service() -> None:
    named = {price.rate for service in services().values() for price in service.prices}
    assert named <= set(price_list().rates)
    assert set(price_list().rates) <= named


@pytest.mark.parametrize("service", sorted(price_list().left_out))
def test_what_is_left_out_belongs_to_a_service_and_has_a_reason(service: str) -> None:
    assert service in services() or service == "data_transfer"
    for entry in price_list().left_out[service]:
        assert entry.items
        assert not entry.reason.endswith(".")


def test_every_rate_is_dated_and_has_a_page_to_follow() -> None:
    for rate in price_list().rates.values():
        assert rate.as_of >= "2024"
        assert rate.url.startswith("https://aws.amazon.com/")
