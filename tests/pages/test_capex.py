"""The capex page: plan, funding, pay-back, and what stays unknown until the reader decides."""

import pytest

from tests.pages.conftest import Open, inputs, live, shown_text


def test_the_plan_in_a_sentence(open_page: Open) -> None:
    text = shown_text(live(open_page("capex"))["capex-sentence"])
    said = "Cash flow and capital raised do not cover plan and payouts. Of CNY 380bn, CNY 193.7bn (51%) is spent."
    assert said in text
    # Seven quarters at 76.2 / 4 = 19.05, and 68.6 of new money: 202.0, against 186.3 left and against 7 x 67.7, each
    # with 7 x 5.392 of payouts: 2,413.75m ADS x USD 1.05 x 6.7756 / 4, and USD 162m x 6.7851.
    assert "pay for 90% of the rest of the plan and the payouts to March 2028" in text
    assert "spending on at CNY 67.7bn a quarter, for 39%" in text
    assert "At that pace the plan is reached by March 2027, and net cash ends at CNY −111.6bn" in text
    unknown = shown_text(live(open_page("capex", net_cash_start="unknown"))["capex-sentence"])
    assert unknown.count("net cash") == 0


def test_what_is_not_known_is_bounded_and_never_filled_in(open_page: Open) -> None:
    parts = live(open_page("capex"))
    said = shown_text(parts["capex-coverage"])
    assert "by free cash flow and capex it was at most about CNY 23bn, other items apart" in said
    assert "whole group’s capex" in said
    flows = {trace["name"]: trace["y"] for trace in parts["sources-and-uses"]["figure"]["data"]}
    assert flows["Operating cash flow"][4] is None
    assert flows["Payouts and others, not known apart"][4] is None
    # September 2025: 10.099 + (353.0 - 292.3 of net cash) - 31.501, whatever net cash was; the two sides are equal.
    sides = [sum(trace[1] or 0 for trace in flows.values())]
    assert sides == pytest.approx([0.0], abs=1e-6)


def test_the_quarter_in_which_the_plan_is_reached(open_page: Open) -> None:
    slots = live(open_page("capex"))["capex-sentence"]["slots"]
    assert (slots["reached.yours"], slots["reached.words"]) == ("March 2027", "reached by March 2027")
    assert live(open_page("capex", capex_pace="30.2"))["capex-sentence"]["slots"]["reached.yours"] == "March 2028"


def test_net_cash_goes_on_from_the_last_reported_value_unless_it_is_left_out(open_page: Open) -> None:
    parts = live(open_page("capex"))
    path = parts["net-cash"]["figure"]["data"][1]["y"]
    # 260.828 - 44.670 - 17.172 - 1.099 = 197.886, then in the first quarter 19.05325 - 67.678 - 5.392 + 68.611.
    assert path[0] == pytest.approx(260.828)
    assert path[1] == pytest.approx(197.886, abs=1e-3)
    assert path[2] == pytest.approx(197.886 + 19.05325 - 67.678 - 5.392 + 68.611, abs=1e-3)
    end = 197.886 + 68.611 + 7 * (19.05325 - 67.678 - 5.392)
    assert path[-1] == pytest.approx(end, abs=2e-3)
    assert parts["capex-sentence"]["slots"]["cash.end"] == f"CNY\u00a0−{abs(end):.1f}bn"
    left_out = live(open_page("capex", net_cash_start="unknown"))["net-cash"]
    assert set(left_out["figure"]["data"][1]["y"]) == {None}


def test_payouts_and_new_money_count_in_both_coverages(open_page: Open) -> None:
    slots = live(open_page("capex", new_money="0", payouts="5.5", cash_flow_growth="-30"))["capex-sentence"]["slots"]
    # 93.4 over seven quarters, against 186.259 + 7 x 5.5, and against 7 x (67.678 + 5.5).
    assert (slots["coverage.plan"], slots["coverage.pace"]) == ("42%", "19%")
    with_money = live(open_page("capex", payouts="5.5", cash_flow_growth="-30"))["capex-sentence"]["slots"]
    assert (with_money["coverage.plan"], with_money["coverage.pace"]) == ("73%", "32%")


def test_the_growth_at_which_it_is_covered_and_the_pace_beside_its_mean(open_page: Open) -> None:
    slots = live(open_page("capex"))["capex-sentence"]["slots"]
    assert slots["break_even"] == "+189.5%"
    assert "38.7" in inputs(open_page("capex"))["capex_pace"]["reason"], "the mean of the quarters so far"


def test_the_pay_back_starts_from_the_successor_s_margin(open_page: Open) -> None:
    # 380 x 10% / 11.6% = 327.1 of revenue on 173.171: (500.2 / 173.171) ^ 0.2 - 1 = 23.6%.
    text = shown_text(live(open_page("capex"))["capex-pay-back"])
    slots = live(open_page("capex"))["capex-sentence"]["slots"]
    assert (slots["needed"], slots["margin"]) == ("23.6%", "11.6%")
    assert slots["segment"] == "AI Cloud and Compute Services"
    assert "the article says" in text


def test_every_input_is_in_the_link(open_page: Open) -> None:
    set_to = {"payouts": "5", "payback_years": "8", "capex_pace": "50", "cash_flow_growth": "-3", "new_money": "0"}
    found = inputs(open_page("capex", **set_to))
    assert {key: f"{found[key]['value']:g}" for key in set_to} == set_to
