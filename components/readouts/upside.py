"""Texts of the upside page: the result as a sentence, the table of cases, and the value of each slot."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from components import formats
from components.calculators.cases import CASES, Outcome
from components.calculators.market_odds import TargetOdds
from components.readouts import blocks
from components.readouts.head import is_recent
from data.figures import Figure
from data.units import major_unit

_LAST = "Weighted by the probabilities, the three cases come to {expected.both}."


def sentence(has_other: bool, chosen: str, start: str, share_class: str) -> str:
    """The result, and beside it the return from the price at the other time, where that is known."""
    first = f"From {{price}}, {start}, to {{base.target}} the {share_class} "
    first += "{base.verb} {base.total_bare} over {months}"
    if not has_other:
        return f"{first}, dividends included; {{base.a_year}}. {_LAST}"
    from_other = (
        "from {other.price} today" if chosen == "published" else "from {other.price}, the close before publication,"
    )
    return f"{first}, dividends included; {from_other} it is {{other.total}} over {{other.months}}. {_LAST}"


def start(chosen: str, price: Figure, today: dt.date) -> str:
    """What the starting price is, with its day where that is not today's."""
    if chosen == "published":
        return "the close before publication"
    if chosen == "own":
        return "your price"
    return "today’s price" if is_recent(price, today) else f"the price of {formats.day(price.as_of)}"


def slots(outcome: Outcome, currency: str, months: Any, eps: Any) -> dict[str, Any]:
    """Each slot's text; a list of texts where an input is an array. `eps` is the grid's, or None where not known."""
    texts: dict[str, Any] = {
        "months": formats.months(months),
        "expected.total": formats.change1(outcome.expected_total),
        "expected.both": _both(
            formats.money(outcome.expected_target, currency), formats.change1(outcome.expected_total)
        ),
        "expected.target_number": formats.number(outcome.expected_target, 2),
        "expected.position": formats.number(outcome.expected_position),
    }
    if eps is not None:
        texts["eps_grid"] = formats.money(eps, currency)
    for name in CASES:
        case = outcome.cases[name]
        texts |= {
            f"{name}.target": formats.money(case.target, currency),
            f"{name}.upside": formats.change1(case.upside),
            f"{name}.total": formats.change1(case.total),
            f"{name}.annualised": formats.change1(case.annualised),
            f"{name}.position": formats.number(case.position_value),
            f"{name}.target_number": formats.number(case.target, 2),
        }
        optional = {
            "pe_trailing": (case.pe_trailing, formats.multiple1),
            "pe_forward": (case.pe_forward, formats.multiple1),
            "growth": (case.growth_needed, formats.change1),
        }
        texts |= {f"{name}.{key}": form(value) for key, (value, form) in optional.items() if value is not None}
        for key, needed in (("eps_needed", case.eps_needed), ("eps_needed_forward", case.eps_needed_forward)):
            if needed is not None:
                texts[f"{name}.{key}"] = formats.number(needed, 2)
    base = outcome.cases["base"]
    texts |= {
        "base.verb": _choose(base.total, "returns", "loses"),
        "base.total_bare": formats.percent1(np.abs(base.total)),
        "base.a_year": _a_year(base.annualised),
        "base.pe_grid": texts.get("base.pe_forward", texts.get("base.pe_trailing", "")),
    }
    return texts


def _both(target: formats.Text, total: formats.Text) -> formats.Text:
    """The expected target and return; words where no case has a probability."""
    if isinstance(target, list) or isinstance(total, list):
        count = len(target if isinstance(target, list) else total)
        pairs = ([each] * count if isinstance(each, str) else each for each in (target, total))
        return [str(_both(*pair)) for pair in zip(*pairs, strict=True)]
    return "no value, as none of them has a probability" if target == formats.NOT_STATED else f"{target}, {total}"


def odds_slots(odds: Mapping[str, TargetOdds] | None) -> dict[str, Any]:
    """The slots of the odds; empty where no volatility is known."""
    texts: dict[str, Any] = {}
    for name, each in (odds or {}).items():
        texts |= {
            f"{name}.odds_date": formats.percent1(each.at_date),
            f"{name}.odds_any": formats.percent1(each.any_time),
            f"{name}.volatility": formats.percent1(each.volatility),
        }
    return texts


def odds_title(is_market: bool) -> str:
    """Option-implied odds come from live options, model odds from past prices."""
    return "Option-implied odds" if is_market else "Model odds"


def odds_table(provenance: str, is_market: bool) -> list[blocks.Block]:
    """The reader's probabilities beside the odds, with a short line on what these are."""
    what = odds_title(is_market)
    is_what = (
        "Option-implied odds are what options cost today: risk-neutral (as if investors asked no reward for risk), and "
        "no forecast."
        if is_market
        else "Model odds are risk-neutral (as if investors asked no reward for risk): a lognormal price with the "
        "volatility it has had, drifting at the interest rate less dividends. No forecast, and no price that anybody "
        "pays."
    )
    columns = [blocks.column(""), *(blocks.column(name, True) for name in ("Bear", "Base", "Bull"))]
    rows = [
        blocks.row("Your probability", *(f"{{{name}.yours}}" for name in CASES)),
        _cases(f"{what}: there or beyond at the date", "odds_date", strong=True),
        _cases(f"{what}: there at any time before", "odds_any"),
        _cases("Volatility, a year", "volatility"),
    ]
    return [
        blocks.table(columns, rows),
        blocks.note(
            f"{is_what} Beyond: above a target over the starting price, below one under it. "
            "The odds do not add up: a price beyond the bull target is beyond the base target too. "
            f"Basis: {provenance}."
        ),
    ]


def _cases(label: str, slot: str, strong: bool = False) -> dict[str, Any]:
    return blocks.row(label, *(f"{{{name}.{slot}}}" for name in CASES), strong=strong)


def _a_year(annualised: Any) -> Any:
    return formats.each(formats.change1(annualised), _told)


def _told(a_year: str) -> str:
    return "under a year nothing is annualised" if a_year == formats.NOT_STATED else f"{a_year} a year"


def _choose(value: Any, positive: str, negative: str) -> Any:
    if isinstance(value, np.ndarray):
        return [positive if each >= 0 else negative for each in value.tolist()]
    return positive if value >= 0 else negative


def case_table(has_trailing: bool, has_forward: bool, currency: str, position: str) -> blocks.Block:
    """The results by case. Rows that need an EPS appear only where it is known."""
    rows = [
        _line(f"Price target, {currency}", "target_number", expected="{expected.target_number}"),
        _line("Upside", "upside", help="Price return: target ÷ starting price − 1."),
        _line(
            "Total return",
            "total",
            expected="{expected.total}",
            strong=True,
            help="With dividends: (target + dividends) ÷ starting price − 1.",
        ),
        _line(
            "Annualised",
            "annualised",
            help="The yearly rate that compounds to the total return (CAGR); none under a year.",
        ),
    ]
    if has_trailing:
        rows.append(
            _line("Implied P/E, trailing", "pe_trailing", help="Target ÷ earnings per share of the last four quarters.")
        )
    if has_forward:
        rows.append(
            _line("Implied P/E, forward", "pe_forward", help="Target ÷ earnings per share that analysts expect.")
        )
    if has_trailing:
        rows.append(
            _line(
                f"EPS needed at the same trailing P/E, {currency}",
                "eps_needed",
                help="Earnings per share at which the target has the trailing P/E that the starting price has.",
            )
        )
    if has_forward:
        rows.append(
            _line(
                f"EPS needed at the same forward P/E, {currency}",
                "eps_needed_forward",
                help="Expected earnings per share at which the target has the forward P/E that the starting price has.",
            )
        )
    if has_trailing or has_forward:
        rows.append(_line("Growth needed at the same P/E", "growth", help="EPS needed ÷ EPS − 1: it is the upside."))
    rows.append(
        _line(
            f"{position}, {major_unit(currency)[0]}",
            "position",
            expected="{expected.position}",
            help="With dividends, before tax.",
        )
    )
    columns = [blocks.column(""), *(blocks.column(name, True) for name in ("Bear", "Base", "Bull", "Expected"))]
    return blocks.table(columns, rows)


def _line(label: str, slot: str, expected: str = "", strong: bool = False, help: str = "") -> dict[str, Any]:
    return blocks.row(label, *(f"{{{name}.{slot}}}" for name in CASES), expected, strong=strong, help=help)


def remarks(targets: Mapping[str, float], probability_sum: float) -> list[str]:
    """Sentences on settings that contradict each other, and how the page deals with them."""
    found = []
    if not targets["bear"] <= targets["base"] <= targets["bull"]:
        found.append(
            "The three targets are not in order from bear to bull. Each case is worked out with its own target; "
            "only the names no longer fit."
        )
    if probability_sum == 0:
        found.append("All probabilities are 0%, so there is no expected value. Give at least one case a chance.")
    elif abs(probability_sum - 100) > 1e-9:
        found.append(
            f"The probabilities add up to {formats.number(probability_sum)}%. They are taken in proportion to each "
            "other."
        )
    return found
