"""In which steps things are billed, measured in runs just below a step and just above it."""

from __future__ import annotations

import pytest

from designer.domain.graph.model import Design
from simulator.engine.pricing.bill import bill
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Made, Parameters, Run
from tests.simulator.engine.workflow_designs import EXACT, STD, execute, machine, without_overheads

MONTH_S = HOURS_PER_MONTH * 3600.0


def used(summary: Summary, node: str, rate: str) -> float:
    """Units of a rate that the node used."""
    return sum(line["quantity"] for line in summary["cost"]["lines"] if (line["node"], line["rate"]) == (node, rate))


TAKERS = [
    ("sns_standard", "publish", "sns_standard.publish"),
    ("sqs_standard", "send_message", "sqs_standard.requests"),
    ("eventbridge_bus", "put_events", "eventbridge_bus.custom_events"),
]


@pytest.mark.parametrize(("service", "mechanism", "rate"), TAKERS)
def test_a_payload_counts_again_with_each_64_kb(run: Run, service: str, mechanism: str, rate: str) -> None:
    for payload_kb, steps in ((63, 1), (64, 1), (64.5, 2), (129, 3)):
        client: Parameters = {"pattern": "constant", "rate_per_s": 10, "payload_kb": payload_kb}
        nodes: Made = {"users": ("client", client), "fn": ("lambda", EXACT), "taker": service}
        summary = run(nodes, [("users", "fn", "invoke"), ("fn", "taker", mechanism)], duration_s=4.0, window_s=2.0)
        each = used(summary, "taker", rate) * 1e6 / summary["nodes"]["taker"]["arrivals"]
        assert each == pytest.approx(steps)


@pytest.mark.parametrize(("answer_kb", "steps"), [(512, 1), (513, 2), (1025, 3)])
def test_an_http_api_counts_512_kb_steps_and_a_rest_api_counts_calls(run: Run, answer_kb: float, steps: int) -> None:
    fn: Parameters = {**EXACT, "log_bytes": 0}
    for api, each in (("api_gateway_http", steps), ("api_gateway_rest", 1)):
        summary = run(
            {
                "users": ("client", {"pattern": "constant"}),
                "api": (api, {"response_kb": answer_kb}),
                "fn": ("lambda", fn),
            },
            [("users", "api", "https"), ("api", "fn", "proxy")],
            duration_s=4.0,
            window_s=2.0,
        )
        requests = used(summary, "api", f"{api}.requests") * 1e6
        assert requests == pytest.approx(each * summary["nodes"]["api"]["arrivals"])


@pytest.mark.parametrize(("record_kb", "steps"), [(1, 1), (25, 1), (25.1, 2)])
def test_a_provisioned_stream_counts_steps_of_25_kb(run: Run, record_kb: float, steps: int) -> None:
    nodes: Made = {"users": ("client", {"pattern": "constant"}), "stream": ("kinesis_stream", {"record_kb": record_kb})}
    summary = run(nodes, [("users", "stream", "put_record")], duration_s=4.0, window_s=2.0)
    units = used(summary, "stream", "kinesis_stream.put_units") * 1e6
    assert units == pytest.approx(steps * summary["nodes"]["stream"]["arrivals"])


@pytest.mark.parametrize(("record_kb", "billed_kb"), [(1, 5), (5, 5), (5.1, 10)])
def test_firehose_counts_steps_of_5_kb(run: Run, record_kb: float, billed_kb: float) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant"}),
        "hose": ("firehose", {"record_kb": record_kb}),
        "to": "s3",
    }
    arrows = [("users", "hose", "put_record"), ("hose", "to", "delivery")]
    summary = run(nodes, arrows, duration_s=4.0, window_s=2.0)
    taken_kb = used(summary, "hose", "firehose.ingestion") * 1024**2
    assert taken_kb == pytest.approx(billed_kb * summary["nodes"]["hose"]["arrivals"])


@pytest.mark.parametrize(("item_kb", "writes", "reads"), [(1, 1, 0.5), (1.1, 2, 0.5), (4, 4, 0.5), (4.1, 5, 1)])
def test_a_table_counts_steps_of_1_kb_for_writes_and_of_4_kb_for_reads(
    run: Run, item_kb: float, writes: float, reads: float
) -> None:
    for action, rate, units in (("PutItem", "write_units", writes), ("GetItem", "read_units", reads)):
        nodes: Made = {"fn": ("lambda", EXACT), "table": ("dynamodb", {"item_kb": item_kb}), "users": "client"}
        arrows = [("users", "fn", "invoke"), ("fn", "table", "api", {"action": action})]
        summary = run(nodes, arrows, duration_s=4.0, window_s=2.0)
        each = used(summary, "table", f"dynamodb.{rate}") * 1e6 / summary["nodes"]["table"]["arrivals"]
        assert each == pytest.approx(units)


@pytest.mark.parametrize(("wait_ms", "billed_ms"), [(100, 100), (100.2, 101), (0.1, 1)])
def test_a_function_is_billed_by_the_started_millisecond(run: Run, wait_ms: float, billed_ms: float) -> None:
    fn: Parameters = {**EXACT, "wait_ms": wait_ms, "memory_mb": 1024}
    summary = run({"users": "client", "fn": ("lambda", fn)}, [("users", "fn", "invoke")], duration_s=4.0, window_s=2.0)
    invocations = used(summary, "fn", "lambda.requests") * 1e6
    assert used(summary, "fn", "lambda.duration_x86") == pytest.approx(invocations * billed_ms / 1000)


@pytest.mark.parametrize(("seconds", "billed_s"), [(2, 2.1), (1, 1.1)])
def test_an_express_workflow_is_billed_by_the_started_100_ms(
    run: Run, monkeypatch: pytest.MonkeyPatch, seconds: int, billed_s: float
) -> None:
    """The function in it answers after 30 ms, which makes a step of its own."""
    without_overheads(monkeypatch)
    fn: Parameters = {**EXACT, "wait_ms": 30}
    states = machine(Pause={"Type": "Wait", "Seconds": seconds, "Next": "Work"}, Work={**_CALL, "End": True})
    summary = execute(run, states, function=fn)
    executions = used(summary, "flow", "step_functions_express.requests") * 1e6
    hours = used(summary, "flow", "step_functions_express.duration")
    assert hours * 3600 / executions * 16 == pytest.approx(billed_s)


def test_a_million_executions_of_30_s_as_metered_cost_32_dollars_26(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    without_overheads(monkeypatch)
    summary = execute(run, machine(Pause={"Type": "Wait", "Seconds": 30, "End": True}))
    rates = ("step_functions_express.requests", "step_functions_express.duration")
    requests, hours = (used(summary, "flow", rate) for rate in rates)
    month = {rates[0]: 1e6, rates[1]: hours / requests}
    assert round(bill(Design("month"), {"flow": month}, MONTH_S)["monthly_usd"], 2) == 32.26


def test_standard_executions_of_four_states_cost_25_cents_a_thousand(run: Run) -> None:
    """Four states and the start: five transitions, 125 dollars a million executions."""
    passes = {f"S{n}": {"Type": "Pass", **({"Next": f"S{n + 1}"} if n < 4 else {"End": True})} for n in range(1, 5)}
    summary = execute(run, {"StartAt": "S1", "States": passes}, kind=STD)
    executions = summary["nodes"]["flow"]["completions"]
    usd = used(summary, "flow", "step_functions_standard.transitions") * 0.025
    assert usd / executions * 1e6 == pytest.approx(125.0)


def test_ten_million_calls_as_run_cost_47_dollars(run: Run) -> None:
    """10,000 calls in 2,628 s are ten million in 730 hours."""
    fn: Parameters = {**EXACT, "wait_ms": 120, "memory_mb": 512, "log_bytes": 0}
    for api, usd in (("api_gateway_rest", 47.00), ("api_gateway_http", 22.00)):
        summary = run(
            {
                "users": ("client", {"pattern": "constant", "rate_per_s": 10_000 / 2_628}),
                "api": (api, {"response_kb": 0}),
                "fn": ("lambda", fn),
            },
            [("users", "api", "https"), ("api", "fn", "proxy")],
            duration_s=2_628.0,
            window_s=1_314.0,
        )
        assert summary["cost"]["monthly_usd"] == pytest.approx(usd, abs=0.01)


_CALL = {
    "Type": "Task",
    "Resource": "arn:aws:states:::lambda:invoke",
    "Parameters": {"FunctionName": "${fn}", "Payload.$": "$"},
}


@pytest.mark.point("SQS-07")
@pytest.mark.parametrize(("message_kb", "requests"), [(6, 0.1), (10, 0.2), (64, 1.0)])
def test_messages_that_are_sent_together_are_one_request_for_each_64_kb(
    run: Run, message_kb: float, requests: float
) -> None:
    together: Parameters = {"messages_per_send": 10, "message_kb": message_kb}
    nodes: Made = {"users": "client", "fn": ("lambda", EXACT), "queue": "sqs_standard"}
    summary = run(nodes, [("users", "fn", "invoke"), ("fn", "queue", "send_message", together)])
    each = used(summary, "queue", "sqs_standard.requests") * 1e6 / summary["nodes"]["queue"]["arrivals"]
    assert each == pytest.approx(requests)


@pytest.mark.point("SQS-07")
def test_fifty_million_messages_in_batches_cost_six_dollars_at_the_queue_as_run(run: Run) -> None:
    """Of 2 KB, in tens both ways: 6.00 for requests, 1.00 for invocations, 62.50 for two write units a message."""
    summary = run(
        {
            "users": ("client", {"pattern": "constant", "rate_per_s": 100, "payload_kb": 2}),
            "fn": ("lambda", EXACT),
            "queue": "sqs_standard",
            "worker": ("lambda", EXACT),
            "table": ("dynamodb", {"item_kb": 2}),
        },
        [
            ("users", "fn", "invoke"),
            ("fn", "queue", "send_message", {"messages_per_send": 10}),
            ("queue", "worker", "event_source_mapping", {"batch_size": 10, "batch_window_s": 5}),
            ("worker", "table", "api"),
        ],
        duration_s=600.0,
        window_s=300.0,
    )
    lines = {(line["node"], line["rate"]): line["amount_usd"] for line in summary["cost"]["lines"]}
    fifty_million = 50e6 / summary["nodes"]["table"]["arrivals"]
    assert lines["queue", "sqs_standard.requests"] * fifty_million == pytest.approx(6.00, rel=0.005)
    assert lines["worker", "lambda.requests"] * fifty_million == pytest.approx(1.00, rel=0.005)
    assert lines["table", "dynamodb.write_units"] * fifty_million == pytest.approx(62.50)
