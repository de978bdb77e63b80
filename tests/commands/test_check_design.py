"""``manage.py check_design``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.commands.running import Command, orders_document


@pytest.fixture
def wrong_file(tmp_path: Path) -> Path:
    """A design with an edge that AWS does not offer."""
    document = orders_document()
    edges = document["edges"]
    assert isinstance(edges, list)
    edges.append({"id": "wrong", "source": "table", "target": "api", "connection": "unknown"})
    nodes = document["nodes"]
    assert isinstance(nodes, list)
    nodes.append({"id": "jobs", "service": "sqs_standard", "label": "jobs", "parameters": {"visibility_timeout_s": -5}})
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(document))
    return path


def test_a_design_without_errors_ends_with_0(command: Command, orders_file: Path) -> None:
    result = command("check_design", orders_file)
    assert result.code == 0
    assert f"{orders_file}: 4 nodes, 3 edges: 0 errors" in result.out


def test_a_design_with_errors_ends_with_1_and_names_them(command: Command, wrong_file: Path) -> None:
    result = command("check_design", wrong_file)
    assert result.code == 1
    assert f"{wrong_file}: error " in result.out


def test_json_findings_have_the_documented_shape(command: Command, wrong_file: Path) -> None:
    result = command("check_design", wrong_file, "--format", "json")
    document = json.loads(result.out)
    assert result.code == 1
    assert (document["format"], document["version"], document["design"]) == ("windtunnel-findings", 1, "Orders")
    assert document["counts"]["errors"] == sum(f["severity"] == "error" for f in document["findings"]) >= 1
    assert {"id", "rule_id", "severity", "title", "subject", "message", "why", "source", "fixes"} <= set(
        document["findings"][0]
    )


def test_a_folder_gives_a_line_per_file_and_the_worst_code(
    command: Command, orders_file: Path, wrong_file: Path
) -> None:
    result = command("check_design", orders_file.parent)
    assert result.code == 1
    good, wrong = result.lines()
    assert (good["file"], good["ok"], good["error"]) == (str(orders_file), True, None)
    assert (wrong["file"], wrong["ok"], wrong["error"]) == (str(wrong_file), False, None)
    assert isinstance(wrong["counts"], dict)
    assert wrong["counts"]["errors"] >= 1


def test_an_unreadable_file_is_worse_than_an_error(command: Command, wrong_file: Path) -> None:
    result = command("check_design", wrong_file, wrong_file.with_name("missing.json"))
    assert result.code == 2
    assert result.lines()[1]["error"] == "there is no such file or folder"


def test_a_template_is_checked_as_it_is(command: Command, template_file: Path) -> None:
    result = command("check_design", template_file, "--format", "json")
    assert result.code in (0, 1)
    assert json.loads(result.out)["counts"]["nodes"] == 3


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"version": 99}, "version"),
        ({"format": "something"}, ""),
        ({"edges": [{"id": "e", "source": "users", "target": "nobody", "connection": "unknown"}]}, "edges[0].target"),
        ({"nodes": [{"id": "a b", "service": "lambda"}]}, "nodes[0].id"),
    ],
)
def test_a_wrong_document_is_refused_with_its_place(
    command: Command, tmp_path: Path, change: dict[str, object], place: str
) -> None:
    path = tmp_path / "design.json"
    path.write_text(json.dumps({**orders_document(), **change}))
    result = command("check_design", path)
    assert result.code == 2
    assert place in result.err
    assert len(result.err.splitlines()) == 1


def test_a_pipe_is_not_read(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    result = command("check_design", path)
    assert (result.code, result.err) == (2, f"{path}: is not a regular file\n")


def test_an_empty_folder_says_so(command: Command, tmp_path: Path) -> None:
    result = command("check_design", tmp_path)
    assert result.code == 2
    assert "found no file" in result.err


def test_it_runs_without_a_database(command_process: Command, orders_file: Path) -> None:
    result = command_process("check_design", orders_file, "--format", "json")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)["counts"]["errors"] == 0


def test_a_wrong_option_ends_with_2(command_process: Command, orders_file: Path) -> None:
    assert command_process("check_design", orders_file, "--format", "xml").code == 2
