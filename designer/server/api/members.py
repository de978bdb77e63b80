"""Members of a workspace and invitations, over REST."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer.server.access import find_membership, person
from designer.server.models import Invitation, Membership, Role, Workspace
from designer.server.selectors import invitations_of, members_of
from designer.server.services import (
    invitation_create,
    membership_delete,
    membership_set_role,
    person_name,
)


class MemberSerializer(serializers.Serializer[Any]):
    """A person in a workspace; ``id`` is the membership's."""

    id = serializers.IntegerField()
    user = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)


class RoleSerializer(serializers.Serializer[Any]):
    """What somebody may do."""

    role = serializers.ChoiceField(choices=Role.choices)


class InvitationSerializer(serializers.Serializer[Any]):
    """An open invitation."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=Role.choices)
    expires_at = serializers.DateTimeField()


class NewInvitationSerializer(InvitationSerializer):
    """A fresh invitation; its address is shown this once."""

    url = serializers.URLField()


def _member(membership: Membership) -> dict[str, object]:
    user = membership.user
    return {"id": membership.pk, "user": user.pk, "name": person_name(user), "role": membership.role}


def _invitation(invitation: Invitation) -> dict[str, object]:
    return {"id": str(invitation.pk), "role": invitation.role, "expires_at": invitation.expires_at.isoformat()}


class MemberListView(APIView):
    """The members of a workspace."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=MemberSerializer(many=True), tags=["members"])
    def get(self, request: Request, workspace_id: uuid.UUID) -> Response:
        """Everybody in the workspace."""
        workspace = find_membership(request, workspace_id).workspace
        return Response([_member(membership) for membership in members_of(workspace)])


class MemberView(APIView):
    """One member."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=RoleSerializer, responses=MemberSerializer, tags=["members"])
    def patch(self, request: Request, workspace_id: uuid.UUID, member_id: int) -> Response:
        """Change what the member may do; for owners."""
        workspace = find_membership(request, workspace_id, managing=True).workspace
        membership = _find(workspace, member_id)
        given = RoleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(_member(membership_set_role(membership=membership, role=Role(given.validated_data["role"]))))

    @extend_schema(responses={204: None}, tags=["members"])
    def delete(self, request: Request, workspace_id: uuid.UUID, member_id: int) -> Response:
        """Take the member out; for owners, and for oneself."""
        own = find_membership(request, workspace_id)
        membership = _find(own.workspace, member_id)
        if membership.user_id != person(request).pk:
            find_membership(request, workspace_id, managing=True)
        membership_delete(membership=membership)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _find(workspace: Workspace, member_id: int) -> Membership:
    membership = members_of(workspace).filter(pk=member_id).first()
    if membership is None:
        raise NotFound("There is no such member.")
    return membership


class InvitationListView(APIView):
    """Invitations to a workspace; for owners."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=InvitationSerializer(many=True), tags=["members"])
    def get(self, request: Request, workspace_id: uuid.UUID) -> Response:
        """The open invitations."""
        workspace = find_membership(request, workspace_id, managing=True).workspace
        return Response([_invitation(invitation) for invitation in invitations_of(workspace)])

    @extend_schema(request=RoleSerializer, responses={201: NewInvitationSerializer}, tags=["members"])
    def post(self, request: Request, workspace_id: uuid.UUID) -> Response:
        """A link that makes one person a member."""
        workspace = find_membership(request, workspace_id, managing=True).workspace
        given = RoleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        new = invitation_create(workspace=workspace, role=Role(given.validated_data["role"]), user=person(request))
        url = request.build_absolute_uri(reverse("join", args=[new.token]))
        return Response({**_invitation(new.invitation), "url": url}, status=status.HTTP_201_CREATED)


class InvitationView(APIView):
    """One invitation; for owners."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses={204: None}, tags=["members"])
    def delete(self, request: Request, workspace_id: uuid.UUID, invitation_id: uuid.UUID) -> Response:
        """Take the invitation back."""
        workspace = find_membership(request, workspace_id, managing=True).workspace
        if not invitations_of(workspace).filter(pk=invitation_id).delete()[0]:
            raise NotFound("There is no such invitation.")
        return Response(status=status.HTTP_204_NO_CONTENT)
