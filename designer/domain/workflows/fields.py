"""Which fields each type of state has, and which query language knows them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from designer.domain.workflows.machine import JSONATA, JSONPATH

BOTH: Final = ""

TYPES: Final = ("Task", "Choice", "Wait", "Parallel", "Map", "Pass", "Succeed", "Fail")
TERMINAL_TYPES: Final = frozenset({"Succeed", "Fail"})
TRANSITION_TYPES: Final = frozenset({"Task", "Wait", "Parallel", "Map", "Pass"})
"""Types that have either ``Next`` or ``End``."""

MACHINE_FIELDS: Final = frozenset({"Comment", "StartAt", "States"})
TOP_FIELDS: Final = MACHINE_FIELDS | {"Version", "TimeoutSeconds", "QueryLanguage"}
PROCESSOR_FIELDS: Final = MACHINE_FIELDS | {"ProcessorConfig"}

_ANY: Final = {"Type": BOTH, "Comment": BOTH, "QueryLanguage": BOTH}
_FLOW: Final = {"InputPath": JSONPATH, "OutputPath": JSONPATH, "Output": JSONATA}
_GOES_ON: Final = {**_ANY, **_FLOW, "Next": BOTH, "End": BOTH, "Assign": BOTH}
_RESULT: Final = {"ResultPath": JSONPATH, "Parameters": JSONPATH}
_GUARDED: Final = {"Retry": BOTH, "Catch": BOTH, "ResultSelector": JSONPATH}

FIELDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "Task": {
            **_GOES_ON,
            **_RESULT,
            **_GUARDED,
            "Resource": BOTH,
            "Arguments": JSONATA,
            "Credentials": BOTH,
            "TimeoutSeconds": BOTH,
            "TimeoutSecondsPath": JSONPATH,
            "HeartbeatSeconds": BOTH,
            "HeartbeatSecondsPath": JSONPATH,
        },
        "Choice": {**_ANY, **_FLOW, "Choices": BOTH, "Default": BOTH, "Assign": BOTH},
        "Wait": {
            **_GOES_ON,
            "Seconds": BOTH,
            "Timestamp": BOTH,
            "SecondsPath": JSONPATH,
            "TimestampPath": JSONPATH,
        },
        "Parallel": {**_GOES_ON, **_RESULT, **_GUARDED, "Branches": BOTH, "Arguments": JSONATA},
        "Map": {
            **_GOES_ON,
            **_RESULT,
            **_GUARDED,
            "ItemProcessor": BOTH,
            "Iterator": BOTH,
            "Items": JSONATA,
            "ItemsPath": JSONPATH,
            "ItemSelector": BOTH,
            "MaxConcurrency": BOTH,
            "MaxConcurrencyPath": JSONPATH,
            "ItemReader": BOTH,
            "ItemBatcher": BOTH,
            "ResultWriter": BOTH,
            "ToleratedFailurePercentage": BOTH,
            "ToleratedFailurePercentagePath": JSONPATH,
            "ToleratedFailureCount": BOTH,
            "ToleratedFailureCountPath": JSONPATH,
            "Label": BOTH,
        },
        "Pass": {**_GOES_ON, **_RESULT, "Result": JSONPATH},
        "Succeed": {**_ANY, **_FLOW},
        "Fail": {
            **_ANY,
            "Error": BOTH,
            "Cause": BOTH,
            "ErrorPath": JSONPATH,
            "CausePath": JSONPATH,
        },
    }
)
"""For each type its fields, and the language that has the field; empty: both have it."""

REQUIRED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"Task": ("Resource",), "Choice": ("Choices",), "Parallel": ("Branches",)}
)

DISTRIBUTED_ONLY: Final = frozenset(
    {
        "ItemReader",
        "ItemBatcher",
        "ResultWriter",
        "ToleratedFailurePercentage",
        "ToleratedFailurePercentagePath",
        "ToleratedFailureCount",
        "ToleratedFailureCountPath",
        "Label",
    }
)

INSTEAD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Parameters": "Arguments",
        "ResultSelector": "Output",
        "ResultPath": "Output or Assign",
        "OutputPath": "Output",
        "InputPath": "Arguments",
        "ItemsPath": "Items",
        "Result": "Output",
        "SecondsPath": "Seconds with an expression",
        "TimestampPath": "Timestamp with an expression",
        "TimeoutSecondsPath": "TimeoutSeconds with an expression",
        "HeartbeatSecondsPath": "HeartbeatSeconds with an expression",
        "MaxConcurrencyPath": "MaxConcurrency with an expression",
        "ErrorPath": "Error with an expression",
        "CausePath": "Cause with an expression",
        "ToleratedFailurePercentagePath": "ToleratedFailurePercentage with an expression",
        "ToleratedFailureCountPath": "ToleratedFailureCount with an expression",
        "Arguments": "Parameters",
        "Output": "ResultSelector, ResultPath or OutputPath",
        "Items": "ItemsPath",
    }
)
"""What the other query language has in place of a field."""

REFERENCE_PATHS: Final = frozenset(
    {
        "ResultPath",
        "ItemsPath",
        "SecondsPath",
        "TimestampPath",
        "TimeoutSecondsPath",
        "HeartbeatSecondsPath",
        "MaxConcurrencyPath",
        "ToleratedFailurePercentagePath",
        "ToleratedFailureCountPath",
    }
)
PATHS: Final = frozenset({"InputPath", "OutputPath"}) | REFERENCE_PATHS
NULLABLE_PATHS: Final = frozenset({"InputPath", "OutputPath", "ResultPath"})
TEMPLATES: Final = frozenset(
    {"Parameters", "ResultSelector", "ItemSelector", "Assign", "Arguments", "Output", "Items", "Credentials"}
)
"""Fields whose values may hold paths (keys that end with ``.$``) or JSONata expressions anywhere inside."""
