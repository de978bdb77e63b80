"""``manage.py check_design``: the findings of designs, for people and for pipelines."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from designer.domain.graph.model import Design
from designer.domain.rules.check import check
from designer.domain.rules.document import finding_to_json
from designer.domain.rules.rule import Finding, Severity, SubjectKind
from designer.server.command_files import EXIT_ERRORS_FOUND, EXIT_FINE, FilesCommand, Outcome, read_design

_PLURAL = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.ADVICE: "advice"}


class Command(FilesCommand):
    """Check designs; exit 0 without errors, 1 with errors, 2 when a file cannot be read."""

    help = "Check designs (or templates) and list what is wrong with them."
    _as_json = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the files and the form of the answer."""
        super().add_arguments(parser)
        parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the findings")

    def prepare(self, options: Mapping[str, object], *, many: bool) -> None:
        """Remember the form of the answer."""
        del many
        self._as_json = options["format"] == "json"

    def process(self, path: Path) -> Outcome:
        """Check one design."""
        design = read_design(path).design
        findings = check(design)
        found = Counter(finding.severity for finding in findings)
        counts = {"nodes": len(design.nodes), "edges": len(design.edges)}
        counts |= {plural: found[severity] for severity, plural in _PLURAL.items()}
        text = _json_text(path, design, counts, findings) if self._as_json else _text(path, design, counts, findings)
        return Outcome(counts, text, exit_code=EXIT_ERRORS_FOUND if found[Severity.ERROR] else EXIT_FINE)


def _json_text(path: Path, design: Design, counts: Mapping[str, int], findings: Sequence[Finding]) -> str:
    document = {
        "format": "windtunnel-findings",
        "version": 1,
        "file": str(path),
        "design": design.name,
        "counts": dict(counts),
        "findings": [finding_to_json(finding) for finding in findings],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _text(path: Path, design: Design, counts: Mapping[str, int], findings: Sequence[Finding]) -> str:
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{path}: {finding.severity} {finding.rule_id} {_subject(design, finding)}: {finding.message}")
        lines.append(f"    {finding.why}")
        lines.extend(f"    Fix: {fix.label}" for fix in finding.fixes)
        if finding.source.url:
            lines.append(f"    See {finding.source.url}")
    size = f"{_count(counts['nodes'], 'node')}, {_count(counts['edges'], 'edge')}"
    found = f"{_count(counts['errors'], 'error')}, {_count(counts['warnings'], 'warning')}, {counts['advice']} advice"
    return "\n".join((*lines, f"{path}: {size}: {found}"))


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _subject(design: Design, finding: Finding) -> str:
    subject = finding.subject
    if subject.kind is SubjectKind.EDGE and subject.id in design.edges:
        edge = design.edges[subject.id]
        return f"{edge.source} -> {edge.target}"
    return subject.id or "the design"
