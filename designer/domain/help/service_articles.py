"""The page of a service: what it is, how it is invoked, what can be set, its limits and what a run models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import UNKNOWN_SERVICE, Limit, Parameter, Section, Service, Value
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Connection, Verdict
from designer.domain.help.article import (
    Article,
    Block,
    Bullets,
    Line,
    Paragraph,
    Part,
    Span,
    Table,
    Topic,
    bullets,
    cited,
    coded,
    linked,
    plain,
)
from designer.domain.help.price_lines import price_lines

VERDICTS: Final = {Verdict.VALID: "yes", Verdict.CONDITIONAL: "under conditions", Verdict.INVALID: "no"}
_SECTIONS: Final = (("Settings", Section.SETTING), ("Workload", Section.WORKLOAD), ("Quotas", Section.QUOTA))


def service_article(service: Service) -> Article:
    """Everything that the catalog and the table know of the service."""
    return Article(
        Topic.SERVICES,
        service.id,
        service.name,
        service.category.value,
        tuple(part for part in _parts(service) if part.blocks),
        service.source,
        " ".join((service.summary, *service.keywords)),
    )


def leaving(service_id: str) -> list[Connection]:
    """The rows that lead from the service, in the order of the pages."""
    return sorted((row for row in connections().values() if row.source == service_id), key=_order)


def _reaching(service_id: str) -> list[Connection]:
    return sorted((row for row in connections().values() if row.target == service_id), key=_order)


def _order(row: Connection) -> tuple[str, str, bool, str]:
    return (row.source, row.target, not row.preferred, row.id)


def _parts(service: Service) -> Iterator[Part]:
    yield Part("", (Paragraph(plain(service.summary)), Paragraph((Span("Source: "), *cited(service.source)))))
    yield Part("How it is invoked", _connection_table(_reaching(service.id), "from"))
    yield Part("What it invokes", _connection_table(leaving(service.id), "to"))
    for title, section in _SECTIONS:
        yield Part(title, _parameter_table([p for p in service.parameters if p.section is section]))
    yield Part("Limits", _limit_table(service.limits))
    yield Part("Prices", price_lines(service))
    yield Part("What a run models", tuple(_modelled(service)))
    templates = Bullets(tuple(coded(name) for name in service.cfn_types))
    yield Part("In templates", (templates,) if service.cfn_types else ())


def _if_any(texts: tuple[str, ...]) -> tuple[Block, ...]:
    return (bullets(texts),) if texts else ()


def _modelled(service: Service) -> Iterator[Block]:
    if service.id == UNKNOWN_SERVICE or not service.model.modelled:
        yield from _if_any(service.model.not_modelled)
        return
    yield bullets(service.model.modelled)
    if service.model.estimated:
        yield Paragraph(plain("Estimated, because AWS publishes no figures:"))
        yield bullets(service.model.estimated)
    if service.model.not_modelled:
        yield Paragraph(plain("Not modelled:"))
        yield bullets(service.model.not_modelled)


def _connection_table(rows: list[Connection], other: str) -> tuple[Block, ...]:
    if not rows:
        return ()
    cells = tuple(
        (
            service_link(row.source if other == "from" else row.target),
            linked(row.label, f"{Topic.CONNECTIONS}/{row.id}"),
            plain(row.mode.value.replace("_", " ")),
            plain(VERDICTS[row.verdict]),
        )
        for row in rows
    )
    return (Table((other, "mechanism", "mode", "works"), cells),)


def service_link(service_id: str) -> Line:
    """The name of a service, leading to its page."""
    return linked(services()[service_id].name, f"{Topic.SERVICES}/{service_id}")


def _parameter_table(parameters: Iterable[Parameter]) -> tuple[Block, ...]:
    rows = tuple(
        (
            (Span(f"{parameter.label} "), Span(parameter.id, code=True)),
            value_line(parameter.default, parameter.unit),
            _range(parameter),
            plain(parameter.help),
            plain(parameter.beyond),
            cited(parameter.source),
        )
        for parameter in parameters
    )
    head = ("parameter", "default", "range", "what it does", "beyond it", "source")
    return (Table(head, rows),) if rows else ()


def _limit_table(limits: Iterable[Limit]) -> tuple[Block, ...]:
    rows = tuple(
        (
            plain(limit.label),
            value_line(limit.value, limit.unit),
            plain("on request" if limit.adjustable else "no"),
            plain(limit.beyond),
            cited(limit.source),
        )
        for limit in limits
    )
    return (Table(("limit", "value", "AWS raises it", "beyond it", "source"), rows),) if rows else ()


def _range(parameter: Parameter) -> Line:
    if parameter.choices:
        spans: list[Span] = []
        for choice in parameter.choices:
            spans += [Span(", ")] if spans else []
            spans.append(Span(choice.value, code=True))
        return tuple(spans)
    if parameter.minimum is None or parameter.maximum is None:
        return plain(parameter.kind.value)
    raised = ", raised on request" if parameter.adjustable else ""
    (most,) = value_line(parameter.maximum, parameter.unit)
    return plain(f"{_number(parameter.minimum)} to {most.text}{raised}")


def value_line(value: Value, unit: str) -> Line:
    """A value with its unit; a text is a program's word."""
    if value is None:
        return plain("not set")
    if isinstance(value, bool):
        return plain("on" if value else "off")
    if isinstance(value, str):
        return coded(value)
    return plain(f"{_number(value)} {unit}".rstrip())


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
