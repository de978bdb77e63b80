"""Every integration that an API can be drawn with carries its requests in a run."""

from __future__ import annotations

import pytest

from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Connection, Mode
from tests.simulator.engine.designs import Arrow, Made, Run

APIS = ("api_gateway_rest", "api_gateway_http")
ROWS = [
    row
    for row in connections().values()
    if row.source in APIS
    and row.usable
    and not row.id.endswith(".receive_message")  # fetches from the queue instead of adding to it
    and row.mode in (Mode.INTEGRATION, Mode.SYNCHRONOUS, Mode.ASYNCHRONOUS)
]


@pytest.mark.point("APG-09")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_requests_reach_the_backend_and_are_answered(run: Run, row: Connection) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 5}),
        "api": row.source,
        "backend": row.target,
    }
    mechanism = row.id.rpartition(".")[2]
    summary = run(nodes, [("users", "api", "https"), ("api", "backend", mechanism)])
    backend = summary["nodes"]["backend"]
    assert backend["arrivals"] == pytest.approx(300, abs=5)
    assert summary["entry_points"]["users"]["errors"] == {}
    assert "not modelled" not in str(summary["remarks"])


def test_what_logs_traces_vouches_and_encrypts_is_modelled_too(run: Run) -> None:
    nodes: Made = {
        "people": ("client", {"pattern": "constant", "rate_per_s": 10}),
        "edge": ("cloudfront", {"default_ttl_s": 0}),
        "edge-log": "kinesis_stream",
        "api": ("api_gateway_rest", {"endpoint_type": "regional", "xray_tracing": True}),
        "log": "cloudwatch_logs",
        "traces": "xray",
        "firewall": "waf",
        "firewall-log": "firehose",
        "users": "cognito_user_pool",
        "identities": "cognito_identity_pool",
        "fn": "lambda",
        "key": "kms",
    }
    arrows: list[Arrow] = [
        ("people", "edge", "https"),
        ("edge", "api", "origin"),
        ("edge", "edge-log", "real_time_log", {"sampling_percent": 50}),
        ("api", "fn", "proxy"),
        ("api", "log", "logs"),
        ("api", "traces", "tracing"),
        ("firewall", "api", "protect"),
        ("firewall", "firewall-log", "log"),
        ("users", "api", "authorizer"),
        ("users", "identities", "provider"),
        ("key", "fn", "environment_key"),
    ]
    summary = run(nodes, arrows)
    assert "not modelled" not in str(summary["remarks"])
    after = summary["nodes"]
    assert after["log"]["arrivals"] == pytest.approx(600, abs=5)
    assert after["firewall-log"]["arrivals"] == pytest.approx(600, abs=5)
    assert after["edge-log"]["arrivals"] == pytest.approx(300, abs=50)
