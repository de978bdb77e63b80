"""People with different rights, a design of theirs, and somebody from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from designer.domain.catalog.spec import Value
from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Design as DesignValue
from designer.domain.graph.model import Edge, Node
from designer.server.models import Design, Membership, Role, Workspace
from designer.server.services import design_create, person_create, workspace_create


@dataclass(frozen=True)
class Team:
    """A workspace with one member of each role, and a stranger with a workspace of their own."""

    workspace: Workspace
    owner: User
    editor: User
    viewer: User
    stranger: User
    elsewhere: Workspace


@pytest.fixture
def team(transactional_db: None) -> Team:
    owner, editor, viewer, stranger = (
        person_create(name=name.title(), username=name) for name in ("olga", "ed", "vi", "sam")
    )
    workspace = workspace_create(name="Team", owner=owner)
    Membership.objects.create(workspace=workspace, user=editor, role=Role.EDITOR)
    Membership.objects.create(workspace=workspace, user=viewer, role=Role.VIEWER)
    return Team(workspace, owner, editor, viewer, stranger, workspace_create(name="Elsewhere", owner=stranger))


def small_design(name: str = "Orders", **parameters: Value) -> DesignValue:
    """A queue that a function reads."""
    return DesignValue(
        name,
        nodes={
            "queue": Node("queue", "sqs_standard", "orders", 10, 20, dict(parameters)),
            "worker": Node("worker", "lambda", "worker", 300, 20, {"timeout_s": 30}),
        },
        edges={
            "poll": Edge(
                "poll",
                "queue",
                "worker",
                "sqs_standard.lambda.event_source_mapping",
                Mode.EVENT_SOURCE_MAPPING,
                Flow.POLL,
            )
        },
    )


@pytest.fixture
def design(team: Team) -> Design:
    return design_create(workspace=team.workspace, user=team.owner, content=small_design())


@pytest.fixture
def foreign_design(team: Team) -> Design:
    return design_create(workspace=team.elsewhere, user=team.stranger, content=small_design("Secret"))


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client of the person; CSRF is enforced only where a test asks for it."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()
