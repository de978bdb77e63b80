"""Run a command with a real PostgreSQL and a real Redis: ``python -m tests.services pytest tests/...``."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.services.machine import ServiceUnavailableError
from tests.services.postgres import postgres
from tests.services.redis_server import redis_server


def main() -> int:
    """Start both, run the command with DATABASE_URL and REDIS_URL set, stop both; its exit code is ours."""
    command = sys.argv[1:]
    if not command:
        sys.stderr.write("usage: python -m tests.services COMMAND [ARGUMENT ...]\n")
        return 2
    try:
        with postgres() as database_url, redis_server() as redis_url:
            environment = {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
            return subprocess.run(command, env=environment, check=False).returncode
    except ServiceUnavailableError as error:
        sys.stderr.write(f"{error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
