"""What the commands for design files share: finding the files, reading them, reporting on them.

A command is a :class:`FilesCommand` that says what to do with one file. With one file it prints
its own output; with several files or a folder it goes on after a bad one and prints one JSON
line per file. ``docs/commands.md`` describes the lines and the exit codes.
"""

from __future__ import annotations

import json
import stat
import sys
from abc import abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.core.management.base import BaseCommand

from designer.domain.formats import json_text
from designer.domain.formats.registry import MAXIMUM_BYTES, FormatError, Imported, import_file

EXIT_FINE: Final = 0
EXIT_ERRORS_FOUND: Final = 1
EXIT_UNREADABLE: Final = 2
_SUFFIXES: Final = frozenset({".json", ".yaml", ".yml", ".template"})


class UnusableFileError(ValueError):
    """A file cannot be used. The message is for the person and names the place, never a traceback."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say about one readable file.

    ``text`` goes to standard output and ``remarks`` to standard error when it is the only file.
    """

    counts: Mapping[str, int]
    text: str = ""
    remarks: Sequence[str] = field(default_factory=tuple)
    exit_code: int = EXIT_FINE


def read_bytes(path: Path) -> bytes:
    """The content of a regular file of acceptable size. Raises :class:`UnusableFileError`."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnusableFileError("is not a regular file")
        if status.st_size > MAXIMUM_BYTES:
            raise UnusableFileError(
                f"is {status.st_size / 1e6:,.1f} MB; the largest file that is read has {MAXIMUM_BYTES / 1e6:,.0f} MB"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnusableFileError(_reason(error)) from None


def read_json(path: Path) -> object:
    """The file as JSON values. Raises :class:`UnusableFileError` with line and column."""
    content = read_bytes(path)
    try:
        return json_text.read_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnusableFileError("is not JSON: it is not text in UTF-8") from None
    except FormatError as error:
        raise UnusableFileError(str(error)) from None


def read_design(path: Path) -> Imported:
    """The design in a native file or in a template. Raises :class:`UnusableFileError`."""
    content = read_bytes(path)
    try:
        return import_file(path.name, content)
    except FormatError as error:
        raise UnusableFileError(str(error)) from None


def write_bytes(path: Path, content: bytes) -> None:
    """Write a result file. Raises :class:`UnusableFileError` when the place cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UnusableFileError(f"cannot write {path}: {_reason(error)}") from None


def find_files(places: Sequence[Path]) -> list[Path]:
    """The given files, and for each folder the JSON, YAML and template files in and below it, sorted."""
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            inside = (path for path in place.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())
            found.update(dict.fromkeys(sorted(inside)))
        else:
            found[place] = None
    return list(found)


class FilesCommand(BaseCommand):
    """A command about design files; needs no database, no server and no migrations."""

    requires_system_checks: list[str] = []  # noqa: RUF012 declared so by Django
    requires_migrations_checks = False
    _with_traceback = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the files; a subclass adds its own options."""
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="a design file, a SAM or CloudFormation template, or a folder of them",
        )

    @abstractmethod
    def prepare(self, options: Mapping[str, object], *, many: bool) -> None:
        """Read the options once, before the first file. May raise :class:`UnusableFileError`."""

    @abstractmethod
    def process(self, path: Path) -> Outcome:
        """Do the command's work on one file. May raise :class:`UnusableFileError`."""

    def handle(self, *args: object, **options: object) -> None:
        """Process every file and end with the worst exit code."""
        del args
        places = options["files"]
        assert isinstance(places, list)
        many = len(places) > 1 or places[0].is_dir()
        self._with_traceback = bool(options.get("traceback"))
        try:
            self.prepare(options, many=many)
        except UnusableFileError as error:
            self._stop(str(error))
        if many:
            self._process_many(find_files(places))
        else:
            self._process_one(places[0])

    def _process_one(self, path: Path) -> None:
        outcome, problem = self._attempt(path)
        if outcome is None:
            self._stop(f"{path}: {problem}")
            return
        if outcome.text:
            self.stdout.write(outcome.text)
        for remark in outcome.remarks:
            self.stderr.write(remark, str)
        if outcome.exit_code:
            raise SystemExit(outcome.exit_code)

    def _process_many(self, paths: Sequence[Path]) -> None:
        if not paths:
            self._stop(f"found no file ending in {', '.join(sorted(_SUFFIXES))}")
        worst = EXIT_FINE
        for line, exit_code in self._lines(paths):
            worst = max(worst, exit_code)
            self.stdout.write(json.dumps(line, ensure_ascii=False))
            self.stdout.flush()
        if worst:
            raise SystemExit(worst)

    def _lines(self, paths: Sequence[Path]) -> Iterator[tuple[dict[str, object], int]]:
        for path in paths:
            outcome, problem = self._attempt(path)
            exit_code = EXIT_UNREADABLE if outcome is None else outcome.exit_code
            counts = {} if outcome is None else dict(outcome.counts)
            yield {"file": str(path), "ok": exit_code == EXIT_FINE, "counts": counts, "error": problem}, exit_code

    def _attempt(self, path: Path) -> tuple[Outcome | None, str | None]:
        """What the command says about the file, or why it cannot say anything."""
        try:
            return self.process(path), None
        except UnusableFileError as error:
            return None, str(error)
        except Exception as error:
            # Our own defect: it must not hide the other files, nor end with the exit code of a finding.
            if self._with_traceback:
                raise
            return None, f"internal error: {type(error).__name__}: {error} (--traceback shows where)"

    def _stop(self, message: str) -> None:
        self.stderr.write(message)
        sys.exit(EXIT_UNREADABLE)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return (error.strerror or str(error)).lower()
