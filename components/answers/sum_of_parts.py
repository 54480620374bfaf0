"""The sum of the parts at the reader's settings: what goes in, what comes out, and what speaks for or against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from components import formats
from components.calculators.billions import Entry
from components.calculators.parts import Adjustments, Part, businesses, total, value_of
from components.calculators.valuation_case import ValuationFacts
from components.scenario.inputs.valuation import NEW_MONEY, multiple_key
from components.scenario.record import Scenario
from data.figures import is_one_to_one
from data.sums import Sum, term, total_of

WELL_APART = 0.1  # how far the parts' earnings may lie from the group's before it is said, as a share of these
LAST_STEPS = ("Discount", "Net cash", "Since then", "Capital raised", "Stakes", "Value")


@dataclass(frozen=True)
class SumOfParts:
    """The facts with the reader's choices. Money is in billions of the filing's currency unless noted.

    Where a method takes `values`, they are those of the inputs by key, numbers or arrays of shape (steps,).
    """

    facts: ValuationFacts
    scenario: Scenario

    @property
    def by_quarter(self) -> bool:
        """Whether the reader counts the latest quarter four times, in place of the last four quarters."""
        return self.scenario.choice("basis") == "quarter"

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All businesses, in the thesis's order."""
        return tuple(each.part(self.by_quarter) for each in self.facts.parts)

    @property
    def cash_steps(self) -> tuple[str, ...]:
        """What the reader counts of what has come and gone since net cash was reported."""
        return self.scenario.options("cash_steps") if self.scenario.has("cash_steps") else ()

    @cached_property
    def adjustments(self) -> Adjustments:
        """Cash and stakes as chosen."""
        cash, chosen = self.facts.cash, self.cash_steps
        goes_on = cash is not None and self.scenario.choice("net_cash_start") == "last"
        raised = self.scenario.number(NEW_MONEY) if self.scenario.has(NEW_MONEY) and NEW_MONEY in chosen else 0.0
        return Adjustments(
            cash.billions if cash is not None and goes_on else None,
            cash.since(chosen) if cash is not None and goes_on else 0.0,
            raised,
            sum(stake.value for stake in self.stakes),
        )

    @property
    def stakes(self) -> list[Entry]:
        """The stakes at their worth on the date that the reader chose."""
        if not self.scenario.has("stake_at"):
            return []
        return [stake for stake in self.facts.stakes if stake.key == self.scenario.choice("stake_at")]

    def multiples(self, values: Mapping[str, Any]) -> dict[Part, Any]:
        """The multiple of each business."""
        return {part: values[multiple_key(part)] for part in self.parts}

    def loss_years(self, values: Mapping[str, Any]) -> Any:
        """The years of loss taken off; nought where no business has one."""
        return values.get("loss_years", 0.0)

    def worth(self, values: Mapping[str, Any]) -> Any:
        """Value per listed share."""
        discount = np.divide(values["holding_discount"], 100)
        whole = total(self.multiples(values), self.adjustments, discount, self.loss_years(values))
        return self.facts.per_share_conversion.per_share(whole)

    def steps(self, values: Mapping[str, Any]) -> list[Any]:
        """Heights of the waterfall's bars per listed share: businesses, then LAST_STEPS."""
        multiples, years = self.multiples(values), self.loss_years(values)
        discount, added = np.divide(values["holding_discount"], 100), self.adjustments
        heights = [value_of(part, multiple, years) for part, multiple in multiples.items()]
        heights += [-np.multiply(businesses(multiples, years), discount), added.net_cash or 0.0, added.since]
        heights += [added.new_money, added.stakes, total(multiples, added, discount, years)]
        return [self.facts.per_share_conversion.per_share(each) for each in heights]

    def checks(self, values: Mapping[str, Any], eps: float | None, currency: str) -> dict[str, Any]:
        """What the value comes to by other measures, as slots: EBITA, core earnings, and without the largest part."""
        discount, years = np.divide(values["holding_discount"], 100), self.loss_years(values)
        multiples = self.multiples(values)
        kept = np.multiply(businesses(multiples, years), 1 - discount)
        worths = np.broadcast_arrays(*(np.asarray(value_of(p, m, years), dtype=float) for p, m in multiples.items()))
        places = np.argmax(worths, axis=0)
        names = [self.parts[place].name for place in np.atleast_1d(places)]
        largest = np.maximum.reduce(worths)
        conversion = self.facts.per_share_conversion
        without = np.subtract(self.worth(values), conversion.per_share(largest * (1 - discount)))
        ebita = self.facts.ebita
        return {
            "check.ebita": formats.multiple1(np.divide(kept, ebita)) if ebita > 0 else "not meaningful",
            "check.earnings": "not known" if not eps else formats.multiple1(np.divide(self.worth(values), eps)),
            "check.without": formats.money(_flat(without), currency),
            "check.largest": names if np.ndim(places) else names[0],
        }

    def notes(self) -> list[str]:
        """Which quarters stand in for which, shares, stakes, rate, and what is not known."""
        facts = self.facts
        told = (
            []
            if self.by_quarter
            else [f"{each.name}: {each.measured.note}" for each in facts.parts if each.measured.note]
        )
        told += self._reconciled()
        told.append(f"Shares: {facts.shares_note}")
        told += [f"Stake: {stake.label}, {stake.sum.text}" for stake in self.stakes]
        if not is_one_to_one(facts.rate):
            rate = facts.rate
            told.append(f"Rate: {rate.value:.4f} {rate.unit}, {rate.source}, {formats.day(rate.as_of)}")
        if facts.cash is not None and self.adjustments.net_cash is not None:
            known = facts.cash.reported_in_billions
            told.append(f"Net cash: {formats.figure(known)} of {known.as_of:%B %Y}, {known.confidence}")
            told += [f"{step.label}: {step.sum.text}" for step in facts.cash.steps if step.key in self.cash_steps]
        else:
            told.append("Net cash is left out")
        told.append("Minority interests are not known and left out")
        return told

    def _reconciled(self) -> list[str]:
        """The profit of the parts beside that of the group, where they differ by more than a tenth."""
        facts, each = self.facts, [part.ebita(self.by_quarter) for part in self.facts.parts]
        known = [one for one in each if one is not None]
        counted = sum(known)
        if len(known) < len(each) or abs(counted - facts.ebita) <= abs(facts.ebita) * WELL_APART:
            return []
        return [
            f"The parts’ {facts.profit_words} comes to {facts.currency} {formats.number(counted, 1)}bn a year, the "
            f"group’s reported {formats.number(facts.ebita, 1)}bn over four quarters to {facts.to_quarter}: quarters "
            "that stand in, or that count for four, do not add up to it"
        ]

    def sums(self, share_class: str) -> list[tuple[str, Sum]]:
        """The sums behind the value, with the present numbers."""
        facts, scenario, money = self.facts, self.scenario, f"{self.facts.currency} bn"
        years = scenario.number("loss_years") if scenario.has("loss_years") else 0.0
        found, worths = [], []
        for each, part in zip(facts.parts, self.parts, strict=True):
            source = each.measured.figure(self.by_quarter)
            if source.working is not None:
                found.append((f"{part.name}, {part.measure} of a year", source.working))
            worth = term("a year", part.basis, 1) * term("multiple", scenario.number(multiple_key(part)), 2, "x")
            if part.loss > 0:
                worth = worth - term("loss a year", part.loss, 1) * term("years", years, 0)
            summed = Sum(worth, money, 0)
            found.append((f"{part.name}, worth", summed))
            worths.append(term(part.name, summed.value, 0))
        kept = total_of(worths) * (1 - term("holding discount", scenario.number("holding_discount"), 0, "%"))
        added = {"since then": self.adjustments.since, "capital raised": self.adjustments.new_money}
        added |= {"stakes": self.adjustments.stakes}
        if self.adjustments.net_cash is not None:
            added = {"net cash": self.adjustments.net_cash, **added}
        everything = total_of([kept, *(term(name, float(amount), 1) for name, amount in added.items())])
        worth_m = everything * 1000
        converted = worth_m if is_one_to_one(facts.rate) else worth_m / facts.rate.term(4, name="rate")
        if facts.price.unit.is_minor:
            converted = converted / facts.price.unit.scale
        shares = term(f"{share_class} m", facts.per_share_conversion.shares_m, 1)
        found.append((f"Value per {share_class}", Sum(converted / shares, facts.price.unit.text)))
        return found


def _flat(values: Any) -> Any:
    """A number where it is one, else an array of shape (steps,)."""
    found = np.asarray(values, dtype=float)
    return found if found.ndim else float(found)
