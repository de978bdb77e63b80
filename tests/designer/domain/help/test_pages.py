"""The generated reference pages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections
from designer.domain.help.pages import reference_pages

DOCS = Path(__file__).resolve().parents[4] / "docs"


def test_the_pages_in_docs_are_the_generated_ones() -> None:
    for name, text in reference_pages().items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"run `manage.py generate_docs`: {name} has changed"


def test_there_is_a_page_for_each_service_and_no_other() -> None:
    assert {path.stem for path in (DOCS / "services").glob("*.md")} == set(services())


def test_every_row_is_on_the_connections_page_and_every_link_leads_there() -> None:
    pages = reference_pages()
    anchors = set(re.findall(r'<a id="([^"]+)">', pages["connections.md"]))
    assert len(anchors) == len(connections())
    for service in services():
        links = set(re.findall(r"connections\.md#([a-z0-9-]+)", pages[f"services/{service}.md"]))
        assert links <= anchors


def test_a_service_page_tells_limits_and_their_sources() -> None:
    page = reference_pages()["services/lambda.md"]
    assert "| Timeout `timeout_s` | 3 s | 1 to 900 s |" in page
    assert "| Concurrent executions of the account | 1,000 executions | on request |" in page
    assert "https://docs.aws.amazon.com/lambda/" in page


def test_the_command_writes_the_pages_and_removes_those_of_services_that_are_gone(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "retired.md").write_text("gone")
    subprocess.run(
        [sys.executable, "manage.py", "generate_docs", "--folder", str(tmp_path)],
        cwd=DOCS.parent,
        check=True,
        capture_output=True,
    )
    assert {path.stem for path in (tmp_path / "services").glob("*.md")} == set(services())
    assert (tmp_path / "connections.md").read_text(encoding="utf-8") == reference_pages()["connections.md"]
