"""One test for a group of alike cases: thousands of trivial checks cost more in ceremony than in work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

Check = Callable[..., None]


def grouped(cases: Iterable[tuple[str, tuple[Any, ...]]]) -> Callable[[Check], Check]:
    """Call the decorated function with the arguments of every case, in a test for each group of them.

    ``cases`` are the group and the arguments. A failure's traceback shows the arguments of its case.
    """
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for group, arguments in cases:
        groups.setdefault(group, []).append(arguments)

    def decorate(check: Check) -> Check:
        @pytest.mark.parametrize("group", sorted(groups))
        def test(group: str) -> None:
            for arguments in groups[group]:
                check(*arguments)

        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        for mark in getattr(check, "pytestmark", []):
            test = pytest.mark.__getattr__(mark.name)(*mark.args, **mark.kwargs)(test)
        return test

    return decorate
