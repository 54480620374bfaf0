"""PostgreSQL and nginx on loopback, started for a test from what Debian installs."""

import os
import pwd
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.browser.server import free_port
from tests.conftest import ROOT

_PATIENCE_S = 20.0


def program(name: str, package: str, places: Sequence[str] = ()) -> str:
    """A program's path. Skips the test where it is absent; a failure in CI, which installs it."""
    found = shutil.which(name) or next((str(each) for place in places for each in sorted(Path("/").glob(place))), None)
    if found is None:
        missing = f"{name} is not here; apt install {package}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


class Postgres:
    """A database server with a folder of its own, which can be stopped and started again.

    Not a folder of pytest's: any other run of pytest closes those to all users but its own, and this server is one.
    """

    def __init__(self) -> None:
        place = "usr/lib/postgresql/*/bin"
        self.binaries = Path(program("initdb", "postgresql", [f"{place}/initdb"])).parent
        self.folder, self.port = Path(mkdtemp(prefix="thesis-postgres-")), free_port()
        # It refuses to run as root.
        self.user = "postgres" if os.geteuid() == 0 else ""
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "thesis", "-A", "trust", "-E", "UTF8")

    @property
    def url(self) -> str:
        """Its address for SQLAlchemy."""
        return f"postgresql+psycopg://thesis@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k {self.folder}"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", str(self.folder / "log"), "-w", "start"
        )

    def stop(self) -> None:
        """Stops it at once: connections are cut."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def remove(self) -> None:
        """Stops it for good."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, name: str, *arguments: str) -> None:
        command = [str(self.binaries / name), *arguments]
        if self.user:
            command = ["runuser", "-u", self.user, "--", *command]
        # Into a file: the server that it starts keeps what it writes to.
        told = self.folder / "told"
        with told.open("w", encoding="utf-8") as file:
            ended = subprocess.run(command, cwd=self.folder, stdout=file, stderr=subprocess.STDOUT)
        assert ended.returncode == 0, told.read_text(encoding="utf-8")[-2000:]


@contextmanager
def nginx(folder: Path, replicas: Sequence[int]) -> Iterator[int]:
    """nginx with the project's own file in front of replicas on these ports; gives its port."""
    binary, port = program("nginx", "nginx-light", ["usr/sbin/nginx"]), free_port()
    folder.mkdir()
    text = (ROOT / "deploy" / "nginx-compose.conf").read_text(encoding="utf-8")
    for name, replica in zip(("one", "two"), replicas, strict=True):
        text = text.replace(f"server {name}:8501 ", f"server 127.0.0.1:{replica} ")
    text = re.sub(r"listen 8080;", f"listen 127.0.0.1:{port};", text)
    temporary = "".join(f"{each}_temp_path {folder}/{each};\n" for each in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    whole = folder / "nginx.conf"
    head = f"pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
    whole.write_text(f"{head}http {{\naccess_log off;\n{temporary}{text}}}\n", encoding="utf-8")
    server = subprocess.Popen([binary, "-p", str(folder), "-c", str(whole), "-g", "daemon off;"])
    try:
        deadline = time.monotonic() + _PATIENCE_S
        while not (folder / "pid").exists():
            assert server.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.05)  # the only way to wait for another process
        yield port
    finally:
        server.terminate()
        server.wait(10)
