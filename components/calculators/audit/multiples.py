"""P/E of a share from a price and earnings whose currency and share class are known."""

from dataclasses import replace

from components import formats
from components.calculators.audit.rules import Reading
from components.calculators.earnings import in_listing_currency, price_to_earnings, trailing_eps
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, Unit, least_confident

_TIMES = Unit.parse("x")


def price_to_earnings_ratio(file: Dossier, symbol: str, which: str) -> Reading:
    """P/E of a share from price and EPS in one currency. Raises UnknownFigure, UnitMismatch."""
    price = file.market.price(symbol)
    eps, parts = _eps(file, symbol, which)
    price.same_unit(eps)
    ratio = float(price_to_earnings(price.value, eps.value))
    if eps.value <= 0:
        raise UnknownFigure(f"a P/E of {symbol}: earnings are not positive")
    figure = replace(price, value=ratio, unit=_TIMES, label=f"{which} P/E", confidence=least_confident(price, eps))
    chain = "; ".join((*eps.chain, f"{price.value:,.2f} ÷ {eps.value:,.3f} = {ratio:.2f}x  ({price.unit})"))
    name = f"{which.capitalize()} P/E, price of {formats.day(price.as_of)}, EPS of {formats.day(eps.as_of)}"
    return Reading(name, figure, chain, (price, eps, *parts))


def _eps(file: Dossier, symbol: str, which: str) -> tuple[Figure, tuple[Figure, ...]]:
    """EPS in the currency of the price, and the figures that it was made of where there are any."""
    currency = file.market.price(symbol).unit.currency or ""
    try:
        eps = file.market.eps(symbol, which)
        parts: tuple[Figure, ...] = ()
    except UnknownFigure:
        if symbol != file.symbol:
            raise
        eps, parts = _filed_eps(file, which)
    if eps.unit.currency == currency:
        return eps, parts
    rate = file.rate(str(eps.unit.currency), currency)
    return in_listing_currency(eps, rate, currency), (*parts, rate)


def _filed_eps(file: Dossier, which: str) -> tuple[Figure, tuple[Figure, ...]]:
    if which == "trailing":
        return trailing_eps(file.quarters()), eps_quarters(file)
    if file.thesis.article.forward_eps is None:
        raise UnknownFigure("forward earnings per share")
    return file.fact(file.thesis.article.forward_eps).figure(), ()


def eps_quarters(file: Dossier, metric: str = "diluted_eps") -> tuple[Figure, ...]:
    """Earnings per share of the last four quarters, one by one. Raises UnknownFigure."""
    return tuple(quarter.figure(metric) for quarter in file.quarters()[-4:])
