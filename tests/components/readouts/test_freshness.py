"""The freshness line: the quote's own age, the live close and the snapshot apart, what is held back, the store."""

import datetime as dt
from typing import Any

import pytest

from components.readouts.blocks import badge
from components.readouts.freshness import describe
from components.widgets import freshness
from data import clock
from data.dossier import Dossier, market_keys, own_keys
from data.figures import Figure, Origin
from data.market.doubts import HeldBack
from data.market.service import Status
from data.units import Unit

NOW = dt.datetime(2026, 11, 20, 21, 30, tzinfo=dt.UTC)
WELL = Status(True, False, None, None, 3)
FAILING = Status(True, False, "The market service cannot be reached.", NOW + dt.timedelta(minutes=2), 3)
DOUBT = HeldBack("BABA", "price", "price", 1314.0, "USD", 131.4, "its own last close is", True, NOW)


def quoted(ago: dt.timedelta) -> Figure:
    """A price that was fetched just now and quoted that long ago."""
    time = NOW - ago
    unit = Unit.parse("USD per ADS")
    return Figure(131.4, unit, time.date(), Origin.MARKET, "", "price of BABA", fetched=NOW, quoted=time)


def close(origin: Origin) -> Figure:
    return Figure(131.4, Unit.parse("USD per ADS"), dt.date(2026, 11, 19), origin, "", "close of BABA")


def said(price: Figure | None, status: Status = WELL) -> str:
    return describe(price, status, "BABA", NOW)[1].replace("\u00a0", " ")


AGES = [
    (dt.timedelta(seconds=20), "BABA USD 131.40, quoted just now."),
    (dt.timedelta(minutes=30), "BABA USD 131.40, quoted 30 min ago."),
    (dt.timedelta(hours=5), "BABA USD 131.40, quoted 20 Nov 2026, 16:30 UTC (5 h ago)."),
    (dt.timedelta(days=9), "BABA USD 131.40, quoted 11 Nov 2026, 21:30 UTC (9 days ago)."),
    (-dt.timedelta(days=9), "BABA USD 131.40, quoted with a time that lies ahead (29 Nov 2026, 21:30 UTC)."),
]


@pytest.mark.parametrize(("ago", "sentence"), AGES)
def test_the_age_is_that_of_the_quote(ago: dt.timedelta, sentence: str) -> None:
    assert said(quoted(ago)) == sentence


def test_the_badge_tells_the_quote_s_age_too(monkeypatch: pytest.MonkeyPatch) -> None:
    now = NOW
    monkeypatch.setattr(clock, "now", lambda: NOW)
    halted = Figure(
        1, Unit.parse("USD per ADS"), now.date(), Origin.MARKET, "", fetched=now, quoted=now - dt.timedelta(days=3)
    )
    assert badge(halted)["text"] == "market · 3\u00a0days ago"


LINES = [
    (None, WELL, "No price of BABA is known."),
    (close(Origin.MARKET), WELL, "BABA USD 131.40, the market service's close of 19 Nov 2026."),
    (close(Origin.SNAPSHOT), WELL, "BABA USD 131.40 from the bundled snapshot of 19 Nov 2026."),
    (
        close(Origin.SNAPSHOT),
        Status(True, True, None, None, 0),
        "BABA USD 131.40 from the bundled snapshot of 19 Nov 2026. Asking the market service…",
    ),
    (
        close(Origin.MARKET),
        FAILING,
        "BABA USD 131.40, the market service's close of 19 Nov 2026. The market service cannot be reached. "
        "Next try at 21:32 UTC.",
    ),
    (
        close(Origin.SNAPSHOT),
        Status(False, False, None, None, 0),
        "BABA USD 131.40 from the bundled snapshot of 19 Nov 2026. Live market data is switched off.",
    ),
    (
        quoted(dt.timedelta()),
        Status(True, False, None, None, 0, (DOUBT,)),
        "BABA USD 131.40, quoted just now. The price of BABA is held back: the service says USD 1,314.00, "
        "its own last close is USD 131.40.",
    ),
    (
        quoted(dt.timedelta()),
        Status(True, False, None, None, 0, (DOUBT, DOUBT, DOUBT)),
        "BABA USD 131.40, quoted just now. The price of BABA is held back: the service says USD 1,314.00, "
        "its own last close is USD 131.40. So are 2 more values.",
    ),
    (
        quoted(dt.timedelta()),
        Status(True, False, None, None, 0, (), "Market values are not kept on disk: the disk is full."),
        "BABA USD 131.40, quoted just now. Market values are not kept on disk: the disk is full.",
    ),
]


@pytest.mark.parametrize(("price", "status", "sentence"), LINES)
def test_the_line_says_what_is_shown_and_what_is_not(price: Figure | None, status: Status, sentence: str) -> None:
    assert said(price, status) == sentence


def test_the_company_s_keys_leave_the_peers_out(dossier: Dossier) -> None:
    peers = {peer.symbol for peer in dossier.thesis.article.peer}
    own, shown = (keys(dossier.thesis, dossier.company) for keys in (own_keys, market_keys))
    assert peers
    stakes = {stake.symbol for stake in dossier.thesis.article.valuation.stake}  # type: ignore[union-attr]
    assert stakes == {"0100.HK"}
    assert {name for _, name in own} == {name for _, name in shown} - peers - stakes


class Page:
    """What the line does to a page: what it writes, and whether it runs it anew."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.session_state: dict[str, Any] = {}
        self.reruns = 0

    def fragment(self, run_every: float | None) -> Any:
        def keep(function: Any) -> Any:
            self.again = function
            return function

        return keep

    def rerun(self) -> None:
        self.reruns += 1

    def caption(self, text: str) -> None:
        self.written.append(text)


class Service:
    """A service that is busy with a peer, and whose first answer has come."""

    def __init__(self) -> None:
        self.version = 0

    def cached(self, keys: Any) -> dict[Any, Any]:
        return {}

    def status(self, keys: Any = None) -> Status:
        peer = ("prices", "AMZN") in keys
        failure = "The market service sent an answer without the figures." if peer else None
        return Status(True, True, failure, NOW if peer else None, self.version)


def test_what_has_arrived_is_shown_while_the_rest_is_awaited(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    page, service = Page(), Service()
    monkeypatch.setattr(freshness, "st", page)
    monkeypatch.setattr(freshness, "market_service", lambda: service)
    monkeypatch.setattr(freshness.session, "dossier", lambda: dossier)
    freshness.note_shown()
    freshness.freshness_line(dossier)
    page.again()
    assert page.reruns == 0
    service.version = 1
    page.again()
    assert page.reruns == 1
    # What came while the page was drawn is not on it yet.
    freshness.note_shown()
    service.version = 2
    freshness.freshness_line(dossier)
    page.again()
    assert page.reruns == 2
    assert all("without the figures" not in line for line in page.written)
