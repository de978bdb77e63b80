"""Random designs and edits for hypothesis: as wild as a file or an old client could make them."""

from __future__ import annotations

from hypothesis import strategies as st

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Kind, Parameter, Value
from designer.domain.connections.registry import connections, rows_between
from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Design, Edge, Group, Node, Note
from designer.domain.graph.operations import (
    AddEdge,
    AddGroup,
    AddNode,
    AddNote,
    MoveNode,
    Operation,
    RelabelNode,
    RemoveEdge,
    RemoveGroup,
    RemoveNode,
    RemoveNote,
    SetEdgeConnection,
    SetEdgeParameter,
    SetNodeParameter,
)

LONG = "node-" + "long" * 25
NODE_IDS = [*(f"node-{number}" for number in range(6)), LONG, "node-0-dlq", f"{LONG}-dlq", "node-1-function"]
EDGE_IDS = [*(f"edge-{number}" for number in range(11)), "node-0-node-0-dlq", f"{LONG[:60]}-{LONG[:60]}"]
"""Among them ids that a fix would give to what it adds, so that it has to choose another one."""

SERVICES = [*services(), "service_of_tomorrow"]
WRONG_CONNECTIONS = st.sampled_from(["unknown", "not.a.connection", *sorted(connections())])
NONSENSE: st.SearchStrategy[Value] = st.sampled_from([True, False, -1, 0, 7.5, 10**9, "", "{", "[]", '{"a": ["b"]}'])
coordinates = st.integers(-5000, 5000).map(lambda tenths: tenths / 10)


def values(parameter: Parameter | None) -> st.SearchStrategy[Value]:
    """Sensible values of a parameter, values at and beyond its limits, and nonsense."""
    if parameter is None:
        return NONSENSE
    sensible: list[Value] = [choice.value for choice in parameter.choices]
    sensible += [limit for limit in (parameter.default, parameter.minimum, parameter.maximum) if limit is not None]
    if parameter.kind is Kind.BOOLEAN:
        sensible += [True, False]
    return st.one_of(st.sampled_from(sensible), NONSENSE) if sensible else NONSENSE


@st.composite
def parameters(draw: st.DrawFn, specifications: tuple[Parameter, ...]) -> dict[str, Value]:
    """A few settings, most of them known."""
    chosen = draw(st.lists(st.sampled_from([*specifications, None]), max_size=4)) if specifications else []
    return {("unheard_of" if p is None else p.id): draw(values(p)) for p in chosen}


@st.composite
def nodes(draw: st.DrawFn, node_id: str) -> Node:
    """A node of any service, also of one that the catalog does not have."""
    service = draw(st.sampled_from(SERVICES))
    known = services().get(service)
    settings = draw(parameters(known.parameters if known else ()))
    group = draw(st.sampled_from([None, "group-0"]))
    return Node(node_id, service, draw(st.text(max_size=8)), draw(coordinates), draw(coordinates), settings, group)


@st.composite
def edges(draw: st.DrawFn, edge_id: str, ends: dict[str, Node]) -> Edge:
    """An edge between two of the nodes: mostly one of the table's rows for the pair, sometimes nonsense."""
    source, target = draw(st.sampled_from(sorted(ends))), draw(st.sampled_from(sorted(ends)))
    rows = rows_between(ends[source].service, ends[target].service)
    usual = st.one_of(st.sampled_from([row.id for row in rows]), WRONG_CONNECTIONS) if rows else WRONG_CONNECTIONS
    connection = draw(usual)
    row = connections().get(connection)
    mode, flow = (row.mode, row.flow) if row else (Mode.ASYNCHRONOUS, Flow.ASYNC)
    if draw(st.integers(0, 9)) == 0:
        mode, flow = draw(st.sampled_from(Mode)), draw(st.sampled_from(Flow))
    settings = draw(parameters(row.parameters if row else ()))
    return Edge(edge_id, source, target, connection, mode, flow, settings)


@st.composite
def designs(draw: st.DrawFn, most_edges: int = 10) -> Design:
    """A design of a few nodes, seldom a sensible one."""
    chosen = draw(st.lists(st.sampled_from(NODE_IDS), unique=True, max_size=len(NODE_IDS)))
    found = {node_id: draw(nodes(node_id)) for node_id in chosen}
    between = {}
    if found:
        ids = draw(st.lists(st.sampled_from(EDGE_IDS), unique=True, max_size=most_edges))
        between = {edge_id: draw(edges(edge_id, found)) for edge_id in ids}
    return Design("Random", found, between, {"group-0": Group("group-0", "plain", "Group")}, {"n": Note("n", "Note")})


@st.composite
def operations(draw: st.DrawFn, design: Design) -> Operation:
    """One operation that fits the design."""
    free_nodes = sorted(set(NODE_IDS) - set(design.nodes))
    fitting: list[st.SearchStrategy[Operation]] = [
        nodes(draw(st.sampled_from(free_nodes))).map(AddNode) if free_nodes else st.nothing(),
        st.just(AddGroup(Group("group-1", "plain", "More"))) if "group-1" not in design.groups else st.nothing(),
        st.just(AddNote(Note("m", "More"))) if "m" not in design.notes else st.nothing(),
        st.just(RemoveNote("n")) if "n" in design.notes else st.nothing(),
        st.just(RemoveGroup("group-0")) if "group-0" in design.groups else st.nothing(),
    ]
    if design.nodes:
        node = design.nodes[draw(st.sampled_from(sorted(design.nodes)))]
        known = services().get(node.service)
        parameter = draw(st.sampled_from([*(known.parameters if known else ()), None]))
        fitting += [
            st.just(RemoveNode(node.id)),
            st.builds(MoveNode, st.just(node.id), coordinates, coordinates),
            st.builds(RelabelNode, st.just(node.id), st.text(max_size=5)),
            st.builds(
                SetNodeParameter,
                st.just(node.id),
                st.just("unheard_of" if parameter is None else parameter.id),
                st.one_of(st.none(), values(parameter)),
            ),
        ]
        free = sorted(set(EDGE_IDS) - set(design.edges))
        if free:
            fitting.append(edges(draw(st.sampled_from(free)), dict(design.nodes)).map(AddEdge))
    if design.edges:
        edge = design.edges[draw(st.sampled_from(sorted(design.edges)))]
        known_settings = edge.row.parameters if edge.row else ()
        setting = draw(st.sampled_from([*known_settings, None]))
        fitting += [
            st.just(RemoveEdge(edge.id)),
            edges(edge.id, dict(design.nodes)).map(SetEdgeConnection),
            st.builds(
                SetEdgeParameter,
                st.just(edge.id),
                st.just("unheard_of" if setting is None else setting.id),
                st.one_of(st.none(), values(setting)),
            ),
        ]
    return draw(st.one_of(fitting))
