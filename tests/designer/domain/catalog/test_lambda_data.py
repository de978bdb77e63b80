"""Runtimes, cold starts and latencies."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from botocore.loaders import Loader

from designer.domain.catalog.lambda_init import MEASURED, init_duration
from designer.domain.catalog.lambda_runtimes import (
    CURRENT_RUNTIMES,
    DEPRECATED_RUNTIMES,
    IMAGE_RUNTIME,
    runtime_choices,
)
from designer.domain.catalog.latencies import LATENCIES

OLDER = frozenset(
    [
        "nodejs",
        "nodejs4.3",
        "nodejs4.3-edge",
        "nodejs6.10",
        "nodejs8.10",
        "nodejs10.x",
        "python2.7",
        "python3.6",
        "dotnetcore1.0",
        "dotnetcore2.0",
        "dotnetcore2.1",
        "ruby2.5",
        "custom",
    ]
)
"""Runtimes of the service model that no function can have any more, and the model's word for no runtime."""

NAMES = {
    "Node.js 20": "nodejs20.x",
    "Node.js 22": "nodejs22.x",
    "Node.js 24": "nodejs24.x",
    "Python 3.12": "python3.12",
    "Python 3.13": "python3.13",
    "Python 3.14": "python3.14",
    "Java 21 (no SnapStart)": "java21",
    "Java 25 (no SnapStart)": "java25",
    ".NET 8": "dotnet8",
    ".NET 10": "dotnet10",
    "Ruby 3.4": "ruby3.4",
    "Go": "provided.al2023",
}


def test_every_runtime_of_the_service_model_is_current_deprecated_or_older() -> None:
    known = set(Loader().load_service_model("lambda", "service-2")["shapes"]["Runtime"]["enum"])
    assert known == set(CURRENT_RUNTIMES) | set(DEPRECATED_RUNTIMES) | OLDER


def test_a_function_can_have_any_runtime_that_templates_name() -> None:
    values = [choice.value for choice in runtime_choices()]
    assert values == [*CURRENT_RUNTIMES, IMAGE_RUNTIME, *DEPRECATED_RUNTIMES]


@pytest.mark.parametrize("runtime", [choice.value for choice in runtime_choices()])
@pytest.mark.parametrize("package_type", ["zip", "image"])
@pytest.mark.parametrize("architecture", ["x86_64", "arm64"])
def test_every_runtime_has_an_init_duration(runtime: str, package_type: str, architecture: str) -> None:
    found = init_duration(runtime, package_type, architecture)
    assert 10 < found.p50_ms <= found.p99_ms < 2_000
    measured = (runtime, package_type, architecture) in MEASURED
    assert found.source.estimate is not measured
    assert found.source.url == "https://github.com/maxday/lambda-perf"


def test_an_image_starts_slower_than_an_archive() -> None:
    for runtime in ("python3.13", "nodejs26.x", "java17", "ruby3.3", IMAGE_RUNTIME):
        archive, image = init_duration(runtime, "zip", "x86_64"), init_duration(runtime, "image", "x86_64")
        assert image.p50_ms > 1.4 * archive.p50_ms


def test_an_unmeasured_version_starts_like_the_nearest_measured_one() -> None:
    assert init_duration("python3.9", "zip", "x86_64").p50_ms == MEASURED["python3.12", "zip", "x86_64"][0]
    assert init_duration("python3.15", "zip", "x86_64").p50_ms == MEASURED["python3.14", "zip", "x86_64"][0]
    assert init_duration("nodejs26.x", "zip", "x86_64").p50_ms == MEASURED["nodejs24.x", "zip", "x86_64"][0]
    assert init_duration("java17.al2023", "zip", "x86_64").p50_ms == MEASURED["java21", "zip", "x86_64"][0]


def test_the_measured_init_durations_are_those_of_the_reference(shared_folder: Path) -> None:
    reference: dict[tuple[str, str, str], tuple[float, float]] = {}
    with (shared_folder / "facts" / "latencies.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            match = re.fullmatch(r"init duration (.+) (zip|image) (x86|arm64) 512 MB", row["operation"])
            if match and match[1] in NAMES:
                architecture = "x86_64" if match[3] == "x86" else "arm64"
                key = (NAMES[match[1]], match[2], architecture)
                reference[key] = (float(row["p50_ms"]), float(row["p99_ms"]))
    assert dict(MEASURED) == reference


@pytest.mark.parametrize("name", LATENCIES)
def test_latencies_grow_with_the_percentile_and_say_where_they_come_from(name: str) -> None:
    latency = LATENCIES[name]
    assert 0 < latency.p50_ms <= latency.p90_ms <= latency.p99_ms
    assert latency.source.estimate or latency.source.url.startswith("https://")


def test_the_measured_latencies_are_those_of_the_reference(shared_folder: Path) -> None:
    operations = {
        "sqs.to_lambda": "standard queue to Lambda (ESM)",
        "sns.to_lambda": "standard topic to Lambda (async)",
        "dynamodb.stream_to_lambda": "write to Lambda",
        "kinesis.to_lambda": "put to Lambda, shared polling",
        "kinesis.fan_out_to_lambda": "put to Lambda, enhanced fan-out",
        "eventbridge.to_target": "PutEvents to Lambda (async), after Feb 2023",
    }
    with (shared_folder / "facts" / "latencies.csv").open(encoding="utf-8") as file:
        rows = {row["operation"]: row for row in csv.DictReader(file)}
    for name, operation in operations.items():
        row, ours = rows[operation], LATENCIES[name]
        stated = (float(row["p50_ms"]), float(row["p90_ms"]), float(row["p99_ms"]))
        assert (ours.p50_ms, ours.p90_ms, ours.p99_ms) == stated
        assert not ours.source.estimate
