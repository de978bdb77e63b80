"""A workspace's own prices and quotas: who may change them, and that a run keeps those it was started with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from designer.server.models import Design
from simulator.server.models import Run, WorkspacePrices
from tests.simulator.server.runs import People

CHEAPER = {"prices": {"lambda.requests": [{"up_to": None, "price_usd": 0.1}]}}


def address(orders: Design) -> str:
    return f"/api/workspaces/{orders.workspace_id}/prices/"


@pytest.fixture
def owner(people: People, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(people.owner)


def test_members_see_the_published_prices_and_quotas(editor: Client, orders: Design) -> None:
    told = editor.get(address(orders)).json()
    assert told["overrides"] == {"prices": {}, "quotas": {}}
    rate = next(rate for rate in told["rates"] if rate["id"] == "lambda.requests")
    assert (rate["service"], rate["unit"], rate["tiers"][0]["price_usd"]) == ("Lambda function", "1M requests", 0.2)
    assert any(quota["id"] == "sqs_standard.in_flight" for quota in told["quotas"])


def test_an_owner_changes_them_and_it_is_known_who(owner: Client, orders: Design) -> None:
    answer = owner.put(address(orders), CHEAPER, content_type="application/json")
    assert answer.status_code == 200
    told = owner.get(address(orders)).json()
    assert told["overrides"]["prices"] == CHEAPER["prices"]
    assert told["changed_by"] == "Olga"


def test_an_editor_may_not_change_them_and_a_stranger_not_see_them(
    editor: Client, orders: Design, people: People, signed_in: Callable[[User], Client]
) -> None:
    assert editor.put(address(orders), CHEAPER, content_type="application/json").status_code == 403
    assert signed_in(people.stranger).get(address(orders)).status_code == 404
    assert signed_in(people.stranger).put(address(orders), CHEAPER, content_type="application/json").status_code == 404
    assert not WorkspacePrices.objects.exists()


def test_bad_prices_are_refused_with_the_entry(owner: Client, orders: Design) -> None:
    refused = {
        "prices.lambda.smiles": '{"prices": {"lambda.smiles": []}}',
        "prices.lambda.requests[0].price_usd": '{"prices": {"lambda.requests": [{"up_to": null, "price_usd": -1}]}}',
        "quotas.sqs_standard.in_flight": f'{{"quotas": {{"sqs_standard.in_flight": 1{"0" * 400}}}}}',
    }
    for path, body in refused.items():
        answer = owner.put(address(orders), body, content_type="application/json")
        assert (answer.status_code, answer.json()["error"]["path"]) == (400, path)
    assert owner.put(address(orders), '{"quotas": {"x": NaN}}', content_type="application/json").status_code == 400
    assert not WorkspacePrices.objects.exists()


@pytest.mark.usefixtures("at_once")
def test_a_run_keeps_the_prices_it_was_started_with(owner: Client, orders: Design) -> None:
    def cost() -> float:
        started = owner.post(f"/api/designs/{orders.pk}/runs/", {}, content_type="application/json").json()
        lines = owner.get(f"/api/runs/{started['id']}/").json()["summary"]["cost"]["lines"]
        (line,) = [line for line in lines if line["node"] == "orders" and line["item"] == "Requests"]
        assert line["own_price"] is (line["source"] == "Your own price")
        assert line["own_price"] is (line["unit_price_usd"] != 0.2)
        return float(line["unit_price_usd"])

    assert cost() == 0.2
    owner.put(address(orders), CHEAPER, content_type="application/json")
    assert cost() == 0.1
    first = Run.objects.order_by("number").first()
    assert first is not None
    repeated = owner.post(f"/api/runs/{first.pk}/restart/").json()
    assert Run.objects.get(pk=repeated["id"]).overrides == {"prices": {}, "quotas": {}}
