"""Reading somebody else's file into a design."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.domain.formats.registry import import_file
from designer.domain.graph.document import design_to_json
from designer.server.errors import ApiError


class UploadSerializer(serializers.Serializer[Any]):
    """A file in one of the formats that can be read."""

    file = serializers.FileField()


class UnknownResourceSerializer(serializers.Serializer[Any]):
    """A resource that became a plain node."""

    id = serializers.CharField()
    type = serializers.CharField()


class ImportReportSerializer(serializers.Serializer[Any]):
    """What a person should know about an import."""

    format = serializers.CharField()
    nodes = serializers.IntegerField()
    edges = serializers.IntegerField()
    unknown = UnknownResourceSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class ImportedSerializer(serializers.Serializer[Any]):
    """The file as a design, and the report."""

    document = serializers.DictField()
    report = ImportReportSerializer()


class ImportView(APIView):
    """Reads a file; nothing is stored. The browser puts the result on the canvas, as one step to undo."""

    permission_classes = (IsAuthenticated,)
    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses=ImportedSerializer, tags=["import"])
    def post(self, request: Request) -> Response:
        """The file's design and a report."""
        file = request.FILES.get("file")
        if file is None:
            raise ApiError("Send the file as the form field “file”.", code="no_file", path="file")
        uploaded = cast("UploadedFile", file)
        if (uploaded.size or 0) > settings.MAXIMUM_UPLOAD_BYTES:
            most = settings.MAXIMUM_UPLOAD_BYTES // 1024 // 1024
            raise ApiError(f"The file is larger than {most} MB.", code="too_large", path="file", status_code=413)
        imported = import_file(uploaded.name or "", uploaded.read())
        design, report = imported.design, imported.report
        return Response(
            {
                "document": design_to_json(design),
                "report": {
                    "format": report.format,
                    "nodes": len(design.nodes),
                    "edges": len(design.edges),
                    "unknown": [{"id": resource.id, "type": resource.type} for resource in report.unknown],
                    "notes": list(report.notes),
                },
            }
        )
