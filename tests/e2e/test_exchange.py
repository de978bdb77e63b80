"""Files in and out, as a person moves them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.designs import design, node, web_api

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e

TEMPLATE: Final = """
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs:
    Type: AWS::SQS::Queue
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: pass
      Events:
        Job:
          Type: SQS
          Properties:
            Queue: !GetAtt Jobs.Arn
"""
DROP: Final = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  const canvas = document.querySelector('[data-testid="canvas"]');
  for (const type of ['dragenter', 'dragover', 'drop']) {
    const where = {clientX: 500, clientY: 400};
    canvas.dispatchEvent(new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer: files, ...where}));
  }
}"""


@pytest.mark.parametrize(
    ("choice", "start"), [("SVG", b"<?xml"), ("PNG", b"\x89PNG"), ("PDF", b"%PDF"), ("JSON", b"{")]
)
def test_a_picture_and_the_native_file_are_downloaded(
    page: Page, open_design: Callable[..., str], choice: str, start: bytes
) -> None:
    open_design(page, web_api())
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=choice).first.click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(start)
    if choice == "JSON":
        assert {entry["id"] for entry in json.loads(content)["nodes"]} == {"shoppers", "api", "orders", "table"}


def test_a_template_dropped_on_the_canvas_becomes_nodes_and_edges_with_one_undo(
    page: Page, open_design: Callable[..., str]
) -> None:
    open_design(page, design(node("uploads", "s3", 0, 0)))
    page.evaluate(DROP, ["template.yaml", TEMPLATE])
    expect(page.locator(".react-flow__node")).to_have_count(3)
    expect(page.locator(".react-flow__edge")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".react-flow__node")).to_have_count(1)


def test_a_broken_file_dropped_on_the_canvas_is_explained_and_changes_nothing(
    page: Page, open_design: Callable[..., str]
) -> None:
    open_design(page, design(node("uploads", "s3", 0, 0)))
    page.evaluate(DROP, ["template.yaml", "Resources: ["])
    expect(page.get_by_label("Messages")).to_contain_text("line")
    expect(page.locator(".react-flow__node")).to_have_count(1)
