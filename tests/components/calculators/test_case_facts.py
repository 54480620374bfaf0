"""What the capex and valuation pages gather from files, on days on which more or less is known."""

import datetime as dt
from dataclasses import replace

import pytest

from components.calculators.capex_case import gather
from components.calculators.valuation_case import gather_valuation
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Confidence


def test_placed_shares_count_once_they_are_newer_than_the_last_count(dossier: Dossier) -> None:
    facts = gather_valuation(dossier)
    # 19,310m diluted of December 2025, the last count known, and 710m placed in August 2026, by 8.
    assert facts.per_share_conversion.shares_m == pytest.approx((19_310 + 710) / 8)
    assert facts.shares_note == (
        "(19,310m diluted shares of December 2025 + 710m placed in August 2026) ÷ 8 = 2,502.5m ADS"
    )


def test_placed_shares_do_not_count_twice(dossier: Dossier) -> None:
    # Were they placed before the last count, that count would hold them already.
    article = dossier.thesis.article
    fact = next(fact for fact in dossier.company.facts if fact.id == article.valuation.new_shares)  # type: ignore[union-attr]
    early = fact.model_copy(update={"as_of": dt.date(2025, 12, 31)})
    facts = tuple(early if each.id == fact.id else each for each in dossier.company.facts)
    moved = _with_facts(dossier, facts)
    assert gather_valuation(moved).per_share_conversion.shares_m == pytest.approx(19_310 / 8)


def _with_facts(dossier: Dossier, facts: tuple) -> Dossier:
    return replace(dossier, company=replace(dossier.company, facts=facts))


def test_the_plan_and_its_funding(dossier: Dossier) -> None:
    facts = gather(dossier)
    assert facts.spent.total == pytest.approx(193.741)
    assert facts.spent.ends[0] == dt.date(2025, 6, 30)  # announced in February 2025: March is no full quarter
    assert facts.cash_flow == pytest.approx((20.672 + 10.099 + 36.032 + 9.410) / 4)
    assert facts.cash_flow_to.end == dt.date(2026, 3, 31)
    # USD 1.05 on 2,413.75m ADS and USD 162m of buybacks, at the rates of 11 June (6.7719) and 30 June (6.7851).
    paid = {step.key: step.value for step in facts.cash.steps}
    dividend_rate = dossier.rate_of("CNY", "USD", dt.date(2026, 6, 11)).value
    assert paid == {
        "free-cash-flow": pytest.approx(-44.670),
        "dividend-2026": pytest.approx(-1.05 * 2.41375 * dividend_rate),
        "repurchases-2026-06": pytest.approx(-0.162 * dossier.rate_of("CNY", "USD", dt.date(2026, 6, 30)).value),
    }
    assert facts.cash.billions == pytest.approx(260.828)
    assert facts.cash.reported.confidence is Confidence.DERIVED
    assert facts.net_cash_now == pytest.approx(260.828 + sum(paid.values()))
    assert facts.cash.quarters_since == 1
    # Cloud Intelligence Group stands in until March: 39,824 + 43,284 + 41,626, then 48,437 of its successor.
    assert facts.segment == "AI Cloud and Compute Services"
    assert facts.revenue == pytest.approx(173.171)
    assert (facts.revenue_to, facts.margin) == ("June 2026", pytest.approx(5_628 / 48_437))
    assert round(facts.margin * 100, 1) == 11.6
    assert facts.growth == pytest.approx(48_437 / 33_418 - 1)
    assert facts.mean_pace == pytest.approx(193.741 / 5)
    assert facts.at_most is not None
    assert facts.at_most.text == "(−44,670 + 67,678) × 0.001 = 23.0 CNY bn"
    assert facts.new_money is not None
    # HKD 80bn at the rates of 26 August 2026: 7.8384 HKD and 6.7225 CNY per USD.
    assert facts.new_money.value == pytest.approx(80 / 7.8384 * 6.7225)
    assert facts.new_money.chain[-1] == "10.21 USD bn × 6.7225 CNY per USD = 68.6 CNY bn"
    assert facts.new_money.unit.text == "CNY bn"


def test_before_the_plan_nothing_is_spent(dossier: Dossier) -> None:
    with pytest.raises(UnknownFigure, match="capex after the plan"):
        gather(dossier.at(dt.date(2025, 8, 28)))
    with pytest.raises(UnknownFigure):
        gather(dossier.at(dt.date(2025, 2, 23)))
