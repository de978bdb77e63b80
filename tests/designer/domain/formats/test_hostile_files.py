"""Broken and hostile files: one clear message with a place, never another exception, never a long wait."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.domain.formats.registry import MAXIMUM_BYTES, FormatError, import_file

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 14)
)
QUEUE = '{"Type": "AWS::SQS::Queue"}'


def design(**changes: object) -> str:
    return json.dumps({"format": "windtunnel-design", "version": 1, "nodes": [], "edges": [], **changes})


def refusal(content: str | bytes, name: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        import_file(name, content if isinstance(content, bytes) else content.encode())
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.yaml", "a: [1, 2", "in what begins on line 1"),
        ("a.yaml", "Resources:\n  A:\n\tType: x", "line 3, column 1: not YAML"),
        ("a.yaml", BOMB + "Resources: {}", "line 6"),
        ("a.yaml", "Resources: &a\n  A: *a", "line 2, column 6: the alias *a stands for something that contains it"),
        ("a.yaml", "Resources:\n  A: *b", "the alias *b is not defined before"),
        ("a.yaml", f"Resources: {'[' * 400}", "nested"),
        ("a.yaml", f"Resources: {'[' * 100_000}", "nest"),
        ("a.yaml", "Resources:\n  A: !!python/object/apply:os.system [ls]", "line 2, column 6: the tag"),
        ("a.yaml", "Resources:\n  A: !Rfe B", "the tag !Rfe is not one that CloudFormation knows"),
        ("a.yaml", "Resources:\n  A: {}\n  A: {}", "line 3, column 3: the key 'A' is there twice"),
        ("a.yaml", "Resources: {}\n---\nResources: {}", "second YAML document"),
        ("a.yaml", "Resources: {[1]: 2}", "a key must be text"),
        ("a.yaml", "Resources: {A: {<<: 3, Type: AWS::SQS::Queue}}", "'<<' must be given a mapping"),
        ("a.yaml", "- Resources", "must hold a mapping"),
        ("a.yaml", "just text", "must hold a mapping"),
        ("a.yaml", "Parameters: {}", "no Resources section"),
        ("a.yaml", "Resources:", "Resources: is empty"),
        ("a.yaml", "Resources: [1]", "line 1, Resources: must be a mapping"),
        ("a.yaml", "Resources:\n  A: 3", "line 2, Resources.A: must be a mapping with a Type"),
        ("a.yaml", "Resources:\n  A:\n    Properties: {}", "line 2, Resources.A.Type: is missing"),
        ("a.yaml", "Resources:\n  A: {Type: '<b>'}", "not a resource type"),
        ("a.yaml", "Resources:\n  A-B: {Type: AWS::SQS::Queue}", "Resources.A-B: is not a logical id"),
        ("a.yaml", "AWSTemplateFormatVersion: 2030-01-01\nResources: {A: {Type: AWS::SQS::Queue}}", "is '2030-01-01'"),
        ("a.json", f'{{"AWSTemplateFormatVersion": "2011-09-09", "Resources": {{"A": {QUEUE}}}}}', "only version"),
        ("a.json", f'{{"Resources": {{"A": {QUEUE}, "A": {QUEUE}}}}}', "the key 'A' is there twice"),
        ("a.json", '{"Resources": ', "line 1, column 15: not JSON"),
        ("a.json", '{"Resources": NaN}', "holds NaN"),
        ("a.json", '{"a": ' * 300 + "1" + "}" * 300, "nested too deeply"),
        ("a.json", '{"Resources": ' + "[" * 100_000, "nest"),
        ("a.json", "[1, 2]", "mapping"),
        ("a.json", '{"nodes": []}', "format: must be 'windtunnel-design'"),
        ("a.json", design(version=2), "version: is 2, but this program reads version 1"),
        ("a.json", design(nodes=[{"id": "a", "service": "s3"}] * 2), "nodes[1].id: 'a' is there twice"),
        (
            "a.json",
            design(edges=[{"id": "e", "source": "a", "target": "b", "connection": "s3.lambda.event_notification"}]),
            "edges[0].source: there is no node 'a'",
        ),
        ("a.json", design(nodes=[{"id": "a", "service": "s3", "x": 1e9}]), "nodes[0].x: lies too far out"),
        ("a.json", design(nodes={}), "nodes: must be a list"),
        ("a.txt", "hello", "in no known format"),
        ("a.json", "", "is empty"),
        ("a.json", b"\xef\xbb\xbf  \n", "is empty"),
        ("a.yaml", b"Resources:\n  A: \xff\xfe", "line 2: is not text in UTF-8 (byte 17)"),
        ("a.yaml", b"\x7fELF\x02\x01\x01\x00\x00", "not YAML"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "is not text in UTF-8"),
        ("a.yaml", b"Resources: \x00", "line 1: not YAML"),
    ],
)
def test_a_bad_file_is_refused_with_a_message_that_names_the_place(
    name: str, content: str | bytes, message: str
) -> None:
    assert message in str(refusal(content, name))


def test_a_file_of_50_megabytes_is_refused_with_the_limit() -> None:
    assert str(refusal(b"a" * 50_000_000, "a.yaml")) == "is 50.0 MB; the largest file that is read has 5 MB"
    assert MAXIMUM_BYTES == 5_000_000


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "A: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Gone.Arn}}}",
            "Resources.A.Properties.RedrivePolicy.deadLetterTargetArn: refers to 'Gone'",
        ),
        ("A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub 'x-${Gone}'}}", "refers to 'Gone'"),
        ("A: {Type: AWS::SQS::Queue, DependsOn: [Gone]}", "Resources.A.DependsOn: refers to 'Gone'"),
        ("A: {Type: AWS::SQS::Queue, Condition: Gone}", "Resources.A.Condition: there is no condition 'Gone'"),
        ("A: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !If [Gone, 1, 2]}}", "there is no condition 'Gone'"),
        (
            "A: {Type: AWS::SQS::Queue, DependsOn: B}\n  B: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref A}}",
            "in a circle, which CloudFormation refuses: A -> B -> A",
        ),
        ("A: {Type: AWS::SQS::Queue, DependsOn: A}", "A -> A"),
    ],
)
def test_a_dangling_reference_or_a_circle_of_resources_is_refused(body: str, message: str) -> None:
    error = refusal(f"Resources:\n  {body}\n", "a.yaml")
    assert message in str(error)
    assert error.line in (2, 3)


def test_conditions_in_a_circle_are_refused() -> None:
    text = (
        "Conditions: {A: !Not [{Condition: B}], B: !Not [{Condition: A}]}\n"
        "Resources: {Q: {Type: AWS::SQS::Queue, Condition: A}}"
    )
    assert "conditions refer to each other in a circle: A -> B -> A" in str(refusal(text, "a.yaml"))


def test_substitutions_that_explode_are_refused() -> None:
    parameter = "P: {Type: String, Default: '" + "x" * 4000 + "'}"
    names = ", ".join(f"k{number}: !Sub '{'${P}' * 1000}'" for number in range(10))
    text = f"Parameters: {{{parameter}}}\nResources: {{Q: {{Type: AWS::SQS::Queue, Properties: {{{names}}}}}}}"
    assert "million characters" in str(refusal(text, "a.yaml"))


def test_functions_that_feed_each_other_are_a_legal_circle() -> None:
    text = """
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt B.Arn, maxReceiveCount: 2}}}
  B: {Type: AWS::SQS::Queue}
  F: {Type: AWS::Lambda::Function}
  M: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F, EventSourceArn: !GetAtt B.Arn}}
  C:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: {FunctionName: !Ref F, DestinationConfig: {OnSuccess: {Destination: !GetAtt A.Arn}}}
"""
    edges = import_file("a.yaml", text.encode()).design.edges.values()
    assert {(edge.source, edge.target) for edge in edges} == {("A", "B"), ("B", "F"), ("F", "A")}


def test_a_repeated_key_deep_inside_is_noted_because_deployed_templates_have_them() -> None:
    text = "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {DelaySeconds: 1, DelaySeconds: 2}\n"
    imported = import_file("a.yaml", text.encode())
    assert imported.design.nodes["A"].parameters == {"delay_s": 2}
    assert imported.report.notes == ("Line 4: the key 'DelaySeconds' is there twice; the last one counts.",)


@given(st.binary(max_size=400), st.sampled_from(["a.yaml", "a.json", "a", "a.template"]))
@settings(max_examples=300, deadline=None)
def test_random_bytes_raise_nothing_but_a_format_error(content: bytes, name: str) -> None:
    with contextlib.suppress(FormatError):
        import_file(name, content)


@given(st.text(alphabet='{}[]:,"&*!-|>\n #%a1<', max_size=200))
@settings(max_examples=300, deadline=None)
def test_random_markup_raises_nothing_but_a_format_error(text: str) -> None:
    for prefix in ("", "Resources:\n "):
        with contextlib.suppress(FormatError):
            import_file("a.yaml", (prefix + text).encode())


PROPERTY_NAMES = """
    Events Type Properties Queue Stream Bucket Topic Auth Authorizers FunctionArn DefinitionBody paths get Target
    x-amazon-apigateway-integration uri RestApiId Integration Uri Targets Arn EventPattern detail bucket name Policies
    EventInvokeConfig DestinationConfig OnFailure Destination RedrivePolicy deadLetterTargetArn Subscription Endpoint
    NotificationConfiguration QueueConfigurations Filter S3Key Rules Definition States Resource Branches Iterator
    Source ScheduleExpression SqsSubscription FilterPolicy BatchSize Timeout MethodSettings ProvisionedThroughput
    LambdaConfig TopicRulePayload Actions Fn::Sub Fn::Join Fn::Select Fn::Split Fn::If Fn::FindInMap Ref Fn::GetAtt
    Fn::Transform Name Condition"""
PROPERTIES = st.sampled_from(PROPERTY_NAMES.split())
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["A", "B", "A.Arn", "${A}", "SQS", "S3", "Api", "HttpApi", "SNS", "Schedule", "Task", "alias/aws/sqs"]
    )
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PROPERTIES, inner, max_size=4),
    max_leaves=12,
)
TYPE_NAMES = """AWS::Serverless::Function AWS::Serverless::Api AWS::Serverless::HttpApi AWS::Serverless::StateMachine
    AWS::SQS::Queue AWS::SNS::Topic AWS::SNS::Subscription AWS::S3::Bucket AWS::DynamoDB::Table AWS::Events::Rule
    AWS::Lambda::EventSourceMapping AWS::Lambda::Alias AWS::ApiGateway::Method AWS::ApiGatewayV2::Integration
    AWS::Pipes::Pipe AWS::KinesisFirehose::DeliveryStream AWS::IAM::Role AWS::IoT::TopicRule"""
TYPES = st.sampled_from(TYPE_NAMES.split())
RESOURCES = st.fixed_dictionaries({"Type": TYPES, "Properties": st.dictionaries(PROPERTIES, VALUES, max_size=5)})


@given(st.dictionaries(st.sampled_from(["A", "B", "AAlias", "Version"]), RESOURCES, min_size=1, max_size=4))
@settings(max_examples=250, deadline=None)
def test_properties_of_wrong_shapes_raise_nothing_but_a_format_error(resources: dict[str, object]) -> None:
    template = {"Transform": "AWS::Serverless-2016-10-31", "Resources": resources}
    with contextlib.suppress(FormatError):
        imported = import_file("a.json", json.dumps(template).encode())
        for edge in imported.design.edges.values():
            assert {edge.source, edge.target} <= set(imported.design.nodes)
