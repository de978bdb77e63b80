"""The web server, and in embedded mode the Celery worker inside it.

uvicorn runs in the main thread. The worker is a ``WorkController`` in a daemon thread: unlike the
worker command it installs no signal handlers, so Ctrl-C belongs to uvicorn alone.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from typing import Final

import uvicorn
from celery.signals import setup_logging
from django.conf import settings

from designer.config.celery import app
from designer.server import events
from simulator.server.worker_start import worker_started, worker_stopping

STOPPING_S: Final = 2
"""How long a stopping server waits for open connections, and then for its worker."""

logger = logging.getLogger(__name__)


class EmbeddedWorker:
    """A Celery worker in a thread of this process."""

    def __init__(self) -> None:
        setup_logging.connect(_leave_logging_alone)
        self._controller = app.WorkController(
            app=app,
            pool_cls="threads",
            concurrency=settings.CELERY_WORKER_CONCURRENCY,
            loglevel="WARNING",
            hostname="embedded@local",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        self._thread = threading.Thread(target=self._controller.start, name="worker", daemon=True)

    def start(self) -> None:
        """Begin to take tasks."""
        self._thread.start()
        worker_started(alone=True)

    def stop(self) -> None:
        """Take no more tasks; a run that is under way ends at once and is marked as interrupted."""
        worker_stopping()
        self._controller.stop()
        self._thread.join(STOPPING_S)


def _leave_logging_alone(**_kwargs: object) -> None:
    """Connected so that Celery does not configure logging for the whole process."""


class Server(uvicorn.Server):
    """uvicorn with the worker's life tied to its own."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started
        self._worker: EmbeddedWorker | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open for business, then say so."""
        events.bind_loop(asyncio.get_running_loop())
        await super().startup(sockets)
        if settings.EMBEDDED:
            self._worker = EmbeddedWorker()
            self._worker.start()
        self._started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close connections and stop the worker, at the same time."""
        stopping = asyncio.to_thread(self._worker.stop) if self._worker is not None else asyncio.sleep(0)
        await asyncio.gather(super().shutdown(sockets), stopping)
        events.unbind_loop()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address. Raises OSError when it is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
        listening.setblocking(False)  # noqa: FBT003 the standard library's signature
    except OSError:
        listening.close()
        raise
    return listening


def serve(listening: socket.socket, started: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; ``started`` is called once connections are accepted."""
    config = uvicorn.Config(
        "designer.config.asgi:application",
        log_level="warning",
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        forwarded_allow_ips=settings.TRUSTED_PROXIES,
        timeout_graceful_shutdown=STOPPING_S,
    )
    server = Server(config, started)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        logger.info("stopped by Ctrl-C")
    finally:
        listening.close()
