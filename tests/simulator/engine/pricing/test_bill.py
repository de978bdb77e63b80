"""Bills worked out by hand, to the cent."""

from __future__ import annotations

import pytest

from designer.domain.graph.model import Design
from simulator.engine.overrides import Overrides
from simulator.engine.pricing.bill import bill, running_total_usd
from simulator.engine.pricing.rates import HOURS_PER_MONTH, Allowance, FreeTier, Tier, price_list

MONTH_S = HOURS_PER_MONTH * 3600
NOTHING = Design(name="bill")


def monthly_usd(**quantities: float) -> float:
    """The bill of a month in which one node used these quantities (``_`` for ``.`` once, in the rate id)."""
    usage = {"node": {rate_id.replace("__", "."): quantity for rate_id, quantity in quantities.items()}}
    return round(bill(NOTHING, usage, MONTH_S)["monthly_usd"], 2)


@pytest.mark.point("LAM-03")
def test_ten_million_calls_through_a_rest_api_cost_47_dollars() -> None:
    gb_s = 10e6 * 0.120 * 0.5
    assert monthly_usd(api_gateway_rest__requests=10e6, lambda__requests=10e6, lambda__duration_x86=gb_s) == 47.00


def test_the_same_calls_through_an_http_api_cost_22_dollars() -> None:
    gb_s = 10e6 * 0.120 * 0.5
    assert monthly_usd(api_gateway_http__requests=10e6, lambda__requests=10e6, lambda__duration_x86=gb_s) == 22.00


@pytest.mark.point("LAM-03")
def test_the_same_calls_on_arm64_cost_45_dollars() -> None:
    gb_s = 10e6 * 0.120 * 0.5
    assert monthly_usd(api_gateway_rest__requests=10e6, lambda__requests=10e6, lambda__duration_arm64=gb_s) == 45.00


def test_one_percent_of_cold_starts_adds_twelve_cents() -> None:
    gb_s = 10e6 * 0.120 * 0.5 + 10e6 * 0.01 * 0.140 * 0.5
    assert monthly_usd(api_gateway_rest__requests=10e6, lambda__requests=10e6, lambda__duration_x86=gb_s) == 47.12


@pytest.mark.point("SQS-07")
def test_fifty_million_messages_in_batches_of_ten_cost_73_dollars_67() -> None:
    total = monthly_usd(
        sqs_standard__requests=15e6,
        lambda__requests=5e6,
        lambda__duration_x86=5e6 * 0.2 * 0.25,
        dynamodb__write_units=100e6,
    )
    assert total == 73.67


@pytest.mark.point("SFN-01")
def test_a_million_express_executions_of_30_s_cost_32_dollars_26() -> None:
    gb_hours = 1e6 * 30 / 3600 * 64 / 1024
    assert monthly_usd(step_functions_express__requests=1e6, step_functions_express__duration=gb_hours) == 32.26


def test_express_hours_go_through_their_three_tiers() -> None:
    assert [monthly_usd(step_functions_express__duration=hours) for hours in (1000, 5000, 29_687.5)] == [
        60.01,
        round(60.012 + 119.952, 2),
        round(60.012 + 119.952 + 405.27, 2),
    ]


@pytest.mark.point("SFN-01")
def test_five_million_transitions_cost_125_dollars_and_ten_cents_less_with_the_free_tier() -> None:
    assert monthly_usd(step_functions_standard__transitions=5e6) == 125.00
    assert monthly_free_usd(FreeTier.ALWAYS, step_functions_standard__transitions=5e6) == 124.90


def test_fifty_million_messages_cost_more_before_november_2024() -> None:
    """Writes to tables cost twice as much then: a price of one's own stands for it."""
    usage = {
        "sqs_standard.requests": 15e6,
        "lambda.requests": 5e6,
        "lambda.duration_x86": 5e6 * 0.2 * 0.25,
        "dynamodb.write_units": 100e6,
    }
    own = Overrides(prices={"dynamodb.write_units": (Tier(None, 1.25),)}).priced(price_list())
    cost = bill(NOTHING, {"node": usage}, MONTH_S, own)
    assert round(cost["monthly_usd"], 2) == 136.17
    assert [line["rate"] for line in cost["lines"] if line["own_price"]] == ["dynamodb.write_units"]


def test_a_free_tier_takes_the_first_units_so_that_the_tiers_keep_their_edges() -> None:
    """200,000 users: 10,000 for nothing, 90,000 in the first tier, 100,000 in the second."""
    expected = round(90_000 * 0.0055 + 100_000 * 0.0046, 2)
    assert monthly_free_usd(FreeTier.ALWAYS, cognito_user_pool__mau_lite=200_000) == expected


def test_a_line_says_how_much_of_it_was_free() -> None:
    usage = {"a": {"lambda.requests": 3e6}, "b": {"lambda.requests": 1e6}}
    free = [line["free_quantity"]["always"] for line in bill(NOTHING, usage, MONTH_S)["lines"]]
    assert free == [pytest.approx(0.75), pytest.approx(0.25)]


def monthly_free_usd(free_tier: FreeTier, **quantities: float) -> float:
    """The same bill in an account with a free tier."""
    usage = {"node": {rate_id.replace("__", "."): quantity for rate_id, quantity in quantities.items()}}
    cost = bill(NOTHING, usage, MONTH_S)
    return round(cost["monthly_usd"] - cost["monthly_free_usd"][free_tier], 2)


@pytest.mark.point("LAM-03")
def test_three_million_calls_of_120_ms_at_1536_mb_cost_2_dollars_73_with_the_free_tier() -> None:
    gb_s = 3e6 * 0.120 * 1.5
    assert monthly_free_usd(FreeTier.ALWAYS, lambda__requests=3e6, lambda__duration_x86=gb_s) == 2.73


def test_the_always_free_tier_takes_lambda_down_but_not_the_api() -> None:
    gb_s = 10e6 * 0.120 * 0.5
    usage = {"api_gateway_rest__requests": 10e6, "lambda__requests": 10e6, "lambda__duration_x86": gb_s}
    assert monthly_free_usd(FreeTier.ALWAYS, **usage) == 40.13
    assert monthly_free_usd(FreeTier.LEGACY_12_MONTHS, **usage) == 40.13 - 3.50


def test_a_shared_allowance_is_shared_by_use_and_never_given_twice() -> None:
    usage = {"a": {"lambda.duration_x86": 300_000.0}, "b": {"lambda.duration_arm64": 500_000.0}}
    cost = bill(NOTHING, usage, MONTH_S)
    free = {line["node"]: line["free_usd"]["always"] for line in cost["lines"]}
    assert free["a"] == pytest.approx(150_000 * 1.66667e-05)
    assert free["b"] == pytest.approx(250_000 * 1.33334e-05)


def test_what_is_used_less_than_the_allowance_costs_nothing() -> None:
    assert monthly_free_usd(FreeTier.ALWAYS, lambda__requests=999_999, sqs_standard__requests=1e6) == 0.0


@pytest.mark.parametrize("allowance", price_list().allowances, ids=lambda allowance: allowance.id)
def test_an_allowance_names_rates_of_one_unit(allowance: Allowance) -> None:
    assert allowance.quantity > 0
    assert len({price_list().rates[rate].unit for rate in allowance.rates}) == 1
    assert all(price_list().rates[rate].free_tier for rate in allowance.rates)


def test_ten_provisioned_environments_of_512_mb_cost_54_dollars_75_a_month() -> None:
    assert monthly_usd(lambda__provisioned_concurrency_x86=10 * 0.5 * MONTH_S) == 54.75


@pytest.mark.parametrize("rate_id", sorted(price_list().rates))
def test_every_tier_edge_adds_up(rate_id: str) -> None:
    rate = price_list().rates[rate_id]
    expected, below = 0.0, 0.0
    for tier in rate.tiers:
        end = below + 1000.0 if tier.up_to is None else tier.up_to
        expected += (end - below) * tier.price_usd
        assert rate.amount_usd(end) == pytest.approx(expected)
        below = end


def test_tiers_count_the_usage_of_all_nodes_together() -> None:
    usage = {"a": {"api_gateway_rest.requests": 300e6}, "b": {"api_gateway_rest.requests": 100e6}}
    result = bill(NOTHING, usage, MONTH_S)
    assert result["monthly_usd"] == pytest.approx(333 * 3.50 + 67 * 2.80)
    first, second = (line["monthly_usd"] for line in result["lines"])
    assert first == pytest.approx(3 * second)


def test_a_run_of_an_hour_is_extrapolated_to_730_hours() -> None:
    usage = {"a": {"lambda.requests": 1e6}}
    line = bill(NOTHING, usage, 3600)["lines"][0]
    assert line["amount_usd"] == pytest.approx(0.20)
    assert line["monthly_quantity"] == pytest.approx(730)
    assert line["monthly_usd"] == pytest.approx(146.0)
    assert running_total_usd(usage) == pytest.approx(0.20)
