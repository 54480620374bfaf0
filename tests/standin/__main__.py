"""Run a command against the stand-in: ``python -m tests.standin --run -- COMMAND ARGUMENTS``."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from data.market.snapshot import load_snapshots

from .faults import Fault
from .market import Market
from .service import StandIn

_PATIENCE_SECONDS = 5
_NOT_FOUND = 127
_BEFORE_OPENING = timedelta(hours=9, minutes=30)


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the service, run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="standin-cache-") as cache, StandIn(_market()) as service:
        service.fault, service.fault_on = options.fault, options.fault_on
        print(f"Invented market on 127.0.0.1:{service.port}; nothing here is a real quote.", flush=True)
        # A cache of its own keeps invented cookies and time zones out of the user's.
        environment = {**os.environ, **service.environment(), "XDG_CACHE_HOME": cache}
        return _run(options.command, environment)


def _market() -> Market:
    """Return a market of the session that began last, so that no bar lies in the future.

    Its invented histories pass through the closes that the project carries, so that the two do not contradict.
    """
    market = Market(session_day(datetime.now(ZoneInfo("America/New_York"))), moving=True)
    for symbol, closes in load_snapshots().closes.items():
        listing = market.find(symbol)
        if listing is not None:
            market.add(replace(listing, anchors={close.date: close.price for close in closes}))
    return market


def session_day(now: datetime) -> date:
    """Return the day whose trading has begun at `now`, a time in New York."""
    return (now.replace(tzinfo=None) - _BEFORE_OPENING).date()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--run", action="store_true", required=True, help="run the command after --")
    parser.add_argument("--fault", type=Fault, choices=list(Fault), help="what is wrong with the service")
    parser.add_argument("--fault-on", metavar="TEXT", help="only for addresses with this text")
    parser.add_argument("command", nargs="+", help="the command and its arguments")
    return parser


def _run(command: list[str], environment: dict[str, str]) -> int:
    # As an exception the signal runs the clean-up below; on its own it would leave the child behind.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as error:
        print(f"Cannot run {command[0]}: {error}", file=sys.stderr)
        return _NOT_FOUND
    try:
        return _exit_code(child.wait())
    except KeyboardInterrupt:
        # The terminal has sent the child its own interrupt.
        return _exit_code(_wait_or_kill(child))
    finally:
        child.terminate()
        _wait_or_kill(child)


def _wait_or_kill(child: subprocess.Popen[bytes]) -> int:
    try:
        return child.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _exit_code(status: int) -> int:
    return 128 - status if status < 0 else status


if __name__ == "__main__":
    sys.exit(main())
