"""The cores stand alone."""

from __future__ import annotations

import subprocess
import sys

FRAMEWORKS = ("django", "rest_framework", "channels", "celery", "asgiref", "pycrdt")


def test_importing_both_cores_loads_no_framework() -> None:
    script = (
        "import sys, designer.domain.rules.check, designer.domain.formats.registry, simulator.engine.simulation;"
        f"print([name for name in {FRAMEWORKS!r} if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_the_domain_without_formats_loads_only_the_standard_library() -> None:
    script = (
        "import sys; before = set(sys.modules);"
        "import designer.domain.rules.check, designer.domain.connections.document;"
        "roots = {name.split('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(root for root in roots - set(sys.stdlib_module_names) if root != 'designer'))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
