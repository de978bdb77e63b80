"""Which resource types become nodes, of which service, and which are only settings of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import UNKNOWN_SERVICE

_SETTING_PREFIXES: Final = ("AWS::IAM::", "AWS::CloudFormation::", "Custom::", "AWS::EC2::", "AWS::CodeDeploy::")
_SETTINGS: Final = frozenset(
    {
        "AWS::ApiGateway::Account",
        "AWS::AmazonMQ::Configuration",
        "AWS::AmazonMQ::ConfigurationAssociation",
        "AWS::AppSync::ApiCache",
        "AWS::AppSync::ApiKey",
        "AWS::AppSync::DataSource",
        "AWS::AppSync::DomainName",
        "AWS::AppSync::DomainNameApiAssociation",
        "AWS::AppSync::FunctionConfiguration",
        "AWS::AppSync::GraphQLSchema",
        "AWS::AppSync::Resolver",
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::AutoScaling::LaunchConfiguration",
        "AWS::AutoScaling::LifecycleHook",
        "AWS::AutoScaling::ScalingPolicy",
        "AWS::AutoScaling::ScheduledAction",
        "AWS::ECS::Cluster",
        "AWS::ECS::TaskDefinition",
        "AWS::ElastiCache::ParameterGroup",
        "AWS::ElastiCache::SubnetGroup",
        "AWS::ElasticLoadBalancingV2::ListenerCertificate",
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "AWS::RDS::DBClusterParameterGroup",
        "AWS::RDS::DBParameterGroup",
        "AWS::RDS::DBProxy",
        "AWS::RDS::DBProxyTargetGroup",
        "AWS::RDS::DBSubnetGroup",
        "AWS::ApiGateway::ApiKey",
        "AWS::ApiGateway::Authorizer",
        "AWS::ApiGateway::BasePathMapping",
        "AWS::ApiGateway::ClientCertificate",
        "AWS::ApiGateway::Deployment",
        "AWS::ApiGateway::DocumentationPart",
        "AWS::ApiGateway::DomainName",
        "AWS::ApiGateway::GatewayResponse",
        "AWS::ApiGateway::Method",
        "AWS::ApiGateway::Model",
        "AWS::ApiGateway::RequestValidator",
        "AWS::ApiGateway::Resource",
        "AWS::ApiGateway::Stage",
        "AWS::ApiGateway::UsagePlan",
        "AWS::ApiGateway::UsagePlanKey",
        "AWS::ApiGateway::VpcLink",
        "AWS::ApiGatewayV2::ApiMapping",
        "AWS::ApiGatewayV2::Authorizer",
        "AWS::ApiGatewayV2::Deployment",
        "AWS::ApiGatewayV2::DomainName",
        "AWS::ApiGatewayV2::Integration",
        "AWS::ApiGatewayV2::IntegrationResponse",
        "AWS::ApiGatewayV2::Route",
        "AWS::ApiGatewayV2::Stage",
        "AWS::ApiGatewayV2::VpcLink",
        "AWS::CloudFront::CachePolicy",
        "AWS::CloudFront::CloudFrontOriginAccessIdentity",
        "AWS::CloudFront::OriginAccessControl",
        "AWS::CloudFront::OriginRequestPolicy",
        "AWS::CloudFront::RealtimeLogConfig",
        "AWS::CloudFront::ResponseHeadersPolicy",
        "AWS::CloudFront::VpcOrigin",
        "AWS::CloudWatch::AnomalyDetector",
        "AWS::CloudWatch::Dashboard",
        "AWS::Cognito::IdentityPoolPrincipalTag",
        "AWS::Cognito::IdentityPoolRoleAttachment",
        "AWS::Cognito::LogDeliveryConfiguration",
        "AWS::Cognito::ManagedLoginBranding",
        "AWS::Cognito::UserPoolClient",
        "AWS::Cognito::UserPoolDomain",
        "AWS::Cognito::UserPoolGroup",
        "AWS::Cognito::UserPoolResourceServer",
        "AWS::Cognito::UserPoolUser",
        "AWS::Events::Connection",
        "AWS::Events::EventBusPolicy",
        "AWS::KMS::Alias",
        "AWS::Kinesis::StreamConsumer",
        "AWS::Lambda::Alias",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::LayerVersion",
        "AWS::Lambda::Permission",
        "AWS::Lambda::Url",
        "AWS::Lambda::Version",
        "AWS::Logs::LogGroup",
        "AWS::Logs::LogStream",
        "AWS::Logs::ResourcePolicy",
        "AWS::Logs::SubscriptionFilter",
        "AWS::MSK::BatchScramSecret",
        "AWS::MSK::ClusterPolicy",
        "AWS::MSK::Configuration",
        "AWS::OpenSearchServerless::AccessPolicy",
        "AWS::OpenSearchServerless::SecurityPolicy",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::Subscription",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::SecretsManager::ResourcePolicy",
        "AWS::SecretsManager::RotationSchedule",
        "AWS::SecretsManager::SecretTargetAttachment",
        "AWS::Serverless::Connector",
        "AWS::Serverless::LayerVersion",
        "AWS::WAFv2::IPSet",
        "AWS::WAFv2::LoggingConfiguration",
        "AWS::WAFv2::RegexPatternSet",
        "AWS::WAFv2::RuleGroup",
        "AWS::WAFv2::WebACLAssociation",
    }
)

_DRAWN_NETWORK: Final = frozenset({"AWS::EC2::InternetGateway", "AWS::EC2::NatGateway", "AWS::EC2::VPCEndpoint"})
"""What is drawn of a network; VPCs and subnets become frames."""

DRAWN_WHEN_REACHED: Final = frozenset({"AWS::Logs::LogGroup"})
"""Settings that become nodes when an arrow ends at them."""

NAME_PROPERTIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AWS::DynamoDB::GlobalTable": "TableName",
        "AWS::DynamoDB::Table": "TableName",
        "AWS::Events::EventBus": "Name",
        "AWS::Kinesis::Stream": "Name",
        "AWS::KinesisFirehose::DeliveryStream": "DeliveryStreamName",
        "AWS::Lambda::Function": "FunctionName",
        "AWS::Logs::LogGroup": "LogGroupName",
        "AWS::S3::Bucket": "BucketName",
        "AWS::SNS::Topic": "TopicName",
        "AWS::SQS::Queue": "QueueName",
        "AWS::Serverless::Function": "FunctionName",
        "AWS::Serverless::SimpleTable": "TableName",
        "AWS::Serverless::StateMachine": "Name",
        "AWS::StepFunctions::StateMachine": "StateMachineName",
    }
)
"""The property that gives a resource its physical name."""


def is_setting(resource_type: str) -> bool:
    """Whether resources of the type only configure others and are not drawn."""
    if resource_type in _DRAWN_NETWORK:
        return False
    return resource_type in _SETTINGS or resource_type.startswith(_SETTING_PREFIXES)


@cache
def _by_type() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for service in services().values():
        for resource_type in service.cfn_types:
            found[resource_type] = (*found.get(resource_type, ()), service.id)
    return found


def _queue(properties: Mapping[str, object]) -> str:
    return "sqs_fifo" if _is_true(properties.get("FifoQueue")) else "sqs_standard"


def _topic(properties: Mapping[str, object]) -> str:
    return "sns_fifo" if _is_true(properties.get("FifoTopic")) else "sns_standard"


def _api(properties: Mapping[str, object]) -> str:
    return "api_gateway_websocket" if properties.get("ProtocolType") == "WEBSOCKET" else "api_gateway_http"


def _workflow(properties: Mapping[str, object]) -> str:
    kind = properties.get("StateMachineType", properties.get("Type"))
    return "step_functions_express" if kind == "EXPRESS" else "step_functions_standard"


def _is_true(value: object) -> bool:
    return str(value).lower() == "true"


_VARIANTS: Final[Mapping[str, Callable[[Mapping[str, object]], str]]] = MappingProxyType(
    {
        "AWS::ApiGatewayV2::Api": _api,
        "AWS::SNS::Topic": _topic,
        "AWS::SQS::Queue": _queue,
        "AWS::Serverless::StateMachine": _workflow,
        "AWS::StepFunctions::StateMachine": _workflow,
    }
)
"""Types that are one service or another, by their properties."""


def service_of(resource_type: str, properties: Mapping[str, object]) -> str:
    """Id of the catalog's service for a resource, or ``other``."""
    candidates = _by_type().get(resource_type, ())
    variant = _VARIANTS.get(resource_type)
    if variant is not None:
        wanted = variant(properties)
        return wanted if wanted in candidates else UNKNOWN_SERVICE
    return candidates[0] if candidates else UNKNOWN_SERVICE
