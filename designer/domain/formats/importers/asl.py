"""Reads a state machine's definition (Amazon States Language, JSON or YAML): the workflow and all that it calls."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Final

from designer.domain.catalog.spec import UNKNOWN_SERVICE
from designer.domain.connections.registry import UNKNOWN_CONNECTION
from designer.domain.formats.cloudformation.yaml_text import read_yaml
from designer.domain.formats.json_text import read_json
from designer.domain.formats.layout import arrange
from designer.domain.formats.spec import FormatError, Imported, Importer, ImportReport, UnknownResource
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.workflows.analysis import analyse
from designer.domain.workflows.integrations import CallKind
from designer.domain.workflows.reach import TARGETS, connection_of, edge_parameters, mechanism, travels
from designer.domain.workflows.tasks import TaskCall, last_name, mentioned, task_calls

_STANDARD: Final = "step_functions_standard"
_YAML: Final = (".asl.yaml", ".asl.yml")
_NOT_IN_IDS: Final = re.compile(r"[^A-Za-z0-9_.-]+")


def _detect(name: str, text: str) -> bool:
    if name.lower().endswith(_YAML):
        return True
    begins = text.lstrip().startswith("{")
    return begins and '"StartAt"' in text and '"States"' in text and '"Resources"' not in text


def _read(name: str, text: str) -> Imported:
    definition = _as_json(name, text)
    analysis = analyse(definition)
    if analysis.machine is None:
        problem = analysis.problems[0]
        raise FormatError(problem.message, path=problem.place, line=problem.line, column=problem.column)
    title = PurePath(name).name.split(".")[0].replace("_", " ").strip() or "workflow"
    workflow = Node(_id(title, "workflow"), _STANDARD, title[:200], parameters={"definition": definition})
    nodes = {workflow.id: workflow}
    unknown: dict[str, UnknownResource] = {}
    notes = [f"Line {p.line}: {p.message}" for p in analysis.errors[:5]]
    calls: list[tuple[TaskCall, Node]] = []
    for call in task_calls(analysis.machine):
        target = _target(call)
        if target is None:
            if call.call.kind not in (CallKind.UNKNOWN, CallKind.ACTIVITY):
                notes.append(f"{call.state.name} says only in a run what it calls: no connection is drawn for it.")
            continue
        node = nodes.setdefault(target.id, target)
        calls.append((call, node))
        if node.service == UNKNOWN_SERVICE:
            unknown[node.id] = UnknownResource(node.id, str(node.parameters["resource_type"]))
    design = Design(title[:100], nodes, _edges(workflow, calls))
    report = ImportReport(
        format="Step Functions definition", unknown=tuple(unknown.values()), notes=tuple(dict.fromkeys(notes))
    )
    return Imported(arrange(design), report)


def _as_json(name: str, text: str) -> str:
    if name.lower().endswith(_YAML):
        return json.dumps(read_yaml(text).value, indent=2, ensure_ascii=False)
    read_json(text)
    return text


def _target(call: TaskCall) -> Node | None:
    """The node that a call reaches, named as the call names it; None when that is decided in a run."""
    if call.call.kind in (CallKind.UNKNOWN, CallKind.ACTIVITY):
        return None
    if call.call.service not in TARGETS:
        resource_type = f"Step Functions integration {call.call.service}"
        return Node(
            _id(call.call.service, "service"),
            UNKNOWN_SERVICE,
            call.call.service,
            parameters={"resource_type": resource_type},
        )
    fixed = [name for name in call.names if not name.startswith(("$.", "$[", "$$", "{%", "States."))]
    if not fixed:
        return None
    label = next(mentioned(fixed[0]), "") or last_name(fixed[0])
    node_id = _id(label, call.call.service)
    return Node(node_id, _service(call, label), label[:200])


def _service(call: TaskCall, label: str) -> str:
    candidates = TARGETS[call.call.service]
    second = label.endswith(".fifo") or call.call.action == "startSyncExecution"
    return candidates[1] if second and len(candidates) > 1 else candidates[0]


def _edges(workflow: Node, calls: list[tuple[TaskCall, Node]]) -> dict[str, Edge]:
    found: dict[str, Edge] = {}
    seen: set[tuple[object, ...]] = set()
    for call, node in calls:
        row = connection_of(call, workflow.service, node.service)
        mode, flow = travels(call) if row is None else (row.mode, row.flow)
        connection = UNKNOWN_CONNECTION if row is None else row.id
        parameters = {} if row is None else edge_parameters(call, row)
        same = (node.id, connection, flow, parameters.get("action"))
        if same not in seen:
            seen.add(same)
            way = mechanism(call, node.service)
            edge_id = f"{node.id[:80]}.{way}.{len(found) + 1}"
            found[edge_id] = Edge(edge_id, workflow.id, node.id, connection, mode, flow, parameters)
    return found


def _id(label: str, otherwise: str) -> str:
    return _NOT_IN_IDS.sub("-", label).strip("-.")[:100] or otherwise


IMPORTER = Importer(
    id="asl",
    label="Step Functions definition",
    suffixes=(".asl",),
    detect=_detect,
    read=_read,
    priority=2,
)
