"""The service integrations of Task states: which exist, and how each can be waited for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Pattern(StrEnum):
    """How a task waits."""

    RESPONSE = "response"
    """Until the API has answered."""
    JOB = "job"
    """``.sync``: until the job that it started ends."""
    CALLBACK = "callback"
    """``.waitForTaskToken``: until somebody sends the token back."""


class CallKind(StrEnum):
    """What the Resource of a Task is."""

    OPTIMIZED = "optimized"
    SDK = "sdk"
    FUNCTION = "function"
    """The ARN of a function itself."""
    ACTIVITY = "activity"
    PLACEHOLDER = "placeholder"
    """Something that is substituted when the template is deployed: a function's ARN."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Call:
    """A task's Resource, taken apart. ``suffix`` is what follows the action, e.g. ``.sync:2``."""

    kind: CallKind
    resource: str
    service: str = ""
    action: str = ""
    suffix: str = ""

    @property
    def pattern(self) -> Pattern:
        """How the task waits."""
        if self.suffix.startswith(".sync"):
            return Pattern.JOB
        return Pattern.CALLBACK if self.suffix == ".waitForTaskToken" else Pattern.RESPONSE


_INTEGRATION: Final = re.compile(
    r"arn:[^:]*:states:[^:]*:[^:]*:(?P<sdk>aws-sdk:)?(?P<service>[A-Za-z0-9-]+):(?P<action>[A-Za-z0-9]+)(?P<suffix>\..*)?"
)
_ACTIVITY: Final = re.compile(r"arn:[^:]*:states:[^:]*:[^:]*:activity:[^:]+")
_FUNCTION: Final = re.compile(r"arn:[^:]*:lambda:[^:]*:[^:]*:function:.+")
_PLACEHOLDER: Final = re.compile(r"\$\{[^{}]+\}")
_PSEUDO: Final = re.compile(r"\$\{AWS::[A-Za-z]+\}")


def read_call(resource: object) -> Call:
    """Take a task's Resource apart."""
    if not isinstance(resource, str):
        return Call(CallKind.UNKNOWN, "")
    plain = _PSEUDO.sub("aws", resource)
    if _ACTIVITY.fullmatch(plain):
        return Call(CallKind.ACTIVITY, resource, "activity", plain.rsplit(":", 1)[-1])
    if _FUNCTION.fullmatch(plain):
        return Call(CallKind.FUNCTION, resource, "lambda", "invoke")
    match = _INTEGRATION.fullmatch(plain)
    if match is not None:
        kind = CallKind.SDK if match["sdk"] else CallKind.OPTIMIZED
        return Call(kind, resource, match["service"], match["action"], match["suffix"] or "")
    if _PLACEHOLDER.search(plain):
        return Call(CallKind.PLACEHOLDER, resource, "lambda", "invoke")
    return Call(CallKind.UNKNOWN, resource)


_R: Final = ""
_JOB: Final = frozenset({_R, ".sync"})
_BOTH_JOBS: Final = frozenset({_R, ".sync", ".sync:2"})
_TOKEN: Final = frozenset({_R, ".waitForTaskToken"})
_ONLY: Final = frozenset({_R})

OPTIMIZED: Final[Mapping[str, Mapping[str, frozenset[str]]]] = MappingProxyType(
    {
        "apigateway": {"invoke": _TOKEN},
        "athena": {
            "startQueryExecution": _JOB,
            "stopQueryExecution": _ONLY,
            "getQueryExecution": _ONLY,
            "getQueryResults": _ONLY,
        },
        "batch": {"submitJob": _JOB},
        "bedrock": {"invokeModel": _ONLY, "createModelCustomizationJob": _JOB},
        "codebuild": {
            "startBuild": _JOB,
            "stopBuild": _ONLY,
            "batchDeleteBuilds": _ONLY,
            "batchGetReports": _ONLY,
            "startBuildBatch": _JOB,
            "stopBuildBatch": _ONLY,
            "retryBuildBatch": _JOB,
            "deleteBuildBatch": _ONLY,
        },
        "databrew": {"startJobRun": _JOB},
        "dynamodb": dict.fromkeys(("getItem", "putItem", "updateItem", "deleteItem"), _ONLY),
        "ecs": {"runTask": _JOB | _TOKEN},
        "eks": {
            **dict.fromkeys(
                (
                    "createCluster",
                    "deleteCluster",
                    "createFargateProfile",
                    "deleteFargateProfile",
                    "createNodegroup",
                    "deleteNodegroup",
                    "runJob",
                ),
                _JOB,
            ),
            "call": _ONLY,
        },
        "elasticmapreduce": {
            "createCluster": _JOB,
            "terminateCluster": _JOB,
            "addStep": _JOB,
            "cancelStep": _ONLY,
            "setClusterTerminationProtection": _ONLY,
            "modifyInstanceFleetByName": _ONLY,
            "modifyInstanceGroupByName": _ONLY,
        },
        "emr-containers": {"createVirtualCluster": _ONLY, "deleteVirtualCluster": _JOB, "startJobRun": _JOB},
        "emr-serverless": dict.fromkeys(
            (
                "createApplication",
                "startApplication",
                "stopApplication",
                "deleteApplication",
                "startJobRun",
                "cancelJobRun",
            ),
            _JOB,
        ),
        "events": {"putEvents": _TOKEN},
        "glue": {"startJobRun": _JOB},
        "http": {"invoke": _ONLY},
        "lambda": {"invoke": _TOKEN},
        "mediaconvert": {"createJob": _JOB},
        "sagemaker": {
            "createEndpoint": _ONLY,
            "createEndpointConfig": _ONLY,
            "createHyperParameterTuningJob": _JOB,
            "createLabelingJob": _JOB,
            "createModel": _ONLY,
            "createProcessingJob": _JOB,
            "createTrainingJob": _JOB,
            "createTransformJob": _JOB,
            "updateEndpoint": _ONLY,
        },
        "sns": {"publish": _TOKEN},
        "sqs": {"sendMessage": _TOKEN},
        "states": {"startExecution": _BOTH_JOBS | _TOKEN},
    }
)
"""Services with an integration of their own, their actions, and the suffixes that each action takes."""

SDK_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "events": "eventbridge",
        "stepfunctions": "sfn",
        "states": "sfn",
        "logs": "cloudwatchlogs",
        "cognito-idp": "cognitoidentityprovider",
        "secrets-manager": "secretsmanager",
        "redshift-data": "redshiftdata",
        "rds-data": "rdsdata",
    }
)
"""Names that people write in SDK integrations, and the names that are right."""

ITEM_SOURCES: Final = frozenset({"getObject", "listObjectsV2"})
"""What the ItemReader of a distributed Map can call of S3."""

TARGET_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "lambda": ("FunctionName",),
        "sqs": ("QueueUrl",),
        "sns": ("TopicArn", "TargetArn"),
        "dynamodb": ("TableName",),
        "events": ("EventBusName",),
        "eventbridge": ("EventBusName",),
        "s3": ("Bucket",),
        "apigateway": ("ApiEndpoint",),
        "http": ("ApiEndpoint",),
        "ecs": ("TaskDefinition", "Service", "Cluster"),
        "states": ("StateMachineArn",),
        "sfn": ("StateMachineArn",),
        "kinesis": ("StreamName", "StreamARN", "StreamArn"),
        "firehose": ("DeliveryStreamName",),
        "redshiftdata": ("WorkgroupName", "ClusterIdentifier"),
    }
)
"""The arguments in which a call names what it reaches, the usual one first."""
