"""What belongs to a price to start from: earnings, dividends and time, at publication or at the market's price today.

A P/E needs price and earnings of one time, and a target of the article twelve months from its date. Who starts from
today's price therefore starts from today's earnings, the dividends of the last four quarters, and the months that
remain of the article's twelve.
"""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from components.calculators.audit.multiples import FORWARD, forward, leading
from components.calculators.earnings import in_listing_currency
from components.calculators.trailing import trailing
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, Origin, rescaled

TWELVE = 12.0
MONTH_DAYS = 365.25 / 12
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Known:
    """A number with where it comes from; trailing earnings with what their measure is called."""

    value: float
    provenance: str
    origin: Origin | None = None
    measure: str = ""


@dataclass(frozen=True)
class Beginning:
    """The start of a calculation. Earnings are per listed share in the listing's currency; None where not known."""

    months: Known
    dividend: Known
    eps_trailing: Known | None
    eps_forward: Known | None


def at_publication(dossier: Dossier) -> Beginning:
    """What was known when the article appeared."""
    months = Known(TWELVE, "price targets are by custom for twelve months")
    return Beginning(months, _paid_then(dossier), _trailing_then(dossier), _forward_then(dossier))


def at_market(dossier: Dossier) -> Beginning:
    """What is known today. Earnings that a release has overtaken are not: they belong to no price of today."""
    return Beginning(_remaining(dossier), _paid_lately(dossier), *_earnings_now(dossier))


def _remaining(dossier: Dossier) -> Known:
    """The months from the market's price to the end of the twelve that the article's targets are for."""
    end, start = dossier.published + YEAR, dossier.day
    with suppress(UnknownFigure):
        start = dossier.market.price(dossier.symbol).as_of
    left = round((end - start).days / MONTH_DAYS)
    if end <= start:
        return Known(TWELVE, "the article’s twelve months have passed; twelve from today")
    return Known(float(max(left, 1)), "what remains of the twelve months that the article’s targets are for")


def _paid_then(dossier: Dossier) -> Known:
    paid = _fact(dossier.as_published(), dossier.thesis.article.dividend)
    if paid is None or paid.value < 0:
        return Known(0.0, "no dividend is known")
    return Known(paid.value, f"{paid.label}, {paid.source}", paid.origin)


def _paid_lately(dossier: Dossier) -> Known:
    """The dividends of the last four quarters: the market's where its history is known, else those of the facts."""
    since = dossier.day - YEAR
    # The service states some dividends in pounds beside a price in pence; what it means cannot be told.
    sure = not dossier.listed_unit.is_minor
    lately = {day: paid for day, paid in dossier.market.dividends(dossier.symbol).items() if day > since}
    if lately and sure:
        days = ", ".join(f"{day.day} {day:%b %Y}" for day in sorted(lately))
        return Known(sum(lately.values()), f"dividends of the last four quarters, ex on {days}", Origin.MARKET)
    name = dossier.thesis.article.dividend
    series = next((fact.series for fact in dossier.company.facts if fact.id == name), "")
    known = [fact.figure() for fact in dossier.series(series)] if series else []
    recent = [each for each in known if each.as_of > since and each.unit == dossier.listed_unit]
    if not recent:
        return _paid_then(dossier)
    last = recent[-1]
    return Known(last.value, f"dividends of the last four quarters: {last.label}, {last.source}", last.origin)


def _earnings_now(dossier: Dossier) -> tuple[Known | None, Known | None]:
    currency = dossier.company.profile.listing.currency
    found: list[Known | None] = []
    for find in (lambda: leading(dossier, dossier.symbol)[0], lambda: forward(dossier, dossier.symbol)):
        each = None
        with suppress(UnknownFigure, UnitMismatch):
            earnings = find()
            if earnings.is_current and earnings.figure.unit.currency == currency:
                expected = earnings.measure == FORWARD
                kind = "expected" if expected else earnings.words
                said = f"{kind} earnings, {earnings.age}"
                each = _of_figure(earnings.figure, said, "" if expected else earnings.words)
        found.append(each)
    return found[0], found[1]


def _trailing_then(dossier: Dossier) -> Known | None:
    then = dossier.as_published()
    with suppress(UnknownFigure, UnitMismatch):
        currency = dossier.company.profile.listing.currency
        eps = in_listing_currency(trailing(then.quarters(), "diluted_eps", then.years()), then.filing_rate(), currency)
        eps = rescaled(eps, dossier.listed_unit)
        return _of_figure(eps, "; ".join(eps.chain), dossier.company.profile.reported_earnings)
    return None


def _forward_then(dossier: Dossier) -> Known | None:
    eps = _fact(dossier.as_published(), dossier.thesis.article.forward_eps)
    if eps is None or eps.unit.currency != dossier.company.profile.listing.currency:
        return None
    return _of_figure(rescaled(eps, dossier.listed_unit), f"{eps.label}, {eps.source}")


def _of_figure(figure: Figure, provenance: str, measure: str = "") -> Known | None:
    """Earnings as a start; None where they are not above zero, for there is no P/E of them."""
    return Known(figure.value, provenance, figure.origin, measure) if figure.value > 0 else None


def _fact(dossier: Dossier, fact_id: str | None) -> Figure | None:
    if fact_id is None:
        return None
    with suppress(UnknownFigure):
        return dossier.fact(fact_id).figure()
    return None
