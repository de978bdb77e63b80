"""Who is asking: the session cookie, for the API."""

from __future__ import annotations

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session, with CSRF enforced for writes; strangers get 401 rather than 403."""

    def authenticate_header(self, request: Request) -> str:
        """Named so that REST framework answers 401."""
        del request
        return "Session"
