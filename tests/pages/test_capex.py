"""The capex page: plan, funding, pay-back, and what stays unknown until the reader decides."""

import pytest

from tests.pages.conftest import Open, live, shown_text


def test_the_plan_in_a_sentence(open_page: Open) -> None:
    text = shown_text(live(open_page("capex"))["capex-sentence"])
    assert "Of CNY 380bn, CNY 193.7bn (51 %) is spent in 5 quarters and CNY 186.3bn is left" in text
    assert "reached by March 2027 at CNY 67.7bn a quarter" in text
    # Seven quarters at 76.2 / 4 = 19.05 against 67.7 each: 28 %.
    assert "pays for 28 % of capex and payouts at that pace: that is not enough" in text


def test_the_quarter_in_which_the_plan_is_reached(open_page: Open) -> None:
    slots = live(open_page("capex"))["capex-sentence"]["slots"]
    assert slots["reached.latest"] == "March 2027"
    assert live(open_page("capex", capex_pace="30.2"))["capex-sentence"]["slots"]["reached.yours"] == "March 2028"


def test_net_cash_stays_unknown_until_the_reader_agrees(open_page: Open) -> None:
    chart = live(open_page("capex"))["net-cash"]
    assert set(chart["figure"]["data"][1]["y"]) == {None}
    agreed = live(open_page("capex", net_cash_start="last"))
    path = agreed["net-cash"]["figure"]["data"][1]["y"]
    # 297.435 - 17.300 - 44.670 = 235.465, then in the first quarter 19.05325 - 67.7 + 71.7.
    assert path[0] == pytest.approx(297.435)
    assert path[1] == pytest.approx(235.465)
    assert path[2] == pytest.approx(235.465 + 19.05325 - 67.7 + 71.7, abs=1e-4)
    end = 235.465 + 71.7 + 7 * (19.05325 - 67.7)
    assert path[-1] == pytest.approx(end, abs=1e-3)
    assert agreed["capex-sentence"]["slots"]["cash.end"] == f"CNY\u00a0−{abs(end):.1f}bn"


def test_enough_growth_covers_it(open_page: Open) -> None:
    text = shown_text(live(open_page("capex", capex_pace="20.2", cash_flow_growth="60"))["capex-sentence"])
    assert "that is enough" in text


def test_payouts_count_in_both_sentences(open_page: Open) -> None:
    parts = live(open_page("capex", capex_pace="10.2", cash_flow_growth="-30", payouts="5.5"))
    slots = parts["capex-sentence"]["slots"]
    # 10.2 + 5.5 = 15.7 a quarter against 93.4 over seven quarters: 13.5 each, 86 %; covered from -18.0 % on.
    assert (slots["coverage"], slots["covered.verb"]) == ("86\u00a0%", "is not enough")
    assert slots["break_even"] == "−18.0\u00a0%"


def test_the_growth_at_which_it_is_covered(open_page: Open) -> None:
    assert live(open_page("capex"))["capex-sentence"]["slots"]["break_even"] == "+205.5\u00a0%"


def test_the_pay_back(open_page: Open) -> None:
    # 380 x 10 % / 9.0 % = 422.2 of revenue on 158.132: (580.4 / 158.132) ^ 0.2 - 1 = 29.7 %.
    text = shown_text(live(open_page("capex"))["capex-pay-back"])
    slots = live(open_page("capex"))["capex-sentence"]["slots"]
    assert slots["needed"] == "29.7\u00a0%"
    assert "The article says" in text


def test_every_input_is_in_the_link(open_page: Open) -> None:
    app = open_page("capex")
    app.slider(key="payouts").set_value(5.0).run()
    app.slider(key="payback_years").set_value(8).run()
    assert app.query_params["payouts"] == "5"
    assert app.query_params["payback_years"] == "8"
