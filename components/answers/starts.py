"""The price that returns start from, what belongs to it, and the price at the other time beside it."""

from dataclasses import dataclass, replace
from typing import Any

from components import formats
from components.answers.reference import market_price, reference_now
from components.calculators import returns
from components.scenario.inputs.beginning import at_market, at_publication
from components.scenario.inputs.upside import OF_START
from components.scenario.record import Scenario
from components.scenario.types import Inputs
from data.dossier import Dossier
from data.figures import Figure, Origin


def starting_price(dossier: Dossier, scenario: Scenario) -> Figure:
    """The price that returns start from: the close before publication, the market's, or the reader's own.

    The close before publication also replaces a market price that is not known. Raises UnknownFigure where that close
    is not known.
    """
    then = dossier.price_before_publication()
    chosen = scenario.choice("start")
    if chosen == "own":
        price = scenario.number("own_price")
        return Figure(price, then.unit, dossier.day, Origin.READER, "typed by you", label="my price")
    return (market_price(dossier, scenario) or then) if chosen == "market" else then


def start_from(dossier: Dossier, before: Scenario, inputs: Inputs, choice: str) -> Scenario:
    """The scenario with another starting price, and with the earnings, dividends and time that belong to it.

    A P/E needs price and earnings of the same time, so this choice also replaces what the reader set of these by hand.
    `inputs` are those with the defaults of the choice. Raises UnknownFigure where no close before publication is known.
    """
    market = reference_now(dossier)
    kept = {key: value for key, value in before.changed.items() if key in inputs and key not in OF_START}
    after = replace(before, inputs=inputs, changed=kept).set("start", (choice,), market)
    return after.set("own_price", _price_shown(dossier, before), market) if choice == "own" else after


def _price_shown(dossier: Dossier, before: Scenario) -> float:
    """The price on the page before the reader chose to type one."""
    price = market_price(dossier, before) if before.choice("start") == "market" else None
    return (price or dossier.price_before_publication()).value


@dataclass(frozen=True)
class OtherStart:
    """The price at the other time, with the dividends and the months that belong to it, which no slider moves."""

    price: Figure
    months: float
    dividend: float

    def total(self, target: Any) -> Any:
        """The total return from that price to a target, as a ratio."""
        return returns.total_return(target, self.price.value, returns.dividends_received(self.dividend, self.months))

    @property
    def span(self) -> str:
        """The months in words."""
        return str(formats.months(self.months))


def other_start(dossier: Dossier, scenario: Scenario) -> OtherStart | None:
    """Beside today's or the reader's price the close before publication; beside that the market's, None if unknown."""
    if scenario.choice("start") != "published":
        begin, price = at_publication(dossier), dossier.price_before_publication()
    else:
        begin, market = at_market(dossier), market_price(dossier, scenario)
        if market is None or market.unit != dossier.listed_unit:
            return None
        price = market
    return OtherStart(price, begin.months.value, begin.dividend.value)
