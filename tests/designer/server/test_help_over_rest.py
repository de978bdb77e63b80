"""Help pages over REST."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections
from designer.domain.help.guide_articles import GUIDES
from designer.domain.rules.registry import rules
from tests.designer.server.conftest import Team

SignIn = Callable[[User], Client]


def test_the_list_has_every_service_connection_and_rule_once(team: Team, signed_in: SignIn) -> None:
    listed = signed_in(team.viewer).get("/api/help/").json()
    addresses = [entry["address"] for entry in listed]
    assert len(set(addresses)) == len(addresses) == len(services()) + len(connections()) + len(rules()) + len(GUIDES)
    assert all(entry["title"] and entry["kind"] for entry in listed)


@pytest.mark.parametrize("address", ["services/lambda", "connections/s3.lambda.event_notification", "rules/R001"])
def test_a_page_has_a_title_text_and_its_source(team: Team, signed_in: SignIn, address: str) -> None:
    page = signed_in(team.viewer).get(f"/api/help/{address}/").json()
    assert page["address"] == address
    assert page["title"]
    assert page["parts"][0]["blocks"][0]["block"] == "paragraph"
    assert "https://docs.aws.amazon.com/" in str(page["parts"]) or "https://github.com/" in str(page["parts"])


@pytest.mark.parametrize("address", ["services/nothing", "nothing/lambda", "rules/R999"])
def test_a_page_that_is_not_there_is_not_found(team: Team, signed_in: SignIn, address: str) -> None:
    answer = signed_in(team.viewer).get(f"/api/help/{address}/")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_help_is_for_people_who_are_signed_in() -> None:
    assert Client().get("/api/help/").status_code in (401, 403)
