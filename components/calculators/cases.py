"""The three cases of a scenario, from price targets to the value of a position.

The formulas are in `returns` and `earnings`; this module combines them. An input may be an array of shape (steps,);
every result that depends on it then has that shape too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from components.calculators import earnings, returns
from components.numbers import Number

CASES = ("bear", "base", "bull")


@dataclass(frozen=True)
class CaseInputs:
    """The inputs of the three cases.

    Attributes
    ----------
    price : the starting price; all money is in its currency, per listed share.
    targets, probabilities : by case. Probabilities may be in any unit, as only their proportions count.
    months : time to the targets.
    dividend_per_year : dividends per listed share.
    position : the number of listed shares held.
    eps_trailing, eps_forward : None where not known.
    """

    price: float
    targets: Mapping[str, Number]
    probabilities: Mapping[str, Number]
    months: Number
    dividend_per_year: Number
    position: float
    eps_trailing: Number | None
    eps_forward: Number | None


@dataclass(frozen=True)
class Case:
    """The results of one case.

    Returns and growth are ratios, money is per listed share, `position_value` is for all shares held. A P/E, and what
    depends on it, is NaN where EPS is not positive and None where EPS is not known. `annualised` is NaN below a year.
    """

    target: Number
    upside: Number
    dividends: Number
    total: Number
    annualised: Number
    pe_trailing: Number | None
    pe_forward: Number | None
    eps_needed: Number | None
    eps_needed_forward: Number | None
    growth_needed: Number | None
    position_value: Number


@dataclass(frozen=True)
class Outcome:
    """The results of all cases, and their means by probability; a mean is NaN where all probabilities are zero."""

    cases: Mapping[str, Case]
    probability_sum: Number
    expected_target: Number
    expected_total: Number
    expected_position: Number


def work_out(inputs: CaseInputs) -> Outcome:
    """All results of the three cases.

    Raises ValueError where price or months are not positive, KeyError where a target has no probability.
    """
    dividends = returns.dividends_received(inputs.dividend_per_year, inputs.months)
    cases = {name: _case(target, dividends, inputs) for name, target in inputs.targets.items()}
    probabilities = [inputs.probabilities[name] for name in cases]
    total = returns.expected([case.total for case in cases.values()], probabilities)
    return Outcome(
        cases,
        sum(probabilities[1:], probabilities[0]),
        returns.expected([case.target for case in cases.values()], probabilities),
        total,
        inputs.position * inputs.price * (1 + total),
    )


def _case(target: Number, dividends: Number, inputs: CaseInputs) -> Case:
    total = returns.total_return(target, inputs.price, dividends)
    trailing, forward = inputs.eps_trailing, inputs.eps_forward
    needed, ahead = (
        None if eps is None else earnings.eps_needed(target, inputs.price, eps) for eps in (trailing, forward)
    )
    # At one P/E the same growth is needed of either.
    grown = next(
        (
            earnings.growth_needed(each, eps)
            for each, eps in ((needed, trailing), (ahead, forward))
            if each is not None and eps is not None
        ),
        None,
    )
    return Case(
        target=target,
        upside=returns.upside(target, inputs.price),
        dividends=dividends,
        total=total,
        annualised=returns.annualised(total, inputs.months),
        pe_trailing=None if trailing is None else earnings.price_to_earnings(target, trailing),
        pe_forward=None if forward is None else earnings.price_to_earnings(target, forward),
        eps_needed=needed,
        eps_needed_forward=ahead,
        growth_needed=grown,
        position_value=inputs.position * (target + dividends),
    )
