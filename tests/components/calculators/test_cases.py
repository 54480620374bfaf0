"""The three cases put together, by hand and by property."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.calculators.cases import CaseInputs, work_out

ARTICLE = CaseInputs(
    price=146.58,
    targets={"bear": 190.0, "base": 197.5, "bull": 205.0},
    probabilities={"bear": 25.0, "base": 50.0, "bull": 25.0},
    months=12,
    dividend_per_year=2.0,
    position=100,
    eps_trailing=7.35,
    eps_forward=6.42,
)


def test_the_article_s_case_by_hand() -> None:
    outcome = work_out(ARTICLE)
    base = outcome.cases["base"]
    assert base.upside == pytest.approx(197.5 / 146.58 - 1)
    assert base.total == pytest.approx(0.361032, abs=5e-7)  # 199.5 / 146.58 - 1
    assert base.annualised == pytest.approx(base.total)
    assert base.pe_trailing == pytest.approx(26.8707, abs=5e-5)  # 197.5 / 7.35
    assert base.pe_forward == pytest.approx(30.7632, abs=5e-5)  # 197.5 / 6.42
    assert base.eps_needed == pytest.approx(9.9033, abs=5e-5)  # 7.35 x 197.5 / 146.58
    assert base.eps_needed_forward == pytest.approx(8.6502, abs=5e-5)  # 6.42 x 197.5 / 146.58
    assert base.growth_needed == pytest.approx(0.347387, abs=5e-7)  # at one P/E, the upside
    assert base.position_value == pytest.approx(19_950)
    assert outcome.expected_target == pytest.approx(197.5)
    assert outcome.expected_total == pytest.approx(base.total)
    assert outcome.expected_position == pytest.approx(19_950)


def test_half_a_year_pays_half_the_dividend() -> None:
    case = work_out(replace(ARTICLE, months=6)).cases["bear"]
    assert case.dividends == 1.0
    assert case.total == pytest.approx(191 / 146.58 - 1)
    assert math.isnan(case.annualised)


def test_without_eps_the_multiples_are_unknown() -> None:
    case = work_out(replace(ARTICLE, eps_trailing=None, eps_forward=None)).cases["base"]
    assert case.pe_trailing is None
    assert case.pe_forward is None
    assert (case.eps_needed, case.eps_needed_forward, case.growth_needed) == (None, None, None)
    ahead = work_out(replace(ARTICLE, eps_trailing=None)).cases["base"]
    assert (ahead.eps_needed, ahead.growth_needed) == (None, pytest.approx(197.5 / 146.58 - 1))


@given(st.lists(st.floats(1, 1000), min_size=2, max_size=6))
def test_a_sweep_holds_the_same_numbers_as_single_steps(targets: list[float]) -> None:
    swept = work_out(replace(ARTICLE, targets={**ARTICLE.targets, "bull": np.array(targets)}))
    for place, target in enumerate(targets):
        single = work_out(replace(ARTICLE, targets={**ARTICLE.targets, "bull": target}))
        assert np.asarray(swept.cases["bull"].total)[place] == pytest.approx(single.cases["bull"].total)
        assert np.asarray(swept.expected_total)[place] == pytest.approx(single.expected_total)
    assert isinstance(swept.cases["bear"].total, float)
