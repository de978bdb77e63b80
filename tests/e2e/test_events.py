"""Patterns and schedules in a real browser: tried on a sample event, corrected, kept for the team."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.designs import design, edge, node

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e

PICTURES = Path("build/e2e")
PATTERN = '{\n  "source": ["aws.s3"],\n  "detail": {"bucket": {"name": ["Orders"]}}\n}'


def events() -> dict[str, object]:
    return design(
        node("uploads", "s3", 0, 0, eventbridge_enabled=True),
        node("arrived", "eventbridge_rule", 240, 0, event_pattern=PATTERN),
        node("work", "lambda", 480, 0, memory_mb=512),
        node("nightly", "eventbridge_scheduler", 240, 160, schedule_expression="cron(0 25 * * ? *)"),
        edge("uploads", "arrived", "s3.eventbridge_rule.events"),
        edge("arrived", "work", "eventbridge_rule.lambda.target"),
        edge("nightly", "work", "eventbridge_scheduler.lambda.target"),
    )


@pytest.mark.point("EVB-04")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_pattern_is_tried_on_the_event_of_its_source_and_corrected(
    new_person: Callable[..., Page], open_design: Callable[..., str], scheme: str
) -> None:
    page = new_person(scheme=scheme)
    open_design(page, events())
    page.get_by_test_id("node-arrived").click()
    page.get_by_text("Try it on a sample event").click()
    expect(page.get_by_label("Sample event")).to_contain_text("Object Created")
    expect(page.get_by_text("The event does not match.")).to_be_visible()
    expect(page.get_by_text('wanted "Orders"; found "orders". They differ in capital letters only.')).to_be_visible()
    page.screenshot(path=PICTURES / f"pattern-{scheme}.png")

    pattern = page.get_by_role("textbox", name="Event pattern")
    pattern.fill('{"source": [{"prefx": "aws."}]}')
    pattern.blur()
    expect(page.get_by_text("Pattern, line 1, column 14 at $.source[0].prefx")).to_be_visible()
    pattern.fill('{"source": [{"prefix": "aws."}]}')
    pattern.blur()
    expect(page.get_by_text("The event matches.")).to_be_visible()


def test_the_sample_event_is_kept_for_everybody(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, events())
    page.get_by_test_id("node-arrived").click()
    page.get_by_text("Try it on a sample event").click()
    page.get_by_label("Begin with").select_option(label="An application's own event")
    expect(page.get_by_text("does not pass arrived").first).to_be_visible()
    expect(page.get_by_test_id("save-state")).to_have_text("Saved")
    page.reload()
    page.get_by_test_id("node-arrived").click()
    page.get_by_text("Try it on a sample event").click()
    expect(page.get_by_label("Sample event")).to_contain_text("Order Placed")


@pytest.mark.point("EVB-03")
def test_a_schedule_shows_its_error_and_then_its_next_times(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, events())
    page.get_by_test_id("node-nightly").click()
    expect(page.get_by_text("The schedule has '25' as hours")).to_be_visible()
    schedule = page.get_by_label("Schedule", exact=True)
    schedule.fill("cron(0 3 * * ? *)")
    schedule.press("Enter")
    times = page.get_by_role("list", name="Next times")
    expect(times.get_by_role("listitem")).to_have_count(5)
    expect(times).to_contain_text("03:00 (UTC)")
    page.get_by_label("Time zone").fill("Asia/Tokyo")
    page.get_by_label("Time zone").press("Enter")
    expect(times).to_contain_text("03:00 (UTC+09:00)")
    page.screenshot(path=PICTURES / "schedule.png")
