"""A signed-in caller of the product's REST API, with nothing but the standard library."""

from __future__ import annotations

import json
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener


class Caller:
    """Calls one web process as the owner whose sign-in link it is given."""

    def __init__(self, url: str, sign_in_url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies))
        with self._opener.open(sign_in_url, timeout=30):
            pass
        self.get("/api/session/")

    def cookie_header(self) -> str:
        """The cookies as a header value, for a websocket."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)

    def get(self, path: str) -> Any:
        """The JSON answer of a GET."""
        return self._call("GET", path, None)

    def post(self, path: str, body: object = None) -> Any:
        """The JSON answer of a POST with a JSON body."""
        return self._call("POST", path, body if body is not None else {})

    def _call(self, method: str, path: str, body: object) -> Any:
        request = Request(f"{self.url}{path}", method=method)
        request.add_header("Accept", "application/json")
        request.add_header("Origin", self.url)
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), None)
        if token:
            request.add_header("X-CSRFToken", token)
        try:
            with self._opener.open(request, timeout=60) as answer:
                return json.loads(answer.read() or b"null")
        except HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode(errors='replace')}") from error
