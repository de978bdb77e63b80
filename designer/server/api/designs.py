"""Designs over REST: the list, one design, its document, findings and exports."""

from __future__ import annotations

import re
import unicodedata
import uuid
from typing import Any, Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.domain.formats.registry import export_design, exporters
from designer.domain.graph.document import design_from_json, design_to_json
from designer.domain.graph.model import Design as DesignValue
from designer.domain.graph.operation_document import operation_from_json
from designer.server.access import find_design, find_membership, person, role_in
from designer.server.checking import findings_message
from designer.server.document_services import (
    document_apply_operations,
    document_findings,
    document_json,
    document_read,
    document_rename,
    document_replace,
)
from designer.server.errors import ApiError
from designer.server.models import WRITING_ROLES, Design, Membership, Role
from designer.server.selectors import designs_of, memberships_of
from designer.server.services import design_create, design_delete

MAXIMUM_OPERATIONS: Final = 10_000


class WorkspaceSerializer(serializers.Serializer[Any]):
    """The workspace that a design belongs to."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class DesignSerializer(serializers.Serializer[Any]):
    """A design without its content."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    workspace = WorkspaceSerializer()
    role = serializers.ChoiceField(choices=Role.choices, help_text="What the person who asks may do with it")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class DesignCreateSerializer(serializers.Serializer[Any]):
    """A new design. Without a workspace it goes to the first in which the person may write."""

    name = serializers.CharField(max_length=200, required=False)
    workspace = serializers.UUIDField(required=False)
    document = serializers.JSONField(required=False, help_text="Content in the native file format")


class DesignRenameSerializer(serializers.Serializer[Any]):
    """What can be changed of a design besides its content."""

    name = serializers.CharField(max_length=200)


class OperationsSerializer(serializers.Serializer[Any]):
    """Operations to apply together: all of them or none."""

    operations = serializers.ListField(child=serializers.JSONField(), max_length=MAXIMUM_OPERATIONS)


class FindingsSerializer(serializers.Serializer[Any]):
    """What is wrong with a design, as of a revision of its document."""

    revision = serializers.IntegerField()
    findings = serializers.ListField(child=serializers.DictField())


def design_json(design: Design, role: Role) -> dict[str, object]:
    """A design without its content."""
    return {
        "id": str(design.pk),
        "name": design.name,
        "workspace": {"id": str(design.workspace_id), "name": design.workspace.name},
        "role": role.value,
        "created_at": design.created_at.isoformat(),
        "updated_at": design.updated_at.isoformat(),
    }


class DesignView(APIView):
    """One design."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=DesignSerializer, tags=["designs"])
    def get(self, request: Request, design_id: uuid.UUID) -> Response:
        """The design without its content."""
        design = find_design(request, design_id)
        return Response(design_json(design, role_in(design)))

    @extend_schema(request=DesignRenameSerializer, responses=DesignSerializer, tags=["designs"])
    def patch(self, request: Request, design_id: uuid.UUID) -> Response:
        """Rename the design."""
        design = find_design(request, design_id, writing=True)
        given = DesignRenameSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        document_rename(design_id=design.pk, name=given.validated_data["name"])
        design = find_design(request, design_id)
        return Response(design_json(design, role_in(design)))

    @extend_schema(responses={204: None}, tags=["designs"])
    def delete(self, request: Request, design_id: uuid.UUID) -> Response:
        """Delete the design with its runs; it cannot be had back."""
        design_delete(design=find_design(request, design_id, writing=True))
        return Response(status=status.HTTP_204_NO_CONTENT)


class DesignListView(APIView):
    """All designs of the person."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=DesignSerializer(many=True), tags=["designs"])
    def get(self, request: Request) -> Response:
        """Every design that the person may see, the last changed first."""
        return Response([design_json(design, role_in(design)) for design in designs_of(person(request))])

    @extend_schema(request=DesignCreateSerializer, responses={201: DesignSerializer}, tags=["designs"])
    def post(self, request: Request) -> Response:
        """Create a design, empty or with the content of a file."""
        given = DesignCreateSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        membership = self._membership(request, given.validated_data.get("workspace"))
        document, name = given.validated_data.get("document"), given.validated_data.get("name")
        content = DesignValue(name="Untitled") if document is None else design_from_json(document)
        if name or not content.name:
            content = DesignValue(
                name or "Untitled", content.nodes, content.edges, content.groups, content.notes, content.scenarios
            )
        design = design_create(workspace=membership.workspace, user=person(request), content=content)
        return Response(design_json(design, Role(membership.role)), status=status.HTTP_201_CREATED)

    def _membership(self, request: Request, workspace_id: uuid.UUID | None) -> Membership:
        if workspace_id is None:
            membership = memberships_of(person(request)).filter(role__in=WRITING_ROLES).first()
        else:
            membership = find_membership(request, workspace_id)
        if membership is None or membership.role not in WRITING_ROLES:
            raise ApiError("You may not create designs in this workspace.", code="read_only", status_code=403)
        return membership


class DocumentView(APIView):
    """A design's content in the native file format."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["designs"])
    def get(self, request: Request, design_id: uuid.UUID) -> Response:
        """The content."""
        return Response(document_json(find_design(request, design_id).pk))

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT, tags=["designs"])
    def put(self, request: Request, design_id: uuid.UUID) -> Response:
        """Replace the content; whoever has the design open sees it at once."""
        design = find_design(request, design_id, writing=True)
        content = design_from_json(request.data)
        return Response(design_to_json(document_replace(design_id=design.pk, design=content).design))


class OperationsView(APIView):
    """Changes to a design's content."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=OperationsSerializer, responses=OpenApiTypes.OBJECT, tags=["designs"])
    def post(self, request: Request, design_id: uuid.UUID) -> Response:
        """Apply operations, all or none; the answer is the new content."""
        design = find_design(request, design_id, writing=True)
        given = OperationsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        operations = [
            operation_from_json(item, f"operations[{position}]")
            for position, item in enumerate(given.validated_data["operations"])
        ]
        return Response(design_to_json(document_apply_operations(design_id=design.pk, operations=operations).design))


class FindingsView(APIView):
    """What is wrong with a design."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=FindingsSerializer, tags=["designs"])
    def get(self, request: Request, design_id: uuid.UUID) -> Response:
        """All findings, errors first."""
        findings, revision = document_findings(find_design(request, design_id).pk)
        message = findings_message(findings, revision)
        return Response({"revision": message["revision"], "findings": message["findings"]})


class ExportView(APIView):
    """A design as a file."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(
        responses={200: OpenApiTypes.BINARY},
        parameters=[OpenApiParameter("theme", enum=["light", "dark"], description="Colours of a picture")],
        tags=["designs"],
    )
    def get(self, request: Request, design_id: uuid.UUID, export_format: str) -> HttpResponse:
        """The file, for download."""
        design = document_read(find_design(request, design_id).pk).design
        if export_format not in exporters():
            known = ", ".join(exporters())
            raise ApiError(
                f"There is no format “{export_format}”; there are {known}.", code="unknown_format", status_code=404
            )
        exported = export_design(design, export_format, theme=request.query_params.get("theme", "light"))
        response = HttpResponse(exported.content, content_type=exported.media_type)
        name = f"{file_name(design.name)}.{exported.suffix.lstrip('.')}"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
        # An SVG opened by its address must not run anything.
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
        return response


def file_name(name: str) -> str:
    """A design's name as the first part of a file's name, safe on every system."""
    plain = unicodedata.normalize("NFKC", name)
    cleaned = re.sub(r"[^\w\- .]+", "-", plain).strip(" .-")[:80].strip(" .-")
    return cleaned or "design"
