"""The ASGI application: HTTP to Django, websockets to the consumers."""

from __future__ import annotations

import os
from typing import cast

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designer.config.settings")
django_application = get_asgi_application()

# Consumers import models, which need a Django that has been set up: after the line above.
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.conf import settings  # noqa: E402

from designer.config.body_limit import Application, BodyLimit  # noqa: E402
from designer.config.origin import SameOriginOnly  # noqa: E402
from designer.server.routing import websocket_urlpatterns as designer_sockets  # noqa: E402
from simulator.server.routing import websocket_urlpatterns as simulator_sockets  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": BodyLimit(cast("Application", django_application), settings.MAXIMUM_BODY_BYTES),
        "websocket": SameOriginOnly(AuthMiddlewareStack(URLRouter([*designer_sockets, *simulator_sockets]))),
    }
)
