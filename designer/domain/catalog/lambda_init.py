"""How long a cold start's init phase takes: hello-world functions, by runtime, package and architecture.

Measured are functions without dependencies, so a real function starts slower; memory makes no
difference because the init phase runs at full CPU. What has not been measured is taken from the
nearest relative and marked as an estimate.
"""

from __future__ import annotations

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

_REFERENCE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nodejs": "nodejs22.x",
        "python": "python3.13",
        "java": "java21",
        "dotnet": "dotnet8",
        "ruby": "ruby3.4",
        "provided": "provided.al2023",
        "go": "provided.al2023",
    }
)
"""The best measured runtime of each language."""

UNKNOWN_LANGUAGE: Final = "nodejs22.x"
"""Stands for a container image whose language is not known: the slower of the two commonest languages."""


def init_duration(runtime: str, package_type: str, architecture: str) -> InitDuration:
    """The init phase of a cold start.

    ``package_type`` is ``zip`` or ``image``, ``architecture`` is ``x86_64`` or ``arm64``. A combination
    without a measurement is derived: the runtime's nearest measured relative, times the ratio between the
    packages or architectures of that relative (or of the custom runtime where the relative has none).
    """
    key = (runtime, package_type, architecture)
    if key in MEASURED:
        p50, p99 = MEASURED[key]
        return InitDuration(p50, p99, MEASURED_SOURCE)
    relative = runtime if (runtime, ZIP, X86) in MEASURED else _reference(runtime)
    p50, p99 = MEASURED[relative, ZIP, X86]
    steps = [(ZIP, ARM)] if architecture == ARM else []
    if package_type == IMAGE:
        steps.append((IMAGE, X86))
    for package, processor in steps:
        ratio_p50, ratio_p99 = _ratio(runtime, package, processor)
        p50, p99 = p50 * ratio_p50, p99 * ratio_p99
    basis = f"from {relative} measured with lambda-perf, because this combination was not measured"
    source = Source(f"Windtunnel estimate: {basis}", MEASURED_SOURCE.url, MEASURED_SOURCE.as_of, estimate=True)
    return InitDuration(round(p50, 1), round(p99, 1), source)


def _reference(runtime: str) -> str:
    language = runtime.rstrip("0123456789.x").split(".")[0].rstrip("0123456789")
    return _REFERENCE.get(language.removesuffix("core"), UNKNOWN_LANGUAGE)


def _ratio(runtime: str, package: str, architecture: str) -> tuple[float, float]:
    language = _reference(runtime)
    if (language, package, architecture) not in MEASURED:
        language = UNKNOWN_LANGUAGE
    p50, p99 = MEASURED[language, package, architecture]
    base_p50, base_p99 = MEASURED[language, ZIP, X86]
    return p50 / base_p50, p99 / base_p99
