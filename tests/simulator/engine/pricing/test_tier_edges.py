"""Amounts worked out by hand at each edge of each tiered price and across it."""

from __future__ import annotations

import pytest

from simulator.engine.pricing.rates import price_list

AMOUNTS: list[tuple[str, float, float]] = [
    # GB-seconds of x86: 6e9 at 0.0000166667, 9e9 at 0.000015, then 0.0000133334.
    ("lambda.duration_x86", 6e9, 100_000.20),
    ("lambda.duration_x86", 6e9 + 1e6, 100_015.20),
    ("lambda.duration_x86", 15e9, 235_000.20),
    ("lambda.duration_x86", 15e9 + 1e6, 235_013.5334),
    # GB-seconds of arm64: 7.5e9 at 0.0000133334, 11.25e9 at 0.0000120001, then 0.0000106667.
    ("lambda.duration_arm64", 7.5e9, 100_000.50),
    ("lambda.duration_arm64", 7.5e9 + 1e6, 100_012.5001),
    ("lambda.duration_arm64", 18.75e9, 235_001.625),
    ("lambda.duration_arm64", 18.75e9 + 1e6, 235_012.2917),
    # Millions of REST requests: 333 at 3.50, 667 at 2.80, 19,000 at 2.38, then 1.51.
    ("api_gateway_rest.requests", 333, 1_165.50),
    ("api_gateway_rest.requests", 334, 1_168.30),
    ("api_gateway_rest.requests", 1_000, 3_033.10),
    ("api_gateway_rest.requests", 1_001, 3_035.48),
    ("api_gateway_rest.requests", 20_000, 48_253.10),
    ("api_gateway_rest.requests", 20_001, 48_254.61),
    ("api_gateway_http.requests", 300, 300.00),
    ("api_gateway_http.requests", 301, 300.90),
    ("api_gateway_websocket.messages", 1_000, 1_000.00),
    ("api_gateway_websocket.messages", 1_001, 1_000.80),
    # Millions of requests to queues: 100,000 and 100,000 more, then the rest.
    ("sqs_standard.requests", 100_000, 40_000.00),
    ("sqs_standard.requests", 100_001, 40_000.30),
    ("sqs_standard.requests", 200_000, 70_000.00),
    ("sqs_standard.requests", 200_001, 70_000.24),
    ("sqs_fifo.requests", 100_000, 50_000.00),
    ("sqs_fifo.requests", 100_001, 50_000.40),
    ("sqs_fifo.requests", 200_000, 90_000.00),
    ("sqs_fifo.requests", 200_001, 90_000.35),
    # GB-hours of Express workflows: 1,000 at 0.060012, 4,000 at 0.029988, then 0.016416.
    ("step_functions_express.duration", 1_000, 60.012),
    ("step_functions_express.duration", 1_001, 60.041988),
    ("step_functions_express.duration", 5_000, 179.964),
    ("step_functions_express.duration", 5_001, 179.980416),
    ("step_functions_express.duration", 29_687.5, 585.234),
    # GB into Firehose: 500,000 at 0.029, 1,500,000 at 0.025, then 0.020.
    ("firehose.ingestion", 500_000, 14_500.00),
    ("firehose.ingestion", 501_000, 14_525.00),
    ("firehose.ingestion", 2_000_000, 52_000.00),
    ("firehose.ingestion", 2_001_000, 52_020.00),
    # Users of the Lite plan: 100,000 at 0.0055, 900,000 at 0.0046, 9,000,000 at 0.00325, then 0.0025.
    ("cognito_user_pool.mau_lite", 100_000, 550.00),
    ("cognito_user_pool.mau_lite", 101_000, 554.60),
    ("cognito_user_pool.mau_lite", 1_000_000, 4_690.00),
    ("cognito_user_pool.mau_lite", 1_001_000, 4_693.25),
    ("cognito_user_pool.mau_lite", 10_000_000, 33_940.00),
    ("cognito_user_pool.mau_lite", 10_001_000, 33_942.50),
    # GB-months in S3: 51,200 at 0.023, 460,800 at 0.022, then 0.021.
    ("s3.storage", 51_200, 1_177.60),
    ("s3.storage", 51_300, 1_179.80),
    ("s3.storage", 512_000, 11_315.20),
    ("s3.storage", 512_100, 11_317.30),
    # GB out of CloudFront: 10,240 at 0.085, 40,960 at 0.08, 102,400 at 0.06, 358,400 at 0.04, 536,576 at 0.03, ...
    ("cloudfront.data_out", 10_240, 870.40),
    ("cloudfront.data_out", 10_340, 878.40),
    ("cloudfront.data_out", 51_200, 4_147.20),
    ("cloudfront.data_out", 51_300, 4_153.20),
    ("cloudfront.data_out", 153_600, 10_291.20),
    ("cloudfront.data_out", 153_700, 10_295.20),
    ("cloudfront.data_out", 512_000, 24_627.20),
    ("cloudfront.data_out", 512_100, 24_630.20),
    ("cloudfront.data_out", 1_048_576, 40_724.48),
    ("cloudfront.data_out", 1_048_676, 40_726.98),
    ("cloudfront.data_out", 5_242_880, 145_582.08),
    ("cloudfront.data_out", 5_242_980, 145_584.08),
    # GB of function logs: 10,240 at 0.50, 20,480 at 0.25, 20,480 at 0.10, then 0.05.
    ("lambda.logs", 10_240, 5_120.00),
    ("lambda.logs", 10_340, 5_145.00),
    ("lambda.logs", 30_720, 10_240.00),
    ("lambda.logs", 30_820, 10_250.00),
    ("lambda.logs", 51_200, 12_288.00),
    ("lambda.logs", 61_440, 12_800.00),
    # GB through interface endpoints: 1,000,000 at 0.010, 4,000,000 at 0.006, then 0.004.
    ("vpc_endpoint.data", 1_000_000, 10_000.00),
    ("vpc_endpoint.data", 1_001_000, 10_006.00),
    ("vpc_endpoint.data", 5_000_000, 34_000.00),
    ("vpc_endpoint.data", 5_001_000, 34_004.00),
    # GB out to the internet: 10,240 at 0.09, 40,960 at 0.085, 102,400 at 0.07, then 0.05.
    ("data_transfer.out", 10_240, 921.60),
    ("data_transfer.out", 10_340, 930.10),
    ("data_transfer.out", 51_200, 4_403.20),
    ("data_transfer.out", 51_300, 4_410.20),
    ("data_transfer.out", 153_600, 11_571.20),
    ("data_transfer.out", 153_700, 11_576.20),
]


@pytest.mark.parametrize(("rate", "units", "usd"), AMOUNTS)
def test_a_tiered_price_is_as_worked_out_by_hand(rate: str, units: float, usd: float) -> None:
    assert price_list().rates[rate].amount_usd(units) == pytest.approx(usd, abs=0.0005)


def test_the_table_has_every_edge_and_an_amount_beyond_it() -> None:
    for rate in price_list().rates.values():
        edges = {tier.up_to for tier in rate.tiers if tier.up_to is not None}
        worked_out = {units for name, units, _ in AMOUNTS if name == rate.id}
        assert edges <= worked_out
        assert len(worked_out) >= 2 * len(edges)
