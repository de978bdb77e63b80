"""``manage.py export_design``: a picture or a clean native file of a design."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from django.core.management.base import BaseCommand

from designer.domain.formats.registry import FormatError, export_design, exporters
from designer.server.command_files import EXIT_UNREADABLE, UnusableFileError, read_design, write_bytes


class Command(BaseCommand):
    """Export one design to a file."""

    help = "Export a design (or a template) as a picture or as a native file."
    requires_system_checks: list[str] = []  # noqa: RUF012 declared so by Django

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the design, the format and the file to write."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a design file or a template")
        parser.add_argument("--to", required=True, choices=sorted(exporters()), help="format of the export")
        parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="the file to write")
        parser.add_argument("--theme", choices=("light", "dark"), default="light", help="colours of a picture")

    def handle(self, *args: object, **options: object) -> None:
        """Read, export and write; exit 2 with one message when any of them cannot be done."""
        del args
        path, output = options["file"], options["output"]
        assert isinstance(path, Path)
        assert isinstance(output, Path)
        try:
            size = _export(path, output, options)
        except UnusableFileError as error:
            self.stderr.write(f"{path}: {error}")
            raise SystemExit(EXIT_UNREADABLE) from None
        self.stdout.write(f"Wrote {output} ({size:,} bytes)")


def _export(path: Path, output: Path, options: Mapping[str, object]) -> int:
    design = read_design(path).design
    try:
        exported = export_design(design, str(options["to"]), theme=str(options["theme"]))
    except FormatError as error:
        raise UnusableFileError(str(error)) from None
    write_bytes(output, exported.content)
    return len(exported.content)
