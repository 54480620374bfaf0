"""The proxy's file, in front of two stand-ins: who is led where."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

from tests.conftest import ROOT
from tests.deploy.servers import nginx


@contextmanager
def standin(name: str) -> Iterator[ThreadingHTTPServer]:
    """A replica that says its name and what it was asked with."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = f"{name} {self.headers['Host']} {self.headers['X-Forwarded-For']}".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def test_a_session_s_requests_go_to_its_replica_and_to_another_where_that_is_gone(tmp_path: Path) -> None:
    with (
        standin("one") as one,
        standin("two") as two,
        nginx(tmp_path / "nginx", [one.server_port, two.server_port]) as port,
    ):

        def asked(path: str, replica: str = "") -> str:
            cookies = {"thesis_replica": replica} if replica else {}
            return httpx2.get(f"http://127.0.0.1:{port}{path}", cookies=cookies).text

        for path in ("/media/report.html", "/charts/all", "/sweeps/upside/bull_target"):
            for name in ("one", "two"):
                for _ in range(3):
                    assert asked(path, name) == f"{name} 127.0.0.1:{port} 127.0.0.1"
        assert {asked("/", "nobody").split()[0], asked("/").split()[0]} <= {"one", "two"}
        two.shutdown()
        two.server_close()
        assert asked("/media/report.html", "two").startswith("one ")
        for path in ("/metrics", "/_stcore/metrics"):
            assert httpx2.get(f"http://127.0.0.1:{port}{path}").status_code == 403


@pytest.mark.parametrize("name", ["nginx.conf", "nginx-compose.conf"])
def test_both_files_have_the_same_rules(name: str) -> None:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    other = (ROOT / "deploy" / "nginx-compose.conf").read_text(encoding="utf-8")
    rules = other[other.index("map $http_upgrade") : other.index("\nserver {")]
    assert rules in text
    assert other[other.index("    client_max_body_size") : other.index("proxy_read_timeout")] in text
