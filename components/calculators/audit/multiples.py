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


def non_gaap_ratio(file: Dossier) -> Reading:
    """Trailing P/E on non-GAAP earnings, from the filings alone. Raises UnknownFigure, UnitMismatch.

    Earnings of four quarters in the filing's currency at the latest release's rate. Where one of them is known only as
    the release translated it, each quarter counts in the listing's currency: as translated, or at the latest rate.
    """
    price = file.market.price(file.symbol)
    try:
        filed = trailing_eps(file.quarters(), "non_gaap_diluted_eps")
        eps = in_listing_currency(filed, file.filing_rate(), price.unit.currency or "")
        parts = (*eps_quarters(file, "non_gaap_diluted_eps"), file.filing_rate())
    except UnknownFigure:
        eps, parts = _translated_eps(file, price.unit.currency or "")
    price.same_unit(eps)
    if eps.value <= 0:
        raise UnknownFigure(f"a P/E of {file.symbol}: non-GAAP earnings are not positive")
    ratio = float(price_to_earnings(price.value, eps.value))
    figure = replace(
        price, value=ratio, unit=_TIMES, label="trailing non-GAAP P/E", confidence=least_confident(price, eps)
    )
    chain = "; ".join((*eps.chain, f"{price.value:,.2f} ÷ {eps.value:,.3f} = {ratio:.2f}x  ({price.unit})"))
    name = f"Trailing P/E on non-GAAP earnings, four quarters to {eps.as_of:%B %Y}"
    return Reading(name, figure, chain, (price, eps, *parts))


def _translated_eps(file: Dossier, currency: str) -> tuple[Figure, tuple[Figure, ...]]:
    """Non-GAAP earnings of four quarters in the listing's currency, quarter by quarter. Raises UnknownFigure."""
    quarters = file.quarters()[-4:]
    if len(quarters) < 4 or (quarters[-1].end - quarters[0].end).days > 300:
        raise UnknownFigure("non-GAAP earnings of four quarters in a row")
    rate = file.filing_rate()
    parts = tuple(
        quarter.figure("non_gaap_diluted_eps_translated")
        if "non_gaap_diluted_eps_translated" in quarter.values
        else in_listing_currency(quarter.figure("non_gaap_diluted_eps"), rate, currency)
        for quarter in quarters
    )
    total = sum(part.value for part in parts)
    lines = tuple(line for part in parts for line in part.chain)
    line = f"{' + '.join(f'{part.value:,.2f}' for part in parts)} = {total:,.2f} {parts[-1].unit}"
    confidence = least_confident(*parts)
    label = f"non-GAAP diluted EPS, four quarters to {quarters[-1].end:%B %Y}"
    return replace(parts[-1], value=total, label=label, confidence=confidence, chain=(*lines, line)), parts
