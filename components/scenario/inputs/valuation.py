"""Inputs of the valuation page: a multiple for each part, discount, peers, growth model; and the axes of its grid."""

from components.calculators.parts import Part
from components.calculators.valuation_case import ValuationFacts, gather_valuation
from components.scenario.inputs import cash
from components.scenario.types import ChoiceInput, Input, number_input
from data.dossier import Dossier
from data.errors import UnknownFigure

MODEL = ("model_growth", "model_years", "model_discount", "model_terminal", "model_roic")
BASES = {"year": "Last four quarters", "quarter": "Latest quarter times four"}
NEW_MONEY = "new_money"


def multiple_key(part: Part) -> str:
    """The key of the input that holds a part's multiple."""
    return f"multiple_{part.key}"


ROUND = "a round figure, not from the article"


def inputs(dossier: Dossier) -> list[Input]:
    """Inputs of the valuation page: of the parts, where a thesis values any, and of the whole.

    Empty where a figure of the parts is not known.

    Raises KeyError, UnitMismatch and ValueError as `gather_valuation` does.
    """
    if dossier.thesis.article.valuation is None:
        return _of_the_whole()
    try:
        facts = gather_valuation(dossier)
    except UnknownFigure:
        return []
    labels = {family.id: family.label for family in dossier.company.profile.family}
    multiples: list[Input] = [
        number_input(
            f"multiple_{each.case.family}",
            f"{each.name}, times {each.measure}",
            "x",
            each.case.multiple,
            (0, max(30.0, each.case.multiple * 2))
            if each.case.measure != "revenue"
            else (0, max(15.0, each.case.multiple * 2)),
            0.25,
            each.case.reason,
            short=f"{labels.get(each.case.family, each.name)} × {each.measure}",
        )
        for each in facts.parts
    ]
    return [
        ChoiceInput("basis", "A year of a business", BASES, ("year",)),
        *multiples,
        *_losses(facts),
        *_cash(facts),
        _discount(facts),
        *_of_the_whole(),
        number_input("swing", "Swing of each input", "%", 25, (5, 75), 1, ROUND, decimals=0),
    ]


def _of_the_whole() -> list[Input]:
    """The share of the peers' P/E, and the growth model."""
    return [
        number_input("peer_share", "Share of the peers’ P/E", "%", 80, (20, 150), 1, ROUND, decimals=0),
        number_input(
            "model_growth",
            "Growth in the first stage, a year",
            "%",
            10,
            (-20, 50),
            0.5,
            ROUND,
            decimals=1,
            short="Growth, first stage",
        ),
        number_input(
            "model_years",
            "Years of the first stage",
            "years",
            10,
            (1, 20),
            1,
            ROUND,
            decimals=0,
            short="Years of it",
        ),
        number_input("model_discount", "Discount rate, a year", "%", 10, (6, 20), 0.25, ROUND, short="Discount rate"),
        number_input(
            "model_terminal",
            "Growth after that, a year",
            "%",
            2.5,
            (0, 5),
            0.25,
            ROUND,
            short="Growth after that",
        ),
        number_input(
            "model_roic",
            "Return on new capital, a year",
            "%",
            15,
            (5, 100),
            1,
            "a round figure above the discount rate, not from the article; at 100% nearly all earnings are paid out",
            decimals=0,
            help="What growth costs: growing by g takes g ÷ this return of the earnings, and the rest is paid out.",
            short="Return on new capital",
        ),
    ]


def _losses(facts: ValuationFacts) -> list[Input]:
    """The years of loss taken off, where a business that is valued on its revenue makes one."""
    if not any(each.part(by).loss for each in facts.parts for by in (False, True)):
        return []
    return [
        number_input(
            "loss_years", "Years of loss taken off", "years", facts.case.loss_years, (0, 10), 1, facts.case.loss_reason,
            decimals=0, help="A business that is valued on its revenue has the loss of so many years taken off.",
        )
    ]  # fmt: skip


def _cash(facts: ValuationFacts) -> list[Input]:
    """Net cash, what came since, and listed stakes, as far as they are known."""
    found: list[Input] = []
    steps = {} if facts.cash is None else {step.key: step.label for step in facts.cash.steps}
    if facts.capex is not None and facts.capex.new_money is not None:
        steps[NEW_MONEY] = facts.capex.new_money.label
    if facts.cash is not None and facts.capex is None:  # else the capex page brings it
        found.append(cash.start(facts.cash))
    if steps:
        found.append(ChoiceInput("cash_steps", "Counted since then", steps, tuple(steps), several=True))
    moments = {stake.key: stake.label for stake in facts.stakes}
    if moments:
        found.append(ChoiceInput("stake_at", "Listed stakes valued at", moments, (next(iter(moments)),)))
    return found


def _discount(facts: ValuationFacts) -> Input:
    """The discount on the businesses: nought where the company holds nothing that is listed."""
    default = 20 if facts.stakes else 0
    why = "a round figure, not from the article; on the businesses, not on cash and listed stakes"
    if not facts.stakes:
        why = "none: the company holds nothing that is listed by itself"
    return number_input("holding_discount", "Holding discount", "%", default, (0, 60), 1, why, decimals=0)


def choices(dossier: Dossier) -> list[ChoiceInput]:
    """The two axes of the grid; empty where the thesis has no sum of the parts or a figure is not known.

    Raises KeyError, UnitMismatch and ValueError as `gather_valuation` does.
    """
    try:
        parts = gather_valuation(dossier).parts
    except UnknownFigure:
        return []
    axes = {f"multiple_{each.case.family}": each.name for each in parts} | {"holding_discount": "Holding discount"}
    first, second = list(axes)[:2]
    return [ChoiceInput("grid_across", "Across", axes, (first,)), ChoiceInput("grid_down", "Down", axes, (second,))]
