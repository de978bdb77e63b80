"""The run server's socket addresses."""

from __future__ import annotations

from django.urls import path

from simulator.server.consumers import RunConsumer

websocket_urlpatterns = [path("ws/runs/<uuid:run_id>/", RunConsumer.as_asgi())]
