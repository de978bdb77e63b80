"""People, a design, and two ways to run it: within the request, and by a worker in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client

from designer.config.celery import app
from designer.config.embedded import EmbeddedWorker
from designer.domain.graph.document import design_from_json
from designer.server.models import Design, Membership, Role, Workspace
from designer.server.services import design_create, person_create, workspace_create
from simulator.server.execution import STOPPING
from tests.commands.running import orders_document
from tests.simulator.server.runs import People


@pytest.fixture
def workspace(transactional_db: None) -> Workspace:
    return workspace_create(name="Team", owner=person_create(name="Olga", username="olga"))


@pytest.fixture
def people(workspace: Workspace) -> People:
    editor, viewer, stranger = (person_create(name=name.title(), username=name) for name in ("ed", "vi", "sam"))
    Membership.objects.create(workspace=workspace, user=editor, role=Role.EDITOR)
    Membership.objects.create(workspace=workspace, user=viewer, role=Role.VIEWER)
    workspace_create(name="Elsewhere", owner=stranger)
    return People(User.objects.get(username="olga"), editor, viewer, stranger)


@pytest.fixture
def orders(workspace: Workspace, people: People) -> Design:
    """A client, an API, a function and a table; its scenario takes 20 s with seed 7."""
    return design_create(workspace=workspace, user=people.owner, content=design_from_json(orders_document()))


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser of a person."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def editor(people: People, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(people.editor)


@pytest.fixture
def at_once() -> Iterator[None]:
    """Tasks run inside the request that sends them."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No worker: runs stay queued. Yields the ids of the runs that were sent."""
    sent: list[str] = []
    monkeypatch.setattr("simulator.server.services.run_simulation_task.delay", sent.append)
    return sent


@pytest.fixture
def embedded_worker(transactional_db: None) -> Iterator[None]:
    """The embedded mode's worker thread, on the in-memory broker."""
    worker = EmbeddedWorker()
    worker.start()
    yield
    worker.stop()
    for thread in threading.enumerate():
        if thread.name == "run-watch":
            thread.join(10)
    STOPPING.clear()
