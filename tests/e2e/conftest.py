"""A real Chromium against the running product, in its embedded form, with a data folder of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.services.browser import FLAGS, chromium
from tests.services.product import Product, web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Playwright's synchronous API runs an event loop in this thread; nothing here uses Django's.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One web process for all browser tests."""
    with web(tmp_path_factory.mktemp("product") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser process for all tests."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def new_person(browser: Browser, product: Product, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens a fresh browser profile signed in as the owner; a page error fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(*, width: int = 1440, height: int = 900, scheme: str = "light", sign_in: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        if sign_in:
            page.goto(product.sign_in_url)
        return page

    yield open_page
    folder = Path("build/e2e")
    folder.mkdir(parents=True, exist_ok=True)
    for number, context in enumerate(contexts):
        for page in context.pages:
            page.screenshot(path=folder / f"{request.node.name}-{number}.png")
        context.close()
    assert not problems, f"the page reported errors: {problems}"


@pytest.fixture
def page(new_person: Callable[..., Page]) -> Page:
    """A page of the signed-in owner."""
    return new_person()


@pytest.fixture
def open_design(product: Product) -> Callable[..., str]:
    """Makes a design with this document through the page's own session, opens it and waits for its canvas."""

    def make(page: Page, document: dict[str, object] | None = None, *, name: str = "Trial") -> str:
        body = {"name": name} if document is None else {"name": name, "document": document}
        made: dict[str, str] = page.evaluate(_CREATE, body)
        assert "id" in made, made
        page.goto(f"{product.url}/designs/{made['id']}")
        expect(page.get_by_test_id("canvas")).to_be_visible()
        expect(page.get_by_test_id("save-state")).to_have_text("Saved")
        return made["id"]

    return make


_CREATE = """async (body) => {
  await fetch('/api/session/');
  const token = document.cookie.split('; ').find((c) => c.startsWith('csrftoken='))?.split('=')[1] ?? '';
  const answer = await fetch('/api/designs/', {
    method: 'POST',
    headers: {'Content-Type': 'application/json', 'X-CSRFToken': token},
    body: JSON.stringify(body),
  });
  return answer.json();
}"""
