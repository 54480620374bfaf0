"""How often one client may ask: as much as pages need, and no more for one that floods."""

from typing import Any

import pytest
from starlette.requests import Request

from components.web.served import pace
from components.web.served.pace import Pace, client_of


def request(host: str = "203.0.113.9", **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "client": (host, 5000), "headers": raw}
    return Request(scope)


def test_a_store_is_emptied_at_once_and_fills_with_time() -> None:
    now = [0.0]
    bucket = Pace(3, 2.0, lambda: now[0])
    assert [bucket.lets(request()) for _ in range(5)] == [True, True, True, False, False]
    assert bucket.lets(request("203.0.113.10"))  # another client has its own
    now[0] += 0.5
    assert [bucket.lets(request()) for _ in range(2)] == [True, False]
    now[0] += 60
    assert [bucket.lets(request()) for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("host", "forwarded", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # nobody names himself
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::1", "spoofed, 198.51.100.1", "198.51.100.1"),  # the last is the proxy's own word
    ],
)
def test_a_client_is_an_address(host: str, forwarded: str, client: str) -> None:
    headers = {"x_forwarded_for": forwarded} if forwarded else {}
    assert client_of(request(host, **headers)) == client


def test_a_proxy_in_a_named_network_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = request("172.18.0.5", x_forwarded_for="203.0.113.9")
    assert client_of(asked) == "172.18.0.5"
    monkeypatch.setenv("THESIS_PROXIES", "10.0.0.0/8 nonsense 172.16.0.0/12")
    assert client_of(asked) == "203.0.113.9"
    assert client_of(request("192.0.2.1", x_forwarded_for="203.0.113.9")) == "192.0.2.1"


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_CLIENTS", 10)
    bucket = Pace()
    for number in range(50):
        bucket.lets(request(f"203.0.113.{number}"))
    assert len(bucket._left) == 10
