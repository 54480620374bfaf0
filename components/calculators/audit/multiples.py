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
    eps = _eps(file, symbol, which)
    price.same_unit(eps)
    ratio = float(price_to_earnings(price.value, eps.value))
    if eps.value <= 0:
        raise UnknownFigure(f"a P/E of {symbol}: earnings are not positive")
    figure = replace(price, value=ratio, unit=_TIMES, label=f"{which} P/E", confidence=least_confident(price, eps))
    chain = "; ".join((*eps.chain, f"{price.value:,.2f} ÷ {eps.value:,.3f} = {ratio:.2f}x  ({price.unit})"))
    name = f"{which.capitalize()} P/E, price of {formats.day(price.as_of)}, EPS of {formats.day(eps.as_of)}"
    return Reading(name, figure, chain, (price, eps))


def _eps(file: Dossier, symbol: str, which: str) -> Figure:
    currency = file.market.price(symbol).unit.currency or ""
    try:
        eps = file.market.eps(symbol, which)
    except UnknownFigure:
        if symbol != file.symbol:
            raise
        eps = _filed_eps(file, which)
    if eps.unit.currency == currency:
        return eps
    return in_listing_currency(eps, file.rate(str(eps.unit.currency), currency), currency)


def _filed_eps(file: Dossier, which: str) -> Figure:
    if which == "trailing":
        return trailing_eps(file.quarters())
    if file.thesis.article.forward_eps is None:
        raise UnknownFigure("forward earnings per share")
    return file.fact(file.thesis.article.forward_eps).figure()
