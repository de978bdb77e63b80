"""The design while it is being put together from a template."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import UNKNOWN_SERVICE, Value
from designer.domain.connections.registry import UNKNOWN_CONNECTION, connections
from designer.domain.connections.spec import Flow, Mode
from designer.domain.formats.cloudformation.covering import covered
from designer.domain.formats.cloudformation.intrinsics import Reference, Resolver, readable, references
from designer.domain.formats.cloudformation.kinds import DRAWN_WHEN_REACHED, NAME_PROPERTIES, is_setting, service_of
from designer.domain.formats.cloudformation.mechanisms import MECHANISMS
from designer.domain.formats.cloudformation.template import Resource, Template
from designer.domain.formats.spec import UnknownResource
from designer.domain.graph.model import Edge, Node

_ARN: Final = re.compile(r"arn:[^:\s]*:([a-z0-9-]*):[^:\s]*:[^:\s]*:(.+)", re.DOTALL)
_LONGEST_ID: Final = 128


@dataclass
class Draft:
    """Nodes and edges so far, and ways to find a resource by what a property says."""

    template: Template
    resolver: Resolver
    resources: dict[str, Resource] = field(default_factory=dict)
    """Resources that would be made, with their properties resolved."""
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unknown: dict[str, UnknownResource] = field(default_factory=dict)
    timeouts: dict[str, list[int | None]] = field(default_factory=dict)
    """Per API the timeout of each of its integrations in ms, None where the API's default holds."""
    stands_for: dict[str, str] = field(default_factory=dict)
    """By the id of a resource that is drawn as a part of another one: the id of that one."""
    _by_name: dict[tuple[str, str], str] = field(default_factory=dict)
    _same: dict[tuple[object, ...], str] = field(default_factory=dict)

    def add_resources(self, resources: Sequence[Resource]) -> None:
        """Take over the resolved resources and index them by their physical names."""
        self.stands_for.update(covered(resources))
        for resource in resources:
            self.resources[resource.id] = resource
            name = resource.properties.get(NAME_PROPERTIES.get(resource.type, ""))
            if isinstance(name, str) and name:
                self._by_name.setdefault((resource.type.split("::")[-1].lower(), name), resource.id)

    def add_node(self, resource: Resource, parameters: Mapping[str, Value], *, kept: Mapping[str, object]) -> None:
        """Make the resource a node; ``kept`` is what the template said about it."""
        service = service_of(resource.type, resource.properties)
        values = {key: value for key, value in parameters.items() if value is not None}
        if service == UNKNOWN_SERVICE:
            values = {"resource_type": resource.type}
            self.unknown[resource.id] = UnknownResource(resource.id, resource.type)
        self.nodes[resource.id] = Node(
            id=resource.id, service=service, label=resource.id, parameters=values, resource=kept
        )

    def add_implied(
        self, node_id: str, resource_type: str, parameters: Mapping[str, Value], properties: Mapping[str, object]
    ) -> str:
        """A node for something that SAM makes out of a property; returns its id."""
        if node_id not in self.nodes:
            resource = Resource(node_id, resource_type, properties, {})
            self.resources.setdefault(node_id, resource)
            kept = {"type": resource_type, "properties": readable(properties), "implied": True}
            self.add_node(resource, parameters, kept=kept)
        return node_id

    def set_parameters(self, node_id: str, **parameters: Value) -> None:
        """Give a node parameters that another resource holds; a None changes nothing."""
        node = self.nodes[node_id]
        known = services()[node.service].parameters
        allowed = {parameter.id for parameter in known}
        given = {key: value for key, value in parameters.items() if value is not None and key in allowed}
        if given:
            self.nodes[node_id] = replace(node, parameters={**node.parameters, **given})

    def set_timeouts(self) -> None:
        """Give each API the timeout of its slowest integration, unless one of them has the default."""
        for api, timeouts in self.timeouts.items():
            given = [timeout for timeout in timeouts if timeout is not None]
            if given and len(given) == len(timeouts):
                self.set_parameters(api, integration_timeout_ms=max(given))

    def connect(
        self,
        source: str | None,
        target: str | None,
        mechanism: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        otherwise: tuple[Mode, Flow] | None = None,
    ) -> None:
        """An edge by a mechanism; nothing when an end lies outside the template. Equal edges become one.

        ``otherwise`` is how it travels when the connection table has no row for it, instead of what
        is usual for the mechanism.
        """
        if source is None or target is None:
            return
        self._ensure_node(source)
        self._ensure_node(target)
        row = connections().get(f"{self.nodes[source].service}.{self.nodes[target].service}.{mechanism}")
        mode, flow = (otherwise or MECHANISMS[mechanism]) if row is None else (row.mode, row.flow)
        values = {key: value for key, value in (parameters or {}).items() if value is not None}
        if row is not None:
            declared = {parameter.id for parameter in row.parameters}
            values = {key: value for key, value in values.items() if key in declared}
        key = (source, target, mechanism, tuple(sorted(values.items(), key=repr)))
        if key in self._same:
            return
        edge_id = self._edge_id(source, mechanism, target)
        self._same[key] = edge_id
        connection = UNKNOWN_CONNECTION if row is None else row.id
        self.edges[edge_id] = Edge(edge_id, source, target, connection, mode, flow, values)

    def _edge_id(self, source: str, mechanism: str, target: str) -> str:
        wanted = f"{source}.{mechanism}.{target}"
        if len(wanted) > _LONGEST_ID - 8:
            wanted = f"{mechanism}.{hashlib.sha256(wanted.encode()).hexdigest()[:32]}"
        number, edge_id = 1, wanted
        while edge_id in self.edges:
            number += 1
            edge_id = f"{wanted}.{number}"
        return edge_id

    def _ensure_node(self, node_id: str) -> None:
        """A setting that turns out to be the end of an edge (a log group, say) becomes a node after all."""
        if node_id not in self.nodes:
            resource = self.resources[node_id]
            self.add_node(resource, {}, kept=self.kept(resource))

    def kept(self, resource: Resource) -> dict[str, object]:
        """What a node remembers of its resource: as it stands in the template, functions unevaluated."""
        written = self.template.resources.get(resource.id, resource)
        kept: dict[str, object] = {"type": written.type, "properties": dict(written.properties)}
        if written.attributes:
            kept["attributes"] = dict(written.attributes)
        return kept

    def find(self, value: object, *types: str) -> str | None:
        """The resource that a property's value points at: by reference, ARN, URL or name.

        With ``types`` (last parts of resource types, ``Queue``) only such a resource is found, and
        only with them a bare name is looked up. An alias or version counts as its function.
        """
        for reference in references(value):
            node_id = self._real(reference)
            if node_id is not None and self._fits(node_id, types):
                return node_id
        return self._find_by_name(value, types) if isinstance(value, str) else None

    def find_all(self, value: object, *types: str) -> list[str]:
        """Every resource of the types that a value mentions, each once, in reading order."""
        found = dict.fromkeys(self._real(reference) for reference in references(value))
        return [key for key in found if key is not None and self._fits(key, types)]

    def of_type(self, *types: str) -> list[Resource]:
        """All resources of the given types, in the order of the template."""
        return [resource for resource in self.resources.values() if resource.type in types]

    def _fits(self, node_id: str, types: tuple[str, ...]) -> bool:
        if types:
            return self._kind(node_id) in _lower(types)
        return not is_setting(self.resources[node_id].type) or self.resources[node_id].type in DRAWN_WHEN_REACHED

    def _kind(self, node_id: str) -> str:
        return self.resources[node_id].type.split("::")[-1].lower()

    def _real(self, reference: Reference) -> str | None:
        resource = self.resources.get(reference.id)
        if resource is None:
            return self._derived(reference.id)
        if resource.type in ("AWS::Lambda::Alias", "AWS::Lambda::Version"):
            return self.find(resource.properties.get("FunctionName"), "Function")
        return self.stands_for.get(resource.id, resource.id)

    def _derived(self, name: str) -> str | None:
        """The function whose alias or version SAM gives this id, as in ``WorkerAliaslive``."""
        for length in range(len(name) - 1, 0, -1):
            rest = name[length:]
            if rest.startswith(("Alias", "Version")) and name[:length] in self.resources:
                resource = self.resources[name[:length]]
                if resource.type == "AWS::Serverless::Function":
                    return resource.id
        return None

    def _find_by_name(self, value: str, types: tuple[str, ...]) -> str | None:
        service, name = "", value
        match = _ARN.fullmatch(value)
        if match is not None:
            service, name = match.groups()
        elif value.startswith("https://") or not types:
            name = value.rsplit("/", 1)[-1] if value.startswith("https://sqs") else ""
        for kind, candidate in _names(service, name, types):
            found = self._by_name.get((kind.lower(), candidate))
            if found is not None and (not types or kind.lower() in _lower(types)):
                return found
        return None


def _lower(types: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in types)


def _names(service: str, name: str, types: tuple[str, ...]) -> list[tuple[str, str]]:
    """Kinds and physical names that the last part of an ARN, or a bare name, can stand for."""
    if not name:
        return []
    part = re.split(r"[:/]", name)
    by_service: Mapping[str, list[tuple[str, str]]] = {
        "sqs": [("queue", name)],
        "sns": [("topic", part[0])],
        "s3": [("bucket", part[0])],
        "lambda": [("function", part[1] if len(part) > 1 else part[0])],
        "dynamodb": [(kind, part[1] if len(part) > 1 else part[0]) for kind in ("table", "simpletable", "globaltable")],
        "events": [("eventbus" if part[0] == "event-bus" else "apidestination", part[1] if len(part) > 1 else "")],
        "states": [("statemachine", part[1] if len(part) > 1 else part[0])],
        "kinesis": [("stream", part[1] if len(part) > 1 else part[0])],
        "firehose": [("deliverystream", part[1] if len(part) > 1 else part[0])],
        "logs": [
            ("loggroup", part[1] if len(part) > 1 else part[0]),
            ("loggroup", name.removeprefix("log-group:").removesuffix(":*")),
        ],
    }
    if service:
        return by_service.get(service, [])
    return [(kind, name) for kind in (types or ("queue",))]
