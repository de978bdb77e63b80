"""Making the simulation kernel ready to run, once per process.

Compiling takes seconds and holds the interpreter's lock, so that a server could not answer
meanwhile: a process of its own does that part, and this one loads what it has cached.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from simulator.engine.kernel_memory import is_compiled
from simulator.engine.simulation import warm_up

_PROJECT: Final = Path(__file__).resolve().parents[2]
_COMPILE: Final = "from simulator.engine.simulation import warm_up; warm_up()"


class _Kernel:
    lock = threading.Lock()
    ready = False


def make_kernel_ready() -> None:
    """Compile or load the kernel; whoever else needs it in this process waits for the first to be done."""
    with _Kernel.lock:
        if _Kernel.ready:
            return
        if not is_compiled():
            subprocess.run([sys.executable, "-c", _COMPILE], cwd=_PROJECT, check=False)  # noqa: S603 our own program
        warm_up()
        _Kernel.ready = True
