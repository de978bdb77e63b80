"""Prices and quotas of one's own."""

from __future__ import annotations

import json

import pytest

from designer.domain.graph.scenario import Scenario
from simulator.engine.overrides import (
    OverrideError,
    overrides_from_json,
    overrides_to_json,
    raisable_limits,
)
from simulator.engine.pricing.rates import Tier, price_list
from simulator.engine.simulation import Simulation
from tests.simulator.engine.designs import draw_design


def summary(overrides: object) -> dict[str, object]:
    design = draw_design(
        {"users": ("client", {"rate_per_s": 400}), "topic": "sns_standard"}, [("users", "topic", "publish")]
    )
    simulation = Simulation(design, Scenario(duration_s=20.0, window_s=10.0), overrides_from_json(overrides))
    while not simulation.finished:
        simulation.advance()
    return dict(simulation.summary())


def test_a_price_of_ones_own_is_on_the_bill_and_said_to_be_ones_own() -> None:
    published = summary({})["cost"]
    cost = summary({"prices": {"sns_standard.publish": [{"up_to": None, "price_usd": 0.25}]}})["cost"]
    assert cost["monthly_usd"] == pytest.approx(published["monthly_usd"] / 2)  # type: ignore[index]
    assert cost["lines"][0]["source"] == "Your own price"  # type: ignore[index]
    assert cost["lines"][0]["own_price"] is True  # type: ignore[index]
    assert published["lines"][0]["own_price"] is False  # type: ignore[index]


def test_tiers_of_ones_own_are_gone_through() -> None:
    tiers = [{"up_to": 10, "price_usd": 1.0}, {"up_to": None, "price_usd": 0.5}]
    rates = overrides_from_json({"prices": {"sns_standard.publish": tiers}}).priced(price_list()).rates
    assert rates["sns_standard.publish"].amount_usd(12) == 11.0
    assert rates["lambda.requests"] is price_list().rates["lambda.requests"]


def test_a_quota_of_ones_own_holds_in_the_run() -> None:
    def throttles(overrides: object) -> int:
        nodes: dict[str, dict[str, int]] = summary(overrides)["nodes"]  # type: ignore[assignment]
        return nodes["topic"]["throttles"]

    quota = next(key for key in raisable_limits() if key.startswith("sns_standard.publish"))
    assert throttles({}) == 0
    assert throttles({"quotas": {quota: 100}}) > 0


def test_overrides_survive_their_json() -> None:
    data = {
        "prices": {"lambda.requests": [{"up_to": 5.0, "price_usd": 0.2}, {"up_to": None, "price_usd": 0.1}]},
        "quotas": {"sqs_standard.in_flight": 200_000.0},
    }
    overrides = overrides_from_json(json.loads(json.dumps(data)))
    assert overrides_to_json(overrides) == data
    assert overrides.prices["lambda.requests"][1] == Tier(None, 0.1)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], ""),
        ({"discount": 3}, "discount"),
        ({"prices": []}, "prices"),
        ({"prices": {"lambda.smiles": []}}, "prices.lambda.smiles"),
        ({"prices": {"lambda.requests": []}}, "prices.lambda.requests"),
        ({"prices": {"lambda.requests": [{"up_to": 5, "price_usd": 1}]}}, "prices.lambda.requests[0].up_to"),
        ({"prices": {"lambda.requests": [{"up_to": None, "price_usd": -1}]}}, "prices.lambda.requests[0].price_usd"),
        (
            {"prices": {"lambda.requests": [{"up_to": None, "price_usd": float("nan")}]}},
            "prices.lambda.requests[0].price_usd",
        ),
        (
            {
                "prices": {
                    "lambda.requests": [
                        {"up_to": 5, "price_usd": 1},
                        {"up_to": 4, "price_usd": 1},
                        {"up_to": None, "price_usd": 1},
                    ]
                }
            },
            "prices.lambda.requests[1].up_to",
        ),
        (
            {"prices": {"lambda.requests": [{"up_to": None, "price_usd": 1_000_001}]}},
            "prices.lambda.requests[0].price_usd",
        ),
        (
            {"prices": {"lambda.requests": [{"up_to": 0, "price_usd": 1}, {"up_to": None, "price_usd": 1}]}},
            "prices.lambda.requests[0].up_to",
        ),
        (
            {"prices": {"lambda.requests": [{"up_to": 10**400, "price_usd": 1}, {"up_to": None, "price_usd": 1}]}},
            "prices.lambda.requests[0].up_to",
        ),
        ({"quotas": {"sqs_standard.in_flight": float("inf")}}, "quotas.sqs_standard.in_flight"),
        ({"quotas": {"sqs_standard.in_flight": -1}}, "quotas.sqs_standard.in_flight"),
        ({"quotas": {"sqs_standard.in_flight": True}}, "quotas.sqs_standard.in_flight"),
        ({"quotas": {"sqs_standard.batch_entries": 20}}, "quotas.sqs_standard.batch_entries"),
        ({"quotas": {"nothing.at_all": 20}}, "quotas.nothing.at_all"),
    ],
)
def test_bad_overrides_are_refused_with_the_entry(data: object, path: str) -> None:
    with pytest.raises(OverrideError) as refused:
        overrides_from_json(data)
    assert refused.value.path == path
