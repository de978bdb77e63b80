"""Prices for the help pages of services: what a run is billed with, from the same files."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.catalog.spec import Service
from designer.domain.help.article import Block, Line, Paragraph, Span, Table, bullets, linked, plain
from simulator.engine.pricing.rates import Rate, price_list


def price_blocks(service: Service) -> tuple[Block, ...]:
    """Rate, unit, tier edges, free tier, rounding, source and date of each line, and what no bill holds."""
    return tuple(_blocks(service))


def _blocks(service: Service) -> Iterator[Block]:
    rates = [(price.label, price_list().rates[price.rate]) for price in service.prices]
    if rates:
        yield Paragraph(plain(f"US dollars in {price_list().region}, as runs are billed with them."))
        head = ("line", "price", "free tier", "how it is counted", "source")
        yield Table(head, tuple(_row(label, rate) for label, rate in rates))
    left_out = price_list().left_out.get(service.id, ())
    if left_out:
        yield Paragraph(plain("AWS charges for these as well; they are in no bill here:"))
        yield bullets(tuple(entry.text() for entry in left_out))


def _row(label: str, rate: Rate) -> tuple[Line, ...]:
    counted = ". ".join(
        text.rstrip(".") for text in (rate.rounding, rate.estimate and f"Estimate: {rate.estimate}") if text
    )
    return (
        plain(label),
        plain(price_text(rate)),
        plain(rate.free_tier or "none"),
        plain(counted or "as it is used"),
        (*linked(rate.source, rate.url), Span(f" ({rate.as_of})")),
    )


def price_text(rate: Rate) -> str:
    """All tiers in words: ``$3.50 per 1M requests up to 333, $2.80 up to 1,000, then $2.38``."""
    first, *others = rate.tiers
    text = f"{dollars(first.price_usd)} per {rate.unit}"
    if first.up_to is None:
        return text
    text += f" up to {_amount(first.up_to, rate)}"
    for tier in others:
        price = dollars(tier.price_usd)
        text += f", then {price}" if tier.up_to is None else f", {price} up to {_amount(tier.up_to, rate)}"
    return f"{text}, each month"


def _amount(units: float, rate: Rate) -> str:
    """Units of a month, as single things where a unit is many of them: ``333,000,000``, ``10,240 GB``."""
    return f"{units * rate.per:,.0f}" if rate.per > 1 else f"{units:,.0f} {rate.unit}"


def dollars(price: float) -> str:
    """All digits of a price, two at least behind the point: ``$0.0000166667``, ``$3.50``."""
    digits = f"{price:.12f}".rstrip("0")
    whole, _, fraction = digits.partition(".")
    return f"${whole}.{fraction:0<2}"
