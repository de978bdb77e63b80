"""What a person does with the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.designs import design, node, queue_consumer

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e


def drag_between(page: Page, start: str, end: str, *, release: bool = True) -> None:
    """Drag from one test id to another in small steps, as a hand does."""
    source = page.get_by_test_id(start).bounding_box()
    target = page.get_by_test_id(end).bounding_box()
    assert source is not None
    assert target is not None
    page.mouse.move(source["x"] + source["width"] / 2, source["y"] + source["height"] / 2)
    page.mouse.down()
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] / 2, steps=12)
    if release:
        page.mouse.up()


def reveal_ports(page: Page, node_id: str) -> None:
    page.get_by_test_id(f"node-{node_id}").hover()


def test_a_service_is_dragged_in_connected_and_still_there_after_a_reload(
    page: Page, open_design: Callable[..., str]
) -> None:
    open_design(page, design(node("uploads", "s3", 0, 0), node("render", "lambda", 300, 0)))
    reveal_ports(page, "uploads")
    drag_between(page, "port-out-uploads", "node-render")
    expect(page.locator(".react-flow__edge")).to_have_count(1)
    expect(page.get_by_test_id("inspector")).to_contain_text("Asynchronous")
    palette_entry = page.get_by_role("button", name="Add DynamoDB table")
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    palette_entry.hover()
    page.mouse.down()
    page.mouse.move(canvas["x"] + 400, canvas["y"] + 200, steps=10)
    page.mouse.up()
    expect(page.locator("[data-service=dynamodb]")).to_have_count(1)
    expect(page.get_by_test_id("save-state")).to_have_text("Saved")
    page.reload()
    expect(page.locator(".react-flow__edge")).to_have_count(1)
    expect(page.locator("[data-service=dynamodb]")).to_have_count(1)


@pytest.mark.point("EVB-01")
def test_a_wrong_connection_says_why_before_the_mouse_is_released_and_offers_the_bridge(
    page: Page, open_design: Callable[..., str]
) -> None:
    open_design(page, design(node("bus", "eventbridge_bus", 0, 0), node("work", "lambda", 360, 0)))
    reveal_ports(page, "bus")
    drag_between(page, "port-out-bus", "node-work", release=False)
    refusal = page.get_by_test_id("connection-refused")
    expect(refusal).to_be_visible()
    expect(refusal).to_contain_text("rule")
    page.mouse.up()
    page.keyboard.press("Enter")
    expect(page.locator("[data-service=eventbridge_rule]")).to_have_count(1)
    expect(page.locator(".react-flow__edge")).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(page.locator("[data-service=eventbridge_rule]")).to_have_count(0)


@pytest.mark.point("SQS-03")
def test_a_finding_is_fixed_with_one_click_and_undone_with_one_key(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, queue_consumer())
    page.get_by_test_id("node-jobs").click()
    inspector = page.get_by_test_id("inspector")
    fix = inspector.get_by_role("button", name="180")
    expect(fix).to_be_visible()
    fix.click()
    expect(fix).to_have_count(0)
    expect(inspector.get_by_role("textbox", name="Visibility timeout")).to_have_value("180")
    page.get_by_test_id("canvas").press("Control+z")
    expect(fix).to_be_visible()


def test_a_whole_design_is_made_with_the_keyboard_alone(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, design(node("uploads", "s3", 0, 0)))
    page.keyboard.press("/")
    page.keyboard.type("lambda")
    page.keyboard.press("Enter")
    expect(page.locator("[data-service=lambda]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    expect(page.locator(".react-flow__node.selected")).to_have_count(2)
    page.keyboard.press("Control+d")
    expect(page.locator(".react-flow__node")).to_have_count(4)
    page.keyboard.press("Delete")
    expect(page.locator(".react-flow__node")).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(page.locator(".react-flow__node")).to_have_count(4)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".react-flow__node")).to_have_count(2)


def test_a_number_takes_units_and_names_its_limits(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, queue_consumer())
    page.get_by_test_id("node-work").click()
    field = page.get_by_test_id("inspector").get_by_role("textbox", name="Timeout", exact=True)
    field.fill("2*60 s")
    field.press("Enter")
    expect(field).to_have_value("120")
    field.fill("5000")
    field.press("Enter")
    expect(page.get_by_test_id("inspector")).to_contain_text("900")
