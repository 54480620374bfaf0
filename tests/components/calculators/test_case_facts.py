"""What the capex and valuation pages gather from files, on days on which more or less is known."""

import datetime as dt
from dataclasses import replace

import pytest

from components.calculators.capex_case import gather
from components.calculators.valuation_case import gather_valuation
from data.dossier import Dossier
from data.errors import UnknownFigure


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
    assert facts.net_cash_now == pytest.approx(297.435 - 17.300 - 44.670)
    assert facts.quarters_since == 2
    assert facts.revenue == pytest.approx(158.132)
    assert (facts.revenue_to, facts.margin) == ("March 2026", pytest.approx(3_911 / 43_284))
    assert facts.growth == pytest.approx(41_626 / 30_127 - 1)
    assert facts.new_money is not None
    # HKD 80bn at 7.8 HKD per USD and the last release's 6.9931 CNY per USD.
    assert facts.new_money.value == pytest.approx(80 / 7.8 * 6.9931)
    assert facts.new_money.chain[-1] == "10.26 USD bn × 6.9931 CNY per USD = 71.7 CNY bn"
    assert facts.new_money.unit.text == "CNY bn"


def test_before_the_plan_nothing_is_spent(dossier: Dossier) -> None:
    with pytest.raises(UnknownFigure, match="capex after the plan"):
        gather(dossier.at(dt.date(2025, 8, 28)))
    with pytest.raises(UnknownFigure):
        gather(dossier.at(dt.date(2025, 2, 23)))
