"""The help pages: what Windtunnel knows, one page for each service, connection and rule."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.domain.help.contents import article_to_json, articles, contents_to_json
from designer.server.errors import ApiError


class HelpEntrySerializer(serializers.Serializer[Any]):
    """One page in the list; ``words`` are what else it can be found by."""

    address = serializers.CharField(help_text="Below /help/ in the app and /api/help/ here")
    topic = serializers.ChoiceField(choices=("services", "connections", "rules"))
    title = serializers.CharField()
    kind = serializers.CharField()
    words = serializers.CharField()


class HelpContentsView(APIView):
    """The list of all help pages."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=HelpEntrySerializer(many=True), tags=["help"])
    def get(self, request: Request) -> Response:
        """Every page, services first."""
        del request
        return Response(contents_to_json())


class HelpPageView(APIView):
    """One help page."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["help"])
    def get(self, request: Request, topic: str, page_id: str) -> Response:
        """The page: title, and parts of paragraphs, lists, facts and tables."""
        del request
        article = articles().get(f"{topic}/{page_id}")
        if article is None:
            raise ApiError("There is no such help page.", code="not_found", status_code=404)
        return Response(article_to_json(article))
