"""Runs graphviz: the machine's own ``dot`` if there is one, else the one that comes as a package."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

from designer.domain.formats.spec import FormatError

_TIMEOUT_S: Final = 60.0
_PACKAGED: Final = "graphviz-pure"


@cache
def graphviz_program() -> str:
    """Path of the program. Raises :class:`FormatError` when there is none."""
    own = shutil.which("dot")
    if own is not None:
        return own
    beside = Path(sys.executable).parent / _PACKAGED
    packaged = str(beside) if beside.exists() else shutil.which(_PACKAGED)
    if packaged is None:
        raise FormatError("graphviz is not installed: neither dot nor graphviz-pure was found")
    return packaged


def run_graphviz(engine: str, source: str, output: str, *options: str) -> bytes:
    """Lay out a graph. Raises :class:`FormatError` when graphviz cannot or takes longer than a minute."""
    command = [graphviz_program(), f"-K{engine}", f"-T{output}", *options]
    try:
        done = subprocess.run(command, input=source.encode(), capture_output=True, timeout=_TIMEOUT_S, check=True)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise FormatError(f"the drawing took graphviz longer than {_TIMEOUT_S:.0f} s") from None
    except (OSError, subprocess.CalledProcessError) as error:
        detail = getattr(error, "stderr", b"") or str(error).encode()
        raise FormatError(f"graphviz failed: {detail.decode(errors='replace').strip()[:300]}") from None
    return done.stdout
