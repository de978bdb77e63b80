"""Least-privilege roles and resource policies, from nothing but what is drawn."""

from __future__ import annotations

from typing import Any

import pytest

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import PermissionSide
from designer.domain.derived.facts import edge_facts, node_facts
from designer.domain.derived.resource_policies import resource_policy
from designer.domain.derived.roles import TRUSTED, role_statements
from designer.domain.derived.statements import policy_to_json, statement_name
from designer.domain.formats.examples import examples, load_example
from designer.domain.graph.model import Design, Edge, Node
from tests.designer.domain.building import design, edge, node


def role(case: Design, node_id: str) -> dict[str, Any]:
    return {s["Sid"]: s for s in statements(policy_to_json(role_statements(case, case.nodes[node_id])))}


def policy(case: Design, node_id: str) -> list[dict[str, Any]]:
    return statements(policy_to_json(resource_policy(case, case.nodes[node_id])))


def statements(document: dict[str, Any]) -> list[dict[str, Any]]:
    assert document["Version"] == "2012-10-17"
    found: list[dict[str, Any]] = document["Statement"]
    assert len({statement["Sid"] for statement in found}) == len(found)
    return found


@pytest.mark.point("LAM-07", "SQS-10")
def test_a_function_may_do_what_its_arrows_say_and_write_its_own_log() -> None:
    case = design(
        node("f", "lambda"),
        node("orders", "dynamodb"),
        node("work", "sqs_standard"),
        node("files", "s3"),
        edge("f", "orders", "lambda.dynamodb.api", action="Query"),
        edge("work", "f", "sqs_standard.lambda.event_source_mapping"),
        edge("f", "files", "lambda.s3.api", action="GetObject"),
    )
    found = role(case, "f")
    assert found["UseOrders"]["Action"] == "dynamodb:Query"
    assert found["UseOrders"]["Resource"] == ["${orders.Arn}", "${orders.Arn}/index/*"]
    assert found["UseWork"]["Action"] == ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
    assert found["UseWork"]["Resource"] == "${work.Arn}"
    assert found["UseFiles"] == {
        "Sid": "UseFiles",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "${files.Arn}/*",
    }
    assert found["WriteLogs"]["Resource"].endswith("log-group:/aws/lambda/${f.Name}:*")
    assert set(found) == {"UseOrders", "UseWork", "UseFiles", "WriteLogs"}


@pytest.mark.point("LAM-07")
def test_tracing_a_vpc_and_a_stream_add_what_they_need() -> None:
    case = design(
        node("f", "lambda", xray_tracing=True, in_vpc=True),
        node("orders", "dynamodb", stream_view_type="NEW_IMAGE"),
        edge("orders", "f", "dynamodb.lambda.event_source_mapping"),
    )
    found = role(case, "f")
    assert found["UseOrders"]["Resource"] == "${orders.StreamArn}"
    assert found["UseOrders"]["Action"] == [
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
    ]
    everywhere = found["WithoutResource"]
    assert everywhere["Resource"] == "*"
    assert {"dynamodb:ListStreams", "ec2:CreateNetworkInterface", "xray:PutTraceSegments"} <= set(everywhere["Action"])


@pytest.mark.point("SQS-09")
def test_a_customer_managed_key_is_used_by_whoever_uses_what_it_encrypts() -> None:
    case = design(
        node("sender", "lambda"),
        node("work", "sqs_standard", encryption="kms_customer_managed"),
        node("reader", "lambda"),
        edge("sender", "work", "lambda.sqs_standard.send_message"),
        edge("work", "reader", "sqs_standard.lambda.event_source_mapping"),
    )
    assert role(case, "sender")["KeyOfWork"]["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    assert role(case, "reader")["KeyOfWork"]["Action"] == "kms:Decrypt"
    assert "KeyOfWork" not in role(design(*[*case.nodes.values()], node("work", "sqs_standard")), "sender")


@pytest.mark.point("LAM-08")
def test_a_function_is_called_by_the_services_that_push_to_it_and_for_their_resource_only() -> None:
    case = design(
        node("uploads", "s3"),
        node("news", "sns_standard"),
        node("api", "api_gateway_rest"),
        node("work", "sqs_standard"),
        node("f", "lambda"),
        edge("uploads", "f", "s3.lambda.event_notification"),
        edge("news", "f", "sns_standard.lambda.subscription"),
        edge("api", "f", "api_gateway_rest.lambda.proxy"),
        edge("work", "f", "sqs_standard.lambda.event_source_mapping"),
    )
    found = {statement["Sid"]: statement for statement in policy(case, "f")}
    assert set(found) == {"CalledByUploads", "CalledByNews", "CalledByApi"}
    assert found["CalledByUploads"]["Principal"] == {"Service": "s3.amazonaws.com"}
    assert found["CalledByUploads"]["Condition"] == {
        "ArnLike": {"aws:SourceArn": "${uploads.Arn}"},
        "StringEquals": {"aws:SourceAccount": "${AWS::AccountId}"},
    }
    assert found["CalledByNews"]["Condition"] == {"ArnLike": {"aws:SourceArn": "${news.Arn}"}}
    assert "${api.ApiId}/*" in found["CalledByApi"]["Condition"]["ArnLike"]["aws:SourceArn"]


@pytest.mark.point("SNS-01", "SQS-10")
def test_a_topic_and_a_queue_let_their_senders_in() -> None:
    case = design(
        node("uploads", "s3"),
        node("placed", "eventbridge_rule"),
        node("news", "sns_standard"),
        node("work", "sqs_standard"),
        edge("uploads", "news", "s3.sns_standard.event_notification"),
        edge("placed", "news", "eventbridge_rule.sns_standard.target"),
        edge("news", "work", "sns_standard.sqs_standard.subscription"),
    )
    callers = {
        statement["Sid"]: (statement["Principal"]["Service"], statement["Action"]) for statement in policy(case, "news")
    }
    assert callers == {
        "CalledByUploads": ("s3.amazonaws.com", "sns:Publish"),
        "CalledByPlaced": ("events.amazonaws.com", "sns:Publish"),
    }
    assert policy(case, "work")[0]["Action"] == "sqs:SendMessage"


def test_an_address_of_a_function_is_open_to_everybody_by_that_address_only() -> None:
    case = design(node("web", "client"), node("f", "lambda"), edge("web", "f", "client.lambda.function_url"))
    (statement,) = policy(case, "f")
    assert statement["Principal"] == "*"
    assert statement["Condition"] == {"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}


@pytest.mark.point("SFN-03")
def test_a_workflows_role_follows_from_its_tasks() -> None:
    case = design(
        node("flow", "step_functions_standard", xray_tracing=True),
        node("check", "lambda"),
        node("orders", "dynamodb"),
        node("child", "step_functions_standard"),
        node("job", "ecs_fargate"),
        edge("flow", "check", "step_functions_standard.lambda.invoke"),
        edge("flow", "orders", "step_functions_standard.dynamodb.action", action="UpdateItem"),
        edge("flow", "child", "step_functions_standard.step_functions_standard.start_execution_job"),
        edge("flow", "job", "step_functions_standard.ecs_fargate.run_task_job"),
    )
    found = role(case, "flow")
    assert (found["UseCheck"]["Action"], found["UseCheck"]["Resource"]) == ("lambda:InvokeFunction", "${check.Arn}")
    assert found["UseOrders"]["Action"] == "dynamodb:UpdateItem"
    allowed = {(str(s["Action"]), str(s["Resource"])) for s in found.values()}
    assert ("states:StartExecution", "${child.Arn}") in allowed
    assert any("states:StopExecution" in actions and "execution:${child.Name}:*" in where for actions, where in allowed)
    assert any("events:PutRule" in actions and "StepFunctionsGetEvents*" in where for actions, where in allowed)
    assert ("ecs:RunTask", "${job.TaskDefinitionArn}") in allowed
    assert ("iam:PassRole", "${job.RoleArn}") in allowed
    assert any("xray:PutTraceSegments" in actions and where == "*" for actions, where in allowed)
    trust = node_facts(case, case.nodes["flow"])["role_trust"]
    assert "states.amazonaws.com" in str(trust)


def test_what_neither_end_holds_is_in_no_policy_of_theirs() -> None:
    case = design(
        node("orders", "dynamodb", point_in_time_recovery=True),
        node("files", "s3"),
        edge("orders", "files", "dynamodb.s3.export"),
    )
    assert role(case, "orders") == {}
    assert edge_facts(case, case.edges["orders-files"])["actions"]


def test_two_labels_that_look_alike_give_two_names() -> None:
    case = design(
        node("f", "lambda"),
        node("a-b", "sqs_standard"),
        node("a b", "sqs_standard"),
        edge("f", "a-b", "lambda.sqs_standard.send_message"),
        edge("f", "a b", "lambda.sqs_standard.send_message"),
    )
    assert {"UseAB", "UseAB2"} <= set(role(case, "f"))
    assert statement_name("Use", "日本") == "Use"
    assert statement_name("日本") == "Statement"


@pytest.mark.parametrize("example_id", [example.id for example in examples()])
def test_every_edge_of_a_starter_that_needs_a_permission_is_in_a_policy(example_id: str) -> None:
    case = load_example(example_id)
    covered = {
        because
        for part in case.nodes.values()
        for statement in (*role_statements(case, part), *resource_policy(case, part))
        for because in statement.because
    }
    for one in case.edges.values():
        row = one.row
        if (
            row is not None
            and row.permission_side is not PermissionSide.NONE
            and not row.permission.startswith(("None", "Optional"))
        ):
            assert one.id in covered, row.id


def test_roles_are_taken_by_services_of_the_catalog() -> None:
    holders = {
        row.source
        for row in connections().values()
        if row.usable and row.permission_side is PermissionSide.SERVICE_ROLE and row.source in services()
    }
    assert {"api_gateway_rest", "s3"} <= holders
    assert all(address.endswith(".amazonaws.com") for address in TRUSTED.values())


def test_a_node_without_arrows_has_no_policies_but_a_function_its_log() -> None:
    alone = node_facts(design(node("q", "sqs_standard")), node("q", "sqs_standard"))
    assert (alone["role_policy"], alone["role_trust"], alone["resource_policy"]) == (None, None, None)
    assert alone["failures"] == []
    function = node("f", "lambda")
    assert list(role(design(function), "f")) == ["WriteLogs"]
    assert node_facts(design(function), function)["role_trust"] is not None


@pytest.mark.point("SQS-12")
def test_large_messages_let_senders_write_and_readers_read_and_delete_objects() -> None:
    queue: dict[str, Value] = {"extended_client": True, "extended_client_bucket": "documents"}
    nodes = {
        "sell": Node("sell", "lambda", "sell"),
        "orders": Node("orders", "sqs_standard", "orders", parameters=queue),
        "work": Node("work", "lambda", "work"),
        "documents": Node("documents", "s3", "documents"),
    }
    rows = connections()
    send, read = rows["lambda.sqs_standard.send_message"], rows["sqs_standard.lambda.event_source_mapping"]
    edges = {
        "send": Edge("send", "sell", "orders", send.id, send.mode, send.flow),
        "read": Edge("read", "orders", "work", read.id, read.mode, read.flow),
    }
    design = Design("Large messages", nodes, edges)
    found = {
        who: sorted(action for s in role_statements(design, nodes[who]) for action in s.actions if action[:3] == "s3:")
        for who in ("sell", "work")
    }
    assert found == {"sell": ["s3:PutObject"], "work": ["s3:DeleteObject", "s3:GetObject"]}
