"""Windows of time: what comes in one of them waits for its end, where one frame goes on for all."""

from __future__ import annotations

from typing import Final

from simulator.engine import instructions as op
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

ONE_ANSWER_S: Final = 1e-6
"""What comes at the same time is collected for so long that all of it is there."""
NO_END: Final = 2**31 - 1
"""More than can ever wait."""


def wait_for_window(plan: Plan, period_s: float, batch: Label) -> None:
    """Emit: wait for the next multiple of the period; the frames that meet there go on together at ``batch``."""
    tables = plan.tables
    tables.emit(op.AWAIT_READER, resource=tables.constant(0.0), x=period_s, code=-1)
    tables.emit(op.COLLECT, resource=tables.batcher(batch, NO_END, ONE_ANSWER_S))
    tables.emit(op.END)
