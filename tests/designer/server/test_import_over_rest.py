"""Files sent for import: good ones come back as a document, bad ones as one clear error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from designer.server.models import Design
from tests.designer.server.conftest import Team

SignIn = Callable[[User], Client]

TEMPLATE = b"""
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs:
    Type: AWS::SQS::Queue
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Events:
        Job:
          Type: SQS
          Properties: {Queue: !GetAtt Jobs.Arn}
  Odd:
    Type: AWS::Odd::Thing
"""
BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 9)) for letter in range(98, 108)
)


def send(client: Client, content: bytes, name: str = "template.yaml") -> Any:
    return client.post("/api/import/", {"file": SimpleUploadedFile(name, content)})


def test_a_template_comes_back_as_a_document_and_a_report(team: Team, signed_in: SignIn) -> None:
    answer = send(signed_in(team.viewer), TEMPLATE)
    assert answer.status_code == 200
    document, report = answer.json()["document"], answer.json()["report"]
    assert {node["id"] for node in document["nodes"]} == {"Jobs", "Worker", "Odd"}
    (edge,) = document["edges"]
    assert (edge["source"], edge["target"]) == ("Jobs", "Worker")
    assert edge["connection"] == "sqs_standard.lambda.event_source_mapping"
    assert (report["nodes"], report["edges"]) == (3, 1)
    assert report["unknown"] == [{"id": "Odd", "type": "AWS::Odd::Thing"}]
    assert Design.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"\xff\xfe\x00", 400),
        (b"Resources: [unclosed", 400),
        (b'{"Resources": ', 400),
        (b"just words", 400),
        (BOMB, 400),
        (b"[" * 100_000, 400),
        (b"Resources:\n  A:\n    Type: AWS::SQS::Queue\n  " + b"x" * (5 * 1024 * 1024), 413),
    ],
    ids=["empty", "not text", "not YAML", "not JSON", "no template", "YAML bomb", "deep", "too large"],
)
def test_a_bad_file_is_refused_in_plain_words(team: Team, signed_in: SignIn, content: bytes, status: int) -> None:
    answer = send(signed_in(team.editor), content)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["message"]
    assert "Traceback" not in error["message"]


def test_the_place_of_the_fault_is_told(team: Team, signed_in: SignIn) -> None:
    error = send(signed_in(team.editor), b"Resources:\n  A: {Type: AWS::SQS::Queue\n  B: [\n").json()["error"]
    assert "line" in error["path"] + error["message"]


def test_a_request_without_a_file_is_refused(team: Team, signed_in: SignIn) -> None:
    client = signed_in(team.editor)
    assert client.post("/api/import/", {}).json()["error"]["code"] == "no_file"
    assert client.post("/api/import/", {"file": "text"}).status_code == 400
    assert client.post("/api/import/", b"{}", content_type="application/json").status_code == 415


def test_nobody_imports_without_signing_in(team: Team) -> None:
    assert send(Client(), TEMPLATE).status_code == 401


def test_the_greatest_file_fits_into_a_request() -> None:
    assert settings.MAXIMUM_UPLOAD_BYTES < settings.MAXIMUM_BODY_BYTES
