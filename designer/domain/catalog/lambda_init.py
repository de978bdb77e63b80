"""How long a cold start's init phase takes: hello-world functions, by runtime, package and architecture.

Measured are functions without dependencies, so a real function starts slower; memory makes no
difference because the init phase runs at full CPU. What has not been measured is taken from the
nearest relative and marked as an estimate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from designer.domain.catalog.sources import aws_page
from designer.domain.catalog.spec import Source

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class InitDuration:
    """The reported Init Duration in milliseconds; placement and code download are not in it."""

    p50_ms: float
    p99_ms: float
    source: Source


MEASURED_SOURCE: Final = aws_page(
    "Lambda cold start measurements (maxday/lambda-perf), 512 MB, 24 July to 22 August 2026",
    "https://github.com/maxday/lambda-perf",
    "2026-08",
)

ZIP: Final = "zip"
IMAGE: Final = "image"
X86: Final = "x86_64"
ARM: Final = "arm64"

_RUNTIME: Final = re.compile(r"(?P<language>[a-z]+)(?P<major>\d*)(?:\.(?P<minor>\d+))?")

_Key = tuple[str, str, str]

MEASURED: Final[Mapping[_Key, tuple[float, float]]] = MappingProxyType(
    {
        ("nodejs20.x", ZIP, X86): (141.0, 184.1),
        ("nodejs22.x", ZIP, X86): (140.3, 183.0),
        ("nodejs24.x", ZIP, X86): (134.3, 180.4),
        ("python3.12", ZIP, X86): (83.8, 137.0),
        ("python3.13", ZIP, X86): (83.8, 116.5),
        ("python3.14", ZIP, X86): (107.0, 236.9),
        ("java21", ZIP, X86): (238.7, 590.4),
        ("java25", ZIP, X86): (190.0, 443.4),
        ("dotnet8", ZIP, X86): (251.1, 619.1),
        ("dotnet10", ZIP, X86): (250.3, 684.3),
        ("ruby3.4", ZIP, X86): (228.4, 538.5),
        ("provided.al2023", ZIP, X86): (49.7, 61.6),
        ("nodejs22.x", ZIP, ARM): (129.9, 166.5),
        ("python3.13", ZIP, ARM): (79.9, 103.8),
        ("java21", ZIP, ARM): (250.5, 590.4),
        ("dotnet8", ZIP, ARM): (299.1, 750.7),
        ("provided.al2023", ZIP, ARM): (43.2, 52.7),
        ("nodejs22.x", IMAGE, X86): (291.3, 751.3),
        ("python3.13", IMAGE, X86): (162.4, 390.1),
        ("java21", IMAGE, X86): (361.5, 789.3),
        ("dotnet8", IMAGE, X86): (402.3, 886.5),
        ("provided.al2023", IMAGE, X86): (47.8, 125.7),
    }
)
"""(median, 99th percentile) in ms by (runtime, package, architecture); ``provided.al2023`` is a Go binary."""

_SAME_LANGUAGE: Final = {"dotnetcore": "dotnet", "go": "provided"}

UNKNOWN_LANGUAGE: Final = "nodejs"
"""Stands for a container image whose language is not known: the slower of the two commonest languages."""


def init_duration(runtime: str, package_type: str, architecture: str) -> InitDuration:
    """The init phase of a cold start.

    ``package_type`` is ``zip`` or ``image``, ``architecture`` is ``x86_64`` or ``arm64``. A combination
    without a measurement is derived: the nearest measured version of the same language, plus what the
    package and the architecture add to a measured function of that language, or of Node.js where none is.
    """
    key = (runtime, package_type, architecture)
    if key in MEASURED:
        p50, p99 = MEASURED[key]
        return InitDuration(p50, p99, MEASURED_SOURCE)
    relative = _nearest(runtime, ZIP, X86)
    p50, p99 = MEASURED[relative, ZIP, X86]
    for package, processor in ((ZIP, architecture), (package_type, X86)):
        more_p50, more_p99 = _added(runtime, package, processor)
        p50, p99 = p50 + more_p50, p99 + more_p99
    basis = f"from {relative} measured with lambda-perf, because this combination was not measured"
    source = Source(f"Windtunnel estimate: {basis}", MEASURED_SOURCE.url, MEASURED_SOURCE.as_of, estimate=True)
    return InitDuration(round(p50, 1), round(p99, 1), source)


def _added(runtime: str, package: str, architecture: str) -> tuple[float, float]:
    """What the package or the architecture adds to the same function as a .zip archive on x86_64."""
    relative = _nearest(runtime, package, architecture)
    p50, p99 = MEASURED[relative, package, architecture]
    base_p50, base_p99 = MEASURED[relative, ZIP, X86]
    return p50 - base_p50, p99 - base_p99


def _nearest(runtime: str, package: str, architecture: str) -> str:
    """The measured runtime of the same language whose version is nearest, the newer one of two."""
    measured = [name for name, *rest in MEASURED if rest == [package, architecture]]
    language, version = _parts(runtime)
    candidates = [name for name in measured if _parts(name)[0] == language]
    if not candidates:
        candidates = [name for name in measured if _parts(name)[0] == UNKNOWN_LANGUAGE]
        return max(candidates, key=lambda name: _parts(name)[1])
    return min(candidates, key=lambda name: (abs(_parts(name)[1] - version), -_parts(name)[1]))


def _parts(runtime: str) -> tuple[str, int]:
    """Language and version as a number that orders versions: ``python3.13`` is 3013, ``java8.al2`` 8000."""
    match = _RUNTIME.match(runtime)
    if match is None:
        return UNKNOWN_LANGUAGE, 0
    language = match["language"]
    version = 1000 * int(match["major"] or 0) + int(match["minor"] or 0)
    return _SAME_LANGUAGE.get(language, language), version
