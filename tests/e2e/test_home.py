"""The list of designs, who shares it, and the way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.designs import web_api

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.services.product import Product

pytestmark = pytest.mark.e2e


def test_a_design_is_renamed_by_keyboard_alone(page: Page, open_design: Callable[..., str], product: Product) -> None:
    open_design(page, web_api(), name="Parcels")
    page.goto(product.url)
    page.get_by_role("button", name="More for Parcels").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Open")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Name of the design")).to_be_focused()
    page.keyboard.type("Letters")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Letters", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Letters", exact=True)).to_be_visible()


def test_an_invited_viewer_sees_the_design_and_is_offered_nothing_that_changes_it(
    page: Page, new_person: Callable[..., Page], open_design: Callable[..., str], product: Product
) -> None:
    design_id = open_design(page, web_api(), name="Shared")
    page.get_by_test_id("share").click()
    page.get_by_label("Role of the invited").select_option("viewer")
    page.get_by_role("button", name="Create link").click()
    guest = new_person(sign_in=False)
    guest.goto(page.get_by_test_id("invitation-link").input_value())
    guest.get_by_label("Your name").fill("Vera Vogel")
    guest.locator("form button").click()
    expect(guest.get_by_test_id(f"design-{design_id}")).to_contain_text("view only")
    expect(guest.get_by_test_id("new-design")).to_have_count(0)
    guest.get_by_role("button", name="More for Shared").click()
    expect(guest.get_by_role("menuitem", name="Rename")).to_be_disabled()
    guest.goto(f"{product.url}/designs/{design_id}")
    guest.get_by_test_id("share").click()
    members = guest.get_by_role("region", name="Members")
    expect(members).to_contain_text("Vera Vogel (you)")
    expect(members.get_by_role("combobox")).to_have_count(0)


def test_signing_out_ends_the_session(page: Page, product: Product) -> None:
    page.goto(product.url)
    page.get_by_test_id("account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/sign-in/"))
    assert page.evaluate("fetch('/api/designs/').then((r) => r.status)") == 401
