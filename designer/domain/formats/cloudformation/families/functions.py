"""Functions: their settings, destinations and dead-letter queues."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.function_events import connect_events
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, items, mapping, text, whole


def _parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    architectures = items(properties.get("Architectures"))
    traced = properties.get("Tracing") or at(properties, "TracingConfig", "Mode")
    package = properties.get("PackageType")
    return {
        "runtime": text(properties.get("Runtime")) or ("image" if package == "Image" else None),
        "architecture": text(architectures[0]) if architectures else None,
        "package_type": package.lower() if isinstance(package, str) else None,
        "memory_mb": whole(properties.get("MemorySize")),
        "timeout_s": whole(properties.get("Timeout")),
        "ephemeral_storage_mb": whole(at(properties, "EphemeralStorage", "Size")),
        "reserved_concurrency": whole(properties.get("ReservedConcurrentExecutions")),
        "provisioned_concurrency": _provisioned(properties),
        "xray_tracing": True if traced == "Active" else None,
        "in_vpc": True if items(at(properties, "VpcConfig", "SubnetIds")) else None,
        "snap_start": True if at(properties, "SnapStart", "ApplyOn") == "PublishedVersions" else None,
        **_invoke_parameters(mapping(properties.get("EventInvokeConfig"))),
    }


def _provisioned(properties: Mapping[str, object]) -> int | None:
    return whole(at(properties, "ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions"))


def _invoke_parameters(configuration: Mapping[str, object]) -> dict[str, Value]:
    return {
        "async_retries": whole(configuration.get("MaximumRetryAttempts")),
        "async_maximum_event_age_s": whole(configuration.get("MaximumEventAgeInSeconds")),
    }


def _connect(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    letters = properties.get("DeadLetterQueue") or properties.get("DeadLetterConfig")
    draft.connect(resource.id, draft.find(at(letters, "TargetArn"), "Queue", "Topic"), "dead_letter")
    _connect_destinations(draft, resource.id, mapping(properties.get("EventInvokeConfig")))
    if resource.type == "AWS::Serverless::Function":
        connect_events(resource, draft)
    if "FunctionUrlConfig" in properties:
        draft.notes.append(f"{resource.id} has a function URL: draw a client to it to send it traffic.")


def _connect_destinations(draft: Draft, function: str, configuration: Mapping[str, object]) -> None:
    for key, mechanism in (("OnSuccess", "on_success"), ("OnFailure", "on_failure")):
        entry = mapping(at(configuration, "DestinationConfig", key))
        target = draft.find(entry.get("Destination"), "Function", "Queue", "Topic", "EventBus", "Bucket")
        if target is None and entry.get("Type") in ("SQS", "SNS") and "Destination" not in entry:
            kind = "Queue" if entry["Type"] == "SQS" else "Topic"
            target = draft.add_implied(
                f"{function}EventInvokeConfig{key}{kind}", f"AWS::{entry['Type']}::{kind}", {}, {}
            )
        draft.connect(function, target, mechanism)


def _connect_invoke_config(resource: Resource, draft: Draft) -> None:
    function = draft.find(resource.properties.get("FunctionName"), "Function")
    if function is not None:
        draft.set_parameters(function, **_invoke_parameters(resource.properties))
        _connect_destinations(draft, function, resource.properties)


def _read_published(resource: Resource, draft: Draft) -> None:
    function = draft.find(resource.properties.get("FunctionName"), "Function")
    if function is not None:
        draft.set_parameters(function, provisioned_concurrency=_provisioned(resource.properties))


def _connect_url(resource: Resource, draft: Draft) -> None:
    function = draft.find(resource.properties.get("TargetFunctionArn"), "Function")
    if function is not None:
        draft.notes.append(f"{function} has a function URL ({resource.id}): draw a client to it to send it traffic.")


NODES = {"AWS::Lambda::Function": _parameters, "AWS::Serverless::Function": _parameters}
EDGES = {
    "AWS::Lambda::Alias": _read_published,
    "AWS::Lambda::EventInvokeConfig": _connect_invoke_config,
    "AWS::Lambda::Function": _connect,
    "AWS::Lambda::Url": _connect_url,
    "AWS::Lambda::Version": _read_published,
    "AWS::Serverless::Function": _connect,
}
