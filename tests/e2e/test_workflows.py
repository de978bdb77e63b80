"""The definition of a workflow in a real browser: written, checked, drawn, kept, and in step with the canvas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.designs import design, edge, node

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e

PICTURES = Path("build/e2e")
DEFINITION = json.dumps(
    {
        "StartAt": "Large order?",
        "States": {
            "Large order?": {
                "Type": "Choice",
                "Choices": [{"Variable": "$.total", "NumericGreaterThan": 1000, "Next": "Review"}],
                "Default": "Both",
            },
            "Review": {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Parameters": {"FunctionName": "${review}", "Payload": {"token.$": "$$.Task.Token"}},
                "TimeoutSeconds": 86400,
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Failed"}],
                "Next": "Both",
            },
            "Both": {
                "Type": "Parallel",
                "Branches": [
                    {"StartAt": "Charge", "States": {"Charge": {"Type": "Task", "Resource": "${charge}", "End": True}}},
                    {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 60, "End": True}}},
                ],
                "Next": "Shp",
            },
            "Failed": {"Type": "Fail"},
        },
    },
    indent=2,
)


def workflow(definition: str | None) -> dict[str, object]:
    parameters = {} if definition is None else {"definition": definition}
    return design(
        node("orders", "step_functions_standard", 0, 0, **parameters),
        node("charge", "lambda", 260, 0, memory_mb=512),
        node("review", "lambda", 260, 140, memory_mb=512),
        edge("orders", "charge", "step_functions_standard.lambda.invoke"),
        edge("orders", "review", "step_functions_standard.lambda.invoke_callback"),
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_definition_is_corrected_beside_its_picture(
    new_person: Callable[..., Page], open_design: Callable[..., str], scheme: str
) -> None:
    page = new_person(scheme=scheme)
    open_design(page, workflow(DEFINITION))
    page.get_by_test_id("node-orders").click()
    page.get_by_role("button", name="Edit the definition").click()
    dialog = page.get_by_role("dialog", name="Definition of orders")
    problem = dialog.get_by_role("button", name="'Shp' is no state here")
    expect(problem).to_be_visible()
    expect(dialog.get_by_role("button", name="Parallel Both")).to_be_visible()
    page.screenshot(path=PICTURES / f"definition-{scheme}.png")

    problem.click()
    expect(dialog.locator(".cm-activeLine")).to_contain_text("Shp")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    for _ in range(3):
        page.keyboard.press("Backspace")
    page.keyboard.type("Failed")
    expect(dialog.get_by_role("status")).not_to_contain_text("error")
    dialog.get_by_role("button", name="Keep", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("4 states in JSONPath.")).to_be_visible()


def test_a_starter_is_kept_and_an_edit_is_not_lost_by_escape(page: Page, open_design: Callable[..., str]) -> None:
    open_design(page, workflow(None))
    page.get_by_test_id("node-orders").click()
    page.get_by_role("button", name="Write the definition").click()
    dialog = page.get_by_role("dialog", name="Definition of orders")
    dialog.get_by_label("Begin with").select_option("saga")
    expect(dialog.get_by_role("button", name="Fail Failed")).to_be_visible()
    page.screenshot(path=PICTURES / "definition-starter.png")
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("alert")).to_have_text("Your changes are not kept yet.")
    dialog.get_by_role("button", name="Keep them").click()
    expect(page.get_by_text("4 states in JSONPath.")).to_be_visible()
