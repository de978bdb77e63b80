#!/usr/bin/env python
"""Windtunnel's command line: every administrative command, and those for files of designs."""

import os
import sys


def main() -> None:
    """Run the command named by the arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designer.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 settings first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
