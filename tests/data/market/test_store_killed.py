"""A process that writes is killed, again and again: what it had kept is there, whole, and the store opens."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from data.market.store import Store
from data.own_records import SCENARIOS, OwnRecords, OwnStore
from tests.conftest import ROOT

ROUNDS = 6
WRITER = """
import datetime as dt, itertools, sys
from data.market.records import Rate
from data.market.store import CachedAnswer, Store
from data.own_records import SCENARIOS, OwnRecords, OwnStore

url, first = sys.argv[1], int(sys.argv[2])
store, own = Store(url), OwnRecords(OwnStore(url, SCENARIOS))
for number in itertools.count(first):
    now = dt.datetime(2026, 11, 20, tzinfo=dt.UTC) + dt.timedelta(seconds=number)
    store.write("rate", "USD/CNY", CachedAnswer(Rate(base="USD", quote="CNY", value=7 + number / 1e6, time=now), now))
    own.put("one", '{"number": %d, "text": "%s"}' % (number, "x" * 2000), 9)
    if store.problem or own.problem:
        print("wrong", store.problem, own.problem, flush=True)
    print(number, flush=True)
"""


def test_killed_at_any_moment_it_opens_with_the_last_complete_values(tmp_path: Path) -> None:
    url, last = f"sqlite:///{tmp_path}/shared.sqlite", 0
    for round_ in range(ROUNDS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, url, str(last + 1)], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(3 + round_)]
        time.sleep(0.003 * round_)  # at another point of the next write each time
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.read().split("\n")
        writer.wait(10)
        numbers = [int(each) for each in said if each.strip().isdigit()]
        assert not [each for each in said if "wrong" in each]
        assert numbers
        last = numbers[-1]
        store, own = Store(url), OwnRecords(OwnStore(url, SCENARIOS))
        rate = store.read_all()["rate", "USD/CNY"].answer
        kept = json.loads(own.content("one"))
        # What was said to be kept is there; the write that was under way is there whole or not at all.
        assert last <= kept["number"] <= last + 1
        assert len(kept["text"]) == 2000
        assert round((rate.value - 7) * 1e6) in (last, last + 1)  # type: ignore[union-attr]
        assert store.problem is None
        assert own.problem is None
        last = kept["number"]
    assert not list(tmp_path.glob("*.damaged*"))
