"""``manage.py import_template``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.domain.graph.document import design_from_json
from tests.commands.running import Command


def test_a_template_becomes_a_design_file(command: Command, template_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "design.json"
    result = command("import_template", template_file, "-o", target)
    assert (result.code, result.out) == (0, f"Wrote {target}\n")
    design = design_from_json(json.loads(target.read_text()))
    assert set(design.nodes) == {"Jobs", "Worker", "Robot"}
    (edge,) = design.edges.values()
    assert (edge.source, edge.target, edge.connection) == (
        "Jobs",
        "Worker",
        "sqs_standard.lambda.event_source_mapping",
    )
    assert (edge.mode, edge.flow, edge.value("batch_size")) == ("event_source_mapping", "poll", 5)


def test_what_is_not_known_is_listed(command: Command, template_file: Path, tmp_path: Path) -> None:
    result = command("import_template", template_file, "-o", tmp_path / "design.json")
    assert "Robot (AWS::RoboMaker::Fleet)" in result.err


def test_without_a_target_the_design_is_printed(command: Command, template_file: Path) -> None:
    result = command("import_template", template_file)
    assert set(design_from_json(json.loads(result.out)).nodes) == {"Jobs", "Worker", "Robot"}


def test_several_templates_are_written_to_a_folder(command: Command, template_file: Path, tmp_path: Path) -> None:
    second = template_file.with_name("other.yaml")
    second.write_text(template_file.read_text())
    target = tmp_path / "designs" / "new"
    result = command("import_template", template_file, second, "-o", target)
    assert result.code == 0
    assert [line["counts"] for line in result.lines()] == [{"nodes": 3, "edges": 1, "unknown": 1}] * 2
    assert sorted(path.name for path in target.iterdir()) == ["jobs.design.json", "other.design.json"]


def test_templates_of_one_name_in_two_folders_do_not_overwrite_each_other(command: Command, tmp_path: Path) -> None:
    source = tmp_path / "source"
    for folder in ("a", "b"):
        (source / folder).mkdir(parents=True)
        (source / folder / "template.yaml").write_text(
            f"Resources:\n  Queue{folder.upper()}:\n    Type: AWS::SQS::Queue\n"
        )
    target = tmp_path / "designs"
    assert command("import_template", source, "-o", target).code == 0
    written = {path.name: json.loads(path.read_text()) for path in target.iterdir()}
    assert {name: document["nodes"][0]["id"] for name, document in written.items()} == {
        "template.design.json": "QueueA",
        "template-2.design.json": "QueueB",
    }


HOSTILE = {
    "not-yaml.yaml": b"Resources:\n  A: [1, 2\n  B: }\n",
    "bomb.yaml": b"a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    + b"".join(
        b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 10))
        for letter in range(ord("b"), ord("k"))
    )
    + b"Resources: {}\n",
    "binary.yaml": bytes(range(256)) * 10,
    "list.json": b"[1, 2, 3]",
    "nothing.yaml": b"",
    "python.yaml": b"Resources: !!python/object/apply:os.system ['true']\n",
    "deep.json": b"[" * 100_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_gives_one_message_and_exit_code_2(command: Command, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    result = command("import_template", path, "-o", tmp_path / "design.json")
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith(f"{path}: ")
    assert "Traceback" not in result.err
    assert not (tmp_path / "design.json").exists()


def test_a_broken_line_is_named(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_bytes(HOSTILE["not-yaml.yaml"])
    assert "line " in command("import_template", path).err


def test_a_huge_file_is_refused_unread(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    result = command("import_template", path)
    assert result.code == 2
    assert "50.0 MB" in result.err


def test_a_place_that_cannot_be_written_is_named(command: Command, template_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "design.json"
    result = command("import_template", template_file, "-o", target)
    assert result.code == 2
    assert str(target) in result.err


def test_it_goes_on_after_a_bad_file(command: Command, template_file: Path) -> None:
    (template_file.parent / "bad.yaml").write_bytes(HOSTILE["not-yaml.yaml"])
    result = command("import_template", template_file.parent)
    assert result.code == 2
    bad, good = result.lines()
    assert (bad["ok"], bad["counts"]) == (False, {})
    assert bad["error"]
    assert (good["ok"], good["error"]) == (True, None)


def test_every_reference_template_comes_in(command: Command, shared_folder: Path) -> None:
    templates = [path for path in sorted((shared_folder / "templates").iterdir()) if path.suffix in (".yaml", ".yml")]
    assert len(templates) == 36
    result = command("import_template", *templates)
    assert result.code == 0, [line for line in result.lines() if not line["ok"]]
    assert [line["file"] for line in result.lines()] == [str(path) for path in templates]
