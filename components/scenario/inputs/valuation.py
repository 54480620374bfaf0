"""Inputs of the valuation page: a multiple for each part, discount, peers, growth model; and the axes of its grid."""

from components.calculators.parts import Part
from components.calculators.valuation_case import gather_valuation
from components.scenario.types import ChoiceInput, Input, number_input
from data.dossier import Dossier
from data.errors import UnknownFigure

MODEL = ("model_growth", "model_years", "model_discount", "model_terminal")


def multiple_key(part: Part) -> str:
    """The key of the input that holds a part's multiple."""
    return f"multiple_{part.key}"


def inputs(dossier: Dossier) -> list[Input]:
    """Inputs of the valuation page; empty where the thesis has no sum of the parts or a figure is not known.

    Raises KeyError, UnitMismatch and ValueError as `gather_valuation` does.
    """
    try:
        facts = gather_valuation(dossier)
    except UnknownFigure:
        return []
    multiples: list[Input] = [
        number_input(
            multiple_key(each.part),
            f"{each.part.name}, times {each.part.measure}",
            "x",
            each.case.multiple,
            (0, max(30.0, each.case.multiple * 2))
            if each.case.measure == "adjusted_ebita"
            else (0, max(15.0, each.case.multiple * 2)),
            0.25,
            each.case.reason,
        )
        for each in facts.parts
    ]
    round_figure = "a round figure, not from the article"
    moments = {stake.moment: stake.label for stake in facts.stakes}
    stakes: list[Input] = []
    if moments:
        stakes = [ChoiceInput("stake_at", "Listed stakes valued at", moments, (next(iter(moments)),))]
    return [
        *multiples,
        *stakes,
        number_input("holding_discount", "Holding discount", "%", 20, (0, 60), 1, round_figure, decimals=0),
        number_input("peer_share", "Share of the peers’ P/E", "%", 80, (20, 150), 1, round_figure, decimals=0),
        number_input(
            "model_growth", "Growth in the first stage, a year", "%", 10, (-20, 50), 0.5, round_figure, decimals=1
        ),
        number_input("model_years", "Years of the first stage", "years", 10, (1, 20), 1, round_figure, decimals=0),
        number_input("model_discount", "Discount rate, a year", "%", 10, (6, 20), 0.25, round_figure),
        number_input("model_terminal", "Growth after that, a year", "%", 2.5, (0, 5), 0.25, round_figure),
        number_input("swing", "Swing of each input", "%", 25, (5, 75), 1, round_figure, decimals=0),
    ]


def choices(dossier: Dossier) -> list[ChoiceInput]:
    """The two axes of the grid; empty where the thesis has no sum of the parts or a figure is not known.

    Raises KeyError, UnitMismatch and ValueError as `gather_valuation` does.
    """
    try:
        parts = gather_valuation(dossier).parts
    except UnknownFigure:
        return []
    axes = {multiple_key(each.part): each.part.name for each in parts} | {"holding_discount": "Holding discount"}
    first, second = list(axes)[:2]
    return [ChoiceInput("grid_across", "Across", axes, (first,)), ChoiceInput("grid_down", "Down", axes, (second,))]
