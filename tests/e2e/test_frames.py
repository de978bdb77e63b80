"""VPCs and subnets as frames on the canvas: cards join them, move with them and leave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.designs import design, edge, node

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e


def box(found: Locator) -> dict[str, float]:
    bounds = found.bounding_box()
    assert bounds is not None
    x, y, width, height = bounds["x"], bounds["y"], bounds["width"], bounds["height"]
    middle = {"middle_x": x + width / 2, "middle_y": y + height / 2}
    return {"x": x, "y": y, "width": width, "height": height, **middle}


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=12)
    page.mouse.up()


def test_a_function_joins_the_subnet_that_it_is_dragged_into_and_leaves_it_again(
    page: Page, open_design: Callable[..., str]
) -> None:
    open_design(
        page,
        design(
            node("work", "lambda", 0, 0),
            node("files", "s3", 0, 160),
            edge("work", "files", "lambda.s3.api"),
        ),
    )
    vpc, subnet, card = page.locator("[data-kind=vpc]"), page.locator("[data-kind=private_subnet]"), "node-work"
    page.get_by_role("button", name="Add VPC", exact=True).click()
    expect(vpc).to_have_count(1)
    page.get_by_role("button", name="Add Private subnet").click()
    expect(subnet).to_have_count(1)
    outer, inner = box(vpc), box(subnet)
    assert outer["x"] < inner["x"]
    assert inner["x"] + inner["width"] < outer["x"] + outer["width"]
    page.keyboard.press("Escape")
    page.keyboard.press("0")
    page.wait_for_timeout(500)

    inside = box(subnet)
    place = box(page.get_by_test_id(card))
    drag(page, (place["middle_x"], place["middle_y"]), (inside["x"] + 150, inside["y"] + 120))
    expect(page.get_by_test_id(card)).to_contain_text("VPC")

    title = subnet.locator(".frame-handle")
    title.click()
    inspector = page.get_by_test_id("inspector")
    expect(inspector).to_contain_text("Private subnet")
    expect(inspector.get_by_role("button", name="work")).to_be_visible()

    page.keyboard.press("Escape")
    before, handle = box(page.get_by_test_id(card)), box(vpc.locator(".frame-handle"))
    drag(page, (handle["x"] + 12, handle["middle_y"]), (handle["x"] + 12, handle["middle_y"] + 60))
    assert box(page.get_by_test_id(card))["y"] > before["y"] + 30

    place, frame = box(page.get_by_test_id(card)), box(vpc)
    drag(page, (place["middle_x"], place["middle_y"]), (place["middle_x"], frame["y"] - 60))
    expect(page.get_by_test_id(card)).not_to_contain_text("VPC")


def at_rest(page: Page, things: tuple[str, ...]) -> None:
    """Wait until nothing moves any more."""
    page.wait_for_timeout(800)
    before = None
    while (now := [box(page.get_by_test_id(thing)) for thing in things]) != before:
        before = now
        page.wait_for_timeout(400)


def test_tidying_up_leaves_cards_in_their_frames(page: Page, open_design: Callable[..., str]) -> None:
    document = design(
        {**node("work", "lambda", 400, 300), "group": "private"},
        {**node("orders", "rds_aurora", 60, 100), "group": "private"},
        node("files", "s3", -400, -300),
        edge("work", "files", "lambda.s3.api"),
    )
    document["groups"] = [
        {"id": "vpc", "kind": "vpc", "label": "VPC", "x": 0, "y": 0, "width": 700, "height": 500},
        {
            "id": "private",
            "kind": "private_subnet",
            "label": "Private",
            "x": 40,
            "y": 60,
            "width": 600,
            "height": 400,
            "parent": "vpc",
        },
    ]
    open_design(page, document)
    page.get_by_test_id("canvas").get_by_role("button", name="Tidy up").click()
    at_rest(page, ("group-vpc", "group-private", "node-work", "node-orders", "node-files"))
    outer, inner = box(page.get_by_test_id("group-vpc")), box(page.get_by_test_id("group-private"))
    assert outer["x"] < inner["x"] < inner["x"] + inner["width"] < outer["x"] + outer["width"]
    for card in ("node-work", "node-orders"):
        place = box(page.get_by_test_id(card))
        assert inner["x"] < place["x"] < place["x"] + place["width"] < inner["x"] + inner["width"]
        assert inner["y"] < place["y"] < place["y"] + place["height"] < inner["y"] + inner["height"]
    files = box(page.get_by_test_id("node-files"))
    assert not outer["x"] < files["middle_x"] < outer["x"] + outer["width"]
    page.keyboard.press("Control+z")
    page.wait_for_timeout(300)
    assert box(page.get_by_test_id("group-vpc"))["width"] != outer["width"]
