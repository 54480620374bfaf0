"""P/E of a share, with price and earnings in one currency and for one share class."""

from components import formats
from components.calculators.audit.rules import Reading, computed
from components.calculators.earnings import in_listing_currency, trailing_eps
from data.dossier import Dossier
from data.errors import Loss, UnknownFigure
from data.figures import Figure, convert, least_confident
from data.filings import QUARTERS_A_YEAR, last_in_a_row, quarter_end
from data.sums import Sum, total_of


def price_to_earnings_ratio(dossier: Dossier, symbol: str, which: str) -> Reading:
    """P/E of a share; `which` is `trailing` or `forward`.

    Raises
    ------
    UnknownFigure : price, earnings or exchange rate are not known, or earnings are not positive.
    UnitMismatch : price and earnings differ in share class, or the exchange rate does not fit.
    KeyError : the thesis names a fact for forward earnings that does not exist.
    """
    price = dossier.market.price(symbol)
    eps = _eps(dossier, symbol, which)
    name = f"{which.capitalize()} P/E, price of {formats.day(price.as_of)}, EPS of {formats.day(eps.as_of)}"
    return _ratio(price, eps, name, f"{which} P/E", f"a P/E of {symbol}: earnings are not positive")


def _ratio(price: Figure, eps: Figure, name: str, label: str, missing: str) -> Reading:
    """Price ÷ EPS with its calculation. Raises UnitMismatch, and UnknownFigure where earnings are not positive."""
    price.same_unit(eps)
    if eps.value <= 0:
        raise UnknownFigure(missing)
    ratio = Sum(price.term(2) / eps.term(3), "x", remark=price.unit.text)
    return Reading(name, computed(price, ratio, label, confidence=least_confident(price, eps)), (ratio,), measure=label)


def _eps(dossier: Dossier, symbol: str, which: str) -> Figure:
    """EPS in the currency of the price. Raises UnknownFigure, UnitMismatch."""
    currency = dossier.market.price(symbol).unit.currency or ""
    try:
        eps = dossier.market.eps(symbol, which)
    except Loss:
        # A newer loss is not hidden by earnings of older quarters.
        raise
    except UnknownFigure:
        if symbol != dossier.symbol:
            raise
        eps = _filed_eps(dossier, which)
    return eps if eps.unit.currency == currency else convert(eps, dossier.rate(str(eps.unit.currency), currency))


def _filed_eps(dossier: Dossier, which: str) -> Figure:
    if which == "trailing":
        return trailing_eps(dossier.quarters())
    if dossier.thesis.article.forward_eps is None:
        raise UnknownFigure("forward earnings per share")
    return dossier.fact(dossier.thesis.article.forward_eps).figure()


def non_gaap_ratio(dossier: Dossier) -> Reading:
    """Trailing P/E on non-GAAP earnings, which come from the filings alone. Raises UnknownFigure and UnitMismatch.

    Earnings of four quarters in the filing's currency are converted at the latest release's rate. If a release gives
    one of them only as translated into the listing's currency, each quarter is converted on its own.
    """
    price = dossier.market.price(dossier.symbol)
    currency = price.unit.currency or ""
    try:
        filed = trailing_eps(dossier.quarters(), "non_gaap_diluted_eps")
        eps = in_listing_currency(filed, dossier.filing_rate(), currency)
    except UnknownFigure:
        eps = _translated_eps(dossier, currency)
    name = f"Trailing P/E on non-GAAP earnings, four quarters to {eps.as_of:%B %Y}"
    missing = f"a P/E of {dossier.symbol}: non-GAAP earnings are not positive"
    return _ratio(price, eps, name, "trailing non-GAAP P/E", missing)


def _translated_eps(dossier: Dossier, currency: str) -> Figure:
    """Non-GAAP earnings of four quarters in the listing's currency, quarter by quarter. Raises UnknownFigure."""
    quarters = last_in_a_row(dossier.quarters(), quarter_end, "non-GAAP earnings", QUARTERS_A_YEAR)
    rate = dossier.filing_rate()
    parts = [
        quarter.figure("non_gaap_diluted_eps_translated")
        if "non_gaap_diluted_eps_translated" in quarter.values
        else in_listing_currency(quarter.figure("non_gaap_diluted_eps"), rate, currency)
        for quarter in quarters
    ]
    total = Sum(total_of([part.term() for part in parts]), parts[-1].unit.text)
    label = f"non-GAAP diluted EPS, four quarters to {quarters[-1].end:%B %Y}"
    return computed(parts[-1], total, label, confidence=least_confident(*parts))
