"""The bundled theses at some settings, with the day held still."""

import datetime as dt

import pytest

from components.answers import address
from components.answers.answer import Asked
from data import clock
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime.combine(TODAY, dt.time(12), dt.UTC))


def asked(thesis: str = "alibaba-ai", **query: str) -> Asked:
    """A thesis at the settings of a link."""
    return address.asked_at({"thesis": thesis, "v": "3", **query}, address.data_version())
