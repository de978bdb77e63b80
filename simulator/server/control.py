"""What a viewer may do to a run while it goes on: its pace, its load, its faults."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final, Literal, NotRequired, TypedDict

from designer.domain.graph.fault_document import fault as fault_from_json
from designer.domain.graph.fault_document import fault_to_json
from designer.domain.graph.scenario_fields import ScenarioError, mapping, number, optional, text
from simulator.engine.simulation import MAXIMUM_LOAD_FACTOR, Simulation, SimulationRefused
from simulator.engine.timeline import Action

CommandKind = Literal["pace", "pause", "play", "step", "load", "inject", "lift"]
KINDS: Final[tuple[CommandKind, ...]] = ("pace", "pause", "play", "step", "load", "inject", "lift")
SLOWEST, FASTEST = 0.1, 1000.0
"""Simulated seconds per real second."""
MOST_COMMANDS: Final = 1000
MOST_FAULTS: Final = 50


class Command(TypedDict):
    """One thing to do. ``pace`` null is as fast as possible; ``id`` names a fault, as the viewer's page chooses."""

    kind: CommandKind
    pace: NotRequired[float | None]
    factor: NotRequired[float]
    id: NotRequired[str]
    fault: NotRequired[dict[str, object]]


class ActiveFault(TypedDict):
    """A fault that a viewer has injected."""

    id: str
    fault: dict[str, object]


class Control(TypedDict):
    """How a run is being played."""

    pace: float | None
    paused: bool
    load: float
    faults: list[ActiveFault]
    actions: list[Action]
    """What has taken place so far: planned faults and what viewers did, with its simulated time."""


def fresh_control() -> Control:
    """As fast as possible, at the scenario's load."""
    return {"pace": None, "paused": False, "load": 1.0, "faults": [], "actions": []}


def command_from_json(given: object) -> Command:
    """Read a command. Raises :class:`ScenarioError` naming the field."""
    data = mapping(given, "command")
    kind = data.get("kind")
    if kind not in KINDS:
        raise ScenarioError("command.kind", f"is {kind!r}; it must be one of {', '.join(KINDS)}")
    command: Command = {"kind": kind}
    if kind == "pace":
        command["pace"] = optional(data, "pace", "command", FASTEST, least=SLOWEST)
    elif kind == "load":
        command["factor"] = number(data, "factor", 1.0, path="command", most=MAXIMUM_LOAD_FACTOR)
    elif kind in ("inject", "lift"):
        command["id"] = text(data, "id", "", path="command", most=100)
    if kind == "inject":
        command["fault"] = fault_to_json(fault_from_json(data.get("fault"), "command.fault"))
    return command


class Player:
    """Applies commands to a simulation and says how far it may go by now."""

    def __init__(self, simulation: Simulation, control: Control) -> None:
        self._simulation = simulation
        self.control = control
        self._stepping = False
        self._from_s = simulation.now_s
        self._since = time.monotonic()

    def apply(self, command: Mapping[str, object]) -> None:
        """Do what a command says. What cannot happen in this design does nothing: its sender was told before."""
        read = command_from_json(command)
        control, kind = self.control, read["kind"]
        if kind == "pace":
            control["pace"] = read["pace"]
        elif kind in ("pause", "play"):
            control["paused"] = kind == "pause"
        elif kind == "step":
            control["paused"] = self._stepping = True
        elif kind == "load":
            control["load"] = read["factor"]
            self._simulation.set_load_factor(read["factor"])
        else:
            control["faults"] = [each for each in control["faults"] if each["id"] != read["id"]]
            if kind == "lift":
                self._simulation.lift(read["id"])
            elif len(control["faults"]) < MOST_FAULTS:
                self._inject(read)
        self._from_s, self._since = self._simulation.now_s, time.monotonic()

    def _inject(self, command: Command) -> None:
        try:
            self._simulation.inject(command["id"], fault_from_json(command["fault"], "command.fault"))
        except SimulationRefused:
            return
        self.control["faults"].append({"id": command["id"], "fault": command["fault"]})

    @property
    def may_reach_s(self) -> float:
        """The simulated second up to which the run may go now."""
        if self._stepping:
            return self._simulation.window_end_s
        if self.control["paused"]:
            return self._simulation.now_s
        if self.control["pace"] is None:
            return float("inf")
        return self._from_s + (time.monotonic() - self._since) * self.control["pace"]

    def report(self) -> Control:
        """How the run is being played, with what has taken place so far."""
        self.control["actions"] = list(self._simulation.actions)
        return self.control

    def stepped(self) -> None:
        """A window has been completed."""
        self._stepping = False
