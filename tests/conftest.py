"""Fixtures that every part of the tests shares."""

from __future__ import annotations

from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
REFERENCE = PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of reference data beside the project; skips the test where it is not there."""
    if not REFERENCE.is_dir():
        pytest.skip(f"the reference folder {REFERENCE.name}/ is not beside the project")
    return REFERENCE
