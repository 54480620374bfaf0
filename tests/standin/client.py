"""Make yfinance forget what it learnt, so that several tests can share one process."""

from __future__ import annotations

import importlib
import warnings
from pathlib import Path
from typing import Any

_CACHES = {
    "_TzCacheManager": "_tz_cache",
    "_CookieCacheManager": "_Cookie_cache",
    "_ISINCacheManager": "_isin_cache",
}


def fresh_yfinance(folder: Path) -> Any:
    """Return the yfinance module as in a new process, with its caches in `folder`.

    yfinance keeps one session with its crumb and cookie strategy, memory caches of answers, a count of
    time zones it failed to find, and databases of cookies and time zones. curl_cffi reads the
    certificate bundle when the session is made, so the environment has to be set before this call.

    Parameters
    ----------
    folder
        An empty folder of this test alone.
    """
    data, base, cache = (_module(name) for name in ("data", "base", "cache"))
    data.SingletonMeta._instances.clear()
    data.YfData.cache_get.cache_clear()
    base._tz_info_fetch_ctr = 0
    for manager, attribute in _CACHES.items():
        setattr(getattr(cache, manager), attribute, None)
    cache.set_tz_cache_location(str(folder))
    return importlib.import_module("yfinance")


def _module(name: str) -> Any:
    # Importing yfinance puts a warning filter of its own before those of the test run.
    with warnings.catch_warnings():
        return importlib.import_module(f"yfinance.{name}")
