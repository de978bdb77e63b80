"""How large the messages are that reach each node of a design."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.registry import services
from designer.domain.graph.model import Design


def payload_sizes(design: Design, entries: Mapping[str, float] | None = None) -> dict[str, float]:
    """KB of the largest payload that requests bring to each node; the client's default elsewhere.

    ``entries`` are the sizes that a scenario gives to the requests of entry points; clients have their own. Where an
    edge says how large its messages are, that size goes on from there.
    """
    default = services()["client"].parameter("payload_kb").default
    standard = float(default) if isinstance(default, int | float) else 2.0
    sizes: dict[str, float] = {}
    own = {edge.id: edge.number("message_kb") for edge in design.edges.values() if edge.value("message_kb") is not None}
    clients = {
        node.id: node.number("payload_kb", standard) for node in design.nodes.values() if node.service == "client"
    }
    begin = list((clients | dict(entries or {})).items())
    begin += [(design.edges[edge_id].target, size) for edge_id, size in own.items()]
    for entry, first_size in begin:
        waiting, seen = [(entry, first_size)], {entry}
        while waiting:
            node_id, size = waiting.pop()
            sizes[node_id] = max(sizes.get(node_id, 0.0), size)
            for edge in design.outgoing(node_id):
                if edge.target not in seen and edge.id not in own:
                    seen.add(edge.target)
                    waiting.append((edge.target, size))
    return {node_id: sizes.get(node_id, standard) for node_id in design.nodes}
