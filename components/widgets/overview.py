"""The parts of the overview page."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from components import formats
from components.calculators import returns
from components.calculators.audit.audit import Finding, audit
from components.calculators.audit.effects import Effect, effects
from components.charts.price import price_chart
from components.readouts import blocks
from components.readouts import claims as texts
from components.widgets import claims, session
from components.widgets.mount import show_chart, show_readout
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, Origin

MOVERS = 3


@dataclass(frozen=True)
class OverviewPage:
    """What the page shows, on the day that the reader chose: publication or today."""

    dossier: Dossier
    moment: str
    findings: list[Finding]
    then: Figure
    now: Figure

    @property
    def shown(self) -> Dossier:
        return self.dossier.as_published() if self.moment == "published" else self.dossier


def open_page(dossier: Dossier, moment: str) -> OverviewPage:
    """All claims tested, and the price at publication and on the day shown."""
    shown = dossier.as_published() if moment == "published" else dossier
    then = dossier.price_before_publication()
    return OverviewPage(dossier, moment, audit(dossier), then, shown.market.price(dossier.symbol))


def _bounds(dossier: Dossier) -> tuple[float, float]:
    return dossier.thesis.targets.stated.bounds or (0.0, 0.0)


def _upsides(dossier: Dossier, price: Figure) -> str:
    low, high = (returns.upside(bound, price.value) for bound in _bounds(dossier))
    return f"{formats.change1(low)} to {formats.change1(high)}"


def lead(dossier: Dossier, then: Figure, now: Figure, moment: str) -> tuple[str, dict[str, str]]:
    """Price and upside in a sentence, with its slots: the price at publication, and on the day shown."""
    low, high = _bounds(dossier)
    slots = {"price": formats.figure(now), "away": _upsides(dossier, now), "targets": f"{low:g} to {high:g}"}
    name, per = dossier.company.profile.short_name, dossier.share_class
    if moment == "published":
        return (
            f"When the article appeared, {name} had closed at {{price}} per {per}: its targets of {{targets}} meant an "
            "upside of {away}."
        ), slots
    change = returns.upside(now.value, then.value)
    slots["moved"] = f"{'up' if change >= 0 else 'down'} {formats.percent1(abs(float(change)))}"
    return (
        f"{name} stands at {{price}} per {per}, {{moved}} since the article appeared: its targets of {{targets}} "
        "are now {away} away."
    ), slots


def show_lead(page: OverviewPage) -> None:
    """Price and upside in a sentence, then the four figures behind it."""
    now, per = dt.datetime.now(dt.UTC), page.dossier.share_class
    text, slots = lead(page.dossier, page.then, page.now, page.moment)
    promised = page.dossier.thesis.claim_by_id(page.dossier.thesis.article.upside_range)
    stated = blocks.plain_badge(Origin.ARTICLE, formats.day(page.dossier.published), promised.place)
    items = [
        blocks.big("Price per " + per, formats.figure(page.now), badges=[blocks.badge(page.now, now)]),
        blocks.big("Upside that the article promises", texts.stated(promised), badges=[stated]),
        blocks.big(
            "Upside at publication",
            _upsides(page.dossier, page.then),
            f"from {formats.figure(page.then)}, the close before",
            [blocks.badge(page.then, now)],
            help="Targets ÷ price − 1, without dividends.",
        ),
    ]
    if page.moment == "today":
        items.append(
            blocks.big(
                "Upside to the same targets now",
                _upsides(page.dossier, page.now),
                f"from {formats.figure(page.now)}",
                [blocks.badge(page.now, now)],
                help="Targets ÷ price − 1, without dividends.",
            )
        )
    show_readout("overview-lead", [blocks.sentence(text), blocks.figures(items)], slots, spoken=text)


def show_price(page: OverviewPage) -> None:
    """The price from before the article, with the target band and what happened."""
    article = page.dossier.thesis.article
    history = [entry for entry in page.shown.market.closes(page.dossier.symbol) if entry[0].date >= article.price_from]
    closes = [close for close, _ in history]
    if len(closes) < 2:
        st.info(f"No price history of {page.dossier.symbol} is known yet.", icon=":material/info:")
        return
    low, high = _bounds(page.dossier)
    reached = [close for close in closes if close.date >= page.dossier.published and close.price >= low]
    if page.moment == "published":
        title = f"Before publication the price stood at {closes[-1].price:,.2f}, below the article’s targets"
    elif reached:
        title = f"The price reached {low:g} on {formats.day(reached[0].date)}, after publication"
    else:
        title = f"No close known since publication reached the article’s targets of {low:g} to {high:g}"
    origins = {origin for _, origin in history}
    live = "Yahoo Finance, daily" if Origin.MARKET in origins else ""
    stored = "bundled snapshot, weekly and key dates" if Origin.SNAPSHOT in origins else ""
    source = f"Closes: {' and '.join(part for part in (live, stored) if part)}, to {formats.day(closes[-1].date)}."
    events = [event for event in page.shown.events() if event.date >= article.price_from]
    chart = price_chart(
        closes, (low, high), (page.then.as_of, page.then.value), events, page.then.unit.text, title, source
    )
    show_chart(chart, page.dossier.symbol, article.name, session.today())


def show_key_figures(page: OverviewPage) -> None:
    """The article's key figures, each beside its counterpart on the day shown."""
    now = dt.datetime.now(dt.UTC)
    columns = [blocks.column(name) for name in ("Figure", "The article", _heading(page), "Verdict")]
    rows = []
    for finding in page.findings:
        if not finding.claim.key:
            continue
        judgement = finding.at(page.moment)
        stated = blocks.cell(texts.stated(finding.claim), finding.claim.place)
        verdict = texts.judgement_cell(finding.claim, judgement)
        rows.append(
            blocks.row(finding.claim.label, stated, texts.tested_cell(finding, judgement, now), verdict, strong=True)
        )
    show_readout("key-figures", [blocks.table(columns, rows, fit="stacked")])


def _heading(page: OverviewPage) -> str:
    return "Known at publication" if page.moment == "published" else "Latest known"


def show_analysts(page: OverviewPage) -> None:
    """What analysts and the market say of the share on the day shown, as far as it is known."""
    market, symbol, now = page.shown.market, page.dossier.symbol, dt.datetime.now(dt.UTC)
    items = []
    for which, label in (("mean", "Mean price target"), ("low", "Lowest target"), ("high", "Highest target")):
        with suppress(UnknownFigure):
            figure = market.target(symbol, which)
            away = formats.change1(returns.upside(figure.value, page.now.value))
            items.append(blocks.big(label, formats.figure(figure), f"{away} away", [blocks.badge(figure, now)]))
    count = market.analysts(symbol)
    if items and count is not None:
        items[0]["detail"] += f", {count} analysts"
    ratings = market.ratings(symbol)
    if ratings is not None:
        counts, day, source = ratings
        buys = counts["strongBuy"] + counts["buy"]
        detail = f"{counts['hold']} hold, {counts['sell'] + counts['strongSell']} sell"
        origin = blocks.plain_badge(Origin.MARKET, formats.day(day), source)
        items.append(blocks.big("Ratings", f"{buys} of {sum(counts.values())} buy", detail, [origin]))
    with suppress(UnknownFigure):
        worth = market.shares(symbol) * page.now.value / 1e9
        currency = page.dossier.company.profile.listing.currency
        detail = f"{market.shares(symbol) / 1e6:,.0f}m {page.dossier.share_class} × {formats.figure(page.now)}"
        items.append(
            blocks.big("Market value", f"{formats.money(worth, currency, 0)}bn", detail, [blocks.badge(page.now, now)])
        )
    if items:
        st.subheader("What analysts say", anchor=False)
        show_readout("analysts", [blocks.figures(items)])


def show_score(page: OverviewPage) -> None:
    """How many claims hold, and which move the upside most."""
    st.subheader("How many of its claims hold", anchor=False)
    claims.show_score(page.findings)
    # Run by itself, without the front door, the page has no other to lead to.
    with suppress(StreamlitPageNotFoundError):
        st.page_link("pages/claims.py", label="Every claim, with the sum behind it", icon=":material/arrow_forward:")
    ranked = effects(page.findings, page.shown, page.moment)
    found = ranked[:MOVERS]
    if not found:
        return
    st.subheader("What moves the thesis most", anchor=False)
    columns = [
        blocks.column("Claim"),
        blocks.column("The article"),
        blocks.column("Tested"),
        blocks.column("Upside", True),
    ]
    note = blocks.note(texts.MOVERS_NOTE.format(shown=len(found), all=len(ranked)))
    show_readout("movers", [note, blocks.table(columns, [_mover(each, page) for each in found], fit="stacked")])


def _mover(effect: Effect, page: OverviewPage) -> dict:
    reading = effect.finding.at(page.moment).evidence.readings[0]
    points = f"{formats.signed(effect.change * 100, 1)} points"
    return blocks.row(
        effect.finding.claim.label,
        texts.stated(effect.finding.claim),
        texts.tested(reading, effect.finding.claim.stated),
        blocks.cell(points, f"{effect.working}; {effect.assumption}"),
        strong=True,
    )


def show_events(page: OverviewPage) -> None:
    """What has happened since publication, latest first."""
    since = [event for event in reversed(page.dossier.events()) if event.date >= page.dossier.published]
    if page.moment == "published" or not since:
        return
    st.subheader("What has happened since", anchor=False)
    rows = [blocks.row(formats.day(event.date), event.what) for event in since]
    show_readout("events", [blocks.table([blocks.column("Date"), blocks.column("Event")], rows)])


def price_is_known(dossier: Dossier) -> bool:
    """Whether there is any price to show."""
    try:
        dossier.market.price(dossier.symbol)
        dossier.price_before_publication()
    except UnknownFigure as missing:
        st.info(f"Not known: {missing.what}. The page needs it.", icon=":material/info:")
        return False
    return True
