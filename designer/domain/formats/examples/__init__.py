"""Starter designs: whole, runnable architectures that a person can begin from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from designer.domain.graph.document import design_from_json
from designer.domain.graph.model import Design

_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """One starter design. ``path`` is its file in the native format."""

    id: str
    title: str
    description: str
    path: Path


@cache
def examples() -> tuple[Example, ...]:
    """Every starter design, in the order in which they are offered; the first is what a new user sees."""
    return (
        _example(
            "order-pipeline",
            "Order pipeline",
            "A shop takes orders by an API and fulfils them in the background. A spike fills the queue, which drains "
            "again as fast as the function's reserved concurrency lets it.",
        ),
        _example(
            "serverless-web-app",
            "Serverless web app",
            "An HTTP API with one function per route, a table and a bucket, while the traffic grows sixfold.",
        ),
        _example(
            "file-processing",
            "File processing",
            "Each photo that is uploaded to a bucket starts a function, which stores a thumbnail and an index entry.",
        ),
        _example(
            "database-triggers",
            "Database triggers",
            "A table's stream starts a function at every change; a topic and a queue pass the change on.",
        ),
        _example(
            "cron-job",
            "Cron job",
            "A schedule looks for due reminders every minute and hands them to workers through a queue.",
        ),
        _example(
            "queue-processing",
            "Queue processing",
            "An API puts jobs straight into a queue. A function works through them in batches at a limited pace and "
            "stores and announces the results.",
        ),
    )


def load_example(example_id: str) -> Design:
    """The starter design with this id. Raises KeyError when there is none."""
    for example in examples():
        if example.id == example_id:
            return design_from_json(json.loads(example.path.read_text(encoding="utf-8")))
    raise KeyError(f"there is no example {example_id!r}")


def _example(example_id: str, title: str, description: str) -> Example:
    return Example(example_id, title, description, _FOLDER / f"{example_id}.json")
