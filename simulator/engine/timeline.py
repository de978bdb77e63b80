"""What happens to a run at given times: load changes and faults, planned by the scenario or done by a viewer.

An action takes place at an exact simulated time, so that a run in which a viewer took part can be repeated: the actions
that were applied are part of the summary and can be given to another run.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import Literal, NotRequired, TypedDict

from designer.domain.graph.fault_document import fault_to_json
from designer.domain.graph.scenario import AT_ONCE, Scenario


class Action(TypedDict):
    """One change. ``id`` names a fault: the position in the scenario's list, or what a viewer's page has chosen."""

    at_s: float
    kind: Literal["load", "inject", "lift"]
    factor: NotRequired[float]
    id: NotRequired[str]
    fault: NotRequired[dict[str, object]]
    planned: bool


class Timeline:
    """Actions in order of time; what is added later at the same time comes later."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Action]] = []
        self._added = 0
        self.applied: list[Action] = []

    def add(self, action: Action) -> None:
        """Plan an action."""
        heapq.heappush(self._waiting, (action["at_s"], self._added, action))
        self._added += 1

    @property
    def next_s(self) -> float:
        """When the next action is due; infinity when there is none."""
        return self._waiting[0][0] if self._waiting else float("inf")

    def due(self, now_s: float) -> Iterable[Action]:
        """Take the actions that are due."""
        while self.next_s <= now_s:
            action = heapq.heappop(self._waiting)[2]
            self.applied.append(action)
            yield action


def planned(scenario: Scenario) -> Iterable[Action]:
    """The scenario's faults as actions."""
    for number, fault in enumerate(scenario.faults):
        name = f"fault {number}"
        yield {
            "at_s": fault.start_s,
            "kind": "inject",
            "id": name,
            "fault": fault_to_json(fault),
            "planned": True,
        }
        if fault.end_s is not None and fault.kind not in AT_ONCE:
            yield {"at_s": fault.end_s, "kind": "lift", "id": name, "planned": True}
