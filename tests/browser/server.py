"""The dashboard as people start it, on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A server that runs: where it is, and its process."""

    address: str
    pid: int


@contextmanager
def running(
    folder: Path, environment: Mapping[str, str] | None = None, root: Path = ROOT, script: Path | None = None
) -> Iterator[Server]:
    """Runs `streamlit run app.py` (or another script); `folder` takes its log and database."""
    port = int((environment or {}).get("STREAMLIT_SERVER_PORT", 0)) or free_port()
    settings = {
        **os.environ,
        "STREAMLIT_SERVER_PORT": str(port),
        "THESIS_LIVE": "off",
        "THESIS_DATABASE_URL": f"sqlite:///{folder / 'market.sqlite'}",
        **(environment or {}),
    }
    command = [sys.executable, "-m", "streamlit", "run", str(script or "app.py")]
    address = f"http://127.0.0.1:{port}"
    with serving(command, settings, root, f"{address}/_stcore/health", folder / "server.log") as pid:
        yield Server(address, pid)


@contextmanager
def serving(command: list[str], settings: Mapping[str, str], root: Path, sign: str, log: Path) -> Iterator[int]:
    """Runs a server that is up when something answers at the address `sign`, and gives its process.

    Raises RuntimeError with its log if nothing does.
    """
    with log.open("w", encoding="utf-8") as said:
        server = subprocess.Popen(command, cwd=root, env=settings, stdout=said, stderr=subprocess.STDOUT)
        try:
            _wait_until_up(server, sign, log)
            yield server.pid
        finally:
            server.terminate()
            server.wait(10)


def _wait_until_up(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)  # the only way to wait for another process's port
    told = log.read_text(encoding="utf-8")
    raise RuntimeError(f"The server did not start:\n{told}")
