"""Signing in, credentials, keys and secrets in a run: request rates, triggers, and what they cost."""

from __future__ import annotations

import pytest

from designer.domain.catalog.spec import Value
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0}
FAST: Parameters = {**EXACT, "cpu_ms": 0, "wait_ms": 1}


def monthly(summary: Summary, node: str) -> dict[str, float]:
    return {line["item"]: line["monthly_usd"] for line in summary["cost"]["lines"] if line["node"] == node}


def signing_in(run: Run, rate_per_s: float, *, action: str = "SignIn", **pool: Value) -> Summary:
    nodes: Made = {
        "people": ("client", {"pattern": "constant", "rate_per_s": rate_per_s}),
        "users": ("cognito_user_pool", pool),
    }
    return run(nodes, [("people", "users", "sign_in", {"action": action})])


@pytest.mark.point("COG-04")
@pytest.mark.parametrize(
    ("action", "per_s"),
    [
        ("SignIn", 120),
        ("RefreshToken", 120),
        ("SignUp", 50),
        ("ForgotPassword", 30),
        ("Federation", 25),
        ("MachineToken", 150),
    ],
)
def test_each_category_of_requests_has_its_rate(run: Run, action: str, per_s: int) -> None:
    below = signing_in(run, 0.8 * per_s, action=action)["nodes"]["users"]
    assert below["errors"] == {}
    above = signing_in(run, 2 * per_s, action=action)["nodes"]["users"]
    assert set(above["errors"]) == {"quota_exceeded"}
    assert above["arrivals"] - above["errors"]["quota_exceeded"] == pytest.approx(61 * per_s, rel=0.02)


@pytest.mark.point("COG-04")
def test_all_user_pools_of_the_account_share_a_rate(run: Run) -> None:
    nodes: Made = {
        "a-people": ("client", {"pattern": "constant", "rate_per_s": 120}),
        "b-people": ("client", {"pattern": "constant", "rate_per_s": 120}),
        "a": "cognito_user_pool",
        "b": "cognito_user_pool",
    }
    after = run(nodes, [("a-people", "a", "sign_in"), ("b-people", "b", "sign_in")])["nodes"]
    accepted = sum(after[pool]["arrivals"] - after[pool]["errors"]["quota_exceeded"] for pool in "ab")
    assert accepted == pytest.approx(61 * 120, rel=0.02)


@pytest.mark.point("COG-04")
def test_a_wrong_password_is_refused_and_uses_the_rate_up(run: Run) -> None:
    users = signing_in(run, 100, wrong_password_percent=30)["nodes"]["users"]
    assert users["errors"] == {"unauthorized": pytest.approx(1800, rel=0.08)}


def with_trigger(run: Run, trigger: str, function: Parameters, action: str = "SignUp", rate: float = 10) -> Summary:
    nodes: Made = {
        "people": ("client", {"pattern": "constant", "rate_per_s": rate, "timeout_s": 60}),
        "users": ("cognito_user_pool", {"custom_sender_key": True, "auth_flow": "custom"}),
        "fn": ("lambda", {**FAST, **function}),
    }
    return run(nodes, [("people", "users", "sign_in", {"action": action}), ("users", "fn", trigger)])


@pytest.mark.point("COG-04")
@pytest.mark.parametrize(
    ("trigger", "action", "calls"),
    [
        ("pre_sign_up", "SignUp", 1),
        ("post_confirmation", "SignUp", 1),
        ("post_confirmation", "SignIn", 0),
        ("pre_authentication", "SignIn", 1),
        ("define_auth_challenge", "SignIn", 1),
        ("pre_token_generation", "RefreshToken", 1),
        ("pre_token_generation", "SignUp", 0),
        ("inbound_federation", "Federation", 1),
        ("custom_email_sender", "SignUp", 1),
    ],
)
def test_a_trigger_runs_with_its_action_and_no_other(run: Run, trigger: str, action: str, calls: int) -> None:
    summary = with_trigger(run, trigger, {}, action)
    assert summary["nodes"]["fn"]["arrivals"] == pytest.approx(calls * 600, abs=10)


@pytest.mark.point("COG-04")
def test_a_trigger_that_takes_more_than_5_s_is_tried_three_times_and_then_the_sign_up_fails(run: Run) -> None:
    summary = with_trigger(run, "pre_sign_up", {"wait_ms": 6_000, "timeout_s": 30}, rate=1)
    entry = summary["entry_points"]["people"]
    assert set(entry["errors"]) == {"dependency_error"}
    assert entry["caller_latency_ms"]["p50"] == pytest.approx(15_000, rel=0.03)
    assert summary["nodes"]["fn"]["arrivals"] == pytest.approx(3 * 60, abs=20)


def test_nobody_waits_for_the_function_that_sends_the_codes(run: Run) -> None:
    slow = {"wait_ms": 8_000, "timeout_s": 30}
    entry = with_trigger(run, "custom_email_sender", slow)["entry_points"]["people"]
    assert entry["errors"] == {}
    assert entry["caller_latency_ms"]["max"] < 3_000
    assert entry["journey_ms"]["p50"] > 8_000


@pytest.mark.point("COG-03")
def test_signing_in_through_a_provider_takes_the_providers_time(run: Run) -> None:
    nodes: Made = {
        "people": ("client", {"pattern": "constant", "rate_per_s": 10}),
        "users": ("cognito_user_pool", {"managed_login": True}),
        "google": ("identity_provider", {"answer_ms": 2_000}),
        "work": ("identity_provider", {"kind": "SAML", "answer_ms": 2_000}),
    }
    arrows: list[Arrow] = [
        ("people", "users", "sign_in", {"action": "Federation"}),
        ("google", "users", "federation"),
        ("work", "users", "federation"),
    ]
    summary = run(nodes, arrows)
    assert summary["entry_points"]["people"]["caller_latency_ms"]["p50"] == pytest.approx(2_080, rel=0.05)
    asked = [summary["nodes"][name]["arrivals"] for name in ("google", "work")]
    assert sum(asked) == pytest.approx(600, abs=3)
    assert min(asked) > 240


@pytest.mark.point("COG-04")
@pytest.mark.parametrize(("tier", "usd"), [("LITE", 0.0055), ("ESSENTIALS", 0.015), ("PLUS", 0.02)])
def test_users_are_billed_by_the_month_whatever_the_traffic(run: Run, tier: str, usd: float) -> None:
    for rate in (1, 50):
        summary = signing_in(run, rate, tier=tier, monthly_active_users=50_000)
        assert sum(monthly(summary, "users").values()) == pytest.approx(50_000 * usd)
    free = 10_000 * usd if tier != "PLUS" else 0.0
    assert summary["cost"]["monthly_free_usd"]["always"] == pytest.approx(free)


@pytest.mark.point("COG-03")
def test_users_from_saml_and_openid_have_a_price_of_their_own(run: Run) -> None:
    summary = signing_in(run, 1, tier="LITE", monthly_active_users=50_000, federated_percent=20)
    assert monthly(summary, "users") == {
        "Monthly active users, Lite": pytest.approx(40_000 * 0.0055),
        "Monthly active users by SAML or OpenID Connect": pytest.approx(10_000 * 0.015),
    }


@pytest.mark.point("COG-02")
def test_a_client_fetches_credentials_and_then_uses_the_service_they_open(run: Run) -> None:
    nodes: Made = {
        "app": ("client", {"rate_per_s": 50}),
        "identities": ("cognito_identity_pool", {"callers": 100, "session_s": 3_600}),
        "photos": "s3",
    }
    arrows: list[Arrow] = [("app", "identities", "get_credentials"), ("identities", "photos", "credentials")]
    summary = run(nodes, arrows, duration_s=300.0)
    photos, identities = summary["nodes"]["photos"], summary["nodes"]["identities"]
    assert photos["arrivals"] == pytest.approx(identities["arrivals"], abs=30)
    assert summary["entry_points"]["app"]["errors"] == {}
    assert summary["entry_points"]["app"]["caller_latency_ms"]["p50"] < 150, "credentials are kept for an hour"
    assert "identities" not in {line["node"] for line in summary["cost"]["lines"]}, "identity pools are free"


def with_own_arrow(run: Run, **pool: Value) -> Summary:
    nodes: Made = {
        "app": ("client", {"pattern": "constant", "rate_per_s": 100}),
        "identities": ("cognito_identity_pool", pool),
        "items": "dynamodb",
    }
    arrows: list[Arrow] = [
        ("app", "identities", "get_credentials"),
        ("app", "items", "api", {"action": "GetItem"}),
        ("identities", "items", "credentials"),
    ]
    return run(nodes, arrows, duration_s=1_800.0, window_s=100.0)


@pytest.mark.point("COG-02")
@pytest.mark.parametrize(("callers", "session_s"), [(50, 3_600), (1_000, 900), (20_000, 900)])
def test_a_client_with_an_arrow_to_the_service_fetches_credentials_only_when_it_has_none(
    run: Run, callers: int, session_s: int
) -> None:
    summary = with_own_arrow(run, callers=callers, session_s=session_s)
    nodes = summary["nodes"]
    assert summary["entry_points"]["app"]["errors"] == {}
    assert nodes["items"]["arrivals"] == pytest.approx(180_000, rel=0.01)
    rate = 100 / callers
    fetched = callers * 1_800 / (session_s + 1 / rate)
    least, most = 0.9 * min(fetched, callers), 1.15 * fetched + callers
    assert least < nodes["identities"]["arrivals"] < most


@pytest.mark.point("COG-02")
def test_fetching_credentials_has_a_rate(run: Run) -> None:
    nodes: Made = {
        "app": ("client", {"pattern": "constant", "rate_per_s": 1_000}),
        "identities": ("cognito_identity_pool", {"callers": 10_000_000, "session_s": 900}),
        "photos": "s3",
    }
    arrows: list[Arrow] = [
        ("app", "identities", "get_credentials"),
        ("app", "photos", "api", {"action": "GetObject"}),
        ("identities", "photos", "credentials"),
    ]
    summary = run(nodes, arrows)
    identities = summary["nodes"]["identities"]
    assert set(summary["entry_points"]["app"]["errors"]) == {"quota_exceeded"}
    handed_out = identities["arrivals"] - identities["errors"]["quota_exceeded"]
    assert handed_out == pytest.approx(61 * 200, rel=0.02)
    assert summary["nodes"]["photos"]["arrivals"] == pytest.approx(handed_out, rel=0.05)


@pytest.mark.point("SQS-09")
def test_a_queue_under_a_key_pays_for_the_key_and_its_requests(run: Run) -> None:
    nodes: Made = {
        "photos": "s3",
        "app": ("client", {"rate_per_s": 5}),
        "arrivals": ("sqs_standard", {"encryption": "kms_customer_managed"}),
        "worker": ("lambda", FAST),
        "key": ("kms", {"services_allowed": True}),
    }
    arrows: list[Arrow] = [
        ("app", "photos", "api"),
        ("photos", "arrivals", "event_notification"),
        ("arrivals", "worker", "event_source_mapping"),
        ("arrivals", "key", "encryption"),
    ]
    cost = monthly(run(nodes, arrows, duration_s=600.0), "key")
    requests = 730 * 3600 / 300 * (2 * 1 + 1)
    assert cost == {
        "Customer managed key": pytest.approx(1.0),
        "Requests, symmetric keys": pytest.approx(requests / 10_000 * 0.03, rel=0.01),
    }


def test_secrets_are_read_under_a_rate_and_billed_by_month_and_read(run: Run) -> None:
    def reading(kind: str) -> Summary:
        nodes: Made = {
            "app": ("client", {"pattern": "constant", "rate_per_s": 100}),
            "fn": ("lambda", FAST),
            "secret": ("ssm_secrets", {"kind": kind}),
        }
        return run(nodes, [("app", "fn", "function_url"), ("fn", "secret", "get")])

    secret = reading("secret")
    assert secret["nodes"]["secret"]["errors"] == {}
    reads = 100 * 730 * 3600
    assert monthly(secret, "secret") == {
        "Secret": pytest.approx(0.40),
        "Reads of secrets": pytest.approx(reads / 10_000 * 0.05, rel=0.01),
    }
    parameter = reading("standard")
    assert set(parameter["nodes"]["secret"]["errors"]) == {"quota_exceeded"}
    assert monthly(parameter, "secret") == {}
