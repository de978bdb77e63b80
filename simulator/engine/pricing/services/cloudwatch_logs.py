"""CloudWatch Logs: the data of the lines that are taken, and what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.lowering.logs import FUNCTION_LOGS
from simulator.engine.lowering.services.cloudwatch_logs import BATCHES
from simulator.engine.pricing.log_storage import kept_gb_months
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "cloudwatch_logs"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """So many kilobytes for each call that writes lines; those of functions are billed with the functions."""
    functions = sum(usage.calls(edge) for edge in usage.incoming(node) if edge.connection == FUNCTION_LOGS)
    gb = max(usage.own(node, BATCHES) - functions, 0.0) * node.number("log_kb", 0.5) / GB_IN_KB
    infrequent = node.value("log_class") == "INFREQUENT_ACCESS"
    yield Metered(node.id, f"cloudwatch_logs.ingestion{'_infrequent' if infrequent else ''}", gb)
    yield Metered(node.id, "cloudwatch_logs.storage", kept_gb_months(gb, node.value("retention_days")))
