"""What a person sees of an experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.designs import web_api

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e
# The first run of a fresh installation waits until the engine is compiled.
FIRST_RUN_MS = 180_000


def test_the_breaking_point_is_found_and_kept(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, web_api(duration_s=20))
    page.get_by_role("tab", name="Experiments").click()
    form = page.get_by_test_id("experiment-form")
    form.get_by_label("Runs of each").fill("1")
    form.get_by_label("Errors at most").fill("1")
    form.get_by_role("button", name="Start").click()
    result = page.get_by_test_id("experiment-result")
    expect(result).to_contain_text("holds", timeout=FIRST_RUN_MS)
    expect(result.get_by_role("row").nth(1)).to_contain_text(" load")
    page.reload()
    page.get_by_role("tab", name="Experiments").click()
    expect(page.get_by_test_id("experiment-result")).to_contain_text("holds")


def test_a_question_that_lacks_something_says_what(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, web_api(duration_s=20))
    page.get_by_role("tab", name="Experiments").click()
    form = page.get_by_test_id("experiment-form")
    form.get_by_role("combobox", name="Question").select_option("right_size")
    expect(form.get_by_role("button", name="Start")).to_be_disabled()
    expect(form).to_contain_text("Choose the setting to vary.")
    form.get_by_role("combobox", name="Setting").select_option(label="Memory")
    expect(form.get_by_label("Values in MB")).not_to_have_value("")
    expect(form.get_by_role("button", name="Start")).to_be_enabled()
    form.get_by_label("Values in MB").fill("512, lots")
    expect(form).to_contain_text("lots is no value of memory.")
