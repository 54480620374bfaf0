"""Who gets in: everyone where nothing is configured, else those who log in and are on the list.

`[auth]` in `secrets.toml` switches Streamlit's login by OpenID Connect on. `THESIS_READERS` then says who may read:
addresses and domains, `ann@example.com, @example.org`. Nobody is let in without being named, and an address that its
provider does not call verified is none, since anyone may claim it. `THESIS_TRUST_PROVIDER=on` takes the word of one
that never says so, as Microsoft Entra for an organisation's own people. A list of readers without a login lets nobody
in: whoever wrote it meant the dashboard to be closed.

Streamlit keeps who is there in a signed cookie; what the server answers besides Streamlit's pages looks at the same.
"""

import json
import logging
import os
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_secrets_auth_section
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from components.web.served.paths import address

_log = logging.getLogger(__name__)
# What a browser needs before anyone has logged in: Streamlit's own files and the login itself. The websocket is open,
# too: the script behind it shows a button and nothing else (`widgets/door.py`).
_OPEN = (
    "/static/",
    "/_stcore/",
    "/auth/",
    "/oauth2callback",
    "/assets/",
    "/health",
    "/component/",
    "/bidi-components/",
)


def is_on() -> bool:
    """Whether readers have to log in: where a login is configured, or a list of readers says that one is meant."""
    return is_configured() or bool(readers())


def is_configured() -> bool:
    """Whether there is a provider to log in at. A secrets file that cannot be read configures none."""
    return bool(get_secrets_auth_section())


def problem() -> str:
    """What keeps everyone out, as a sentence; empty where nothing does."""
    if readers() and not is_configured():
        return "THESIS_READERS names readers, and secrets.toml has no readable [auth] section: nobody is let in."
    return ""


def readers() -> tuple[str, ...]:
    """The addresses and domains that may read, in small letters."""
    named = os.environ.get("THESIS_READERS", "").lower()
    return tuple(each.strip() for each in named.split(",") if each.strip())


def may_read(user: Mapping[str, Any]) -> bool:
    """Whether someone who has logged in is on the list."""
    email = str(user.get("email") or "").lower().strip()
    name, _, domain = email.partition("@")
    if not name or not domain or "@" in domain or not _is_verified(user):
        return False
    return email in readers() or f"@{domain}" in readers()


def _is_verified(user: Mapping[str, Any]) -> bool:
    said = user.get("email_verified")
    if said is None:
        return os.environ.get("THESIS_TRUST_PROVIDER", "").lower() in ("on", "1", "true")
    return str(said).lower() == "true"  # some providers say it as a text


def user_of(connection: HTTPConnection) -> dict[str, Any] | None:
    """Who a request comes from, by the signed cookie; None for someone who has not logged in."""
    cookie = _get_signed_cookie_with_chunks(dict(connection.cookies), USER_COOKIE_NAME)
    if cookie is None:
        return None
    try:
        user = json.loads(cookie)
    except ValueError:
        return None
    return user if isinstance(user, dict) and user.get("is_logged_in") is True else None


def lets_in(connection: HTTPConnection) -> bool:
    """Whether a request may see figures."""
    if not is_on():
        return True
    user = user_of(connection) if is_configured() else None
    return user is not None and may_read(user)


class Door:
    """Answers nothing with figures in it to those who may not read.

    Parameters
    ----------
    documents : the paths of the pages, which everyone gets: without a login, with no words in them.
    """

    def __init__(self, app: ASGIApp, documents: tuple[str, ...] = ()) -> None:
        self.app = app
        self.documents = tuple(address(each) for each in documents)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or self._is_open(path) or lets_in(HTTPConnection(scope)):
            await self.app(scope, receive, send)
            return
        _log.info("refused without a login: %s", path)
        await PlainTextResponse("Log in first.", 401)(scope, receive, send)

    def _is_open(self, path: str) -> bool:
        return path in self.documents or any(path.startswith(address(each)) for each in _OPEN)
