"""A run's summary as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from designer.domain.graph.model import Design
from simulator.engine.results import Cost, CostLine, Latency, Summary

_LONGEST_LABEL = 40


def summary_text(design: Design, summary: Summary) -> str:
    """The summary as tables: entry points, nodes, edges, cost and remarks."""
    head = (
        f"{design.name}: {summary['duration_s']:,.0f} s simulated, seed {summary['seed']}, "
        f"{summary['events']:,} events, {summary['status']}, engine {summary['engine_version']}"
    )
    parts = [[head], _entry_points(design, summary), _nodes(design, summary), _edges(design, summary)]
    parts += [_cost(design, summary["cost"]), [remark["text"] for remark in summary["remarks"]]]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _entry_points(design: Design, summary: Summary) -> list[str]:
    rows = [
        (
            _name(design, node_id),
            f"{entry['requests']:,}",
            f"{entry['completions']:,}",
            _causes(entry["errors"]),
            *_percentiles(entry["caller_latency_ms"]),
            f"{entry['journey_ms']['p95']:,.1f}",
        )
        for node_id, entry in sorted(summary["entry_points"].items())
    ]
    return _table(
        ("Entry point", "requests", "completed", "errors", "p50 ms", "p95 ms", "p99 ms", "journey p95 ms"), rows
    )


def _nodes(design: Design, summary: Summary) -> list[str]:
    rows = [
        (
            _name(design, node_id),
            f"{node['arrivals']:,}",
            f"{node['completions']:,}",
            _causes(node["errors"]),
            f"{node['concurrency']:,.2f}",
            "-" if node["utilisation"] is None else f"{node['utilisation']:.0%}",
            f"{node['queue_depth']:,}",
            *_percentiles(node["latency_ms"]),
        )
        for node_id, node in sorted(summary["nodes"].items())
    ]
    return _table(
        ("Node", "arrivals", "completed", "errors", "in service", "busy", "queue", "p50 ms", "p95 ms", "p99 ms"), rows
    )


def _edges(design: Design, summary: Summary) -> list[str]:
    rows = []
    for edge_id, stats in sorted(summary["edges"].items()):
        edge = design.edges[edge_id]
        ends = f"{_name(design, edge.source)} -> {_name(design, edge.target)}"
        rows.append((ends, f"{stats['calls']:,}", f"{stats['errors']:,}"))
    return _table(("Edge", "calls", "errors"), rows)


def _cost(design: Design, cost: Cost) -> list[str]:
    rows = [
        (
            _name(design, line["node"]),
            f"{line['item']}{_marks(line)}",
            f"{line['quantity']:,.6g} {line['unit']}",
            f"{line['amount_usd']:,.6f}",
            f"{line['monthly_usd']:,.2f}",
        )
        for line in cost["lines"]
    ]
    rows.append(("total", "", "", f"{cost['total_usd']:,.6f}", f"{cost['monthly_usd']:,.2f}"))
    lines = _table((f"Cost ({cost['region']})", "item", "quantity", "run USD", "month USD"), rows, words=2)
    lines += [f"Left out: {text}" for text in cost["excluded"]]
    return lines


def _marks(line: CostLine) -> str:
    """What else is to be known of a line of the bill: a price of one's own, an estimate."""
    marks = [text for text, holds in (("own price", line["own_price"]), ("estimate", line["estimate"])) if holds]
    return f" ({', '.join(marks)})" if marks else ""


def _percentiles(latency: Latency) -> tuple[str, str, str]:
    if not latency["count"]:
        return ("-", "-", "-")
    return (f"{latency['p50']:,.1f}", f"{latency['p95']:,.1f}", f"{latency['p99']:,.1f}")


def _causes(errors: Mapping[str, int]) -> str:
    found = [f"{count:,} {cause}" for cause, count in sorted(errors.items()) if count]
    return ", ".join(found) or "0"


def _name(design: Design, node_id: str) -> str:
    node = design.nodes.get(node_id)
    label = node.label if node is not None else node_id
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 3]}..."


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1) -> list[str]:
    """The rows below their head; the first columns hold words, the others figures."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return list(_lines((head, *rows), widths, words))


def _lines(rows: Sequence[Sequence[str]], widths: Sequence[int], words: int) -> Iterator[str]:
    for row in rows:
        cells = (
            cell.ljust(width) if column < words else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
