"""Who is asking: the session cookie, for the API."""

from __future__ import annotations

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session, with CSRF enforced for writes; strangers get 401 rather than 403."""

    def authenticate_header(self, request: Request) -> str:
        """Named so that REST framework answers 401."""
        del request
        return "Session"


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the session is described in the API's schema; registers itself by being defined."""

    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """The session cookie; writes need the header ``X-CSRFToken`` as well."""
        del auto_schema
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
