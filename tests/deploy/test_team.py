"""A team's server, for real: PostgreSQL, two replicas, nginx, 25 sessions, while one thing after another goes away."""

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest

from data.notes import OwnNotes
from data.own_records import NOTES, SCENARIOS, OwnStore
from data.scenarios import OwnScenarios
from tests.benchmarks.readers import Reader
from tests.browser.server import free_port
from tests.conftest import ROOT
from tests.data.test_scenarios import ONE
from tests.deploy.servers import Postgres, nginx
from tests.standin import Market, StandIn

SESSIONS, LONGEST_S = 25, 15.0  # a session is served again within that time, whatever went away
PATIENCE_S, EVERY_S = 12.0, 2.5
SLIDERS = ("bull_target", "base_target", "bear_target")


class Replica:
    """One server process, which can be killed and started again."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.port, self.folder, self.settings = free_port(), folder, settings
        folder.mkdir()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        settings = {**os.environ, **self.settings, "STREAMLIT_SERVER_PORT": str(self.port)}
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "streamlit", "run", "app.py"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            try:
                if httpx2.get(f"http://127.0.0.1:{self.port}/health", timeout=2).status_code == 200:
                    return
            except httpx2.HTTPError:
                time.sleep(0.1)  # the only way to wait for another process's port
        raise AssertionError((self.folder / "log").read_text(encoding="utf-8")[-2000:])

    def end(self, how: signal.Signals) -> None:
        """Ends it by a signal."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(40)


class Session(Reader):
    """A reader who comes back when his line breaks, with what his address bar holds."""

    def __init__(self, number: int, address: str) -> None:
        super().__init__(number, address, SLIDERS)
        self.outages: list[float] = []

    async def live(self, until: float) -> None:
        """Moves sliders until then; a broken line is mended, and how long that took is noted."""
        await asyncio.sleep(0.25 * self.number)  # they do not all come in one moment
        while time.perf_counter() < until:
            try:
                async with AsyncExitStack() as stack:
                    await asyncio.wait_for(self.come(stack), PATIENCE_S)
                    self._note_served()
                    while time.perf_counter() < until:
                        self._positions[SLIDERS[0]] = 210.0 + self.number
                        await asyncio.wait_for(self._run(), PATIENCE_S)
                        self._note_served()
                        await asyncio.sleep(EVERY_S)
            except Exception:
                await asyncio.sleep(0.3)

    _last = 0.0

    def _note_served(self) -> None:
        now = time.perf_counter()
        if self._last:
            self.outages.append(now - self._last)
        self._last = now


@pytest.fixture(scope="module")
def database() -> Iterator[Postgres]:
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def test_readers_records_and_market_values_of_two_processes_are_the_same(database: Postgres) -> None:
    one, other = OwnScenarios(OwnStore(database.url, SCENARIOS)), OwnScenarios(OwnStore(database.url, SCENARIOS))
    key, is_kept = one.save(ONE.model_copy(update={"thesis": "rolls-royce-2025"}))
    assert is_kept
    other._look()
    assert other.one(key).name == ONE.name
    other.delete(key)
    one._look()
    assert one.of("rolls-royce-2025") == {}


def test_readers_are_served_whatever_goes_away_and_the_service_is_asked_once(
    database: Postgres, tmp_path: Path
) -> None:
    scenarios, notes = OwnScenarios(OwnStore(database.url, SCENARIOS)), OwnNotes(OwnStore(database.url, NOTES))
    kept, _ = scenarios.save(ONE)
    notes.write("alibaba-ai", "claim:cloud-growth", "Cloud growth", "Ask again.")
    with StandIn(Market(dt.date.today())) as standin:
        settings = {**standin.environment(), "THESIS_LIVE": "on", "THESIS_DATABASE_URL": database.url}
        replicas = [Replica(tmp_path / name, {**settings, "THESIS_REPLICA": name}) for name in ("one", "two")]
        try:
            for replica in replicas:
                replica.start()
            with nginx(tmp_path / "nginx", [each.port for each in replicas]) as port:
                sessions = [Session(n, f"http://127.0.0.1:{port}/upside?thesis=alibaba-ai") for n in range(SESSIONS)]
                asyncio.run(_live_through(sessions, replicas, database))
                answer = httpx2.get(f"http://127.0.0.1:{port}/health").json()
                assert httpx2.get(f"http://127.0.0.1:{port}/metrics").status_code == 403
        finally:
            for replica in replicas:
                replica.end(signal.SIGKILL)
        asked = sum(each.path.endswith("chart/BABA") and "range=2y" in each.query for each in standin.requests)
    assert all(each.outages for each in sessions)
    assert max(max(each.outages) for each in sessions) < LONGEST_S
    for each in sessions:
        assert f"bull_target={210 + each.number}" in each._query  # what he had set is there
    assert answer["status"] == "ok"
    assert answer["problems"] == []
    # Two processes, four starts, five minutes of freshness: one question.
    assert asked == 1
    for log in tmp_path.glob("*/log"):
        assert "Uncaught app" not in log.read_text(encoding="utf-8")
    again = OwnScenarios(OwnStore(database.url, SCENARIOS))
    assert again.one(kept) == ONE
    assert OwnNotes(OwnStore(database.url, NOTES)).of("alibaba-ai")["claim:cloud-growth"].text == "Ask again."


async def _live_through(sessions: list[Session], replicas: list[Replica], database: Postgres) -> None:
    """All sessions go on while a replica is killed, the database restarts, and the replicas are replaced in turn."""
    loop = asyncio.get_running_loop()

    async def away(work: Any, *arguments: Any) -> None:
        await loop.run_in_executor(None, work, *arguments)

    async def trouble() -> None:
        await asyncio.sleep(12)
        await away(replicas[0].end, signal.SIGKILL)
        await asyncio.sleep(4)
        await away(replicas[0].start)
        await away(database.stop)
        await asyncio.sleep(2)
        await away(database.start)
        await asyncio.sleep(3)
        for replica in replicas:  # a rolling restart
            await away(replica.end, signal.SIGTERM)
            await away(replica.start)
            await asyncio.sleep(2)

    ends = asyncio.create_task(trouble())
    until = time.perf_counter() + 600
    living = [asyncio.create_task(each.live(until)) for each in sessions]
    await ends
    await asyncio.sleep(4)
    for task in living:
        task.cancel()
    await asyncio.gather(*living, return_exceptions=True)
