"""Errors over HTTP: ``{"error": {"code", "message", "path"}}`` from the API, a short page elsewhere."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler as framework_handler

from designer.domain.formats.registry import FormatError
from designer.domain.graph.document import DocumentError
from designer.domain.graph.operations import OperationError
from designer.server.document_services import DocumentTooLargeError
from designer.server.services import LastOwnerError
from designer.server.storage import DesignGoneError

TITLES: Final = {
    400: "The request could not be understood",
    403: "You may not do this",
    404: "There is no such page",
    500: "Something went wrong on our side",
}


class ApiError(exceptions.APIException):
    """A refusal with a code for programs, and the place of what was refused."""

    def __init__(self, message: str, *, code: str, path: str = "", status_code: int = 400) -> None:
        super().__init__(message, code)
        self.message = message
        self.code = code
        self.path = path
        self.status_code = status_code


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's handler, with our own errors and our shape."""
    error = _translated(error)
    response = framework_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ApiError):
        response.data = body(error.code, error.message, error.path)
    elif isinstance(error, exceptions.ValidationError):
        path, message = _first(error.detail)
        response.data = body("invalid", message, path)
    elif isinstance(error, exceptions.APIException):
        response.data = body(str(error.default_code), str(error.detail))
    else:
        response.data = body(
            "not_found" if response.status_code == status.HTTP_404_NOT_FOUND else "forbidden",
            TITLES[response.status_code]
            if response.status_code == status.HTTP_403_FORBIDDEN
            else "There is no such thing, or you may not see it.",
        )
    return response


def body(code: str, message: str, path: str = "") -> dict[str, dict[str, str]]:
    """The JSON of an error."""
    return {"error": {"code": code, "message": message, "path": path}}


def _translated(error: Exception) -> Exception:
    match error:
        case DocumentError():
            return ApiError(str(error), code="bad_document", path=error.path)
        case FormatError():
            place = error.path or ("" if error.line is None else f"line {error.line}")
            return ApiError(str(error), code="bad_file", path=place)
        case OperationError():
            return ApiError(str(error), code="bad_operation", path="operations", status_code=409)
        case DocumentTooLargeError():
            return ApiError(str(error), code="too_large", status_code=413)
        case RequestDataTooBig():
            return ApiError("The request is too large.", code="too_large", status_code=413)
        case LastOwnerError():
            return ApiError(str(error), code="last_owner", status_code=409)
        case DesignGoneError():
            return exceptions.NotFound("There is no such thing, or you may not see it.")
    return error


def _first(detail: Any, path: str = "") -> tuple[str, str]:  # noqa: ANN401 nested lists and dictionaries of errors
    """The first of REST framework's validation errors, and the field that it is about."""
    if isinstance(detail, dict):
        key, inner = next(iter(detail.items()))
        own = "" if key == "non_field_errors" else str(key)
        return _first(inner, f"{path}.{own}" if path and own else path or own)
    if isinstance(detail, list):
        return _first(detail[0], path)
    return path, str(detail)


def api_not_found(request: HttpRequest) -> HttpResponse:
    """An address under ``/api/`` that does not exist."""
    return JsonResponse(body("not_found", f"There is no {request.path} in the API."), status=404)


def _answer(request: HttpRequest, code: int, name: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(body(name, f"{TITLES[code]}."), status=code)
    return render(request, "designer/error.html", {"title": TITLES[code]}, status=code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    del exception
    return _answer(request, 400, "bad_request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    del exception
    return _answer(request, 403, "forbidden")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    del exception
    return _answer(request, 404, "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _answer(request, 500, "server_error")
