"""What Windtunnel knows and tells: required settings, derived facts, help pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.designs import design, node, queue_consumer

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e


def test_an_arrow_that_needs_a_setting_is_drawn_with_it_and_undone_with_it(
    page: Page, open_design: Callable[..., str]
) -> None:
    open_design(page, design(node("orders", "dynamodb", 0, 0), node("react", "lambda", 360, 0)))
    page.get_by_test_id("node-orders").hover()
    port, target = (page.get_by_test_id(name).bounding_box() for name in ("port-out-orders", "node-react"))
    assert port is not None
    assert target is not None
    page.mouse.move(port["x"] + port["width"] / 2, port["y"] + port["height"] / 2)
    page.mouse.down()
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] / 2, steps=12)
    expect(page.get_by_text("Works only when the table's stream is on.")).to_be_visible()
    expect(page.get_by_text("Let go to draw it with", exact=False)).to_be_visible()
    page.mouse.up()
    expect(page.locator(".react-flow__edge")).to_have_count(1)
    page.get_by_test_id("node-orders").click()
    stream = page.get_by_test_id("inspector").get_by_label("Stream", exact=True)
    expect(stream).to_have_value("NEW_AND_OLD_IMAGES")
    page.get_by_test_id("canvas").press("Control+z")
    expect(page.locator(".react-flow__edge")).to_have_count(0)
    expect(stream).to_have_value("none")


@pytest.mark.point("LAM-07")
def test_the_inspector_derives_permissions_and_the_worst_case(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, queue_consumer())
    page.get_by_test_id("node-work").click()
    inspector = page.get_by_test_id("inspector")
    inspector.locator("summary", has_text="Permissions").click()
    expect(inspector).to_contain_text('"sqs:ReceiveMessage"')
    expect(inspector).to_contain_text("${jobs.Arn}")
    inspector.locator("summary", has_text="What happens on failure").click()
    expect(inspector).to_contain_text("A failed message comes back after 1 minute")
    page.get_by_test_id("node-jobs").click()
    field = inspector.get_by_role("textbox", name="Visibility timeout")
    field.fill("180")
    field.press("Enter")
    page.get_by_test_id("node-work").click()
    inspector.locator("summary", has_text="What happens on failure").click()
    expect(inspector).to_contain_text("A failed message comes back after 3 minutes")


def test_help_is_one_key_away_has_an_address_of_its_own_and_is_searched_by_keyboard(
    page: Page, open_design: Callable[..., str]
) -> None:
    open_design(page, queue_consumer())
    page.get_by_test_id("node-work").click()
    page.keyboard.press("F1")
    sheet = page.get_by_test_id("help-sheet")
    expect(sheet.get_by_role("heading", name="Lambda function")).to_be_visible()
    assert page.url.endswith("#help/services/lambda")
    page.keyboard.type("visibility timeout below")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(sheet.get_by_role("heading", name="R004", exact=False)).to_be_visible()
    page.go_back()
    expect(sheet.get_by_role("heading", name="Lambda function")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    page.goto(page.url.split("/designs")[0] + "/help/services/sqs_standard")
    expect(page.get_by_role("heading", name="SQS standard queue")).to_be_visible()
    expect(page.get_by_role("link", name="AWS docs", exact=False).first).to_be_visible()
