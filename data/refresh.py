"""Asks the market service for what all theses need, without a visitor: for a timer or cron.

    python -m data.refresh

It takes part in the lease like a server: where another process asks, it leaves the asking to that one and waits for the
answers. The exit code is 0 where everything is fresh, 1 where something could not be had, 2 for a wrong command.
"""

import argparse
import logging
import sys
import time
from collections.abc import Sequence

from data import clock
from data.dossier import market_keys
from data.errors import DataFileError
from data.library import library_in_use, open_case, thesis_names
from data.market.service import FRESH, Key, MarketService, market_service
from data.own import own_theses

WAIT_S, _POLL_S = 300.0, 0.5


def main(arguments: Sequence[str] | None = None) -> int:
    """Refreshes what has grown old; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m data.refresh", description=str(__doc__).split("\n\n")[0])
    parser.add_argument("--wait", type=float, default=WAIT_S, metavar="SECONDS", help="how long it is waited for")
    asked = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        keys = _keys()
    except DataFileError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    service = market_service()
    if not service.status().enabled:
        sys.stderr.write("Live market data is switched off (THESIS_LIVE).\n")
        return 1
    end = time.monotonic() + asked.wait
    while (old := _old(service, keys)) and time.monotonic() < end:
        if service.status(old).next_try is not None and not service.status().busy:
            break  # what is left waits for a pause that the service wants
        time.sleep(_POLL_S)
    service.stop()
    for kind, name in old:
        sys.stderr.write(f"not fresh: {kind} of {name}\n")
    failure = service.status(keys).failure
    sys.stdout.write(f"{len(keys) - len(old)} of {len(keys)} answers are fresh.{f' {failure}' if failure else ''}\n")
    return 1 if old else 0


def _keys() -> list[Key]:
    """What the pages of all theses ask for; a thesis whose files are wrong is left out, and said."""
    library = library_in_use(own_theses().folder)
    wanted: set[Key] = set()
    for name in thesis_names(library):
        try:
            case = open_case(name, clock.today(), library)
        except DataFileError as wrong:
            sys.stderr.write(f"{name} is left out: {wrong.problems[0]}\n")
            continue
        wanted |= set(market_keys(case.thesis, case.company))
    return sorted(wanted)


def _old(service: MarketService, keys: Sequence[Key]) -> list[Key]:
    """Those that are missing or have grown old. They are asked for by that."""
    now, found = clock.now(), service.cached(keys)
    return [key for key in keys if key not in found or now - found[key].fetched >= FRESH[key[0]]]


if __name__ == "__main__":
    sys.exit(main())
