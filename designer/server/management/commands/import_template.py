"""``manage.py import_template``: a SAM or CloudFormation template becomes a design file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from designer.domain.formats.registry import Imported
from designer.domain.graph.document import design_to_json
from designer.server.command_files import FilesCommand, Outcome, UnusableFileError, read_design, write_bytes


class Command(FilesCommand):
    """Read templates and write designs."""

    help = "Turn SAM or CloudFormation templates into Windtunnel designs."
    _output: Path | None = None
    _many = False
    _taken: set[Path]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the files and where the designs go."""
        super().add_arguments(parser)
        parser.add_argument(
            "-o",
            "--output",
            type=Path,
            metavar="FILE",
            help="where to write the design (several files: a folder, which is made); without it one design is printed",
        )

    def prepare(self, options: Mapping[str, object], *, many: bool) -> None:
        """Make the folder for several designs."""
        output = options["output"]
        assert output is None or isinstance(output, Path)
        self._output, self._many, self._taken = output, many, set()
        if many and output is not None:
            try:
                output.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UnusableFileError(f"cannot make the folder {output}: {error.strerror}") from None

    def process(self, path: Path) -> Outcome:
        """Import one template and write or print its design."""
        imported = read_design(path)
        text = json.dumps(design_to_json(imported.design), indent=2, ensure_ascii=False)
        counts = {
            "nodes": len(imported.design.nodes),
            "edges": len(imported.design.edges),
            "unknown": len(imported.report.unknown),
        }
        if self._output is None:
            return Outcome(counts, "" if self._many else text, _remarks(path, imported))
        target = self._free_name(self._output, path.stem) if self._many else self._output
        write_bytes(target, f"{text}\n".encode())
        return Outcome(counts, f"Wrote {target}", _remarks(path, imported))

    def _free_name(self, folder: Path, stem: str) -> Path:
        """A name in the folder that no earlier file of this command has got."""
        target, number = folder / f"{stem}.design.json", 1
        while target in self._taken:
            number += 1
            target = folder / f"{stem}-{number}.design.json"
        self._taken.add(target)
        return target


def _remarks(path: Path, imported: Imported) -> tuple[str, ...]:
    report, design = imported.report, imported.design
    lines = [f"{path}: {report.format}, {len(design.nodes)} nodes, {len(design.edges)} edges"]
    lines += [
        f"  {unknown.id} ({unknown.type}) is of a type the catalog does not know: a plain node"
        for unknown in report.unknown
    ]
    lines += [f"  {note}" for note in report.notes]
    return tuple(lines)
