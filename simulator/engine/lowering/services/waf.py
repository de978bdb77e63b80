"""WAF web ACL: counts each request, limits the rate of one address, blocks a share of the rest."""

from __future__ import annotations

from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.fronts import answer_some, write_logs
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "waf"
ENTRIES = (CALL,)

_MOST_PLACES: Final = 20_000
"""Buckets of the rate rule: with more addresses than this, several share one of the same total rate."""


def lower(plan: Plan, node: Node) -> None:
    """The rate rule first, then the other rules; the time that the rules take is left out."""
    tables, end = plan.tables, Label("end")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=plan.number(node), flags=1)
    write_logs(plan, node)
    if node.value("rate_limit") is not None:
        window_s, limit = float(str(node.value("rate_window_s") or "300")), node.number("rate_limit")
        addresses = max(int(node.number("addresses", 1.0)), 1)
        places = min(addresses, _MOST_PLACES)
        limit *= addresses / places
        tables.emit(op.KEY, resource=tables.keys(places), flags=1, stream=plan.stream(node, "address"))
        first = tables.bucket_array(places, limit / window_s, limit)
        tables.emit(op.BUCKET, resource=first, x=1.0, flags=2, code=st.FORBIDDEN, otherwise=end)
    share = node.number("blocked_percent") / 100.0
    if node.value("default_action") == "block":
        share = 1.0 - share
    answer_some(plan, node, share, st.FORBIDDEN, end=end, purpose="blocked")
    tables.place(end)
    tables.emit(op.END)
