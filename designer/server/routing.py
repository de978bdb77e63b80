"""The designer's socket addresses."""

from __future__ import annotations

from django.urls import path

from designer.server.consumers import DocumentConsumer, EventsConsumer

websocket_urlpatterns = [
    path("ws/designs/<uuid:design_id>/document/", DocumentConsumer.as_asgi()),
    path("ws/designs/<uuid:design_id>/document", DocumentConsumer.as_asgi()),
    path("ws/designs/<uuid:design_id>/events/", EventsConsumer.as_asgi()),
]
