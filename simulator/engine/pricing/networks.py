"""What went through gateways and endpoints, and how long servers ran: shared by the meters of their services."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Design, Node
from designer.domain.network.calls import Address, Call, calls
from designer.domain.network.endpoints import is_interface
from designer.domain.network.placement import frames_around, place_of
from designer.domain.network.reach import through_nat, ways
from simulator.engine import stations as st
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage


def nat_gb(usage: Usage, nat: Node) -> float:
    """GB that calls carried through the gateway; gateways of one VPC share them."""
    design = usage.plan.design
    gateways = ways(design).nat
    total = 0.0
    for call in through_nat(design):
        sharing = [gateway.id for gateway, place in gateways if place.same_vpc(call.place)]
        if nat.id in sharing:
            total += _gb(usage, call) / len(sharing)
    return total


def endpoint_gb(usage: Usage, endpoint: Node) -> float:
    """GB that calls carried through an interface endpoint."""
    design = usage.plan.design
    at = place_of(design, endpoint)
    served = next(services for node, _, services in ways(design).endpoints if node.id == endpoint.id)
    if not is_interface(design, endpoint):
        return 0.0
    return sum(
        _gb(usage, call)
        for call in calls(design)
        if call.address is Address.AWS and call.service in served and call.place.same_vpc(at)
    )


def _gb(usage: Usage, call: Call) -> float:
    """Request or answer, whichever the design knows the size of: the payload at the called node."""
    return usage.calls(call.edge) * usage.payload_kb[call.called.id] / GB_IN_KB


def frame_of(design: Design, node: Node, kind: str) -> str | None:
    """Name of the innermost frame of this kind around the node, such as its Region's; None where none is drawn."""
    return next((frame.label for frame in frames_around(design, node) if frame.kind == kind), None)


def between_regions(usage: Usage) -> Iterator[Metered]:
    """Requests that leave their Region for another one that is drawn, at the node that sends them."""
    design = usage.plan.design
    if len({frame.label for frame in design.groups.values() if frame.kind == "region"}) < 2:
        return
    for edge in design.edges.values():
        source, target = design.nodes[edge.source], design.nodes[edge.target]
        here, there = frame_of(design, source, "region"), frame_of(design, target, "region")
        if here is not None and there is not None and here != there:
            yield Metered(
                source.id, "data_transfer.regions", usage.calls(edge) * usage.payload_kb[target.id] / GB_IN_KB
            )


def server_hours(usage: Usage, node: Node, fixed: int) -> float:
    """Hours of all servers of a fleet together: as its scaler kept them, or a fixed number."""
    if node.id in usage.plan.scaled:
        return usage.meter(node, st.METER_SERVER_S) / 3600.0
    return fixed * usage.hours
