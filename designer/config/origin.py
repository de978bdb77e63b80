"""Which pages may open our websockets: those that we served."""

from __future__ import annotations

from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host

from designer.config.body_limit import Application, Receive, Scope, Send


class SameOriginOnly:
    """Refuses a websocket unless its Origin is the host and port that it is opened on, and an allowed host.

    Allowed hosts alone would let a page of another program on this machine in: cookies know no ports.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the connection on, or refuse it."""
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin-1")
        host = headers.get(b"host", b"").decode("latin-1")
        if _allowed(origin, host):
            await self._application(scope, receive, send)
        else:
            await WebsocketDenier()(scope, receive, send)


def _allowed(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    domain, _port = split_domain_port(host)
    return (
        parts.scheme in ("http", "https")
        and parts.netloc.lower() == host.lower()
        and bool(domain)
        and validate_host(domain, settings.ALLOWED_HOSTS)
    )
