"""What the page of a service says of its prices.

The catalog knows which lines of a bill a service has; how much they are is known to whoever keeps the rates, who
brings a writer when the program starts. Without one the pages name the lines.
"""

from __future__ import annotations

from collections.abc import Callable

from designer.domain.catalog.spec import Service
from designer.domain.help.article import Block, bullets

PriceWriter = Callable[[Service], tuple[Block, ...]]


def names_alone(service: Service) -> tuple[Block, ...]:
    """The lines by name."""
    return (bullets(tuple(price.label for price in service.prices)),) if service.prices else ()


_writer: PriceWriter = names_alone


def write_prices_with(writer: PriceWriter) -> None:
    """Let ``writer`` write the part about prices of each service's page; before the first page is asked for."""
    global _writer  # noqa: PLW0603 set once, when the program starts
    _writer = writer


def price_lines(service: Service) -> tuple[Block, ...]:
    """The part about prices of the page of a service."""
    return _writer(service)
