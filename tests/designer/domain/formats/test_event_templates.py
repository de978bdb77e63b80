"""Schedules, pipes and IoT rules in templates become nodes with settings, and edges of the connection table."""

from __future__ import annotations

from designer.domain.formats.registry import import_file
from designer.domain.graph.model import Design
from designer.domain.rules.check import check
from designer.domain.rules.rule import Severity

TEMPLATE = b"""
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::SQS::Queue
  Stream:
    Type: AWS::Kinesis::Stream
    Properties: {ShardCount: 1}
  Sorted:
    Type: AWS::SQS::Queue
    Properties: {FifoQueue: true, ContentBasedDeduplication: true}
  Failed:
    Type: AWS::SQS::Queue
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Events:
        Hourly:
          Type: ScheduleV2
          Properties: {ScheduleExpression: rate(1 hour), ScheduleExpressionTimezone: Europe/Zurich}
        Sensors:
          Type: IoTRule
          Properties: {Sql: "SELECT * FROM 'plant/+'", AwsIotSqlVersion: "2016-03-23"}
  LookUp:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.look_up}
  Forward:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/pipe
      Source: !GetAtt Orders.Arn
      SourceParameters:
        FilterCriteria:
          Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]
        SqsQueueParameters: {BatchSize: 5, MaximumBatchingWindowInSeconds: 2}
      Enrichment: !GetAtt LookUp.Arn
      Target: !GetAtt Sorted.Arn
      TargetParameters:
        SqsQueueParameters: {MessageGroupId: $.body.customer}
  Start:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/pipe
      Source: !GetAtt Stream.Arn
      SourceParameters:
        KinesisStreamParameters:
          StartingPosition: TRIM_HORIZON
          MaximumRetryAttempts: 3
          OnPartialBatchItemFailure: AUTOMATIC_BISECT
          DeadLetterConfig: {Arn: !GetAtt Failed.Arn}
      Target: !GetAtt Work.Arn
  Partner:
    Type: AWS::Events::ApiDestination
    Properties:
      ConnectionArn: !Sub arn:aws:events:${AWS::Region}:${AWS::AccountId}:connection/partner/1
      HttpMethod: POST
      InvocationEndpoint: https://partner.example
      InvocationRateLimitPerSecond: 20
  Tell:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [shop.orders]}
      Targets:
        - {Id: partner, Arn: !GetAtt Partner.Arn, RoleArn: !Sub "arn:aws:iam::${AWS::AccountId}:role/tell"}
        - Id: sorted
          Arn: !GetAtt Sorted.Arn
          SqsParameters: {MessageGroupId: $.detail.customer}
"""


def read() -> Design:
    return import_file("template.yaml", TEMPLATE).design


def test_each_edge_has_its_row_and_settings() -> None:
    edges = {(edge.source, edge.target): edge for edge in read().edges.values()}
    found = {pair: edge.connection.split(".")[2] for pair, edge in edges.items()}
    assert found == {
        ("WorkHourly", "Work"): "target",
        ("WorkSensors", "Work"): "target",
        ("Orders", "Forward"): "pipe_source",
        ("Forward", "LookUp"): "enrichment",
        ("Forward", "Sorted"): "pipe_send",
        ("Stream", "Start"): "pipe_source",
        ("Start", "Work"): "pipe_call",
        ("Start", "Failed"): "target_dlq",
        ("Tell", "Partner"): "target",
        ("Tell", "Sorted"): "target",
    }
    assert edges["Forward", "Sorted"].value("message_group_id") == "$.body.customer"
    assert edges["Tell", "Sorted"].value("message_group_id") == "$.detail.customer"
    assert edges["Tell", "Partner"].value("invocation_rate_per_s") == 20


def test_each_node_has_what_the_template_says() -> None:
    nodes = read().nodes
    pipe, stream = nodes["Forward"], nodes["Start"]
    assert (pipe.value("batch_size"), pipe.value("batch_window_s")) == (5, 2)
    assert "order" in str(pipe.value("filter_patterns"))
    assert (stream.value("starting_position"), stream.value("maximum_retry_attempts")) == ("TRIM_HORIZON", 3)
    assert stream.value("bisect_on_error") is True
    assert (nodes["WorkHourly"].value("schedule_expression"), nodes["WorkHourly"].value("time_zone")) == (
        "rate(1 hour)",
        "Europe/Zurich",
    )
    assert nodes["WorkSensors"].value("sql") == "SELECT * FROM 'plant/+'"


def test_a_template_that_works_has_no_error() -> None:
    assert [finding.id for finding in check(read()) if finding.severity is Severity.ERROR] == []
