"""What log lines cost that are kept, shared by the meters of functions and of log groups."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.spec import Value
from simulator.engine.pricing.rates import HOURS_PER_MONTH

STORED_SHARE: Final = 0.15
"""Estimate: CloudWatch Logs stores lines compressed, to about this share of what it took."""


def kept_gb_months(taken_gb: float, retention_days: Value) -> float:
    """GB-months of lines that are kept so long, once the retention is filled at the rate of the run.

    Taking G GB an hour and keeping them for H hours stores G * H GB, compressed. Lines that are never deleted
    count as kept for one month.
    """
    kept_h = float(retention_days) * 24.0 if isinstance(retention_days, int | float) else HOURS_PER_MONTH
    return taken_gb * STORED_SHARE * kept_h / HOURS_PER_MONTH
