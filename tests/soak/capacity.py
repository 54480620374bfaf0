"""How many sessions one server process carries: `make capacity`.

    python -m tests.soak.capacity --seconds 60 --sessions 25,100,200

Sessions without browsers on the upside page, each of which lets go of a slider every ten seconds and asks for a
slider's sweep before it goes to it. They run on the same machine; the share of the processor is the server's alone.
"""

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil

from tests.benchmarks.readers import Readers
from tests.browser.server import Server, running
from tests.soak.__main__ import SLIDERS

EVERY_S, WARM_UP_S = 10.0, 15.0


@dataclass(frozen=True)
class Load:
    """What so many sessions cost: answers in milliseconds, memory in megabytes, processor as a share of one core."""

    sessions: int
    seconds: float
    answered_ms: list[float]
    memory: float
    processor: float

    @property
    def line(self) -> str:
        """A row of the table."""
        often = len(self.answered_ms) / self.seconds
        middle, late = statistics.median(self.answered_ms), statistics.quantiles(self.answered_ms, n=20)[-1]
        return (
            f"| {self.sessions} | {often:.1f} | {middle:,.0f} ms | {late:,.0f} ms | {self.processor:.0%} "
            f"| {self.memory:.0f} MB |"
        )


def main() -> int:
    """Measures each number of sessions on a server of its own, and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.capacity", description=str(__doc__).split("\n\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--sessions", default="25,100,200")
    asked = parser.parse_args()
    print(
        "| sessions | releases a second | answer, median | 95 in 100 | processor | memory |\n|---|---|---|---|---|---|"
    )
    for sessions in (int(each) for each in asked.sessions.split(",")):
        with tempfile.TemporaryDirectory(prefix="capacity-") as name, running(Path(name)) as server:
            try:
                print(_carried(server, sessions, asked.seconds).line, flush=True)
            except httpx2.TimeoutException:
                print(f"| {sessions} | not carried: a sweep took longer than 5 s | | | | |", flush=True)
    return 0


def _carried(server: Server, sessions: int, seconds: float) -> Load:
    process = psutil.Process(server.pid)
    with Readers(f"{server.address}/upside?thesis=alibaba-ai", SLIDERS, EVERY_S) as readers:
        readers.grow_to(sessions)
        with readers.moving(WARM_UP_S):
            pass
        for reader in readers.all:
            reader.answered_ms.clear()
        spent, began = sum(process.cpu_times()[:2]), time.perf_counter()
        with readers.moving(seconds):
            pass
        took = time.perf_counter() - began
        return Load(
            sessions, took, [each for reader in readers.all for each in reader.answered_ms],
            process.memory_info().rss / 1e6, (sum(process.cpu_times()[:2]) - spent) / took,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
