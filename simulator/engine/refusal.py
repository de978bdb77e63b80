"""Why a run is not started."""

from __future__ import annotations


class SimulationRefused(ValueError):  # noqa: N818  (it is a refusal, not a fault)
    """The scenario cannot or must not be run; the message names the limit and the cure."""
