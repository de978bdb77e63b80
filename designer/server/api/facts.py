"""What follows from a design: policies, alarms, failures and guarantees of one node or edge."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.domain.derived.facts import edge_facts, node_facts
from designer.server.access import find_design
from designer.server.document_services import document_read
from designer.server.errors import ApiError


class FactSourceSerializer(serializers.Serializer[Any]):
    """Where a statement comes from."""

    title = serializers.CharField()
    url = serializers.CharField()
    as_of = serializers.CharField()
    estimate = serializers.BooleanField()


class AlarmSerializer(serializers.Serializer[Any]):
    """A CloudWatch alarm worth having."""

    namespace = serializers.CharField()
    metric = serializers.CharField()
    statistic = serializers.CharField()
    threshold = serializers.CharField(help_text="In words, with the node's own figures")
    why = serializers.CharField()
    authority = FactSourceSerializer()


class FailureSerializer(serializers.Serializer[Any]):
    """What happens when the work of an incoming edge fails for good."""

    edge = serializers.CharField()
    sentences = serializers.ListField(child=serializers.CharField())


class HopSerializer(serializers.Serializer[Any]):
    """One edge of a way."""

    edge = serializers.CharField()
    delivery = serializers.CharField()
    ordering = serializers.CharField()


class GuaranteeSerializer(serializers.Serializer[Any]):
    """What the shortest way from an entry point promises from end to end."""

    entry = serializers.CharField()
    delivery = serializers.CharField()
    ordering = serializers.CharField()
    hops = HopSerializer(many=True)


class NodeFactsSerializer(serializers.Serializer[Any]):
    """What follows for a node. Policies name resources as ``${node-id.Arn}``."""

    role_policy = serializers.DictField(allow_null=True)
    role_trust = serializers.DictField(allow_null=True)
    resource_policy = serializers.DictField(allow_null=True)
    alarms = AlarmSerializer(many=True)
    failures = FailureSerializer(many=True)
    guarantees = GuaranteeSerializer(many=True)


class EdgeFactsSerializer(serializers.Serializer[Any]):
    """What follows for an edge."""

    actions = serializers.ListField(child=serializers.CharField())
    principal = serializers.CharField()
    failure = serializers.ListField(child=serializers.CharField())
    guarantees = GuaranteeSerializer(many=True)


class FactsView(APIView):
    """What follows for one node or edge of a design."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(
        parameters=[
            OpenApiParameter("node", description="Id of a node; either this or an edge"),
            OpenApiParameter("edge", description="Id of an edge; either this or a node"),
        ],
        responses=PolymorphicProxySerializer(
            component_name="Facts",
            serializers=[NodeFactsSerializer, EdgeFactsSerializer],
            resource_type_field_name=None,
            many=False,
        ),
        tags=["designs"],
    )
    def get(self, request: Request, design_id: uuid.UUID) -> Response:
        """Policies, alarms, failures and guarantees, from the design as it is stored."""
        design = document_read(find_design(request, design_id).pk).design
        node_id, edge_id = request.query_params.get("node"), request.query_params.get("edge")
        if (node_id is None) == (edge_id is None):
            raise ApiError("Name one node or one edge.", code="invalid", path="node")
        if node_id is not None:
            node = design.nodes.get(node_id)
            if node is None:
                raise ApiError("The design has no such node.", code="not_found", path="node", status_code=404)
            return Response(node_facts(design, node))
        edge = design.edges.get(edge_id or "")
        if edge is None:
            raise ApiError("The design has no such edge.", code="not_found", path="edge", status_code=404)
        return Response(edge_facts(design, edge))
