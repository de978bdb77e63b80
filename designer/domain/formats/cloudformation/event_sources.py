"""What an event source mapping says, wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.values import at, flag, items, json_text, text, whole

_FAN_OUT_READER = "AWS::Kinesis::StreamConsumer"


def connect_source(draft: Draft, source: str | None, function: str, properties: Mapping[str, object]) -> None:
    """The edges of one event source mapping: source to function, function to where failed batches go."""
    responses = items(properties.get("FunctionResponseTypes"))
    filters = items(at(properties, "FilterCriteria", "Filters"))
    patterns = [at(entry, "Pattern") for entry in filters]
    mechanism = "event_source_mapping"
    consumer = draft.resources.get(source) if source is not None else None
    if consumer is not None and consumer.type == _FAN_OUT_READER:
        source, mechanism = draft.find(consumer.properties.get("StreamARN"), "Stream"), "enhanced_fan_out"
    draft.connect(
        source,
        function,
        mechanism,
        {
            "batch_size": whole(properties.get("BatchSize")),
            "batch_window_s": whole(properties.get("MaximumBatchingWindowInSeconds")),
            "maximum_concurrency": whole(at(properties, "ScalingConfig", "MaximumConcurrency")),
            "minimum_pollers": whole(at(properties, "ProvisionedPollerConfig", "MinimumPollers")),
            "maximum_pollers": whole(at(properties, "ProvisionedPollerConfig", "MaximumPollers")),
            "report_batch_item_failures": "ReportBatchItemFailures" in responses or None,
            "filter_patterns": json_text([pattern for pattern in patterns if isinstance(pattern, str)]),
            "starting_position": text(properties.get("StartingPosition")),
            "parallelization_factor": whole(properties.get("ParallelizationFactor")),
            "maximum_retry_attempts": whole(properties.get("MaximumRetryAttempts")),
            "maximum_record_age_s": whole(properties.get("MaximumRecordAgeInSeconds")),
            "tumbling_window_s": whole(properties.get("TumblingWindowInSeconds")),
            "starting_timestamp": text(properties.get("StartingPositionTimestamp")),
            "bisect_on_error": flag(properties.get("BisectBatchOnFunctionError")) or None,
        },
    )
    failed = draft.find(at(properties, "DestinationConfig", "OnFailure", "Destination"), "Queue", "Topic", "Bucket")
    draft.connect(function, failed, "stream_on_failure")
