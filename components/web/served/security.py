"""What every answer of the server says to the browser's own guards, and whom the server answers.

The page loads nothing from another host, is shown in no frame of another site, and sends no address of its own along.
Scripts run from the server's own files alone, from Streamlit's components (which it starts from data that it holds, at
blob addresses), and from the document's own lines, each named by its digest. Styles written into the page stay allowed:
Streamlit makes them as it goes. A request with a host name that is not the server's own is refused: a name that an
attacker points at 127.0.0.1 would otherwise make a browser hand the dashboard to a foreign page. So is a websocket of a
page that is not the server's own.
"""

import base64
import hashlib
import ipaddress
import os
import re
from collections.abc import Iterable

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.web.served.answering import is_of
from components.web.served.paths import address

_POLICY = (
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
REPLICA = "thesis_replica"
STREAMLIT_S = "/_stcore/metrics"  # which would tell anyone
_HERE = ("localhost", "127.0.0.1", "::1")


def headers_for(scripts: Iterable[str]) -> dict[str, str]:
    """The headers, for a document with these lines of script in it."""
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(["script-src 'self' blob:", *(f"'sha256-{digest}'" for digest in digests)])
    return {"Content-Security-Policy": "; ".join((*_POLICY, allowed)), **_HEADERS}


class Guard:
    """Adds the headers to every answer, and refuses requests for hosts that are not the server's."""

    def __init__(self, app: ASGIApp, scripts: Iterable[str] = ()) -> None:
        self.app, self.headers = app, headers_for(scripts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        host, origin = asked.get("host", ""), asked.get("origin")
        # A page of another program on this machine has this machine's name, too, and another port.
        is_foreign = scope["type"] == "websocket" and origin is not None and not is_of(origin, host)
        if is_foreign or not is_ours(host, allowed_hosts()):
            refusal = PlainTextResponse("This server does not answer to that name.", 421, self.headers)
            if scope["type"] == "http":
                await refusal(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http" and scope["path"] == address(STREAMLIT_S):
            await PlainTextResponse("Metrics are told at /metrics.", 403, self.headers)(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
            elif message["type"] == "websocket.accept" and (replica := replica_cookie(asked)):
                message = {**message, "headers": [*message.get("headers", ()), (b"set-cookie", replica.encode())]}
            await send(message)

        await self.app(scope, receive, guarded)


def replica_cookie(asked: Headers) -> str:
    """Which replica a session lives in, for the proxy in front, which then sends all of its requests there.

    Empty without `THESIS_REPLICA`. Said where a session begins, so that it follows a reader who was taken elsewhere.
    """
    name = os.environ.get("THESIS_REPLICA", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name):
        return ""
    secure = "; Secure" if asked.get("x-forwarded-proto") == "https" else ""
    return f"{REPLICA}={name}; Path=/; HttpOnly; SameSite=Lax{secure}"


def allowed_hosts() -> tuple[str, ...]:
    """The names that the server answers to; none where it answers to any, as a server for a team may."""
    configured = tuple(str(name).lower() for name in st.get_option("server.allowedHosts") or ())
    bound = str(st.get_option("server.address") or "")
    if configured or not _is_loopback(bound):
        return configured
    return (*_HERE, bound)


def is_ours(host: str, allowed: Iterable[str]) -> bool:
    """Whether a Host header names the server; `allowed` without entries lets every name pass."""
    names = tuple(allowed)
    name = _without_port(host).lower()
    return not names or any(
        name == each or (each.startswith("*.") and name.endswith(each[1:]) and name != each[2:]) for each in names
    )


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
