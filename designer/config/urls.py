"""All addresses of the product."""

from __future__ import annotations

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from designer.server.errors import api_not_found
from designer.server.pages import ApplicationView

urlpatterns = [
    path("", include("designer.server.urls")),
    path("", include("simulator.server.urls")),
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    re_path(r"^api(?:/|$)", api_not_found),
    # Everything else is a page of the frontend, which has its own router.
    re_path(r"^(?!assets/|ws/).*$", ApplicationView.as_view(), name="application"),
]
handler400 = "designer.server.errors.bad_request"
handler403 = "designer.server.errors.forbidden"
handler404 = "designer.server.errors.not_found"
handler500 = "designer.server.errors.server_error"
