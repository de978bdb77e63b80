"""``manage.py export_design``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.domain.graph.document import design_from_json
from tests.commands.running import Command


@pytest.mark.parametrize(
    ("format_id", "beginning"), [("svg", b"<"), ("png", b"\x89PNG\r\n"), ("pdf", b"%PDF-"), ("json", b"{")]
)
def test_it_writes_each_format(
    command: Command, orders_file: Path, tmp_path: Path, format_id: str, beginning: bytes
) -> None:
    target = tmp_path / f"orders.{format_id}"
    result = command("export_design", orders_file, "--to", format_id, "-o", target)
    assert (result.code, result.err) == (0, "")
    assert target.read_bytes().startswith(beginning)


def test_an_svg_shows_the_labels_and_stands_alone(command: Command, orders_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "orders.svg"
    command("export_design", orders_file, "--to", "svg", "-o", target)
    text = target.read_text()
    assert all(label in text for label in ("users", "api", "orders", "table"))
    assert "file:" not in text
    assert '.svg"' not in text


def test_the_theme_changes_the_picture(command: Command, orders_file: Path, tmp_path: Path) -> None:
    for theme in ("light", "dark"):
        target = tmp_path / f"{theme}.svg"
        assert command("export_design", orders_file, "--to", "svg", "--theme", theme, "-o", target).code == 0
    assert (tmp_path / "light.svg").read_text() != (tmp_path / "dark.svg").read_text()


def test_json_is_a_design_again(command: Command, orders_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "again.json"
    command("export_design", orders_file, "--to", "json", "-o", target)
    assert design_from_json(json.loads(target.read_text())) == design_from_json(json.loads(orders_file.read_text()))


def test_a_template_is_exported_as_it_is(command: Command, template_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "jobs.svg"
    assert command("export_design", template_file, "--to", "svg", "-o", target).code == 0
    assert "Worker" in target.read_text()


def test_an_unreadable_design_ends_with_2(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"format": "windtunnel-design",\n "version": }')
    result = command("export_design", path, "--to", "svg", "-o", tmp_path / "x.svg")
    assert result.code == 2
    assert result.err.startswith(f"{path}: line 2")


def test_a_place_that_cannot_be_written_ends_with_2(command: Command, orders_file: Path, tmp_path: Path) -> None:
    result = command("export_design", orders_file, "--to", "json", "-o", tmp_path)
    assert result.code == 2
    assert "cannot write" in result.err


def test_an_unknown_format_ends_with_2(command_process: Command, orders_file: Path, tmp_path: Path) -> None:
    result = command_process("export_design", orders_file, "--to", "gif", "-o", tmp_path / "x.gif")
    assert result.code == 2
    assert "invalid choice" in result.err
