"""The headers of every answer, and the hosts that are answered."""

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from components.web.served import security
from components.web.served.document import scripts
from components.web.served.security import Guard, allowed_hosts, headers_for, is_ours, replica_cookie


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")


def client(host: str) -> TestClient:
    routes = [Route("/", lambda request: PlainTextResponse("hello")), WebSocketRoute("/socket", _socket)]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, scripts=["run()"])])
    return TestClient(app, base_url=f"http://{host}")


@pytest.fixture(autouse=True)
def on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "allowed_hosts", lambda: ("localhost", "127.0.0.1", "::1"))


@pytest.mark.parametrize("path", ["/", "/none-such"])
def test_every_answer_has_the_headers(path: str) -> None:
    headers = client("127.0.0.1:8501").get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy  # no foreign host
    assert "unsafe-eval" not in policy
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in script
    # echo -n 'run()' | openssl dgst -sha256 -binary | base64
    assert script == "script-src 'self' blob: 'sha256-AvyuiL0SD1mVY3NNxR+V2uo+lhk6RMFrytWmRt6CrJQ='"


def test_the_document_s_own_scripts_are_named() -> None:
    policy = headers_for(scripts())["Content-Security-Policy"]
    assert len(scripts()) == 2  # Streamlit's and ours
    assert policy.count("sha256-") == 2


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "evil.example:8501"])
def test_another_name_is_refused(host: str) -> None:
    answer = client("127.0.0.1").get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_socket_under_another_name_is_refused() -> None:
    with client("127.0.0.1").websocket_connect("/socket", headers={"Host": "127.0.0.1"}) as socket:
        assert socket.receive_text() == "hello"
    with (
        pytest.raises(WebSocketDisconnect),
        client("127.0.0.1").websocket_connect("/socket", headers={"Host": "evil.example"}),
    ):
        pass


@pytest.mark.parametrize(
    ("host", "allowed", "ours"),
    [
        ("localhost:8501", ("localhost",), True),
        ("LOCALHOST", ("localhost",), True),
        ("[::1]:8501", ("::1",), True),
        ("::1", ("::1",), True),
        ("localhost.evil.example", ("localhost",), False),
        ("team.example.com", ("*.example.com",), True),
        ("example.com", ("*.example.com",), False),
        ("badexample.com", ("*.example.com",), False),
        ("anything", (), True),
    ],
)
def test_names(host: str, allowed: tuple[str, ...], ours: bool) -> None:
    assert is_ours(host, allowed) is ours


@pytest.mark.parametrize(
    ("address", "configured", "expected"),
    [
        ("127.0.0.1", [], ("localhost", "127.0.0.1", "::1", "127.0.0.1")),
        ("localhost", [], ("localhost", "127.0.0.1", "::1", "localhost")),
        ("0.0.0.0", [], ()),  # for a team: something in front asks who is there
        ("0.0.0.0", ["Team.example.com"], ("team.example.com",)),
        ("127.0.0.1", ["team.example.com"], ("team.example.com",)),
    ],
)
def test_which_names_are_answered(
    monkeypatch: pytest.MonkeyPatch, address: str, configured: list[str], expected: tuple[str, ...]
) -> None:
    settings = {"server.address": address, "server.allowedHosts": configured}
    monkeypatch.setattr(st, "get_option", settings.get)
    assert allowed_hosts() == expected


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    [
        ("http://127.0.0.1:8501", True),
        ("http://127.0.0.1:9999", False),  # another program on the same machine
        ("http://evil.example", False),
        ("null", False),
        ("http://[", False),
    ],
)
def test_a_socket_is_for_the_server_s_own_pages(origin: str, is_let_in: bool) -> None:
    asked = client("127.0.0.1").websocket_connect("/socket", headers={"Host": "127.0.0.1:8501", "Origin": origin})
    if is_let_in:
        with asked as socket:
            assert socket.receive_text() == "hello"
        return
    with pytest.raises(WebSocketDisconnect), asked:
        pass


@pytest.mark.parametrize(
    ("name", "cookie"),
    [
        ("8501", "thesis_replica=8501; Path=/; HttpOnly; SameSite=Lax"),
        ("", ""),
        ("a b", ""),
        ("x\r\nSet-Cookie: y", ""),
    ],
)
def test_a_replica_names_itself_where_a_session_begins(monkeypatch: pytest.MonkeyPatch, name: str, cookie: str) -> None:
    monkeypatch.setenv("THESIS_REPLICA", name)
    assert replica_cookie(Headers({})) == cookie
    if cookie:
        assert replica_cookie(Headers({"x-forwarded-proto": "https"})) == f"{cookie}; Secure"
        with client("127.0.0.1").websocket_connect("/socket", headers={"Host": "127.0.0.1"}) as socket:
            assert (b"set-cookie", cookie.encode()) in socket.extra_headers


def test_metrics_of_streamlit_s_own_are_told_to_nobody() -> None:
    assert client("127.0.0.1").get("/_stcore/metrics").status_code == 403
