"""The API's schema, from which the frontend's types are generated."""

from __future__ import annotations

import io
import json
from pathlib import Path

from django.core.management import call_command

COMMITTED = Path(__file__).resolve().parents[3] / "frontend" / "src" / "api" / "openapi.json"


def test_the_committed_schema_is_that_of_the_code_and_without_warnings() -> None:
    output = io.StringIO()
    call_command("spectacular", "--format", "openapi-json", "--validate", "--fail-on-warn", stdout=output)
    assert json.loads(output.getvalue()) == json.loads(COMMITTED.read_text(encoding="utf-8")), "run: make docs"
