"""Two web processes and a worker process over one PostgreSQL and one Redis.

Run under ``python -m tests.services``, which starts both servers and names them in the environment.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.services.caller import Caller
from tests.services.product import web, worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from subprocess import Popen

    from tests.services.product import Product

pytestmark = pytest.mark.grown_up


@pytest.fixture(scope="session")
def environment() -> Iterator[dict[str, str]]:
    """A database and a Redis number of their own, so that other tests on the same servers do not meet these."""
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not database_url or not redis_url:
        pytest.fail("run these tests with: python -m tests.services python -m pytest tests/grown_up")
    name = f"windtunnel_processes_{os.getpid()}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    parts = urlsplit(database_url)
    own = urlunsplit(parts._replace(path=f"/{name}"))
    yield {"DATABASE_URL": own, "REDIS_URL": f"{redis_url.rsplit('/', 1)[0]}/7", "WINDTUNNEL_SECRET_KEY": "t" * 50}
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that the processes of one machine share."""
    return tmp_path_factory.mktemp("grown-up")


@pytest.fixture(scope="session")
def first_web(data: Path, environment: dict[str, str]) -> Iterator[Product]:
    with web(data, environment) as running:
        yield running


@pytest.fixture(scope="session")
def second_web(data: Path, environment: dict[str, str], first_web: Product) -> Iterator[Product]:
    with web(data, environment) as running:
        yield running


@pytest.fixture(scope="session")
def start_worker(data: Path, environment: dict[str, str]) -> Callable[[], AbstractContextManager[Popen[bytes]]]:
    """Starts a worker process; a context manager."""
    return lambda: worker(data, environment)


@pytest.fixture
def first(first_web: Product) -> Caller:
    """The owner at the first web process."""
    return Caller(first_web.url, first_web.sign_in_url)


@pytest.fixture
def second(second_web: Product) -> Caller:
    """The owner at the second web process."""
    return Caller(second_web.url, second_web.sign_in_url)
