"""What a person sees of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.designs import web_api

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.services.product import Product

pytestmark = pytest.mark.e2e
# The first run of a fresh installation waits until the engine is compiled.
FIRST_RUN_MS = 180_000


def test_a_run_streams_to_every_viewer_and_can_be_reopened(
    new_person: Callable[..., Page], open_design: Callable[..., str], product: Product
) -> None:
    runner, viewer = new_person(), new_person()
    design_id = open_design(runner, web_api())
    viewer.goto(f"{product.url}/designs/{design_id}")
    expect(viewer.get_by_test_id("node-orders")).to_be_visible()
    runner.get_by_test_id("run").click()
    for page in (runner, viewer):
        expect(page.get_by_test_id("run-status")).to_contain_text("Finished", timeout=FIRST_RUN_MS)
        expect(page.get_by_test_id("node-orders")).to_contain_text("/s")
    viewer.reload()
    expect(viewer.get_by_test_id("node-orders")).to_be_visible()
    viewer.get_by_role("tab", name="Runs").click()
    viewer.get_by_test_id("runs-table").get_by_role("button").first.click()
    expect(viewer.get_by_test_id("run-status")).to_contain_text("Finished")


@pytest.mark.point("LAM-03")
def test_the_cost_of_a_run_is_itemised_and_projected_to_a_month(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, web_api())
    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("run-status")).to_contain_text("Finished", timeout=FIRST_RUN_MS)
    page.get_by_role("tab", name="Cost").click()
    table = page.get_by_test_id("cost-table")
    for item in ("Requests", "Duration", "Write request units"):
        expect(table).to_contain_text(item)
    expect(table).to_contain_text("mo")
    table.get_by_role("button", name="Duration, x86").click()
    for detail in ("duration rounded up to 1 ms", "from 6G", "AWS price list, us-east-1, as of 2026-09"):
        expect(table).to_contain_text(detail)
    page.get_by_label("A month").select_option("always")
    expect(table).to_contain_text("of which 400k GB-s are free")


def test_a_long_run_is_cancelled(page: Page, open_design: Callable[..., str]) -> None:
    traffic = [{"entry": "shoppers", "pattern": "poisson", "rate_per_s": 500}]
    open_design(page, web_api(duration_s=80_000, window_s=60, traffic=traffic))
    page.get_by_test_id("run").click()
    page.get_by_test_id("cancel").click(timeout=FIRST_RUN_MS)
    expect(page.get_by_test_id("run-status")).to_contain_text("Cancelled", timeout=FIRST_RUN_MS)


def test_an_exploding_scenario_is_refused_with_the_limit(page: Page, open_design: Callable[..., str]) -> None:
    traffic = [{"entry": "shoppers", "pattern": "poisson", "rate_per_s": 100_000}]
    open_design(page, web_api(duration_s=80_000, window_s=60, traffic=traffic))
    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("run-drawer")).to_contain_text("100M")
    expect(page.get_by_test_id("run-drawer").get_by_role("alert").first).to_be_visible()
