"""A workspace's own prices and quotas over REST: members read them, owners change them."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.server.access import find_membership, person
from designer.server.errors import ApiError
from simulator.engine.overrides import OverrideError
from simulator.server.prices import prices_save, prices_to_json


class PriceTierSerializer(serializers.Serializer[Any]):
    """``price_usd`` per unit up to ``up_to`` units a month; null: all further ones."""

    up_to = serializers.FloatField(allow_null=True)
    price_usd = serializers.FloatField()


class PublishedRateSerializer(serializers.Serializer[Any]):
    """A line of the published price list."""

    id = serializers.CharField()
    service = serializers.CharField()
    item = serializers.CharField()
    unit = serializers.CharField()
    tiers = PriceTierSerializer(many=True)
    published_by = serializers.CharField()
    url = serializers.CharField()
    as_of = serializers.CharField()


class PublishedQuotaSerializer(serializers.Serializer[Any]):
    """A published limit that AWS raises on request."""

    id = serializers.CharField()
    service = serializers.CharField()
    name = serializers.CharField()
    value = serializers.FloatField()
    unit = serializers.CharField()
    published_by = serializers.CharField()


class PricesSerializer(serializers.Serializer[Any]):
    """The workspace's own prices and quotas beside the published ones."""

    overrides = serializers.DictField()
    region = serializers.CharField()
    rates = PublishedRateSerializer(many=True)
    quotas = PublishedQuotaSerializer(many=True)
    changed_at = serializers.DateTimeField(allow_null=True)
    changed_by = serializers.CharField(allow_null=True)


class OverridesSerializer(serializers.Serializer[Any]):
    """``prices`` by rate id, each a list of tiers; ``quotas`` by service.limit."""

    prices = serializers.DictField(required=False)
    quotas = serializers.DictField(required=False)


class WorkspacePricesView(APIView):
    """Prices and quotas of a workspace."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=PricesSerializer)
    def get(self, request: Request, workspace_id: uuid.UUID) -> Response:
        """The workspace's own prices and quotas, and what is published."""
        find_membership(request, workspace_id)
        return Response(prices_to_json(workspace_id))

    @extend_schema(request=OverridesSerializer, responses=PricesSerializer)
    def put(self, request: Request, workspace_id: uuid.UUID) -> Response:
        """Replace the workspace's own prices and quotas; runs started from now on count with them."""
        find_membership(request, workspace_id, managing=True)
        try:
            prices_save(workspace_id=workspace_id, content=request.data, user=person(request))
        except OverrideError as error:
            raise ApiError(error.problem, code="bad_prices", path=error.path, status_code=400) from None
        return Response(prices_to_json(workspace_id))
