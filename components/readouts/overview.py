"""Texts of the overview: price and upside then and now, key figures, analysts, largest effects, events."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from components import formats
from components.calculators import returns
from components.calculators.audit.effects import Effect, Sensitivity
from components.calculators.next_release import NextRelease
from components.readouts import blocks
from components.readouts import claims as claim_texts
from components.readouts.blocks import Sentence
from components.readouts.head import is_recent
from data.dossier import Dossier
from data.facts import Event
from data.figures import Figure, Origin
from data.market.snapshot import Close
from data.thesis import Claim

Bounds = tuple[float, float]


def upsides(bounds: Bounds, price: Figure) -> str:
    """The upside from a price to both ends of the targets: +29.6% to +39.9%."""
    low, high = (returns.upside(bound, price.value) for bound in bounds)
    return f"{formats.change1(low)} to {formats.change1(high)}"


def lead(dossier: Dossier, bounds: Bounds, then: Figure, now: Figure, moment: str) -> Sentence:
    """Price and upside in a sentence, at publication or today."""
    slots = {
        "price": formats.figure(now),
        "away": upsides(bounds, now),
        "targets": f"{bounds[0]:g} to {bounds[1]:g}",
    }
    name, share_class = dossier.company.profile.short_name, dossier.share_class
    if moment == "published":
        return Sentence(
            f"When the article appeared, {name} had closed at {{price}} per {share_class}: its targets of {{targets}} "
            "implied an upside of {away}.",
            slots,
        )
    change = returns.upside(now.value, then.value)
    slots["moved"] = f"{'up' if change >= 0 else 'down'} {formats.percent1(abs(float(change)))}"
    trades = f"{name} trades at {{price}} per {share_class}"
    if not is_recent(now, dossier.day):
        trades = f"{name} traded at {{price}} per {share_class} on {formats.day(now.as_of)}"
    return Sentence(
        f"{trades}, {{moved}} since the article appeared; its targets of {{targets}} imply an upside of {{away}}.",
        slots,
    )


def lead_figures(
    dossier: Dossier, promised: Claim, bounds: Bounds, then: Figure, now: Figure, moment: str
) -> list[dict[str, Any]]:
    """The price, the upside that the article promises, and the upside at publication and, where shown, today."""
    stated = blocks.plain_badge(Origin.ARTICLE, formats.day(dossier.published), promised.place)
    rule = "Targets ÷ price − 1, without dividends."
    items = [
        blocks.big(
            f"Price per {dossier.share_class}", formats.figure(now), formats.day(now.as_of), badges=[blocks.badge(now)]
        ),
        blocks.big(
            "Upside that the article promises",
            claim_texts.stated(promised),
            f"at targets of {bounds[0]:g} to {bounds[1]:g}",
            badges=[stated],
        ),
        blocks.big(
            "Upside at publication",
            upsides(bounds, then),
            f"from {formats.figure(then)}, the close before",
            [blocks.badge(then)],
            help=rule,
        ),
    ]
    if moment == "today":
        items.append(
            blocks.big(
                "Upside now",
                upsides(bounds, now),
                f"from {formats.figure(now)}",
                [blocks.badge(now)],
                help=rule,
            )
        )
    return items


def next_date(found: NextRelease, today: dt.date) -> dict[str, Any]:
    """The next release: its quarter, and between which days it comes by the company's habit."""
    label = f"{found.quarter:%B} quarter"
    span = f"{formats.day(found.earliest)} to {formats.day(found.latest)}"
    if found.is_late(today):
        return blocks.big("Next release", label, f"due by {formats.day(found.latest)}; not in these files yet")
    return blocks.big("Next release", label, f"by habit {span}; the day is not known")


def price_title(closes: Sequence[Close], bounds: Bounds, published: dt.date, moment: str) -> str:
    """The finding of the price chart as its title."""
    low, high = bounds
    if moment == "published":
        return f"Before publication the price stood at {closes[-1].price:,.2f}, below the article’s targets"
    reached = next((close for close in closes if close.date >= published and close.price >= low), None)
    if reached is not None:
        return f"The price reached {low:g} on {formats.day(reached.date)}, after publication"
    return f"No close known since publication reached the article’s targets of {low:g} to {high:g}"


def price_source(origins: set[Origin], last: dt.date) -> str:
    """The origins of the closing prices, and the last one's date."""
    live = "Yahoo Finance, daily" if Origin.MARKET in origins else ""
    stored = "bundled snapshot, daily" if Origin.SNAPSHOT in origins else ""
    return f"Closes: {' and '.join(part for part in (live, stored) if part)}, to {formats.day(last)}."


def target(label: str, figure: Figure, away: float) -> dict[str, Any]:
    """A price target with its distance from the price; `away` is a ratio."""
    return blocks.big(label, formats.figure(figure), f"{formats.change1(away)} away", [blocks.badge(figure)])


def ratings(counts: dict[str, int], day: dt.date, source: str) -> dict[str, Any]:
    """How many analysts say buy, hold and sell."""
    buys = counts["strongBuy"] + counts["buy"]
    detail = f"{counts['hold']} hold, {counts['sell'] + counts['strongSell']} sell"
    origin = blocks.plain_badge(Origin.MARKET, formats.day(day), source)
    return blocks.big("Ratings", f"{buys} of {sum(counts.values())} buy", detail, [origin])


def market_value(shares: float, share_class: str, price: Figure) -> dict[str, Any]:
    """Listed shares times the price."""
    worth = formats.money(shares * price.value / 1e9, str(price.unit.currency), 0)
    detail = f"{shares / 1e6:,.0f}m {formats.shares_of(share_class)} × {formats.figure(price)}"
    return blocks.big("Market value", f"{worth}bn", detail, [blocks.badge(price)])


def movers(ranked: Sequence[Effect], most: int, moment: str, beside: Sequence[Sensitivity] = ()) -> list[blocks.Block]:
    """The claims with the largest effect on the upside, what a margin is worth, and the calculations on demand."""
    columns = [blocks.column("Claim"), blocks.column("Upside", True)]
    found = ranked[:most]
    which = f"the {len(found)} largest of {len(ranked)} claims" if len(found) < len(ranked) else "all claims"
    table = blocks.table(columns, [_mover(each, moment) for each in found])
    sums = [
        blocks.note(f"{each.finding.claim.label}: {each.sum.expression.text()}; {each.assumption}.") for each in found
    ]
    workings = blocks.details("How this is computed", [blocks.note(claim_texts.MOVERS_NOTE.format(which=which)), *sums])
    return [table, *(blocks.note(claim_texts.sensitivity(each)) for each in beside), workings]


def _mover(effect: Effect, moment: str) -> dict[str, Any]:
    claim, reading = effect.finding.claim, effect.finding.at(moment).evidence.readings[0]
    change = f"{claim_texts.stated(claim)} → {claim_texts.tested(reading, claim.stated)}"
    points = f"{formats.signed(effect.change * 100, 1)} points"
    return blocks.row(*(cell | {"strong": True} for cell in (blocks.cell(claim.label, change), blocks.cell(points))))


def events(since: Sequence[Event]) -> blocks.Block:
    """One row per event."""
    rows = [blocks.row(formats.day(event.date), event.what) for event in since]
    return blocks.table([blocks.column("Date"), blocks.column("Event")], rows)
