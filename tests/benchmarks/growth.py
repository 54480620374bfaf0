"""How the work of a page grows with what it is about: claims, closes, periods, articles. Milliseconds of the server.

Each size is worked out as on the page, and the answer written as it is sent; the best of three counts.
"""

import datetime as dt
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from components.answers.address import DataVersion
from components.answers.answer import Asked
from components.answers.claims import ClaimsAnswer
from components.answers.registry import choices_of, inputs_of, work_out
from components.answers.shelf import shelf
from components.scenario.record import Scenario, View
from data.dossier import Dossier, open_dossier
from data.library import Library
from data.market.service import MarketService
from data.market.snapshot import Close
from data.market.store import Store
from tests.browser.server import ROOT

TODAY = dt.date(2026, 11, 20)
CLAIMS = (20, 100, 500)
CLOSES = (450, 10_000)
ARTICLES = (1, 50)
QUARTERS = (15, 80)
OF_PERIODS = ("segments", "capex", "claims", "overview")  # the pages that go through all periods


def rows() -> dict[str, float]:
    """The times by name of the row."""
    dossier = open_dossier("alibaba-ai", MarketService(Store(None), enabled=False), TODAY)
    found = {f"claims page of {n} claims, ms": _best(lambda n=n: _claims(_with_claims(dossier, n))) for n in CLAIMS}
    found |= {f"overview on {n} closes, ms": _best(lambda n=n: _overview(_with_closes(dossier, n))) for n in CLOSES}
    found |= {f"pages on {n} quarters, ms": _best(lambda n=n: _pages(_with_quarters(dossier, n))) for n in QUARTERS}
    return found | {f"list of {n} articles, ms": _articles(n) for n in ARTICLES}


def _best(work: Callable[[], float]) -> float:
    return min(work() for _ in range(3))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _asked(dossier: Dossier) -> Asked:
    return Asked(dossier, Scenario.of_article(inputs_of(dossier)), View(choices_of(dossier)))


def _claims(dossier: Dossier) -> float:
    asked = _asked(dossier)

    def page() -> None:
        answer = work_out("claims", asked)
        assert isinstance(answer, ClaimsAnswer)
        json.dumps(answer.table(), default=lambda each: each.__dict__)

    return _timed(page)


def _overview(dossier: Dossier) -> float:
    asked = _asked(dossier)
    return _timed(lambda: work_out("overview", asked))


def _pages(dossier: Dossier) -> float:
    asked = _asked(dossier)
    return _timed(lambda: [work_out(name, asked) for name in OF_PERIODS])


def _with_quarters(dossier: Dossier, count: int) -> Dossier:
    """The company with so many quarters: the last of those that there are, and copies of the first before them."""
    filings, rhythm = dossier.company.filings, dossier.rhythm
    quarters, segments = list(filings.quarters[-count:]), list(filings.segments)
    first = quarters[0]
    of_first = [each for each in segments if each.end == first.end]
    segments = [each for each in segments if each.end >= first.end]
    end = first.end
    while len(quarters) < count:
        end = rhythm.before(end)
        release = replace(first.release, period_end=end, released=end + dt.timedelta(days=45))
        quarters.insert(0, replace(first, release=release))
        segments = [*(replace(each, release=release) for each in of_first), *segments]
    longer = replace(filings, quarters=tuple(quarters), segments=tuple(segments))
    return replace(dossier, company=replace(dossier.company, filings=longer))


def _with_claims(dossier: Dossier, count: int) -> Dossier:
    """The thesis with its claims again and again, under other names."""
    claims = dossier.thesis.claim
    many = [claims[n % len(claims)].model_copy(update={"id": f"again-{n}"}) for n in range(len(claims), count)]
    return replace(dossier, thesis=dossier.thesis.model_copy(update={"claim": [*claims, *many]}))


def _with_closes(dossier: Dossier, count: int) -> Dossier:
    """The share with so many closes: those that there are, and as many before them as it takes."""
    snapshots, symbol = dossier.market.snapshots, dossier.symbol
    known = snapshots.closes[symbol]
    earlier = [
        Close(known[0].date - dt.timedelta(days=n), known[0].price, known[0].currency)
        for n in range(max(count - len(known), 0), 0, -1)
    ]
    closes = {**snapshots.closes, symbol: (*earlier, *known[-count:])}
    return replace(dossier, market=replace(dossier.market, snapshots=replace(snapshots, closes=closes)))


def _articles(count: int) -> float:
    """The list of so many articles, whose files have not been read before."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("companies", "snapshots"):
            shutil.copytree(ROOT / "data" / name, root / name)
        (root / "theses").mkdir()
        for n in range(count):
            shutil.copy(ROOT / "data" / "theses" / "alphabet-2026.toml", root / "theses" / f"article-{n:03}.toml")
        library = Library(root / "theses", root / "companies", root / "snapshots")
        version = DataVersion(library, TODAY, 0, library.state())
        return _timed(lambda: shelf(version))
