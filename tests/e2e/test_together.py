"""Two people on one design, and a server that goes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.designs import web_api
from tests.services.product import Product, web

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.e2e


def test_two_browsers_see_each_others_edits_and_cursors(
    new_person: Callable[..., Page], open_design: Callable[..., str], product: Product
) -> None:
    first, second = new_person(), new_person()
    design_id = open_design(first, web_api())
    second.goto(f"{product.url}/designs/{design_id}")
    expect(second.get_by_test_id("node-orders")).to_be_visible()
    first.get_by_test_id("node-orders").click()
    first.keyboard.press("Delete")
    expect(second.get_by_test_id("node-orders")).to_have_count(0)
    second.get_by_test_id("node-table").hover()
    expect(first.get_by_test_id("peer-cursor")).to_be_visible()
    first.keyboard.press("Control+z")
    expect(second.get_by_test_id("node-orders")).to_be_visible()


def test_a_restart_of_the_server_loses_nothing(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    context = browser.new_context()
    try:
        page = context.new_page()
        with web(data) as running:
            page.goto(running.sign_in_url)
            designs = page.evaluate("fetch('/api/designs/').then((answer) => answer.json())")
            path = f"/designs/{designs[0]['id']}"
            page.goto(running.url + path)
            page.locator(".react-flow__node").first.click()
            count = page.locator(".react-flow__node").count()
            page.keyboard.press("Control+d")
            expect(page.locator(".react-flow__node")).to_have_count(count + 1)
            expect(page.get_by_test_id("save-state")).to_have_text("Saved")
        with web(data) as running:
            page.goto(running.sign_in_url)
            page.goto(running.url + path)
            expect(page.locator(".react-flow__node")).to_have_count(count + 1)
    finally:
        context.close()
