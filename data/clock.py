"""The one clock of the app. What depends on the time asks here, so that a test can hold it still."""

import datetime as dt


def now() -> dt.datetime:
    """The present moment (UTC)."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The present day (UTC)."""
    return now().date()
