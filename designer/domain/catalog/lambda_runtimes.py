"""Which Lambda runtimes there are, newest first in each language."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from designer.domain.catalog.spec import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_RUNTIME: Final = "python3.13"

IMAGE_RUNTIME: Final = "image"
"""Stands for a container image: AWS has no runtime setting for it, the image brings its own."""

CURRENT_RUNTIMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "python3.15": "Python 3.15",
        "python3.14": "Python 3.14",
        "python3.13": "Python 3.13",
        "python3.12": "Python 3.12",
        "python3.11": "Python 3.11",
        "nodejs26.x": "Node.js 26",
        "nodejs24.x": "Node.js 24",
        "nodejs22.x": "Node.js 22",
        "java25": "Java 25",
        "java21": "Java 21",
        "java17.al2023": "Java 17 (Amazon Linux 2023)",
        "java17": "Java 17",
        "java11.al2023": "Java 11 (Amazon Linux 2023)",
        "java11": "Java 11",
        "java8.al2023": "Java 8 (Amazon Linux 2023)",
        "java8.al2": "Java 8",
        "dotnet10": ".NET 10",
        "ruby4.0": "Ruby 4.0",
        "ruby3.4": "Ruby 3.4",
        "ruby3.3": "Ruby 3.3",
        "provided.al2023": "Custom runtime (Go, Rust, C++ ...)",
    }
)
"""Managed runtimes that AWS still maintains, with their names."""

DEPRECATED_RUNTIMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "python3.10": "Python 3.10",
        "python3.9": "Python 3.9",
        "python3.8": "Python 3.8",
        "python3.7": "Python 3.7",
        "nodejs20.x": "Node.js 20",
        "nodejs18.x": "Node.js 18",
        "nodejs16.x": "Node.js 16",
        "nodejs14.x": "Node.js 14",
        "nodejs12.x": "Node.js 12",
        "java8": "Java 8 (Amazon Linux 1)",
        "dotnet8": ".NET 8",
        "dotnet6": ".NET 6",
        "dotnetcore3.1": ".NET Core 3.1",
        "ruby3.2": "Ruby 3.2",
        "ruby2.7": "Ruby 2.7",
        "go1.x": "Go 1",
        "provided.al2": "Custom runtime (Amazon Linux 2)",
        "provided": "Custom runtime (Amazon Linux 1)",
    }
)
"""Runtimes without security patches that templates still name; AWS refuses new functions with most of them."""


def runtime_choices() -> tuple[Choice, ...]:
    """Every runtime a function can have in a design: current ones, the image, then deprecated ones."""
    current = [Choice(value, label) for value, label in CURRENT_RUNTIMES.items()]
    image = Choice(IMAGE_RUNTIME, "Of the container image")
    deprecated = [Choice(value, f"{label} (deprecated)") for value, label in DEPRECATED_RUNTIMES.items()]
    return (*current, image, *deprecated)
