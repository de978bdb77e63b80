"""EventBridge Pipes: source, enrichment, target and where failed events go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, items, json_text, mapping, text, whole

_WAITED_FOR: Final = ("api_gateway_rest", "http_endpoint", "lambda", "lambda_alias_version", "step_functions_express")


def _parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    """Node parameters of a pipe: its filter, and how it fetches from the one source that it has."""
    del draft
    properties = resource.properties
    source = mapping(properties.get("SourceParameters"))
    patterns = [at(entry, "Pattern") for entry in items(at(source, "FilterCriteria", "Filters"))]
    fetch = next((mapping(value) for key, value in source.items() if key != "FilterCriteria"), {})
    return {
        "filter_patterns": json_text([pattern for pattern in patterns if isinstance(pattern, str)]),
        "batch_size": whole(fetch.get("BatchSize")),
        "batch_window_s": whole(fetch.get("MaximumBatchingWindowInSeconds")),
        "starting_position": text(fetch.get("StartingPosition")),
        "parallelization_factor": whole(fetch.get("ParallelizationFactor")),
        "maximum_retry_attempts": whole(fetch.get("MaximumRetryAttempts")),
        "maximum_record_age_s": whole(fetch.get("MaximumRecordAgeInSeconds")),
        "bisect_on_error": True if fetch.get("OnPartialBatchItemFailure") == "AUTOMATIC_BISECT" else None,
        "enabled": False if properties.get("DesiredState") == "STOPPED" else None,
    }


def _connect(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    draft.connect(draft.find(properties.get("Source")), resource.id, "pipe_source")
    draft.connect(resource.id, draft.find(properties.get("Enrichment")), "enrichment")
    sent = mapping(properties.get("TargetParameters"))
    target = draft.find(properties.get("Target"))
    given = {
        "message_group_id": text(at(sent, "SqsQueueParameters", "MessageGroupId")),
        "partition_key": text(at(sent, "KinesisStreamParameters", "PartitionKey")),
    }
    draft.connect(resource.id, target, _mechanism(draft, target, sent), given)
    for parameters in mapping(properties.get("SourceParameters")).values():
        draft.connect(resource.id, draft.find(at(parameters, "DeadLetterConfig", "Arn")), "target_dlq")


def _mechanism(draft: Draft, target: str | None, sent: Mapping[str, object]) -> str:
    """Whether the pipe waits for its target: as its parameters say, else by what the target is."""
    kinds = ("LambdaFunctionParameters", "StepFunctionStateMachineParameters")
    if any(at(sent, kind, "InvocationType") == "FIRE_AND_FORGET" for kind in kinds):
        return "pipe_send"
    service = draft.nodes[target].service if target in draft.nodes else ""
    return "pipe_call" if service in _WAITED_FOR else "pipe_send"


NODES = {"AWS::Pipes::Pipe": _parameters}
EDGES = {"AWS::Pipes::Pipe": _connect}
