"""Inputs of the capex page: pace, cash flow, payouts, new money, and what the plan must earn."""

from components.calculators.capex_case import gather
from components.scenario.inputs import cash
from components.scenario.types import Input, known_places, number_input
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Origin

SLIDERS = (
    "capex_pace",
    "cash_flow_growth",
    "payouts",
    "new_money",
    "required_return",
    "payback_margin",
    "payback_years",
)


LEAST_MARGIN = 1.0  # %; below it no revenue earns anything back


def _margin(known: float, profit: str) -> Input:
    """The margin on the added revenue, in %: the segment's own, where that is one that earns something back."""
    basis, origin = f"the segment’s latest known {profit} margin", Origin.FILING
    if known < LEAST_MARGIN:
        basis = f"the least that earns anything back; {basis} is {known:.1f}%"
    return number_input(
        "payback_margin",
        "Margin on the added revenue",
        "%",
        max(known, LEAST_MARGIN),
        (LEAST_MARGIN, max(40.0, known)),
        0.5,
        basis,
        decimals=known_places(known, 1),
        origin=origin if known >= LEAST_MARGIN else None,
    )


def inputs(dossier: Dossier) -> list[Input]:
    """Inputs of the capex page, from what is known today; empty where the thesis has no plan or a figure is not known.

    Raises KeyError and UnitMismatch as `gather` does.
    """
    try:
        facts = gather(dossier)
    except UnknownFigure:
        return []
    if facts.spent.quarters_left < 1:
        return []  # the plan's time is over: nothing is left to assume
    money = f"{facts.currency} bn"
    spent, pace = facts.spent, facts.spent.amounts[-1]
    raised = facts.new_money
    going_out = 0.0 if facts.payouts is None else facts.payouts.value
    return [
        number_input(
            "capex_pace",
            "Capex per quarter",
            money,
            pace,
            (0, max(150.0, pace * 2)),
            0.5,
            f"capex of the quarter to {spent.ends[-1]:%B %Y}; the mean of the plan’s {len(spent.amounts)} quarters is "
            f"{facts.mean_pace:.1f}",
            decimals=known_places(pace, 1),
            origin=Origin.FILING,
        ),
        number_input(
            "cash_flow_growth",
            "Growth of operating cash flow, a year",
            "%",
            0,
            (-50, 150),
            1,
            f"no growth, from {facts.currency} {facts.cash_flow:.1f}bn a quarter, the mean of four to "
            f"{facts.cash_flow_to.end:%B %Y}",
            decimals=0,
            short="Cash flow growth, a year",
        ),
        number_input(
            "payouts",
            "Buybacks and dividends per quarter",
            money,
            going_out,
            (0, max(30.0, going_out * 2)),
            0.1,
            "not known; none to begin with"
            if facts.payouts is None
            else f"a quarter of the last yearly dividend, and the last known buybacks: {facts.payouts.text}",
            decimals=known_places(going_out, 1),
            short="Buybacks and dividends, quarter",
        ),
        number_input(
            "new_money",
            "One-off capital raised",
            money,
            0 if raised is None else raised.value,
            (0, max(100.0, 0.0 if raised is None else raised.value * 1.2)),
            0.1,
            "none is known" if raised is None else f"{raised.label}, {raised.source}: {'; '.join(raised.chain)}",
            decimals=1 if raised is None else known_places(raised.value, 1),
            origin=None if raised is None else raised.origin,
        ),
        cash.start(facts.cash),
        number_input("required_return", "Return to earn, a year", "%", 10, (2, 30), 0.5, "a round figure", decimals=1),
        _margin(facts.margin * 100, dossier.company.profile.profit_words),
        number_input("payback_years", "Years to get there", "years", 5, (1, 15), 1, "a round figure", decimals=0),
    ]
