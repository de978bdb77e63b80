"""Writes the reference pages of the catalog and the rules, and the design file's schema, into ``docs/``."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from django.core.management.base import BaseCommand

from designer.domain.graph.schema import design_schema
from designer.domain.help.pages import reference_pages

PROJECT: Final = Path(__file__).resolve().parents[4]


class Command(BaseCommand):
    """Generate ``docs/services/*.md``, ``docs/connections.md``, ``docs/rules.md`` and ``docs/design.schema.json``."""

    help = "Generate docs/services/*.md, docs/connections.md, docs/rules.md and docs/design.schema.json."
    requires_system_checks: list[str] = []  # noqa: RUF012 declared so by Django
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the target folder."""
        parser.add_argument(
            "--folder",
            type=Path,
            default=PROJECT / "docs",
            help="where to write; the project's docs/ by default",
        )

    def handle(self, *args: object, **options: object) -> None:
        """Write every page and remove pages of services that are gone."""
        del args
        folder = options["folder"]
        assert isinstance(folder, Path)
        schema = json.dumps(design_schema(), indent=2) + "\n"
        pages = {**reference_pages(), "design.schema.json": schema}
        (folder / "services").mkdir(parents=True, exist_ok=True)
        for old in (folder / "services").glob("*.md"):
            if f"services/{old.name}" not in pages:
                old.unlink()
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"wrote {len(pages)} pages into {folder}")
