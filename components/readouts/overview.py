"""Texts of the overview: price and upside then and now, key figures, analysts, largest effects, events."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from components import formats
from components.calculators import returns
from components.calculators.aims import Aims
from components.calculators.audit.effects import Effect, Sensitivity
from components.calculators.next_release import NextRelease
from components.charts.pieces import written_band
from components.readouts import blocks
from components.readouts import claims as claim_texts
from components.readouts.blocks import Sentence
from components.readouts.head import is_recent
from data.dossier import Dossier
from data.facts import Event
from data.figures import Figure, Origin
from data.market.snapshot import Close


def upsides(band: tuple[float, float], price: Figure) -> str:
    """The distance from a price to both ends of the targets, +29.6% to +39.9%, or to the one value: −20.6%."""
    low, high = (formats.change1(returns.upside(bound, price.value)) for bound in band)
    return str(low) if low == high else f"{low} to {high}"


def _implied(band: tuple[float, float], price: Figure, then: bool) -> str:
    """What targets or a value imply: an upside, a downside, or something between; with the verb."""
    falls = [bound < price.value for bound in band]
    verb = "implied" if then else "imply"
    return f"{verb} {'an upside' if not any(falls) else 'a return'} of"


def _aimed(aims: Aims, price: Figure, then: bool) -> str:
    """The article's targets or value with what they imply, as the rest of a sentence; empty where it states neither."""
    if aims.band is None:
        return ""
    implied = _implied(aims.band, price, then)
    if aims.noun == "value":
        return f"its value of {{targets}} {implied.replace('imply', 'implies')} {{away}}"
    return f"its targets of {{targets}} {implied} {{away}}"


def lead(dossier: Dossier, aims: Aims, then: Figure, now: Figure, moment: str) -> Sentence:
    """Price and upside in a sentence, at publication or today."""
    slots = {"price": formats.figure(now)}
    if aims.band is not None:
        slots |= {"away": upsides(aims.band, now), "targets": written_band(aims.band)}
    name, share_class = dossier.company.profile.short_name, dossier.share_class
    if moment == "published":
        aimed = _aimed(aims, now, then=True)
        closed = f"When the article appeared, {name} had closed at {{price}} per {share_class}"
        return Sentence(f"{closed}: {aimed}." if aimed else f"{closed}; it names no target.", slots)
    change = returns.upside(now.value, then.value)
    slots["moved"] = f"{'up' if change >= 0 else 'down'} {formats.percent1(abs(float(change)))}"
    trades = f"{name} trades at {{price}} per {share_class}"
    if not is_recent(now, dossier.day):
        trades = f"{name} traded at {{price}} per {share_class} on {formats.day(now.as_of)}"
    aimed = _aimed(aims, now, then=False)
    return Sentence(f"{trades}, {{moved}} since the article appeared{f'; {aimed}' if aimed else ''}.", slots)


def lead_figures(dossier: Dossier, aims: Aims, then: Figure, now: Figure, moment: str) -> list[dict[str, Any]]:
    """The price, the upside that the article promises, and the upside at publication and, where shown, today."""
    price = blocks.big(
        f"Price per {dossier.share_class}", formats.figure(now), formats.day(now.as_of), badges=[blocks.badge(now)]
    )
    if aims.band is None:
        change = formats.change1(returns.upside(now.value, then.value))
        before = f"from {formats.figure(then)}, the close before"
        return [price, blocks.big("Since the article appeared", str(change), before, [blocks.badge(then)])]
    what, items = "Targets" if aims.noun == "targets" else "Value", [price]
    rule = f"{what} ÷ price − 1, without dividends."
    promise = dossier.thesis.article.upside_range
    if promise is not None:
        promised = dossier.thesis.claim_by_id(promise)
        stated = blocks.plain_badge(Origin.ARTICLE, formats.day(dossier.published), promised.place)
        at = f"at {'targets' if aims.noun == 'targets' else 'a value'} of {written_band(aims.band)}"
        items.append(
            blocks.big(
                "What the article promises" if aims.noun == "targets" else "What the article implies",
                claim_texts.stated(promised),
                at,
                badges=[stated],
            )
        )
    for label, each, when in (
        ("Upside at publication", then, ", the close before"),
        ("Upside now", now, ""),
    )[: 2 if moment == "today" else 1]:
        below = all(bound < each.value for bound in aims.band)
        items.append(
            blocks.big(
                label.replace("Upside", "Downside") if below else label,
                upsides(aims.band, each),
                f"from {formats.figure(each)}{when}",
                [blocks.badge(each)],
                help=rule,
            )
        )
    return items


def next_date(found: NextRelease, today: dt.date) -> dict[str, Any]:
    """The next release: its quarter, and between which days it comes by the company's habit."""
    label = (
        f"{found.quarter:%B} quarter"
        if found.noun == "quarter"
        else f"{formats.capitalised(found.noun)} to {found.quarter:%B}"
    )
    span = f"{formats.day(found.earliest)} to {formats.day(found.latest)}"
    if found.is_late(today):
        return blocks.big("Next release", label, f"due by {formats.day(found.latest)}; not in these files yet")
    return blocks.big("Next release", label, f"as in other years {span}; the day is not known")


def price_title(closes: Sequence[Close], aims: Aims, published: dt.date, moment: str) -> str:
    """The finding of the price chart as its title."""
    before = [close for close in closes if close.date < published]
    start = (before or list(closes))[-1].price
    if moment == "published" or aims.band is None:
        place = ""
        if aims.band is not None:
            side = "below" if start < aims.band[0] else "above" if start > aims.band[1] else "within"
            place = f", {side} the article’s {aims.noun}"
        if moment == "published":
            return f"Before publication the price stood at {start:,.2f}{place}"
        change = formats.change1(closes[-1].price / start - 1)
        return f"The price has changed by {change} since the close before publication"
    low, high = aims.band
    if low <= start <= high:
        left = next((close for close in closes if close.date >= published and not low <= close.price <= high), None)
        if left is None:
            return f"The price has stayed within the article’s {aims.noun}, {written_band(aims.band)}"
        side = "above" if left.price > high else "below"
        return f"The price left the article’s {aims.noun} on {formats.day(left.date)}: {side} {written_band(aims.band)}"
    if start > high:
        fell = next((close for close in closes if close.date >= published and close.price <= high), None)
        if fell is not None:
            return f"The price fell to {written_band(aims.band)} on {formats.day(fell.date)}, after publication"
        return f"No close known since publication fell to the article’s {aims.noun} of {written_band(aims.band)}"
    reached = next((close for close in closes if close.date >= published and close.price >= low), None)
    if reached is not None:
        return f"The price reached {low:g} on {formats.day(reached.date)}, after publication"
    return f"No close known since publication reached the article’s {aims.noun} of {written_band(aims.band)}"


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
    worth = formats.money(shares * price.value * price.unit.scale / 1e9, str(price.unit.currency), 0)
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


def differences(apart: Sequence[tuple[Figure, Figure]]) -> blocks.Block:
    """One row a figure: what the filing states, which counts, and what the market service states."""
    columns = [blocks.column("Figure"), blocks.column("Filing", True), blocks.column("Market service", True)]
    rows = [
        blocks.row(
            formats.capitalised(filed.label),
            blocks.cell(formats.figure(filed), badge=blocks.badge(filed)),
            blocks.cell(formats.figure(told), badge=blocks.badge(told)),
        )
        for filed, told in apart
    ]
    count = f"{len(apart)} figure{'' if len(apart) == 1 else 's'}"
    note = blocks.note("The filing’s figure is the one that counts on every page.")
    summary = f"The market service states {count} otherwise than the filings"
    return blocks.details(summary, [blocks.table(columns, rows), note])


def events(since: Sequence[Event]) -> blocks.Block:
    """One row per event."""
    rows = [blocks.row(formats.day(event.date), event.what) for event in since]
    return blocks.table([blocks.column("Date"), blocks.column("Event")], rows)
