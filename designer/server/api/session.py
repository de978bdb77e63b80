"""Who am I, and what is there to draw with."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_cache_control
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.domain.connections.document import catalog_to_json
from designer.domain.rules.document import rule_to_json
from designer.domain.rules.registry import rules
from designer.server.access import person
from designer.server.models import Role
from designer.server.selectors import memberships_of
from designer.server.services import person_name


class OwnPersonSerializer(serializers.Serializer[Any]):
    """The person who asks, as others see them."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class OwnWorkspaceSerializer(serializers.Serializer[Any]):
    """A workspace of the person who asks, and their role in it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)


class SessionSerializer(serializers.Serializer[Any]):
    """The signed-in person and their workspaces."""

    user = OwnPersonSerializer()
    workspaces = OwnWorkspaceSerializer(many=True)


class SessionView(APIView):
    """The session; asking for it also sets the cookie ``csrftoken``."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=SessionSerializer, tags=["session"])
    def get(self, request: Request) -> Response:
        """Who is signed in."""
        get_token(request._request)  # noqa: SLF001 the cookie is set on Django's own request
        user = person(request)
        workspaces = [
            {"id": str(membership.workspace_id), "name": membership.workspace.name, "role": membership.role}
            for membership in memberships_of(user)
        ]
        return Response({"user": {"id": user.pk, "name": person_name(user)}, "workspaces": workspaces})


class CatalogView(APIView):
    """Services, connections and rules. Changes only with the program, so browsers keep it by its ETag."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["catalog"])
    def get(self, request: Request) -> HttpResponse:
        """The whole catalog."""
        content, etag = _catalog()
        asked = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
        if etag in asked or "*" in asked:
            response = HttpResponse(status=304)
        else:
            response = HttpResponse(content, content_type="application/json")
        response["ETag"] = etag
        patch_cache_control(response, private=True, no_cache=True)
        return response


@cache
def _catalog() -> tuple[bytes, str]:
    catalog = {**catalog_to_json(), "rules": [rule_to_json(rule) for rule in rules().values()]}
    content = json.dumps(catalog, separators=(",", ":"), ensure_ascii=False).encode()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'
