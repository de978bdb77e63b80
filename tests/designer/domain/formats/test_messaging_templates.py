"""Messaging and two-way APIs from a template."""

from __future__ import annotations

from designer.domain.formats.registry import import_file
from designer.domain.graph.model import Design

TEMPLATE = b"""\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: shop
      AuthenticationType: AWS_LAMBDA
      XrayEnabled: true
      LambdaAuthorizerConfig: {AuthorizerUri: !GetAtt Auth.Arn, AuthorizerResultTtlInSeconds: 60}
  Cache:
    Type: AWS::AppSync::ApiCache
    Properties: {ApiId: !GetAtt Api.ApiId, Ttl: 300, ApiCachingBehavior: PER_RESOLVER_CACHING, Type: SMALL}
  Auth: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13}}
  Price: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Timeout: 900}}
  Items: {Type: AWS::DynamoDB::Table, Properties: {}}
  PriceSource:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Type: AWS_LAMBDA
      Name: p
      LambdaConfig: {LambdaFunctionArn: !GetAtt Price.Arn}
  ItemSource:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Type: AMAZON_DYNAMODB
      Name: i
      DynamoDBConfig: {TableName: !Ref Items, AwsRegion: x}
  Cluster:
    Type: AWS::MSK::Cluster
    Properties:
      NumberOfBrokerNodes: 2
      ClientAuthentication: {Sasl: {Scram: {Enabled: true}}}
  Broker: {Type: AWS::AmazonMQ::Broker, Properties: {EngineType: RabbitMQ, DeploymentMode: CLUSTER_MULTI_AZ}}
  M1:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !Ref Cluster
      FunctionName: !Ref Auth
      StartingPosition: LATEST
      BatchSize: 50
  M2:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Broker.Arn
      FunctionName: !Ref Auth
  Q:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      FifoThroughputLimit: perMessageGroupId
      DeduplicationScope: messageGroup
      RedrivePolicy: {deadLetterTargetArn: !GetAtt D.Arn, maxReceiveCount: 3}
  D: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  T:
    Type: AWS::SNS::Topic
    Properties:
      FifoTopic: true
      ContentBasedDeduplication: true
      Subscription: [{Protocol: sqs, Endpoint: !GetAtt Q.Arn}]
  M3:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Q.Arn
      FunctionName: !Ref Price
  Ws:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ProtocolType: WEBSOCKET
      Name: ws
      RouteSelectionExpression: x
  WsI:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Ws
      IntegrationType: AWS_PROXY
      IntegrationUri: !Sub "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${Price.Arn}/invocations"
"""


def _design() -> Design:
    return import_file("shop.yaml", TEMPLATE).design


def test_fifo_two_way_and_broker_resources_become_nodes_with_their_settings() -> None:
    nodes = _design().nodes
    services = {node.id: node.service for node in nodes.values()}
    assert services == {
        "Api": "appsync",
        "Auth": "lambda",
        "Broker": "mq",
        "Cluster": "msk",
        "D": "sqs_fifo",
        "Items": "dynamodb",
        "Price": "lambda",
        "Q": "sqs_fifo",
        "T": "sns_fifo",
        "Ws": "api_gateway_websocket",
    }
    assert nodes["Api"].parameters["cache_ttl_s"] == 300
    assert nodes["Q"].parameters == {"deduplication_scope": "messageGroup", "throughput_limit": "perMessageGroupId"}
    assert nodes["T"].parameters == {"content_based_deduplication": True}
    assert (nodes["Cluster"].value("brokers"), nodes["Cluster"].value("authentication")) == (2, "sasl_scram")
    assert nodes["Broker"].value("engine") == "RABBITMQ"


def test_what_they_reach_is_drawn_by_the_rows_of_the_table() -> None:
    edges = _design().edges.values()
    assert sorted(edge.connection for edge in edges) == [
        "api_gateway_websocket.lambda.proxy",
        "appsync.dynamodb.action",
        "appsync.lambda.authorizer",
        "appsync.lambda.resolver",
        "mq.lambda.event_source_mapping",
        "msk.lambda.event_source_mapping",
        "sns_fifo.sqs_fifo.subscription",
        "sqs_fifo.lambda.event_source_mapping",
        "sqs_fifo.sqs_fifo.redrive",
    ]
    assert all(edge.row is not None and (edge.row.mode, edge.row.flow) == (edge.mode, edge.flow) for edge in edges)
