"""What the market service may do, and what every page then shows: one row a fault, over HTTP with the real yfinance.

Each row is met twice: with an empty store, and with one that holds good answers of a day ago. A new fault is a line in
ROWS: what goes wrong, the price that is then shown in either case, and what the line at the foot says.
"""

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from components.answers import address
from components.answers.registry import PAGES, work_out
from data import clock
from data.market.service import market_service
from data.market.snapshot import load_snapshots
from tests.components.answers.contents import contents
from tests.data.market.conftest import short_patience
from tests.data.market.wire import listing, serve_chart, serve_summary
from tests.pages.conftest import Open
from tests.standin import Fault, Market, StandIn
from tests.standin.answers import Answer
from tests.standin.asked import asked, forget
from tests.standin.proxy import Request

FRIDAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)  # Monday, before New York opens
SNAPSHOT, LIVE, DAY_BEFORE = 111.37, 131.4, 126.64  # the invented closes of 20 and 19 November
OFF = re.compile(r"\b(nan|inf|NaN|Traceback|undefined)\b")
Does = Callable[["Meeting"], object]


@dataclass(frozen=True)
class Meeting:
    """What a row may change."""

    standin: StandIn
    patch: pytest.MonkeyPatch
    folder: Path


@dataclass(frozen=True)
class Row:
    """A fault, the price that is shown with an empty store and with a filled one, and what the foot says."""

    does: Does
    empty: float = SNAPSHOT
    filled: float = LIVE
    said: str = ""
    said_filled: str | None = None  # where that differs: a cookie and a crumb of yesterday still serve


def fault(kind: Fault, on: str | None = None) -> Does:
    def begins(meeting: Meeting) -> None:
        meeting.standin.fault, meeting.standin.fault_on = kind, on

    return begins


def answered(change: Callable[[Request, Answer], Answer | None]) -> Does:
    """Each answer of the service changed."""

    def begins(meeting: Meeting) -> None:
        meeting.standin.trouble = change

    return begins


def status(code: int, body: bytes = b"<h1>Not now</h1>") -> Does:
    return answered(lambda request, healthy: Answer(code, body, "text/html"))


def crumb(reply: Answer) -> Does:
    return answered(lambda request, healthy: reply if request.path.endswith("/getcrumb") else healthy)


def once(reply: Answer, part: str) -> Does:
    """One bad answer to what has `part` in its address, and good ones ever after."""
    left = [reply]
    return answered(lambda request, healthy: left.pop() if left and request.matches(part) else healthy)


def cut(request: Request, healthy: Answer) -> Answer:
    """Half of a body under the length of the whole."""
    half, length = healthy.body[: len(healthy.body) // 2], str(len(healthy.body))
    return healthy._replace(body=half, headers=(*healthy.headers, ("Content-Length", length)))


def chart(**meta: Any) -> Does:
    return lambda meeting: serve_chart(meeting.standin, **meta)


def closes_are(value: str) -> Does:
    """Every tenth close of BABA is that."""

    def changed(request: Request, healthy: Answer) -> Answer:
        if not request.matches("chart/BABA"):
            return healthy
        content = json.loads(healthy.body)
        column = content["chart"]["result"][0]["indicators"]["quote"][0]["close"]
        column[-2::-10] = ["?"] * len(column[-2::-10])
        return healthy._replace(body=json.dumps(content).replace('"?"', value).encode())

    return answered(changed)


def no_host(meeting: Meeting) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        meeting.patch.setenv(name, "http://nowhere.invalid:9")
    forget(meeting.folder / "no-host")


def splits(meeting: Meeting) -> None:
    found = listing(meeting.standin)
    restated = {day: close / 10 for day, close in found.anchors.items()}
    meeting.standin.market.add(replace(found, price=13.14, splits={FRIDAY: 10.0}, anchors=restated))


def no_last_year(request: Request, healthy: Answer) -> Answer:
    """The yearly statements lack the year before the last."""
    if not request.matches("timeseries"):
        return healthy
    content = json.loads(healthy.body)
    for series in content["timeseries"]["result"]:
        for name, values in series.items():
            if name.startswith("annual") and len(values) > 1:
                del values[-2]
    return healthy._replace(body=json.dumps(content).encode())


UNREACHABLE, LATE = "cannot be reached", "did not answer in time"
PAUSE, UNREADABLE, REFUSED = "asks for a pause", "cannot be read", "refused the request"
OTHER_CURRENCY = "held back: the service says GBp 131.40"
HOLDS = "without the figures"
TOO_MANY = Answer(429, b"Too Many Requests", "text/plain", (("Retry-After", "120"),))
GONE = json.dumps({"chart": {"result": None, "error": {
    "code": "Not Found", "description": "No data found, symbol may be delisted"}}}).encode()  # fmt: skip

ROWS: dict[str, Row] = {
    "offline": Row(lambda meeting: meeting.standin.stop(), said=UNREACHABLE),
    "no such host": Row(no_host, said=UNREACHABLE),
    "connection reset": Row(fault(Fault.OFFLINE), said=UNREACHABLE),
    "hangs at the cookie": Row(fault(Fault.HANG, "fc.yahoo.com"), empty=LIVE, said=REFUSED, said_filled=""),
    "hangs at the crumb": Row(fault(Fault.HANG, "getcrumb"), empty=LIVE, said=REFUSED, said_filled=""),
    "hangs at the chart": Row(fault(Fault.HANG, "/chart/"), said=LATE),
    "hangs at the summary": Row(fault(Fault.HANG, "quoteSummary"), empty=LIVE, said=LATE),
    "hangs at the statements": Row(fault(Fault.HANG, "timeseries"), empty=LIVE),
    "hangs at the options": Row(fault(Fault.HANG, "/options/"), empty=LIVE, said=LATE),
    "429 everywhere": Row(fault(Fault.RATE_LIMITED), said=PAUSE),
    "429 with a time to wait": Row(answered(lambda request, healthy: TOO_MANY), said=PAUSE),
    "429 on the crumb": Row(fault(Fault.RATE_LIMITED_CRUMB), empty=LIVE, said=PAUSE, said_filled=""),
    "429 as the crumb's body": Row(crumb(Answer(200, b"Too Many Requests", "text/plain")), empty=LIVE),
    "401 once": Row(once(Answer(401, b"{}"), "quoteSummary"), empty=LIVE),
    "401 for good": Row(fault(Fault.UNAUTHORISED), empty=LIVE, said=REFUSED),
    "404": Row(status(404), said=HOLDS),
    "500": Row(status(500), said=UNREADABLE),
    "502": Row(status(502), said=UNREADABLE),
    "HTML with 200": Row(fault(Fault.HTML), said=UNREADABLE),
    "JSON cut in two": Row(fault(Fault.TRUNCATED), said=UNREADABLE),
    "body cut in two": Row(answered(cut), said=UNREACHABLE),
    "an empty result": Row(fault(Fault.EMPTY), said=HOLDS),
    "a result of null": Row(fault(Fault.EMPTY_NULL), said=HOLDS),
    "fields are missing": Row(fault(Fault.MISSING_FIELD)),
    "closes of null": Row(fault(Fault.NULL_CLOSES), empty=LIVE),
    "closes that are NaN": Row(closes_are("NaN"), empty=LIVE),
    "closes of nought": Row(closes_are("0"), empty=LIVE),
    "a price of nought": Row(chart(regularMarketPrice=0), said=""),
    "a negative price": Row(chart(regularMarketPrice=-131.4)),
    "a price a thousand times too high": Row(chart(regularMarketPrice=131_400.0), empty=LIVE),
    "a time that lies ahead": Row(chart(regularMarketTime=int(NOW.timestamp()) + 90 * 86_400), empty=DAY_BEFORE),
    "an empty history": Row(chart(closes=[None] * 523)),
    "pence for dollars": Row(chart(currency="GBp"), said=OTHER_CURRENCY),
    "no currency of the statements": Row(
        lambda meeting: serve_summary(meeting.standin, {"financialData": {"financialCurrency": None}}), empty=LIVE
    ),
    "a delisted share": Row(
        answered(lambda request, healthy: Answer(404, GONE) if request.matches("chart/BABA") else healthy), said=HOLDS
    ),
    "a split": Row(splits, empty=LIVE),
    "a year is missing from the statements": Row(answered(no_last_year), empty=LIVE),
}


@pytest.fixture
def meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meeting]:
    """The invented market, live, with a store of its own."""
    monkeypatch.setenv("THESIS_LIVE", "on")
    monkeypatch.setenv("THESIS_DATABASE_URL", f"sqlite:///{tmp_path}/market.sqlite")
    monkeypatch.setattr(clock, "now", lambda: NOW)
    market = Market(FRIDAY)
    for symbol, closes in load_snapshots().closes.items():
        if (found := market.find(symbol)) is not None:
            market.add(replace(found, anchors={close.date: close.price for close in closes}))
    with asked(market, tmp_path) as standin:
        market_service.cache_clear()
        yield Meeting(standin, monkeypatch, tmp_path)
        standin.fault = standin.trouble = None
        market_service().wait(20)
        market_service.cache_clear()


def settle(patience: bool = True) -> None:
    """Lets the service ask for all that the first thesis needs."""
    address.asked_at({}, address.data_version())
    if patience:
        market_service().wait(60)
        return
    with short_patience(0.6, 2.0):
        market_service().wait(60)


def words(value: Any) -> Iterator[str]:
    """All texts that an answer would show; its numbers are finite."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, float):
        assert math.isfinite(value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from words(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from words(each)


@pytest.mark.parametrize("store", ["empty", "filled"])
@pytest.mark.parametrize("name", ROWS)
def test_each_page_shows_the_right_figures_or_says_what_is_missing(
    open_page: Open, meeting: Meeting, name: str, store: str
) -> None:
    row = ROWS[name]
    if store == "filled":
        before = NOW - dt.timedelta(hours=25)  # all of it has grown old by now
        meeting.patch.setattr(clock, "now", lambda: before)
        settle()
        assert market_service().status().failure is None
        meeting.patch.setattr(clock, "now", lambda: NOW)
        market_service.cache_clear()
    row.does(meeting)
    settle(patience="hang" not in name)
    version = address.data_version()
    asked_now = address.asked_at({}, version)
    price = asked_now.dossier.market.price("BABA")
    wanted = row.filled if store == "filled" else row.empty
    assert price.value == pytest.approx(wanted, abs=0.005)
    assert str(price.origin) == ("snapshot" if wanted == SNAPSHOT else "market")
    assert price.unit.text == "USD per ADS"
    for page in PAGES:
        for word in words(contents(work_out(page, asked_now))):
            assert not OFF.search(word), (page, word)
    app = open_page("overview")
    assert not app.exception
    assert not app.error
    foot = " ".join(caption.value.replace("\u00a0", " ") for caption in app.caption)
    assert f"BABA USD {wanted:.2f}" in foot
    assert ("bundled snapshot" in foot) == (wanted == SNAPSHOT)
    said = row.said if store == "empty" or row.said_filled is None else row.said_filled
    assert said in foot
    if said and said != OTHER_CURRENCY:
        assert "Next try at" in foot
