"""Reads AWS CloudFormation and SAM templates, in YAML or JSON."""

from __future__ import annotations

from designer.domain.formats.cloudformation.reading import read_template
from designer.domain.formats.spec import Importer


def _detect(name: str, text: str) -> bool:
    return name.lower().endswith((".yaml", ".yml", ".template")) or "Resources" in text


IMPORTER = Importer(
    id="cloudformation",
    label="CloudFormation or SAM template",
    suffixes=(".yaml", ".yml", ".template", ".json"),
    detect=_detect,
    read=read_template,
)
