"""Streams, Firehose, log groups and alarms in templates."""

from __future__ import annotations

import pytest

from designer.domain.formats.registry import import_file
from designer.domain.graph.model import Design

TEMPLATE = """
Resources:
  Clicks:
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 3
      RetentionPeriodHours: 48
      StreamEncryption: {EncryptionType: KMS, KeyId: alias/aws/kinesis}
  Reader:
    Type: AWS::Kinesis::StreamConsumer
    Properties: {ConsumerName: reader, StreamARN: !GetAtt Clicks.Arn}
  Function:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: app.handler, Role: r, Code: {ZipFile: x}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Function
      EventSourceArn: !Ref Reader
      StartingPosition: TRIM_HORIZON
      TumblingWindowInSeconds: 60
  Archive:
    Type: AWS::S3::Bucket
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties: {VPCOptions: {SubnetIds: [subnet-1]}}
  Delivery:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamType: KinesisStreamAsSource
      KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Clicks.Arn, RoleARN: r}
      AmazonopensearchserviceDestinationConfiguration:
        DomainARN: !GetAtt Search.Arn
        BufferingHints: {IntervalInSeconds: 60, SizeInMBs: 10}
        S3BackupMode: AllDocuments
        S3Configuration: {BucketARN: !GetAtt Archive.Arn, RoleARN: r}
        ProcessingConfiguration:
          Enabled: true
          Processors:
            - Type: Lambda
              Parameters:
                - {ParameterName: LambdaArn, ParameterValue: !GetAtt Function.Arn}
                - {ParameterName: BufferIntervalInSeconds, ParameterValue: "30"}
                - {ParameterName: BufferSizeInMBs, ParameterValue: "0.5"}
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 14}
  Subscription:
    Type: AWS::Logs::SubscriptionFilter
    Properties: {LogGroupName: !Ref Log, DestinationArn: !GetAtt Function.Arn, FilterPattern: ERROR}
  OnCall:
    Type: AWS::SNS::Topic
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Statistic: Sum
      Period: 120
      EvaluationPeriods: 2
      Threshold: 5
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!Ref OnCall]
"""


@pytest.fixture(scope="module")
def design() -> Design:
    return import_file("template.yaml", TEMPLATE.encode()).design


@pytest.mark.parametrize(
    ("node", "parameter", "value"),
    [
        ("Clicks", "shard_count", 3),
        ("Clicks", "retention_h", 48),
        ("Clicks", "encryption", "kms_aws_managed"),
        ("Delivery", "source_type", "KinesisStreamAsSource"),
        ("Delivery", "buffer_interval_s", 60),
        ("Delivery", "buffer_size_mb", 10),
        ("Delivery", "backup_mode", "all"),
        ("Search", "in_vpc", True),
        ("Log", "retention_days", 14),
        ("Alarm", "period_s", 120),
        ("Alarm", "comparison", "GreaterThanThreshold"),
        ("Alarm", "threshold", 5),
    ],
)
def test_settings_are_read(design: Design, node: str, parameter: str, value: object) -> None:
    assert design.nodes[node].value(parameter) == value


def test_connections_are_read_with_their_meaning(design: Design) -> None:
    assert {(edge.source, edge.target, edge.connection) for edge in design.edges.values()} == {
        ("Clicks", "Function", "kinesis_stream.lambda.enhanced_fan_out"),
        ("Clicks", "Delivery", "kinesis_stream.firehose.source"),
        ("Delivery", "Search", "firehose.opensearch.delivery"),
        ("Delivery", "Archive", "firehose.s3.backup"),
        ("Delivery", "Function", "firehose.lambda.transform"),
        ("Log", "Function", "cloudwatch_logs.lambda.subscription"),
        ("Alarm", "OnCall", "cloudwatch_alarm.sns_standard.action"),
    }
    mapping = next(edge for edge in design.edges.values() if edge.connection.endswith("enhanced_fan_out"))
    assert mapping.value("starting_position") == "TRIM_HORIZON"
    assert mapping.value("tumbling_window_s") == 60
    transform = next(edge for edge in design.edges.values() if edge.connection.endswith("transform"))
    assert (transform.value("transform_buffer_mb"), transform.value("transform_interval_s")) == (0.5, 30)
