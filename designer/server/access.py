"""What API views share: finding things from the point of view of the person who asks."""

from __future__ import annotations

import uuid
from typing import cast

from django.contrib.auth.models import User
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from designer.server.errors import ApiError
from designer.server.models import WRITING_ROLES, Design, Membership, Role
from designer.server.selectors import designs_of, memberships_of


def person(request: Request) -> User:
    """The signed-in person; views require one."""
    return cast("User", request.user)


def find_design(request: Request, design_id: uuid.UUID, *, writing: bool = False) -> Design:
    """The design. Raises 404 when it is not there or not the person's to see, 403 when they may only look."""
    design = designs_of(person(request)).filter(pk=design_id).first()
    if design is None:
        raise NotFound("There is no such design, or you may not see it.")
    if writing and role_in(design) not in WRITING_ROLES:
        raise ApiError("You may look at this design, but not change it.", code="read_only", status_code=403)
    return design


def role_in(design: Design) -> Role:
    """What the person may do with a design that came from ``designs_of``."""
    return Role(getattr(design, "role"))  # noqa: B009 the selector's annotation is no field of the model


def find_membership(request: Request, workspace_id: uuid.UUID, *, managing: bool = False) -> Membership:
    """The person's own membership of the workspace. Raises 404 for strangers, 403 when they may not manage it."""
    membership = memberships_of(person(request)).filter(workspace_id=workspace_id).first()
    if membership is None:
        raise NotFound("There is no such workspace, or you may not see it.")
    if managing and membership.role != Role.OWNER:
        raise ApiError("Only an owner of the workspace may do this.", code="owners_only", status_code=403)
    return membership
