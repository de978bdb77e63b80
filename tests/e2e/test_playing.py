"""A person plays a run: slows it down, turns the load up, breaks something and looks at single requests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.designs import web_api

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e
FIRST_RUN_MS = 180_000
PICTURES = Path("build/e2e")


@pytest.mark.point("LAM-10")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_load_and_faults_show_their_effect_while_a_run_is_played(
    new_person: Callable[..., Page], open_design: Callable[..., str], scheme: str
) -> None:
    page = new_person(scheme=scheme)
    open_design(page, web_api())
    page.get_by_role("tab", name="Run", exact=True).click()
    bar = page.get_by_test_id("play-bar")
    bar.get_by_label("Speed").select_option("10")
    page.get_by_test_id("run").click()
    expect(bar.get_by_role("button", name="Pause")).to_be_visible(timeout=FIRST_RUN_MS)
    slider = bar.get_by_label("Load")
    slider.focus()
    for _ in range(12):
        slider.press("ArrowRight")
    expect(bar.get_by_title("Back to the scenario's load")).to_contain_text("2.")
    bar.get_by_role("button", name="Break something").click()
    page.get_by_label("What", exact=True).select_option("down")
    page.screenshot(path=PICTURES / f"break-something-{scheme}.png")
    page.get_by_role("button", name="Break it").click()
    expect(bar.get_by_title("Mend it")).to_be_visible()
    page.wait_for_timeout(2500)
    bar.get_by_role("button", name="Pause").click()
    expect(bar.get_by_role("button", name="Go on")).to_be_visible()
    page.screenshot(path=PICTURES / f"playing-{scheme}.png")
    bar.get_by_title("Mend it").click()
    bar.get_by_label("Speed").select_option("fast")
    bar.get_by_role("button", name="Go on").click()
    expect(page.get_by_test_id("run-status")).to_contain_text("Finished", timeout=FIRST_RUN_MS)
    page.get_by_role("tab", name="Requests").click()
    expect(page.get_by_role("figure", name="Steps of the request")).to_be_visible()
    page.screenshot(path=PICTURES / f"requests-{scheme}.png")
    page.get_by_role("tab", name="Scenario").click()
    form = page.get_by_test_id("scenario-form")
    form.get_by_label("Set the traffic here").click()
    form.get_by_label("Pattern").first.select_option("diurnal")
    form.get_by_role("button", name="Fault", exact=True).click()
    expect(form.get_by_role("group", name="Fault 1")).to_be_visible()
    page.screenshot(path=PICTURES / f"scenario-{scheme}.png")
