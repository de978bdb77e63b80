"""Who gets in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.services.product import Product

pytestmark = pytest.mark.e2e


def test_the_printed_link_opens_the_product_on_a_design_ready_to_run(page: Page) -> None:
    expect(page.get_by_test_id("canvas")).to_be_visible()
    expect(page.get_by_test_id("run")).to_be_enabled()


def test_somebody_without_a_link_is_asked_to_sign_in(new_person: Callable[..., Page], product: Product) -> None:
    stranger = new_person(sign_in=False)
    stranger.goto(product.url)
    expect(stranger).to_have_url(re.compile(r"/sign-in/"))


def test_a_wrong_link_lets_nobody_in(new_person: Callable[..., Page], product: Product) -> None:
    stranger = new_person(sign_in=False)
    answer = stranger.goto(f"{product.url}/sign-in/{'0' * 64}")
    assert answer is not None
    assert answer.status in (403, 404)
    assert stranger.evaluate("fetch('/api/designs/').then((r) => r.status)") == 401
