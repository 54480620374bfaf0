"""The inputs of a scenario: label, unit, bounds, step, default, and where the default comes from.

A page draws its slider, the link carries it and a report prints it from this one description.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from components.calculators.audit.rules import Verdict
from components.calculators.capex_case import gather
from components.calculators.earnings import in_listing_currency, trailing_eps
from components.calculators.valuation_case import gather_valuation
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, Origin

CASES = ("bear", "base", "bull")
TARGETS = {case: f"{case}_target" for case in CASES}
ODDS = {case: f"{case}_odds" for case in CASES}


@dataclass(frozen=True)
class NumberInput:
    """A number that the reader may move. `origin` and `basis` say where the default comes from."""

    key: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    default: float
    decimals: int
    basis: str
    origin: Origin | None = None
    help: str = ""

    def snap(self, value: float) -> float:
        """The nearest value on the input's own steps."""
        return round(self.low + round((value - self.low) / self.step) * self.step, 6)

    def steps(self) -> np.ndarray:
        """All values that the slider can take, low to high."""
        count = round((self.high - self.low) / self.step)
        return np.round(self.low + np.arange(count + 1) * self.step, 6)


@dataclass(frozen=True)
class ChoiceInput:
    """One of several named options, or any number of them."""

    key: str
    label: str
    options: Mapping[str, str]
    default: tuple[str, ...]
    several: bool = False
    help: str = ""


Input = NumberInput | ChoiceInput
Inputs = Mapping[str, Input]


def _number(
    key: str,
    label: str,
    unit: str,
    default: float,
    bounds: tuple[float, float],
    step: float,
    basis: str,
    *,
    decimals: int = 2,
    origin: Origin | None = None,
    help: str = "",
) -> NumberInput:
    """A number input whose steps meet the default exactly, so that the article's value can be set again."""
    default = round(default, decimals)
    low = default - np.floor((default - bounds[0]) / step + 1e-9) * step
    high = default + np.floor((bounds[1] - default) / step + 1e-9) * step
    return NumberInput(
        key, label, unit, round(float(low), 6), round(float(high), 6), step, default, decimals, basis, origin, help
    )


def build_inputs(dossier: Dossier) -> dict[str, Input]:
    """All inputs of a thesis. An EPS that is not known has no input, and what needs it is not shown."""
    moments = {"today": "Today", "published": "As published"}
    inputs: list[Input] = [
        ChoiceInput("moment", "Figures as known", moments, ("today",)),
        *_targets(dossier),
        *_start(dossier),
        *_holding(dossier),
        *_odds(dossier),
    ]
    inputs += [eps for eps in (_trailing(dossier), _forward(dossier)) if eps is not None]
    inputs += [*_segments(dossier), *_claims(dossier), *_capex(dossier), *_valuation(dossier)]
    return {each.key: each for each in inputs}


def _targets(dossier: Dossier) -> list[Input]:
    claim = dossier.thesis.targets
    low, high = claim.stated.bounds or (0.0, 0.0)
    bounds = (np.floor(low * 0.25 / 10) * 10, np.ceil(high * 1.75 / 10) * 10)
    starts = {
        "bear": (low, "the low end of the article’s targets; it names no case below"),
        "base": ((low + high) / 2, "the middle of the article’s targets"),
        "bull": (high, "the high end of the article’s targets"),
    }
    unit = claim.stated.unit or ""
    return [
        _number(
            TARGETS[case],
            f"{case.capitalize()} target",
            unit,
            value,
            (float(bounds[0]), float(bounds[1])),
            # Whole steps where the value is whole: each step is a frame that travels at every release.
            (1.0 if value == round(value) else 0.5) if high < 1000 else 5.0,
            basis,
            origin=Origin.ARTICLE,
        )
        for case, (value, basis) in starts.items()
    ]


def _start(dossier: Dossier) -> list[Input]:
    currency = dossier.company.profile.listing.currency
    price = dossier.price_before_publication()
    options = {"published": "At publication", "market": "Market", "own": "My own"}
    return [
        ChoiceInput("start", "Price to start from", options, ("published",)),
        NumberInput(
            "own_price",
            "My price",
            f"{currency} per {dossier.per}",
            0.0,
            100_000.0,
            0.01,
            price.value,
            2,
            "the close before publication",
            price.origin,
        ),
    ]


def _holding(dossier: Dossier) -> list[Input]:
    listing = dossier.company.profile.listing
    paid = _fact(dossier, dossier.thesis.article.dividend)
    dividend, basis, origin = 0.0, "no dividend is known", None
    if paid is not None:
        dividend, basis, origin = paid.value, f"{paid.label}, {paid.source}", paid.origin
    return [
        _number(
            "months",
            "Months to the target",
            "months",
            12,
            (1, 60),
            1,
            "price targets are by custom for twelve months",
            decimals=0,
        ),
        _number(
            "dividend",
            "Dividends per year",
            f"{listing.currency} per {listing.per}",
            dividend,
            (0, max(6.0, dividend * 3)),
            0.05,
            basis,
            origin=origin,
            help="Accrues evenly over the months, is not reinvested, before tax.",
        ),
        NumberInput(
            "position",
            f"Position in {listing.per}",
            listing.per,
            0,
            10_000_000,
            1,
            100,
            0,
            "a round number to begin with",
        ),
    ]


def _odds(dossier: Dossier) -> list[Input]:
    basis = "not from the article: half for the middle case, a quarter each for the others"
    currency = dossier.company.profile.listing.currency
    return [
        *(
            _number(ODDS[case], f"Probability of {case}", "%", value, (0, 100), 1, basis, decimals=0)
            for case, value in {"bear": 25, "base": 50, "bull": 25}.items()
        ),
        _number(
            "interest",
            f"Interest rate in {currency}",
            "%",
            4,
            (0, 10),
            0.25,
            "not from the article: a round figure",
            help="The yearly rate without risk. The market’s odds let the price drift with it, less the dividends.",
        ),
    ]


def _trailing(dossier: Dossier) -> Input | None:
    then = dossier.as_published()
    currency = dossier.company.profile.listing.currency
    try:
        eps = in_listing_currency(trailing_eps(then.quarters()), then.filing_rate(), currency)
    except (UnknownFigure, UnitMismatch):
        return None
    return _eps("eps_trailing", "Trailing EPS", eps, dossier.per, "; ".join(eps.chain))


def _forward(dossier: Dossier) -> Input | None:
    eps = _fact(dossier, dossier.thesis.article.forward_eps)
    if eps is None or eps.unit.currency != dossier.company.profile.listing.currency:
        return None
    return _eps("eps_forward", "Forward EPS", eps, dossier.per, f"{eps.label}, {eps.source}")


def _eps(key: str, label: str, eps: Figure, per: str, basis: str) -> Input | None:
    if eps.value <= 0:
        return None
    low, high = max(0.05, eps.value * 0.4), eps.value * 2
    unit = f"{eps.unit.currency} per {per}"
    return _number(key, label, unit, eps.value, (low, high), 0.02, basis, origin=eps.origin)


def _fact(dossier: Dossier, fact_id: str | None) -> Figure | None:
    if fact_id is None:
        return None
    try:
        return dossier.as_published().fact(fact_id).figure()
    except UnknownFigure:
        return None


def _segments(dossier: Dossier) -> list[Input]:
    families = dossier.company.profile.family
    if not families:
        return []
    shown = tuple(family.id for family in families[:3])
    options = {family.id: family.label for family in families}
    return [ChoiceInput("families", "Businesses", options, shown, several=True)]


def _claims(dossier: Dossier) -> list[Input]:
    topics = {claim.topic: claim.topic for claim in dossier.thesis.claim}
    verdicts = {verdict.name.lower(): str(verdict) for verdict in Verdict}
    claims = {"all": "All claims"} | {claim.id: claim.statement for claim in dossier.thesis.claim}
    return [
        ChoiceInput("topics", "Topic", topics, (), several=True),
        ChoiceInput("verdicts", "Verdict, then or now", verdicts, (), several=True),
        ChoiceInput("claim", "Claim", claims, ("all",)),
    ]


def _capex(dossier: Dossier) -> list[Input]:
    """Inputs of the capex page, from what is known today; none where the thesis has no plan."""
    try:
        facts = gather(dossier)
    except UnknownFigure:
        return []
    money = f"{facts.currency} bn"
    spent, pace = facts.spent, round(facts.spent.amounts[-1], 1)
    raised = facts.new_money
    last = f"{facts.net_cash.as_of:%B %Y}"
    return [
        _number(
            "capex_pace",
            "Capex per quarter",
            money,
            pace,
            (0, max(150.0, pace * 2)),
            0.5,
            f"capex of the quarter to {spent.ends[-1]:%B %Y}",
            decimals=1,
            origin=Origin.FILING,
        ),
        _number(
            "cash_flow_growth",
            "Growth of operating cash flow, a year",
            "%",
            0,
            (-50, 150),
            1,
            f"no growth, from {facts.currency} {facts.cash_flow:.1f}bn a quarter, the mean of four to "
            f"{facts.cash_flow_to.end:%B %Y}",
            decimals=0,
        ),
        _number(
            "payouts",
            "Buybacks and dividends per quarter",
            money,
            0,
            (0, 30),
            0.5,
            "not known from these filings; none to begin with",
            decimals=1,
        ),
        _number(
            "new_money",
            "New money, once",
            money,
            0 if raised is None else raised.value,
            (0, 200),
            0.1,
            "none is known" if raised is None else f"{raised.label}, {raised.source}: {'; '.join(raised.chain)}",
            decimals=1,
            origin=None if raised is None else raised.origin,
        ),
        ChoiceInput(
            "net_cash_start",
            f"Net cash after {last} is not known. Go on from the last known value?",
            {"unknown": "No, it stays unknown", "last": f"Yes, from {last}"},
            ("unknown",),
        ),
        _number("required_return", "Return to earn, a year", "%", 10, (2, 30), 0.5, "a round figure", decimals=1),
        _number(
            "payback_margin",
            "Margin on the added revenue",
            "%",
            facts.margin * 100,
            (1, 40),
            0.5,
            "the segment’s latest known adjusted EBITA margin",
            decimals=1,
            origin=Origin.FILING,
        ),
        _number("payback_years", "Years to get there", "years", 5, (1, 15), 1, "a round figure", decimals=0),
    ]


def _valuation(dossier: Dossier) -> list[Input]:
    """Inputs of the valuation page; none where the thesis values no parts."""
    try:
        facts = gather_valuation(dossier)
    except UnknownFigure:
        return []
    names = {f"multiple_{each.part.key}": each for each in facts.parts}
    multiples: list[Input] = [
        _number(
            key,
            f"{each.part.name}, times {each.part.measure}",
            "x",
            each.case.multiple,
            (0, max(30.0, each.case.multiple * 2)) if each.case.measure == "adjusted_ebita" else (0, 15),
            0.25,
            each.case.reason,
        )
        for key, each in names.items()
    ]
    axes = {key: each.part.name for key, each in names.items()} | {"holding_discount": "Holding discount"}
    round_figure = "a round figure, not from the article"
    moments = {stake.moment: stake.label for stake in facts.stakes}
    stakes: list[Input] = []
    if moments:
        stakes = [ChoiceInput("stake_at", "Listed stakes valued at", moments, (next(iter(moments)),))]
    return [
        *multiples,
        *stakes,
        _number("holding_discount", "Holding discount", "%", 20, (0, 60), 1, round_figure, decimals=0),
        _number("peer_share", "Share of the peers’ P/E", "%", 80, (20, 150), 1, round_figure, decimals=0),
        _number("model_growth", "Growth in the first stage, a year", "%", 10, (-20, 50), 0.5, round_figure, decimals=1),
        _number("model_years", "Years of the first stage", "years", 10, (1, 20), 1, round_figure, decimals=0),
        _number("model_discount", "Discount rate, a year", "%", 10, (6, 20), 0.25, round_figure),
        _number("model_terminal", "Growth after that, a year", "%", 2.5, (0, 5), 0.25, round_figure),
        _number("swing", "Swing of each input", "%", 25, (5, 75), 1, round_figure, decimals=0),
        ChoiceInput("grid_across", "Across", axes, (next(iter(axes)),)),
        ChoiceInput("grid_down", "Down", axes, (list(axes)[1],)),
    ]
