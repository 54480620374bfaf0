"""Does the thesis hold? The article's case beside what is known on the day that the reader chose."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from components.answers.answer import Answer, Asked, drawn
from components.calculators import returns
from components.calculators.aims import Aims, aims
from components.calculators.audit.audit import Finding, audit
from components.calculators.audit.effects import effects, sensitivities
from components.calculators.next_release import next_release
from components.charts.chart import Chart
from components.charts.price import price_chart
from components.readouts import blocks, claim_table, findings
from components.readouts import overview as texts
from components.readouts.blocks import Readout, Sentence
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, value_in

MOVERS = 3


@dataclass(frozen=True, kw_only=True)
class OverviewClaims(Answer):
    """What the overview says of the claims, for which no price is needed.

    Attributes
    ----------
    findings : the tests of all claims, each as published and today.
    """

    findings: Sequence[Finding]

    @property
    def moment(self) -> str:
        """The chosen day: `published` or `today`."""
        return self.view.one("moment")

    def key_figures(self) -> Readout:
        """The article's key figures, each beside what was found when it appeared and, where shown, today."""
        keys = [finding for finding in self._known() if finding.claim.key]
        return Readout("key-figures", [claim_table.key_figures(keys, self.moment == "published")])

    def claims(self) -> Readout:
        """How many claims held and, where shown, hold, and all of them side by side, each with a link to its test."""
        score = findings.score(self.findings, self.moment == "published")
        links = {each.claim.id: f"claims?{urlencode(self.claim_link(each.claim.id))}" for each in self.findings}
        return Readout("claims", [blocks.heading(score.text), claim_table.strip(self._known(), links)], score.slots)

    def _known(self) -> Sequence[Finding]:
        """The findings as known on the chosen day: as published, nothing later is."""
        if self.moment == "today":
            return self.findings
        return [replace(finding, today=finding.published) for finding in self.findings]


@dataclass(frozen=True, kw_only=True)
class OverviewAnswer(OverviewClaims):
    """The article's case at publication, and on the day that the reader chose.

    Attributes
    ----------
    shown : everything known on the chosen day.
    then, now : the last close before publication, and the price on the chosen day, per listed share.
    """

    shown: Dossier
    then: Figure
    now: Figure

    @property
    def aims(self) -> Aims:
        """The article's targets or value, per listed share."""
        return aims(self.dossier)

    def lead_readout(self) -> Readout:
        """Price and upside in a sentence, followed by the figures behind it."""
        items = texts.lead_figures(self.dossier, self.aims, self.then, self.now, self.moment)
        coming = next_release(self.shown)
        if coming is not None and self.moment == "today":
            items.append(texts.next_date(coming, self.dossier.day))
        parts = [blocks.sentence(self.lead.text), blocks.figures(items)]
        return Readout("overview-lead", parts, self.lead.slots, spoken=self.lead.text)

    def price_chart(self) -> Chart | str:
        """The price with the target range and dated events; a sentence where fewer than two closes are known."""
        symbol, start = self.dossier.symbol, self.dossier.thesis.article.price_from
        history = [entry for entry in self.shown.market.closes(symbol) if entry[0].date >= start]
        closes = [close for close, _ in history]
        if len(closes) < 2:
            return f"No price history of {symbol} is known yet."
        title = texts.price_title(closes, self.aims, self.dossier.published, self.moment)
        source = texts.price_source({origin for _, origin in history}, closes[-1].date)
        events = [event for event in self.shown.events() if event.date >= start]
        then = (self.dossier.published, self.then.value)
        return price_chart(closes, self.aims.band, self.aims.noun, then, events, self.then.unit.text, title, source)

    def charts(self) -> list[Chart]:
        return drawn(self.price_chart())

    def analysts(self) -> Readout | None:
        """Analysts' targets and ratings, and the market value, on the chosen day; None where none is known."""
        market, symbol = self.shown.market, self.dossier.symbol
        items = []
        for which, label in (("mean", "Mean price target"), ("low", "Lowest target"), ("high", "Highest target")):
            with suppress(UnknownFigure, UnitMismatch):
                figure = market.target(symbol, which)
                away = returns.upside(value_in(figure, self.now.unit), self.now.value)
                items.append(texts.target(label, figure, float(away)))
        count = market.analysts(symbol)
        if items and count is not None:
            items[0]["detail"] += f", {count} analysts"
        ratings = market.ratings(symbol)
        if ratings is not None:
            items.append(texts.ratings(*ratings))
        with suppress(UnknownFigure):
            items.append(texts.market_value(market.shares(symbol), self.dossier.share_class, self.now))
        found = [blocks.heading("What analysts say"), blocks.figures(items)]
        return Readout("analysts", [blocks.panel(found)]) if items else None

    def movers(self) -> Readout | None:
        """The claims with the largest effect on the upside; None where no claim has a known effect."""
        ranked = effects(self.findings, self.shown, self.moment)
        if not ranked:
            return None
        moved = texts.movers(ranked, MOVERS, self.moment, sensitivities(self.shown))
        return Readout("movers", [blocks.panel([blocks.heading("What moves the thesis most"), *moved])])

    def differences(self) -> Readout | None:
        """Where filings and the market service state a figure otherwise, the latest first; None where they agree."""
        apart = [pair for pair in self.shown.company.differences if (pair[0].known or pair[0].as_of) <= self.shown.day]
        if not apart:
            return None
        return Readout("differences", [texts.differences(list(reversed(apart)))])

    def events(self) -> Readout | None:
        """The events since publication, latest first; None where there are none, or the chosen day is publication."""
        since = [event for event in reversed(self.dossier.events()) if event.date >= self.dossier.published]
        if self.moment == "published" or not since:
            return None
        return Readout("events", [blocks.panel([blocks.heading("What has happened since"), texts.events(since)])])


def claims_alone(asked: Asked) -> OverviewClaims:
    """What can be said while no price is known. Raises DataFileError, ValueError as `audit` does."""
    return OverviewClaims(asked=asked, lead=Sentence(""), findings=audit(asked.dossier))


def answer(asked: Asked) -> OverviewAnswer:
    """Tests all claims, and takes the prices at publication and on the chosen day.

    Raises
    ------
    UnknownFigure : no price is known on the chosen day, or no close before publication.
    DataFileError, ValueError : as `audit` does.
    """
    dossier, moment = asked.dossier, asked.view.one("moment")
    shown = dossier.as_published() if moment == "published" else dossier
    now, then = shown.market.price(dossier.symbol), dossier.price_before_publication()
    for price in (then, now):
        value_in(price, dossier.listed_unit)  # the targets are compared with both
    return OverviewAnswer(
        asked=asked,
        lead=texts.lead(dossier, aims(dossier), then, now, moment),
        shown=shown,
        findings=audit(dossier),
        then=then,
        now=now,
    )
