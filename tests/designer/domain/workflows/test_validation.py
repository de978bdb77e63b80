"""Every kind of mistake in a definition is found where it stands, and what is right is left alone."""

from __future__ import annotations

import json
from pathlib import Path
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
CASES = Path(__file__).resolve().parents[3] / "fixtures" / "workflows"
WRONG = json.loads((CASES / "wrong.json").read_text(encoding="utf-8"))
RIGHT = json.loads((CASES / "right.json").read_text(encoding="utf-8"))


@pytest.mark.point("SFN-04")
@pytest.mark.parametrize("case", WRONG, ids=lambda case: case["mistake"])
def test_a_mistake_is_found_where_it_stands(case: dict[str, Any]) -> None:
    assert (case["code"], case["place"]) in codes(case["definition"])


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


@pytest.mark.point("SFN-04")
@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case["name"])
def test_a_definition_that_aws_takes_has_no_problem(case: dict[str, Any]) -> None:
    assert codes(case["definition"]) == []


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


@pytest.mark.parametrize("token", ["$$.Task.Token", "$$", "$$.Task"])
def test_a_token_is_passed_on_by_itself_or_with_the_context_around_it(token: str) -> None:
    parameters = {"QueueUrl": "q", "MessageBody": {"whom.$": token}}
    assert codes(machine(A=task(f"{SQS}.waitForTaskToken", TimeoutSeconds=9, Parameters=parameters))) == []
