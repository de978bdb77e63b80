"""Prices on the help pages of services."""

from __future__ import annotations

import pytest

from designer.domain.catalog.registry import services
from designer.domain.help.article import Table
from designer.domain.help.contents import article_to_json, articles
from designer.domain.help.price_lines import names_alone
from simulator.engine.pricing.rates import price_list
from simulator.server.help_prices import price_blocks, price_text


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        ("kms.key", "$1.00 per key-month"),
        ("sns_standard.publish", "$0.50 per 1M requests"),
        (
            "api_gateway_rest.requests",
            (
                "$3.50 per 1M requests up to 333,000,000, $2.80 up to 1,000,000,000, $2.38 up to 20,000,000,000, "
                "then $1.51, each month"
            ),
        ),
        (
            "data_transfer.out",
            "$0.09 per GB up to 10,240 GB, $0.085 up to 51,200 GB, $0.07 up to 153,600 GB, then $0.05, each month",
        ),
        ("lambda.ephemeral_storage", "$0.0000000309 per GB-s"),
    ],
)
def test_a_price_is_told_with_its_unit_and_the_edges_of_its_tiers(rate: str, text: str) -> None:
    assert price_text(price_list().rates[rate]) == text


def test_the_page_of_a_service_shows_rate_free_tier_rounding_source_and_date() -> None:
    page = str(article_to_json(articles()["services/lambda"]))
    for text in (
        "$0.20 per 1M requests",
        "1 million a month, always",
        "duration rounded up to 1 ms, initialisation included",
        "https://aws.amazon.com/lambda/pricing/",
        "(2026-09)",
        "Durable functions, Managed Instances, tenant isolation, Lambda@Edge: not part of a design.",
    ):
        assert text in page


def test_every_priced_service_has_a_row_for_each_of_its_lines() -> None:
    for service in services().values():
        rows = sum(len(block.rows) for block in price_blocks(service) if isinstance(block, Table))
        assert rows == len(service.prices)


def test_without_the_rates_a_page_names_the_lines() -> None:
    assert len(names_alone(services()["kms"])) == 1
    assert names_alone(services()["stack"]) == ()
