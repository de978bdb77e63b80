"""What the command tests share: the result of a command, a small design and a small template."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def lines(self) -> list[dict[str, object]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Result]


def _node(identifier: str, service: str, **parameters: object) -> dict[str, object]:
    return {"id": identifier, "service": service, "label": identifier, "x": 0, "y": 0, "parameters": parameters}


def _edge(identifier: str, source: str, target: str, connection: str, **parameters: object) -> dict[str, object]:
    return {"id": identifier, "source": source, "target": target, "connection": connection, "parameters": parameters}


def orders_document() -> dict[str, object]:
    """A client, an API, a function and a table: nothing wrong that is an error."""
    return {
        "format": "windtunnel-design",
        "version": 1,
        "name": "Orders",
        "nodes": [
            _node("users", "client", rate_per_s=20),
            _node("api", "api_gateway_http"),
            _node("orders", "lambda", memory_mb=512, cpu_ms=5, wait_ms=20),
            _node("table", "dynamodb"),
        ],
        "edges": [
            _edge("e1", "users", "api", "client.api_gateway_http.https"),
            _edge("e2", "api", "orders", "api_gateway_http.lambda.proxy"),
            _edge("e3", "orders", "table", "lambda.dynamodb.api", action="PutItem"),
        ],
        "scenarios": [{"id": "short", "name": "Short", "duration_s": 20, "seed": 7}],
    }


TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs:
    Type: AWS::SQS::Queue
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: app.handler
      InlineCode: "def handler(event, context): pass"
      Events:
        FromJobs:
          Type: SQS
          Properties:
            Queue: !GetAtt Jobs.Arn
            BatchSize: 5
  Robot:
    Type: AWS::RoboMaker::Fleet
"""
