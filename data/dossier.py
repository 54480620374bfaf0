"""Everything that is known about one thesis on one day: the article, the companies, the market."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from data.company import COMPANIES, Company, Event, Fact, Quarter, SegmentValue, load_company, metric_words
from data.errors import DataFileError, UnknownFigure
from data.figures import Figure
from data.market.bounds import RATE_OF_FILING, within
from data.market.service import Key, MarketService
from data.market.snapshot import SNAPSHOTS, load_snapshots
from data.market.view import MarketView
from data.thesis import THESES, Thesis, load_thesis, thesis_files


@dataclass(frozen=True)
class Library:
    """Where the files lie. Tests point it at files of their own."""

    theses: Path = THESES
    companies: Path = COMPANIES
    snapshots: Path = SNAPSHOTS


@dataclass(frozen=True)
class Dossier:
    """A thesis with all that was known on `day`. `at` moves the day back; a filing counts from its release date."""

    path: Path
    thesis: Thesis
    company: Company
    related: tuple[Company, ...]
    market: MarketView
    day: dt.date

    def at(self, day: dt.date) -> "Dossier":
        """The dossier as it stood on an earlier day."""
        day = min(day, self.day)
        return replace(self, day=day, market=self.market.at(day))

    def as_published(self) -> "Dossier":
        """The dossier as it stood when the article appeared: filings of that day count, its market close does not."""
        then = self.at(self.published)
        return replace(then, market=then.market.at(self.published - dt.timedelta(days=1)))

    def price_before_publication(self) -> Figure:
        """The last close before the article appeared. Raises UnknownFigure."""
        return self.market.close_on_or_before(self.symbol, self.published - dt.timedelta(days=1))

    @property
    def name(self) -> str:
        """The thesis as an address names it: its file without the ending."""
        return self.path.stem

    @property
    def published(self) -> dt.date:
        return self.thesis.article.published

    @property
    def symbol(self) -> str:
        return self.company.profile.symbol

    @property
    def share_class(self) -> str:
        """The listed share class, “ADS” say."""
        return self.company.profile.listing.share_class

    # --- Filings known on the day ---

    def quarters(self) -> tuple[Quarter, ...]:
        """Quarters released by the day, oldest first."""
        return tuple(quarter for quarter in self.company.quarters if quarter.release.released <= self.day)

    def latest(self, metric: str) -> Figure:
        """The last known value of a quarterly figure. Raises UnknownFigure."""
        for quarter in reversed(self.quarters()):
            if metric in quarter.values:
                return quarter.figure(metric)
        raise UnknownFigure(metric_words(metric))

    def segments(self) -> tuple[SegmentValue, ...]:
        """Segment values released by the day."""
        return tuple(value for value in self.company.segments if value.release.released <= self.day)

    def filing_rate(self) -> Figure:
        """The latest release's own exchange rate between the filing currency and the listing's."""
        return self.latest("exchange_rate")

    def rate(self, currency: str, listing: str) -> Figure:
        """The market's rate between two currencies on the day, else the latest release's. Raises UnknownFigure.

        A market rate far from the one by which the company translated its own accounts is not used: a first answer of
        the service has nothing else that could show it to be ten times off, or the inverse.
        """
        filed = self._filed_rate(currency, listing)
        try:
            rate = self.market.rate(f"{listing}/{currency}")
        except UnknownFigure:
            if filed is None:
                raise
            return filed
        return rate if filed is None or within(rate.value, filed.value, RATE_OF_FILING) else filed

    def _filed_rate(self, currency: str, listing: str) -> Figure | None:
        """The latest release's rate, if it is of these two currencies."""
        try:
            rate = self.filing_rate()
        except UnknownFigure:
            return None
        return rate if (rate.unit.currency, rate.unit.per) == (currency, listing) else None

    # --- Facts known on the day ---

    def fact(self, fact_id: str) -> Fact:
        """The fact with that id. Raises UnknownFigure before it is known, KeyError if there is none at all."""
        for fact in self._facts():
            if fact.id == fact_id:
                if fact.known > self.day:
                    raise UnknownFigure(f"{fact.label} (known from {fact.known:%-d %B %Y})")
                return fact
        raise KeyError(fact_id)

    def series(self, name: str) -> tuple[Fact, ...]:
        """The facts of a series known on the day, by the date they describe."""
        known = [fact for fact in self._facts() if fact.series == name and fact.known <= self.day]
        return tuple(sorted(known, key=lambda fact: fact.as_of))

    def events(self) -> tuple[Event, ...]:
        """What has happened up to the day."""
        return tuple(event for event in self.company.events if event.date <= self.day)

    def _facts(self) -> Iterable[Fact]:
        for company in (self.company, *self.related):
            yield from company.facts


def market_keys(thesis: Thesis, company: Company) -> list[Key]:
    """What the market service is asked for: prices and analysis of the share and its peers, rates, and its options."""
    symbols = [company.profile.symbol, *(peer.symbol for peer in thesis.article.peer)]
    keys = [(kind, symbol) for symbol in symbols for kind in ("prices", "analysis")]
    keys += [("rate", pair) for pair in thesis.article.rates]
    return [*keys, ("options", company.profile.symbol)]


def own_keys(thesis: Thesis, company: Company) -> list[Key]:
    """Those of the market keys that concern the company of the page itself, and not one of its peers."""
    peers = {peer.symbol for peer in thesis.article.peer} - {company.profile.symbol}
    return [key for key in market_keys(thesis, company) if key[1] not in peers]


def open_dossier(name: str, service: MarketService, today: dt.date, library: Library = Library()) -> Dossier:
    """The thesis of that name (its file's stem) with its companies and market. Raises DataFileError."""
    path = library.theses / f"{name}.toml"
    thesis = load_thesis(path)
    company = load_company(library.companies / thesis.article.company)
    related = tuple(load_company(library.companies / symbol) for symbol in thesis.article.related)
    ids = [fact.id for each in (company, *related) for fact in each.facts]
    if len(ids) != len(set(ids)):
        twice = next(fact_id for fact_id in ids if ids.count(fact_id) > 1)
        raise DataFileError(path, "article", "related", f"the fact id “{twice}” is used by two companies")
    listed = {company.profile.symbol: company.profile.listing.share_class}
    live = service.cached(market_keys(thesis, company))
    market = MarketView.of(live, load_snapshots(library.snapshots), listed, today)
    return Dossier(path, thesis, company, related, market, today)


@cache
def thesis_names(library: Library = Library()) -> tuple[str, ...]:
    """The names of all theses; read once, as the files are."""
    return tuple(path.stem for path in thesis_files(library.theses))
