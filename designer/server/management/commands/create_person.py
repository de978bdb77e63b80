"""``manage.py create_person``: somebody who signs in with a password, with a workspace of their own."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from designer.server.services import person_create, workspace_create


class Command(BaseCommand):
    """Creates a person."""

    help = (
        "Create a person who signs in with a password, and a workspace that they own. "
        "Others are invited by its owner. To change a password: manage.py changepassword"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and where the password comes from."""
        parser.add_argument("username", help="for signing in")
        parser.add_argument("--name", default="", help="the name that others see (default: the user name)")
        parser.add_argument("--workspace", default="My workspace", help="name of the workspace (default: My workspace)")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 Django's signature
        """Create both, or neither."""
        del args
        username: str = options["username"]
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else getpass.getpass("Password: ")
        if not password:
            raise CommandError("A password is needed.", returncode=2)
        try:
            with transaction.atomic():
                person = person_create(name=options["name"] or username, username=username, password=password)
                workspace_create(name=options["workspace"], owner=person)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from None
        self.stdout.write(f"{username} can sign in and owns “{options['workspace']}”.")
