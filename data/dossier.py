"""Everything that is known about one thesis on one day: the article, the companies, the market."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from data import places
from data.company import Company
from data.errors import UnknownFigure
from data.facts import Event, Fact
from data.figures import Figure, Origin
from data.filings import Quarter, Release, Reported, SegmentValue
from data.kept import Stamp
from data.library import CaseFile, Library, open_case
from data.market.bounds import RATE_OF_FILING, within
from data.market.records import Reports, Statements
from data.market.service import Key, MarketService
from data.market.store import CachedAnswer
from data.market.view import MarketView
from data.rhythm import QUARTERLY, Rhythm
from data.statements import asks_for_statements, with_statements
from data.thesis import Thesis
from data.units import Unit

T = TypeVar("T")
R = TypeVar("R", bound=Reported)


@dataclass(frozen=True)
class Dossier:
    """A thesis with all that was known on `day`. `at` moves the day back; a filing counts from its release date."""

    path: Path
    thesis: Thesis
    company: Company
    related: tuple[Company, ...]
    market: MarketView
    day: dt.date
    peers: tuple[Company, ...] = ()
    # What was worked out of this dossier already; a changed one has its own.
    _known: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, what: Hashable, work: Callable[[], T]) -> T:
        """The result of that work on this dossier: many claims rest on the same. `what` names it, for this one only."""
        if what not in self._known:
            self._known[what] = work()
        found: T = self._known[what]
        return found

    def at(self, day: dt.date) -> "Dossier":
        """The dossier as it stood on an earlier day."""
        day = min(day, self.day)
        return replace(self, day=day, market=self.market.at(day))

    def as_published(self) -> "Dossier":
        """The dossier as it stood when the article appeared: filings of that day count, its market close does not."""
        then = self.at(self.published)
        market = then.market.at(self.published - dt.timedelta(days=1))
        # One rate holds for that time: the latest release's own, by which the company had translated its accounts.
        return replace(then, market=replace(market, snapshots=replace(market.snapshots, rates={})))

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

    @property
    def listed_unit(self) -> Unit:
        """The unit of a price of the listed share, “USD per ADS” or “GBp per share” say."""
        return Unit.parse(f"{self.company.profile.listing.quoted_in} per {self.share_class}")

    # --- Filings known on the day ---

    def quarters(self) -> tuple[Quarter, ...]:
        """Quarters released by the day, oldest first."""
        return self.once("quarters", lambda: self._released(self.company.quarters))

    def years(self) -> tuple[Quarter, ...]:
        """What the company states of whole years, released by the day, oldest first."""
        return self.once("years", lambda: self._released(self.company.filings.years))

    @property
    def rhythm(self) -> Rhythm:
        """How often the company reports."""
        return self.company.profile.rhythm

    def rhythm_of(self, symbol: str) -> Rhythm:
        """How often the company or a peer reports; by quarter where nothing of it is stored."""
        known = [each.profile.rhythm for each in (self.company, *self.peers) if each.profile.symbol == symbol]
        return known[0] if known else QUARTERLY

    def years_of(self, symbol: str) -> tuple[Quarter, ...]:
        """What the company or a peer states of whole years, released by the day."""
        known = [each for each in (self.company, *self.peers) if each.profile.symbol == symbol]
        return self._released(self._told(each, year) for each in known for year in each.filings.years)

    def quarters_of(self, symbol: str) -> tuple[Quarter, ...]:
        """The quarters of the company or of a peer, released by the day; none where no filings of it are stored."""
        known = [each for each in (self.company, *self.peers) if each.profile.symbol == symbol]
        return self._released(self._told(each, quarter) for each in known for quarter in each.quarters)

    def _told(self, company: Company, period: Quarter) -> Quarter:
        """A period whose figures say whose they are, where that is not the thesis's company."""
        return period if company is self.company else replace(period, of=f"{company.profile.name}: ")

    def releases(self, symbol: str) -> tuple[Release, ...]:
        """The results releases of the company or of a peer by the day."""
        known = [each for each in (self.company, *self.peers) if each.profile.symbol == symbol]
        return tuple(release for each in known for release in each.filings.releases if release.released <= self.day)

    def latest(self, metric: str) -> Figure:
        """The last known value of a quarterly figure. Raises UnknownFigure."""
        for quarter in reversed(self.quarters()):
            if metric in quarter.values:
                return quarter.figure(metric)
        raise UnknownFigure(self.company.profile.words(metric), places.of_measure(self.company, metric))

    def segments(self) -> tuple[SegmentValue, ...]:
        """Segment values released by the day."""
        return self.once("segments", lambda: self._released(self.company.segments))

    def _released(self, found: Iterable[R]) -> tuple[R, ...]:
        return tuple(each for each in found if each.release.released <= self.day)

    def filing_rate(self) -> Figure:
        """The latest release's own exchange rate between the filing currency and the listing's.

        Where both are the same it is 1, and `convert` then leaves a figure as it is. Raises UnknownFigure.
        """
        return self._same_currency() or self.latest("exchange_rate")

    def release_rate(self, quarter: Quarter) -> Figure:
        """The same as that quarter's own release gave it. Raises UnknownFigure."""
        return self._same_currency() or quarter.figure("exchange_rate")

    def _same_currency(self) -> Figure | None:
        profile = self.company.profile
        return one_to_one(profile.currency, self.day) if profile.same_currency else None

    def rate(self, currency: str, listing: str) -> Figure:
        """The market's rate between two currencies on the day, else the latest release's. Raises UnknownFigure.

        A market rate far from the one by which the company translated its own accounts is not used: a first answer of
        the service has nothing else that could show it to be ten times off, or the inverse.
        """
        if currency == listing:
            return one_to_one(currency, self.day)
        filed = self._filed_rate(currency, listing)
        try:
            rate = self.market.rate(f"{listing}/{currency}")
        except UnknownFigure:
            if filed is None:
                raise
            return filed
        return rate if filed is None or within(rate.value, filed.value, RATE_OF_FILING) else filed

    def rate_of(self, currency: str, listing: str, day: dt.date) -> Figure:
        """The rate between two currencies on an earlier day, for what happened then; today's where it is not known.

        Raises UnknownFigure.
        """
        if currency == listing:
            return one_to_one(currency, day)
        try:
            return self.market.rate_on(f"{listing}/{currency}", day)
        except UnknownFigure:
            return self.rate(currency, listing)

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
                    raise UnknownFigure(f"{fact.label} (known from {fact.known.day} {fact.known:%B %Y})")
                return fact
        raise KeyError(fact_id)

    def series(self, name: str) -> tuple[Fact, ...]:
        """The facts of a series known on the day, by the date they describe."""
        known = [fact for fact in self._facts() if fact.series == name and fact.known <= self.day]
        return tuple(sorted(known, key=lambda fact: (fact.as_of, fact.known, fact.id)))

    def events(self) -> tuple[Event, ...]:
        """What has happened up to the day."""
        return tuple(event for event in self.company.events if event.date <= self.day)

    def _facts(self) -> Iterable[Fact]:
        for company in (self.company, *self.related):
            yield from company.facts


def market_keys(thesis: Thesis, company: Company) -> list[Key]:
    """What the market service is asked for: prices and analysis of the share and its peers, the share's statements,
    results days and options, the prices of listed stakes, and rates."""
    symbols = [company.profile.symbol, *(peer.symbol for peer in thesis.article.peer)]
    keys = [(kind, symbol) for symbol in symbols for kind in ("prices", "analysis")]
    if asks_for_statements(company.profile):
        keys += [(kind, company.profile.symbol) for kind in ("statements", "reports")]
    keys += [("prices", symbol) for symbol in _stakes(thesis) if symbol not in symbols]
    keys += [("rate", pair) for pair in thesis.article.rates]
    return [*keys, ("options", company.profile.symbol)]


def _told(cached: Mapping[Key, CachedAnswer], symbol: str) -> tuple[Statements | None, list[dt.date]]:
    """The service's statements of a company, and the days by then on which it had reported."""
    told, dated = (cached.get((kind, symbol)) for kind in ("statements", "reports"))
    days = []
    if dated is not None and isinstance(dated.answer, Reports):
        days = [day for day in dated.answer.days if day <= dated.fetched.date()]
    return (told.answer if told is not None and isinstance(told.answer, Statements) else None), days


def _stakes(thesis: Thesis) -> list[str]:
    """The symbols of the listed companies that the company holds a stake in."""
    valuation = thesis.article.valuation
    return [] if valuation is None else [stake.symbol for stake in valuation.stake if stake.symbol is not None]


def one_to_one(currency: str, day: dt.date) -> Figure:
    """The rate of a currency to itself, so that one path serves companies with and without a conversion."""
    unit = Unit.parse(f"{currency} per {currency}")
    return Figure(1.0, unit, day, Origin.FILING, "filings and listing are in one currency", label="exchange rate")


def own_keys(thesis: Thesis, company: Company) -> list[Key]:
    """Those of the market keys that concern the company of the page itself, and not one of its peers."""
    others = {*(peer.symbol for peer in thesis.article.peer), *_stakes(thesis)} - {company.profile.symbol}
    return [key for key in market_keys(thesis, company) if key[1] not in others]


def open_dossier(
    name: str,
    service: MarketService,
    today: dt.date,
    library: Library = Library(),
    files: Stamp | None = None,
    asks: bool = True,
) -> Dossier:
    """The thesis of that name (its file's stem) with its companies and market. Raises DataFileError.

    `files` is the library's state, where the caller has just looked. Unless it `asks`, the service is not asked for
    what is stale or missing.
    """
    return dossier_of_case(open_case(name, today, library, files), service, today, asks)


def dossier_of_case(case: CaseFile, service: MarketService, today: dt.date, asks: bool = True) -> Dossier:
    """A checked thesis with what the market service has of its shares; see `open_dossier`."""
    listing = case.company.profile.listing
    keys = market_keys(case.thesis, case.company)
    cached = service.cached(keys) if asks else service.kept(keys)
    symbol = case.company.profile.symbol
    quoted = {each.profile.symbol: each.profile.listing.quoted_in for each in (case.company, *case.peers)}
    market = MarketView.of(cached, case.snapshots, {symbol: listing.share_class}, today, quoted)
    company = with_statements(case.company, *_told(cached, symbol))
    return Dossier(case.path, case.thesis, company, case.related, market, today, case.peers)
