"""Every kind of mistake in a definition is found where it stands, and what is right is left alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from designer.domain.workflows.analysis import analyse
from designer.domain.workflows.problem import Level

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:work"
END = {"Type": "Succeed"}


def machine(**states: Any) -> dict[str, Any]:
    """A machine that begins with the first state."""
    return {"StartAt": next(iter(states)), "States": states}


def task(resource: str = FUNCTION, **fields: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": resource, "End": True, **fields}


def jsonata(**states: Any) -> dict[str, Any]:
    return {"QueryLanguage": "JSONata", **machine(**states)}


def choice(*rules: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return machine(A={"Type": "Choice", "Choices": list(rules), "Default": "B", **fields}, B=END)


def inline_map(**fields: Any) -> dict[str, Any]:
    return machine(M={"Type": "Map", "ItemProcessor": machine(I=task()), "End": True, **fields})


def distributed(execution_type: str = "EXPRESS", inner: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    processor = {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": execution_type},
        **machine(I=inner or task()),
    }
    return machine(M={"Type": "Map", "ItemProcessor": processor, "End": True, **fields})


def codes(definition: object, *, express: bool = False) -> list[tuple[str, str]]:
    text = definition if isinstance(definition, str) else json.dumps(definition, indent=2)
    return [(p.code, p.place) for p in analyse(text, express=express).problems]


SQS = "arn:aws:states:::sqs:sendMessage"
WRONG: list[tuple[str, object, str, str]] = [
    ("no states", {"StartAt": "A"}, "no_states", ""),
    ("a list", [], "not_an_object", ""),
    ("empty states", {"StartAt": "A", "States": {}}, "no_states", "States"),
    ("no start", {"States": {"A": END}}, "no_start", ""),
    ("unknown start", {"StartAt": "B", "States": {"A": END}}, "unknown_state", "StartAt"),
    ("unknown next", machine(A={"Type": "Pass", "Next": "C"}), "unknown_state", "States.A.Next"),
    ("unreachable", machine(A=END, B=END), "unreachable_state", "States.B"),
    ("endless", machine(A={"Type": "Pass", "Next": "B"}, B={"Type": "Pass", "Next": "A"}), "no_end", "States"),
    ("no next", machine(A={"Type": "Pass"}), "no_next", "States.A"),
    ("next and end", machine(A={"Type": "Pass", "Next": "B", "End": True}, B=END), "next_and_end", "States.A.End"),
    ("no type", machine(A={"End": True}), "bad_type", "States.A.Type"),
    ("wrong type", machine(A={"Type": "Lambda", "End": True}), "bad_type", "States.A.Type"),
    ("a state that is text", {"StartAt": "A", "States": {"A": "x"}}, "not_an_object", "States.A"),
    ("unknown field", machine(A=task(Timeout=3)), "unknown_field", "States.A.Timeout"),
    ("top-level field", {**machine(A=END), "Outputs": {}}, "unknown_field", "Outputs"),
    (
        "field of another type",
        machine(A={"Type": "Pass", "End": True, "Resource": "x"}),
        "unknown_field",
        "States.A.Resource",
    ),
    ("next on succeed", machine(A={"Type": "Succeed", "Next": "A"}), "unknown_field", "States.A.Next"),
    (
        "next on choice",
        choice({"Variable": "$.a", "IsNull": True, "Next": "B"}, Next="B"),
        "unknown_field",
        "States.A.Next",
    ),
    ("long name", machine(**{"x" * 81: END}), "long_name", f"States.{'x' * 81}"),
    ("bad version", {**machine(A=END), "Version": "2"}, "bad_version", "Version"),
    ("bad timeout", {**machine(A=END), "TimeoutSeconds": "5"}, "out_of_range", "TimeoutSeconds"),
    (
        "name twice",
        machine(A={"Type": "Parallel", "End": True, "Branches": [machine(A=END), machine(B=END)]}),
        "name_twice",
        "States.A.Branches[0].States.A",
    ),
    ("no resource", machine(A={"Type": "Task", "End": True}), "field_missing", "States.A"),
    ("resource without meaning", machine(A=task("work")), "bad_resource", "States.A.Resource"),
    (
        "unknown integration",
        machine(A=task("arn:aws:states:::kinesis:putRecord")),
        "unknown_integration",
        "States.A.Resource",
    ),
    (
        "unknown action",
        machine(A=task("arn:aws:states:::dynamodb:query", Parameters={"TableName": "t"})),
        "unknown_action",
        "States.A.Resource",
    ),
    (
        "no job of it",
        machine(A=task(f"{SQS}.sync", Parameters={"QueueUrl": "q"})),
        "unknown_pattern",
        "States.A.Resource",
    ),
    (
        "job of the sdk",
        machine(A=task("arn:aws:states:::aws-sdk:glue:startJobRun.sync")),
        "unknown_pattern",
        "States.A.Resource",
    ),
    (
        "wrong sdk name",
        machine(A=task("arn:aws:states:::aws-sdk:stepfunctions:startExecution")),
        "wrong_sdk_name",
        "States.A.Resource",
    ),
    ("capital action", machine(A=task("arn:aws:states:::aws-sdk:s3:GetObject")), "capital_action", "States.A.Resource"),
    ("no target", machine(A=task(SQS, Parameters={"MessageBody": "x"})), "target_not_named", "States.A.Parameters"),
    (
        "no token",
        machine(A=task(f"{SQS}.waitForTaskToken", TimeoutSeconds=9, Parameters={"QueueUrl": "q"})),
        "token_not_passed",
        "States.A.Parameters",
    ),
    (
        "endless callback",
        machine(
            A=task(f"{SQS}.waitForTaskToken", Parameters={"QueueUrl": "q", "MessageBody": {"T.$": "$$.Task.Token"}})
        ),
        "endless_wait",
        "States.A",
    ),
    (
        "endless activity",
        machine(A=task("arn:aws:states:us-east-1:123456789012:activity:a")),
        "endless_wait",
        "States.A",
    ),
    (
        "http without url",
        machine(
            A=task(
                "arn:aws:states:::http:invoke", Parameters={"Method": "GET", "Authentication": {"ConnectionArn": "c"}}
            )
        ),
        "http_field_missing",
        "States.A.Parameters",
    ),
    (
        "http without connection",
        machine(A=task("arn:aws:states:::http:invoke", Parameters={"Method": "GET", "ApiEndpoint": "https://a.b"})),
        "http_without_connection",
        "States.A.Parameters",
    ),
    (
        "http too long",
        machine(
            A=task(
                "arn:aws:states:::http:invoke",
                TimeoutSeconds=90,
                Parameters={"Method": "GET", "ApiEndpoint": "https://a.b", "Authentication": {"ConnectionArn": "c"}},
            )
        ),
        "http_timeout_too_long",
        "States.A.TimeoutSeconds",
    ),
    (
        "heartbeat",
        machine(A=task(TimeoutSeconds=5, HeartbeatSeconds=5)),
        "heartbeat_not_below_timeout",
        "States.A.HeartbeatSeconds",
    ),
    ("timeout of zero", machine(A=task(TimeoutSeconds=0)), "out_of_range", "States.A.TimeoutSeconds"),
    ("retry is no list", machine(A=task(Retry={"ErrorEquals": ["States.ALL"]})), "not_a_list", "States.A.Retry"),
    (
        "retry of nothing",
        machine(A=task(Retry=[{"ErrorEquals": []}])),
        "no_errors_named",
        "States.A.Retry[0].ErrorEquals",
    ),
    (
        "all with others",
        machine(A=task(Retry=[{"ErrorEquals": ["States.ALL", "x"]}])),
        "all_not_alone",
        "States.A.Retry[0].ErrorEquals",
    ),
    (
        "all first",
        machine(A=task(Retry=[{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["x"]}])),
        "all_not_last",
        "States.A.Retry[0].ErrorEquals",
    ),
    (
        "unknown error",
        machine(A=task(Retry=[{"ErrorEquals": ["States.Oops"]}])),
        "unknown_error_name",
        "States.A.Retry[0].ErrorEquals[0]",
    ),
    (
        "terminal error",
        machine(A=task(Retry=[{"ErrorEquals": ["States.DataLimitExceeded"]}])),
        "terminal_error",
        "States.A.Retry[0].ErrorEquals[0]",
    ),
    (
        "error twice",
        machine(A=task(Retry=[{"ErrorEquals": ["x"]}, {"ErrorEquals": ["x"]}])),
        "error_named_twice",
        "States.A.Retry[1].ErrorEquals",
    ),
    (
        "interval",
        machine(A=task(Retry=[{"ErrorEquals": ["x"], "IntervalSeconds": 0}])),
        "out_of_range",
        "States.A.Retry[0].IntervalSeconds",
    ),
    (
        "attempts",
        machine(A=task(Retry=[{"ErrorEquals": ["x"], "MaxAttempts": 1.5}])),
        "out_of_range",
        "States.A.Retry[0].MaxAttempts",
    ),
    (
        "backoff",
        machine(A=task(Retry=[{"ErrorEquals": ["x"], "BackoffRate": 0.5}])),
        "bad_backoff",
        "States.A.Retry[0].BackoffRate",
    ),
    (
        "jitter",
        machine(A=task(Retry=[{"ErrorEquals": ["x"], "JitterStrategy": "SOME"}])),
        "bad_jitter",
        "States.A.Retry[0].JitterStrategy",
    ),
    (
        "delay",
        machine(A=task(Retry=[{"ErrorEquals": ["x"], "IntervalSeconds": 9, "MaxDelaySeconds": 5}])),
        "delay_below_interval",
        "States.A.Retry[0].MaxDelaySeconds",
    ),
    (
        "retry field",
        machine(A=task(Retry=[{"ErrorEquals": ["x"], "Next": "B"}])),
        "unknown_field",
        "States.A.Retry[0].Next",
    ),
    ("catch to nowhere", machine(A=task(Catch=[{"ErrorEquals": ["x"]}])), "catch_without_next", "States.A.Catch[0]"),
    (
        "catch to an unknown state",
        machine(A=task(Catch=[{"ErrorEquals": ["x"], "Next": "C"}])),
        "unknown_state",
        "States.A.Catch[0].Next",
    ),
    (
        "catch path",
        machine(A=task(Catch=[{"ErrorEquals": ["x"], "Next": "A", "ResultPath": "error"}])),
        "bad_path",
        "States.A.Catch[0].ResultPath",
    ),
    (
        "catch output in jsonpath",
        machine(A=task(Catch=[{"ErrorEquals": ["x"], "Next": "A", "Output": {}}])),
        "unknown_field",
        "States.A.Catch[0].Output",
    ),
    ("no rules", choice(), "no_choices", "States.A.Choices"),
    ("rule without next", choice({"Variable": "$.a", "IsNull": True}), "choice_without_next", "States.A.Choices[0]"),
    ("no comparison", choice({"Variable": "$.a", "Next": "B"}), "no_comparison", "States.A.Choices[0]"),
    (
        "unknown comparison",
        choice({"Variable": "$.a", "StringEqual": "x", "Next": "B"}),
        "unknown_operator",
        "States.A.Choices[0].StringEqual",
    ),
    (
        "two comparisons",
        choice({"Variable": "$.a", "IsNull": True, "IsPresent": True, "Next": "B"}),
        "two_comparisons",
        "States.A.Choices[0]",
    ),
    ("no variable", choice({"IsNull": True, "Next": "B"}), "no_variable", "States.A.Choices[0]"),
    (
        "variable is no path",
        choice({"Variable": "a", "IsNull": True, "Next": "B"}),
        "bad_path",
        "States.A.Choices[0].Variable",
    ),
    (
        "text as number",
        choice({"Variable": "$.a", "NumericEquals": "1", "Next": "B"}),
        "wrong_operand",
        "States.A.Choices[0].NumericEquals",
    ),
    (
        "number as text",
        choice({"Variable": "$.a", "StringEquals": 1, "Next": "B"}),
        "wrong_operand",
        "States.A.Choices[0].StringEquals",
    ),
    (
        "no time",
        choice({"Variable": "$.a", "TimestampEquals": "today", "Next": "B"}),
        "wrong_operand",
        "States.A.Choices[0].TimestampEquals",
    ),
    (
        "inner next",
        choice({"Not": {"Variable": "$.a", "IsNull": True, "Next": "B"}, "Next": "B"}),
        "inner_next",
        "States.A.Choices[0].Not.Next",
    ),
    (
        "and of one",
        choice({"And": {"Variable": "$.a", "IsNull": True}, "Next": "B"}),
        "not_a_list",
        "States.A.Choices[0].And",
    ),
    (
        "no default",
        machine(A={"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": True, "Next": "B"}]}, B=END),
        "choice_without_default",
        "States.A",
    ),
    (
        "condition in jsonpath",
        choice({"Condition": "{% true %}", "Next": "B"}),
        "field_of_other_language",
        "States.A.Choices[0].Condition",
    ),
    ("wait without time", machine(A={"Type": "Wait", "End": True}), "wait_time", "States.A"),
    (
        "wait twice",
        machine(A={"Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "End": True}),
        "wait_time",
        "States.A",
    ),
    ("wait below zero", machine(A={"Type": "Wait", "Seconds": -1, "End": True}), "out_of_range", "States.A.Seconds"),
    (
        "wait until",
        machine(A={"Type": "Wait", "Timestamp": "tomorrow", "End": True}),
        "bad_timestamp",
        "States.A.Timestamp",
    ),
    ("no branch", machine(A={"Type": "Parallel", "Branches": [], "End": True}), "no_branches", "States.A.Branches"),
    (
        "an empty branch",
        machine(A={"Type": "Parallel", "Branches": [{}], "End": True}),
        "no_states",
        "States.A.Branches[0]",
    ),
    (
        "out of a branch",
        machine(A={"Type": "Parallel", "Branches": [machine(I={"Type": "Pass", "Next": "B"})], "Next": "B"}, B=END),
        "unknown_state",
        "States.A.Branches[0].States.I.Next",
    ),
    ("no processor", machine(A={"Type": "Map", "End": True}), "no_processor", "States.A"),
    (
        "old processor",
        machine(A={"Type": "Map", "Iterator": machine(I=END), "End": True}),
        "old_iterator",
        "States.A.Iterator",
    ),
    ("inline with reader", inline_map(ItemReader={}), "distributed_field", "States.M.ItemReader"),
    ("inline beyond 40", inline_map(MaxConcurrency=41), "concurrency_beyond_limit", "States.M.MaxConcurrency"),
    ("negative concurrency", inline_map(MaxConcurrency=-1), "out_of_range", "States.M.MaxConcurrency"),
    (
        "reader of dynamodb",
        distributed(ItemReader={"Resource": "arn:aws:states:::dynamodb:scan"}),
        "bad_item_reader",
        "States.M.ItemReader",
    ),
    ("writer of sqs", distributed(ResultWriter={"Resource": SQS}), "bad_result_writer", "States.M.ResultWriter"),
    ("no execution type", distributed(""), "no_execution_type", "States.M.ItemProcessor.ProcessorConfig"),
    ("long label", distributed(Label="x" * 41), "bad_label", "States.M.Label"),
    (
        "tolerates too much",
        distributed(ToleratedFailurePercentage=101),
        "out_of_range",
        "States.M.ToleratedFailurePercentage",
    ),
    (
        "job in an express child",
        distributed(inner=task("arn:aws:states:::ecs:runTask.sync", Parameters={"TaskDefinition": "t"})),
        "job_in_express",
        "States.M.ItemProcessor.States.I.Resource",
    ),
    ("two causes", machine(A={"Type": "Fail", "Cause": "x", "CausePath": "$.x"}), "two_ways", "States.A"),
    ("bad input path", machine(A={"Type": "Pass", "InputPath": "a", "End": True}), "bad_path", "States.A.InputPath"),
    ("result path with star", machine(A=task(ResultPath="$.a[*]")), "bad_path", "States.A.ResultPath"),
    ("result into context", machine(A=task(ResultPath="$$.a")), "result_into_context", "States.A.ResultPath"),
    ("dynamic key", machine(A=task(Parameters={"a.$": "b"})), "bad_path", "States.A.Parameters['a.$']"),
    (
        "dynamic number",
        machine(A=task(Parameters={"a.$": 1})),
        "dynamic_key_without_path",
        "States.A.Parameters['a.$']",
    ),
    (
        "unknown function",
        machine(A=task(Parameters={"a.$": "States.Upper($.a)"})),
        "bad_path",
        "States.A.Parameters['a.$']",
    ),
    (
        "function arguments",
        machine(A=task(Parameters={"a.$": "States.ArrayLength()"})),
        "bad_path",
        "States.A.Parameters['a.$']",
    ),
    ("arguments in jsonpath", machine(A=task(Arguments={})), "field_of_other_language", "States.A.Arguments"),
    (
        "jsonata in jsonpath",
        machine(A=task(Parameters={"a": "{% $x %}"})),
        "jsonata_in_jsonpath",
        "States.A.Parameters.a",
    ),
    ("parameters in jsonata", jsonata(A=task(Parameters={})), "field_of_other_language", "States.A.Parameters"),
    ("result path in jsonata", jsonata(A=task(ResultPath="$")), "field_of_other_language", "States.A.ResultPath"),
    (
        "dynamic key in jsonata",
        jsonata(A=task(Arguments={"a.$": "$.a"})),
        "path_key_in_jsonata",
        "States.A.Arguments['a.$']",
    ),
    ("path in jsonata", jsonata(A=task(Arguments={"a": "$.a"})), "path_in_jsonata", "States.A.Arguments.a"),
    ("unbalanced", jsonata(A=task(Arguments={"a": "{% $x "})), "unbalanced_expression", "States.A.Arguments.a"),
    ("bad expression", jsonata(A=task(Arguments={"a": "{% $sum( %}"})), "bad_expression", "States.A.Arguments.a"),
    ("eval", jsonata(A=task(Arguments={"a": "{% $eval('1') %}"})), "eval_not_there", "States.A.Arguments.a"),
    (
        "no condition",
        jsonata(A={"Type": "Choice", "Choices": [{"Next": "B"}], "Default": "B"}, B=END),
        "choice_without_condition",
        "States.A.Choices[0]",
    ),
    (
        "variable in jsonata",
        jsonata(
            A={
                "Type": "Choice",
                "Choices": [{"Variable": "$.a", "Condition": "{% true %}", "Next": "B"}],
                "Default": "B",
            },
            B=END,
        ),
        "field_of_other_language",
        "States.A.Choices[0].Variable",
    ),
    (
        "plain condition",
        jsonata(A={"Type": "Choice", "Choices": [{"Condition": "true", "Next": "B"}], "Default": "B"}, B=END),
        "condition_is_text",
        "States.A.Choices[0].Condition",
    ),
    ("unknown language", {"QueryLanguage": "SQL", **machine(A=END)}, "bad_language", "QueryLanguage"),
    (
        "back to jsonpath",
        jsonata(A={"Type": "Succeed", "QueryLanguage": "JSONPath"}),
        "back_to_jsonpath",
        "States.A.QueryLanguage",
    ),
]


@pytest.mark.point("SFN-04")
@pytest.mark.parametrize(("definition", "code", "place"), [pytest.param(*case[1:], id=case[0]) for case in WRONG])
def test_a_mistake_is_found_where_it_stands(definition: object, code: str, place: str) -> None:
    assert (code, place) in codes(definition)


@pytest.mark.point("SFN-01")
@pytest.mark.parametrize(
    ("definition", "code"),
    [
        (machine(A=task("arn:aws:states:::ecs:runTask.sync", Parameters={"TaskDefinition": "t"})), "job_in_express"),
        (
            machine(
                A=task(f"{SQS}.waitForTaskToken", Parameters={"QueueUrl": "q", "MessageBody": {"t.$": "$$.Task.Token"}})
            ),
            "callback_in_express",
        ),
        (machine(A=task("arn:aws:states:us-east-1:123456789012:activity:a")), "activity_in_express"),
        (distributed(), "distributed_in_express"),
        (machine(A={"Type": "Wait", "Seconds": 300, "End": True}), "wait_too_long"),
    ],
)
def test_what_only_standard_workflows_do_is_an_error_in_an_express_one(definition: object, code: str) -> None:
    text = json.dumps(definition)
    assert code in [problem.code for problem in analyse(text, express=True).errors]
    assert analyse(text).errors == ()


RIGHT: list[tuple[str, object]] = [
    (
        "every type",
        machine(
            Begin={"Type": "Pass", "Result": {"a": 1}, "ResultPath": "$.x", "Next": "Ask"},
            Ask={
                "Type": "Choice",
                "Choices": [
                    {
                        "And": [
                            {"Variable": "$.x.a", "NumericGreaterThan": 3},
                            {"Not": {"Variable": "$.y", "IsPresent": True}},
                        ],
                        "Next": "Both",
                    },
                    {"Variable": "$.t", "TimestampLessThanPath": "$.u", "Next": "Later", "Comment": "in time"},
                ],
                "Default": "Each",
            },
            Both={"Type": "Parallel", "Branches": [machine(L=task()), machine(R=task())], "Next": "Later"},
            Each={
                "Type": "Map",
                "ItemsPath": "$.items",
                "MaxConcurrency": 5,
                "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, **machine(I=task())},
                "Next": "Later",
            },
            Later={"Type": "Wait", "TimestampPath": "$.t", "Next": "Work"},
            Work={
                "Type": "Task",
                "Resource": FUNCTION,
                "Retry": [
                    {
                        "ErrorEquals": ["Lambda.TooManyRequestsException"],
                        "IntervalSeconds": 1,
                        "MaxAttempts": 3,
                        "BackoffRate": 2,
                        "MaxDelaySeconds": 9,
                        "JitterStrategy": "FULL",
                    }
                ],
                "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Broken"}],
                "Next": "Done",
            },
            Broken={"Type": "Fail", "ErrorPath": "$.error.Error", "Cause": "it failed"},
            Done=END,
        ),
    ),
    (
        "jsonata",
        jsonata(
            A={
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Arguments": {"FunctionName": "${work}", "Payload": "{% $states.input.items[price > 3] %}"},
                "Output": "{% $states.result.Payload %}",
                "Assign": {"total": "{% $sum($states.result.Payload.items.price) %}"},
                "TimeoutSeconds": "{% $states.input.limit %}",
                "Next": "B",
            },
            B={
                "Type": "Choice",
                "Choices": [{"Condition": "{% $total > 100 and $exists($states.input.vip) %}", "Next": "C"}],
                "Default": "D",
            },
            C={"Type": "Wait", "Seconds": "{% $states.input.pause %}", "Next": "D"},
            D={
                "Type": "Map",
                "Items": "{% $states.input.items %}",
                "ItemSelector": {"i": "{% $states.context.Map.Item.Value %}"},
                "ItemProcessor": machine(E={"Type": "Pass", "Output": "{% {'a': 1} %}", "End": True}),
                "End": True,
            },
        ),
    ),
    (
        "one state in jsonata",
        machine(A={"Type": "Pass", "QueryLanguage": "JSONata", "Output": {"a": "{% $states.input %}"}, "End": True}),
    ),
    (
        "a distributed map",
        distributed(
            Label="each",
            ItemReader={
                "Resource": "arn:aws:states:::s3:getObject",
                "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
                "Parameters": {"Bucket": "${bucket}", "Key.$": "$.key"},
            },
            ItemBatcher={"MaxItemsPerBatch": 10},
            ToleratedFailurePercentage=5,
            MaxConcurrency=1000,
            ResultWriter={
                "Resource": "arn:aws:states:::s3:putObject",
                "Parameters": {"Bucket": "${bucket}", "Prefix": "out"},
            },
        ),
    ),
    (
        "an http task",
        machine(
            A=task(
                "arn:aws:states:::http:invoke",
                Parameters={
                    "Method": "POST",
                    "ApiEndpoint": "https://example.com/a",
                    "Authentication": {"ConnectionArn": "arn:aws:events:us-east-1:123456789012:connection/a/1"},
                },
            )
        ),
    ),
    (
        "a nested execution",
        machine(
            A=task(
                "arn:aws:states:::states:startExecution.sync:2",
                Parameters={"StateMachineArn": "${child}", "Input.$": "$"},
            )
        ),
    ),
    (
        "a message to a phone",
        machine(A=task("arn:aws:states:::sns:publish", Parameters={"PhoneNumber": "+15550100", "Message": "x"})),
    ),
    (
        "another partition",
        machine(
            A=task(
                "arn:${AWS::Partition}:states:::sqs:sendMessage",
                Parameters={"QueueUrl": "${queue}", "MessageBody.$": "States.Format('{}', $.a)"},
            )
        ),
    ),
]


@pytest.mark.point("SFN-04")
@pytest.mark.parametrize("definition", [pytest.param(case[1], id=case[0]) for case in RIGHT])
def test_a_definition_that_aws_takes_has_no_problem(definition: object) -> None:
    assert codes(definition) == []


def test_a_problem_says_line_and_column() -> None:
    text = '{\n  "StartAt": "A",\n  "States": {\n    "A": {"Type": "Pass", "Next": "B"}\n  }\n}'
    found = [p for p in analyse(text).problems if p.code == "unknown_state"]
    assert [(p.line, p.column, p.place, p.level) for p in found] == [(4, 27, "States.A.Next", Level.ERROR)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ('{"StartAt": "A",\n}', 2, 1),
        ('{"StartAt" "A"}', 1, 12),
        ('{\n "a": tru}', 2, 7),
        ('{"a": [1, 2}', 1, 12),
        ('{"a": "x\n"}', 1, 9),
        ("{} {}", 1, 4),
        ('{"a": 1', 1, 8),
        ("[" * 200, 1, 102),
    ],
)
def test_what_is_not_json_is_shown_at_the_place(text: str, line: int, column: int) -> None:
    (problem,) = analyse(text).problems
    assert (problem.code, problem.line, problem.column) == ("not_json", line, column)


def test_a_key_that_stands_twice_is_told() -> None:
    assert ("key_twice", "StartAt") in codes('{"StartAt": "A", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}')


def test_a_definition_above_one_megabyte_is_told_without_being_read() -> None:
    (problem,) = analyse(json.dumps({"Comment": "x" * 1_048_576})).problems
    assert problem.code == "too_large"


def test_a_name_that_is_nearly_right_is_offered() -> None:
    definition = machine(Start={"Type": "Pass", "Next": "Shp"}, Ship=END)
    cures = [p.cure for p in analyse(json.dumps(definition)).problems if p.code == "unknown_state"]
    assert cures == ["Did you mean 'Ship'?"]
