"""25 readers for minutes against a market service that fails at random: memory, threads, errors.

    python -m tests.soak --minutes 10

The readers are sessions without browsers that let go of a slider about once a second. The table goes to standard
output. The exit code is 1 where memory or threads grew after the warm-up, or an answer was an error.
"""

import argparse
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil

from tests.benchmarks.readers import Readers
from tests.browser.server import running
from tests.standin import Fault, Market, StandIn

SLIDERS = ("bull_target", "base_target", "bear_target")
WARM_UP, SAMPLE_S, FAULT_S = 0.3, 15.0, 6.0  # a share of the run; seconds
GROWTH, MORE_THREADS = 1.08, 6  # what memory may grow by after the warm-up, and threads


@dataclass(frozen=True)
class Sample:
    """What the server held at a moment of the run, in seconds and megabytes."""

    at: float
    memory: float
    threads: int


class Trouble(threading.Thread):
    """Lets the service fail in another way every few seconds, and be well in between."""

    def __init__(self, standin: StandIn, seed: int) -> None:
        super().__init__(daemon=True)
        self.standin, self.chance, self.over = standin, random.Random(seed), threading.Event()
        self.met: list[str] = []

    def run(self) -> None:
        while not self.over.wait(FAULT_S):
            fault = self.chance.choice([None, None, *Fault])
            self.standin.fault = fault
            self.met.append("well" if fault is None else str(fault))
        self.standin.fault = None


def main() -> int:
    """Runs, prints the table, and says whether it holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=str(__doc__).split("\n\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--readers", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    seconds = asked.minutes * 60
    with tempfile.TemporaryDirectory(prefix="soak-") as name, StandIn(Market(date.today(), moving=True)) as standin:
        folder = Path(name)
        environment = {**standin.environment(), "THESIS_LIVE": "on", "XDG_CACHE_HOME": name}
        with running(folder, environment) as server:
            with Readers(f"{server.address}/upside?thesis=alibaba-ai", SLIDERS) as readers:
                readers.grow_to(asked.readers)
                trouble = Trouble(standin, asked.seed)
                trouble.start()
                samples = _watched(readers, server.pid, seconds)
                trouble.over.set()
            answered = [each for reader in readers.all for each in reader.answered_ms]
        log = (folder / "server.log").read_text(encoding="utf-8")
    return _report(samples, answered, log, trouble.met, asked.readers)


def _watched(readers: Readers, pid: int, seconds: float) -> list[Sample]:
    process, began, samples = psutil.Process(pid), time.monotonic(), []
    with readers.moving(seconds):
        while (at := time.monotonic() - began) < seconds:
            memory = process.memory_info().rss / 1e6
            samples.append(Sample(at, memory, process.num_threads()))
            time.sleep(min(SAMPLE_S, max(0.0, seconds - at)))
    return samples


def _report(samples: list[Sample], answered: list[float], log: str, met: list[str], readers: int) -> int:
    warm = [each for each in samples if each.at >= samples[-1].at * WARM_UP]
    half = len(warm) // 2
    early, late = (statistics.median(each.memory for each in part) for part in (warm[:half], warm[half:]))
    # Workers come and go with the load of a moment: what has leaked is what the second half has more than the first.
    before, after = (statistics.median(each.threads for each in part) for part in (warm[:half], warm[half:]))
    threads = round(after - before)
    errors = len(re.findall(r"Traceback|Uncaught app", log))
    lines = [
        "| minute | memory, MB | threads |",
        "|---|---|---|",
        *(
            f"| {each.at / 60:.1f} | {each.memory:.0f} | {each.threads} |"
            for each in samples[:: max(1, len(samples) // 12)]
        ),
        "",
        f"{readers} readers, {len(answered):,} releases answered, median {statistics.median(answered):.0f} ms, "
        f"slowest {max(answered):.0f} ms; {len(met)} states of the service, {len(set(met))} kinds of them.",
        f"Memory after the warm-up: {early:.0f} MB, then {late:.0f} MB (× {late / early:.3f}); threads {threads:+d}; "
        f"errors in the log: {errors}.",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(late > early * GROWTH or threads > MORE_THREADS or errors > 0)


if __name__ == "__main__":
    sys.exit(main())
