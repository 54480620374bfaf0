"""P/E of a share: which earnings lead, and how old they are. `comparisons` sets several shares side by side.

Trailing earnings are known in up to two measures: GAAP, as the market service or the filings give them, and core, the
company's own non-GAAP measure. Core leads where what is not operating moved GAAP earnings by more than a tenth, or
where GAAP earnings are older than the company's last release. Earnings that a release has overtaken give no verdict.
"""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from components import formats
from components.calculators.audit.rules import Reading, computed, overtaken_on
from components.calculators.earnings import in_listing_currency
from components.calculators.trailing import trailing
from data.dossier import Dossier
from data.errors import Loss, UnitMismatch, UnknownFigure
from data.figures import Figure, Origin, convert, least_confident, rescaled
from data.filings import Quarter, Release, last_in_a_row
from data.sums import Sum, total_of

GAAP, CORE, FORWARD = "GAAP", "core", "forward"
GRACE = dt.timedelta(days=14)  # beyond the longest delay of a company's releases
APART = 0.10  # how far core and GAAP earnings may lie apart before core leads, as a share of core


@dataclass(frozen=True)
class Earnings:
    """Earnings per listed share in the currency of its price.

    Attributes
    ----------
    measure : GAAP, CORE or FORWARD.
    overtaken : the first release after them, which they do not hold; None where none is known.
    due : the day by which another release was due that is not in the files; None where none was.
    words : what the company calls the measure: statutory, underlying.
    """

    figure: Figure
    measure: str
    overtaken: Release | None
    due: dt.date | None = None
    words: str = ""

    @property
    def is_current(self) -> bool:
        """Whether they are the latest that there can be."""
        return self.overtaken is None and self.due is None

    @property
    def age(self) -> str:
        """What they are of, and which release overtook them: “of 24 July 2026, overtaken by the release of …”."""
        of = f"of {formats.day(self.figure.as_of)}"
        if self.overtaken is not None:
            return f"{of}, {overtaken_on(self.overtaken.released)}"
        return of if self.due is None else f"{of}, {waits_for(self.due)}"


# --- One share ---


def leading(dossier: Dossier, symbol: str) -> tuple[Earnings, Earnings | None]:
    """The trailing earnings that a P/E leads with, and those of the other measure; None where these are not known.

    A GAAP loss that is known by its name alone has no amount: core leads beside it. Raises Loss where there is no core
    either, UnknownFigure where nothing is known, UnitMismatch.
    """
    core = _core(dossier, symbol)
    try:
        gaap = _gaap(dossier, symbol)
    except Loss:
        if core is None:
            raise
        return core, None
    if gaap is None or core is None:
        if (known := gaap or core) is None:
            if quarters := dossier.quarters_of(symbol):
                _filed(quarters, "diluted_eps", dossier.years_of(symbol))  # raises with the quarter that is missing
            raise UnknownFigure(f"trailing earnings per share of {symbol}")
        return known, None
    if gaap.is_current and not core.is_current:
        return gaap, core
    apart = abs(gaap.figure.value / core.figure.value - 1) > APART if core.figure.value else True
    return (core, gaap) if apart or (core.is_current and not gaap.is_current) else (gaap, core)


def forward(dossier: Dossier, symbol: str) -> Earnings:
    """The mean estimate for a coming year: the market service's, else the one that the article rests on.

    Raises Loss, UnknownFigure, UnitMismatch, and KeyError where the thesis names a fact that does not exist.
    """
    try:
        eps = dossier.market.eps(symbol, FORWARD)
    except Loss:
        raise
    except UnknownFigure:
        fact = dossier.thesis.article.forward_eps
        if symbol != dossier.symbol or fact is None:
            raise
        eps = dossier.fact(fact).figure()
    return aged(dossier, symbol, eps, FORWARD)


def price_to_earnings(dossier: Dossier, symbol: str, earnings: Earnings) -> Reading:
    """Price ÷ EPS with its calculation. Raises UnknownFigure where earnings are not positive, and UnitMismatch."""
    price, eps = dossier.market.price(symbol), earnings.figure
    price.same_unit(eps)
    if eps.value <= 0:
        raise UnknownFigure(f"a P/E of {symbol}: earnings are not positive")
    kind = "Forward P/E" if earnings.measure == FORWARD else f"Trailing P/E, {earnings.words}"
    label = f"{'forward' if earnings.measure == FORWARD else f'trailing {earnings.words}'} P/E"
    ratio = Sum(price.term(2) / eps.term(3), "x", remark=price.unit.text)
    name = f"{kind}, price of {formats.day(price.as_of)}, EPS {earnings.age}"
    figure = computed(price, ratio, label, confidence=least_confident(price, eps))
    return Reading(name, figure, (ratio,), measure=label, overtaken="" if earnings.is_current else earnings.age)


def beside(dossier: Dossier, other: Earnings | None) -> list[Reading]:
    """The P/E on earnings of the other measure and the forward P/E, which stand beside the leading one, where known."""
    found = []
    for find in (lambda: other, lambda: forward(dossier, dossier.symbol)):
        with suppress(UnknownFigure, UnitMismatch):
            if (earnings := find()) is not None:
                found.append(price_to_earnings(dossier, dossier.symbol, earnings))
    return found


def aged(dossier: Dossier, symbol: str, eps: Figure, measure: str) -> Earnings:
    """Earnings in the currency of the share's price, with the release that overtook them."""
    currency = str(dossier.market.price(symbol).unit.currency)
    known = eps.known or eps.as_of
    later = [release for release in dossier.releases(symbol) if release.released > known]
    if eps.unit.currency != currency:
        eps = convert(eps, dossier.rate(str(eps.unit.currency), currency))
    eps = rescaled(eps, dossier.market.price(symbol).unit)
    first = min(later, key=lambda release: release.released, default=None)
    due = None if first is not None or eps.origin is not Origin.FILING else due_by(dossier, symbol, eps.as_of)
    return Earnings(eps, measure, first, due, _words(dossier, symbol, measure))


def _words(dossier: Dossier, symbol: str, measure: str) -> str:
    """What the company calls a measure of its earnings; a peer's are those of its accounting standard."""
    if symbol != dossier.symbol:
        return measure
    profile = dossier.company.profile
    return {GAAP: profile.reported_earnings, CORE: profile.adjusted_earnings}.get(measure, measure)


def due_by(dossier: Dossier, symbol: str, end: dt.date) -> dt.date | None:
    """The day by which the quarter after `end` must have been reported, if that has passed; else None.

    No release of the files came later after its quarter than the longest of them, and two weeks are given besides.
    """
    delays = [release.released - release.period_end for release in dossier.releases(symbol)]
    if not delays:
        return None
    latest = dossier.rhythm_of(symbol).after(end) + max(delays) + GRACE
    return latest if dossier.day > latest else None


def waits_for(due: dt.date) -> str:
    """That a release was due, in words."""
    return f"while another release was due by {formats.day(due)}"


def _gaap(dossier: Dossier, symbol: str) -> Earnings | None:
    """The market service's trailing earnings or those of the filings: the ones that are current, else the filings'.

    Raises Loss: a newer loss is not hidden by earnings of older quarters.
    """
    found: list[Earnings] = []
    try:
        found.append(aged(dossier, symbol, dossier.market.eps(symbol, "trailing"), GAAP))
    except Loss:
        raise
    except UnknownFigure:
        pass
    with suppress(UnknownFigure):
        found.append(
            aged(dossier, symbol, _filed(dossier.quarters_of(symbol), "diluted_eps", dossier.years_of(symbol)), GAAP)
        )
    latest = [each for each in found if each.is_current]
    return latest[0] if latest else (found[-1] if found else None)


def _filed(quarters: Sequence[Quarter], metric: str, years: Sequence[Quarter] = ()) -> Figure:
    """The last twelve months that are known of a metric. Raises UnknownFigure."""
    return trailing([quarter for quarter in quarters if metric in quarter.values], metric, years)


def _core(dossier: Dossier, symbol: str) -> Earnings | None:
    if symbol != dossier.symbol:
        return None
    with suppress(UnknownFigure):
        return aged(dossier, symbol, _filed_core(dossier), CORE)
    return None


def _filed_core(dossier: Dossier) -> Figure:
    """Core earnings of four quarters; quarter by quarter where a release gives one only as translated."""
    try:
        return trailing(dossier.quarters(), "non_gaap_diluted_eps", dossier.years())
    except UnknownFigure:
        return _translated(dossier)


def _translated(dossier: Dossier) -> Figure:
    quarters = last_in_a_row(dossier.quarters(), "non-GAAP earnings")
    profile = dossier.company.profile
    rate = dossier.rate(profile.currency, profile.listing.currency)
    parts = [
        quarter.figure("non_gaap_diluted_eps_translated")
        if "non_gaap_diluted_eps_translated" in quarter.values
        else in_listing_currency(quarter.figure("non_gaap_diluted_eps"), rate, profile.listing.currency)
        for quarter in quarters
    ]
    total = Sum(total_of([part.term() for part in parts]), parts[-1].unit.text)
    label = f"non-GAAP diluted EPS, four quarters to {quarters[-1].end:%B %Y}"
    return computed(parts[-1], total, label, confidence=least_confident(*parts))


def gaap_loss(dossier: Dossier) -> str:
    """That GAAP earnings are a loss, with the amount where it is known; empty where they are none."""
    try:
        gaap = _gaap(dossier, dossier.symbol)
    except Loss as loss:
        return loss.what
    if gaap is None or gaap.figure.value > 0:
        return ""
    return f"GAAP earnings are a loss, {formats.figure(gaap.figure)} {gaap.age}, so that there is no P/E of them"


def why_apart(dossier: Dossier) -> str:
    """Why GAAP and core earnings differ: the quarter of the last four with the largest gap; empty without one."""
    both = [
        (quarter, core)
        for quarter in dossier.quarters()[-dossier.rhythm.a_year :]
        if "diluted_eps" in quarter.values and (core := _core_value(quarter)) is not None
    ]
    if not both:
        return ""
    widest, core = max(both, key=lambda pair: abs(pair[0].values["diluted_eps"] - pair[1]))
    gaap = widest.figure("diluted_eps")
    return (
        "Core earnings leave out what is not operating, such as gains on investments, and share-based pay. The gap was "
        f"widest in the quarter to {widest.end:%B %Y}: {formats.figure(gaap)} by GAAP, {formats.number(core, 2)} core."
    )


def _core_value(quarter: Quarter) -> float | None:
    """Core EPS in the filing's currency; None where it is not known."""
    values = quarter.values
    if "non_gaap_diluted_eps" in values:
        return values["non_gaap_diluted_eps"]
    if {"exchange_rate", "non_gaap_diluted_eps_translated"} <= values.keys():
        return values["non_gaap_diluted_eps_translated"] * values["exchange_rate"]
    return None
