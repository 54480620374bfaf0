"""The valuation page: parts, peers, implied growth, and warnings instead of absurd findings."""

import re

import pytest

from components.charts import palette
from tests.pages.conftest import Open, live, shown_text

# All by hand, in CNY bn. A year of each business: commerce 10.497 + 34.613 + 24.010 + 39.749 = 108.869 of EBITA; cloud
# 39.824 + 43.284 + 41.626 + 48.437 = 173.171 of revenue; AI labs 4 x 3.338 with a loss of 4 x 13.861; others 4 x 28.803
# with one of 4 x 3.343; central costs -(1.820 + 3.319 + 1.406 + 0.844) = -7.389.
BUSINESSES = 108.869 * 12 + 173.171 * 5 + (13.352 - 55.444) * 3 + 115.212 * 0.5 - 13.372 * 3 - 7.389 * 12  # 1,974.8
SINCE = -44.670 - 1.05 * 2.41375 * 6.7757 - 0.162 * 6.7851  # free cash flow, dividend, buybacks
NEW_MONEY, STAKE = 68.611, 38.25 * 250.2 / 1000 / 7.8439 * 6.7110
PER_SHARE = 1000 / 6.7110 / 2502.5


def test_the_sum_of_the_parts_by_hand(open_page: Open) -> None:
    # 1,974.8 x 80% + 260.828 - 62.9 + 68.6 + 8.2 = 1,854.6; / 6.7110 / 2,502.5m = 110.43.
    parts = live(open_page("valuation"))
    text = shown_text(parts["valuation-sentence"])
    assert "the parts are worth USD 110.43 per ADS, −0.8% against the price of USD 111.37" in text
    assert "the price puts AI Cloud and Compute Services at 5.1x its revenue" in text
    whole = (BUSINESSES * 0.8 + 260.828 + SINCE + NEW_MONEY + STAKE) * PER_SHARE
    assert whole == pytest.approx(110.43, abs=0.005)
    bars, texts, steps = parts["parts"]["figure"]["data"]
    assert bars["x"][0] == pytest.approx(108.869 * 12 * PER_SHARE, abs=1e-3)
    assert bars["x"][2] == pytest.approx((13.352 * 3 - 55.444 * 3) * PER_SHARE, abs=1e-3), "a loss does not vanish"
    assert bars["x"][4] == pytest.approx(-7.389 * 12 * PER_SHARE, abs=1e-3), "central costs are a part"
    assert bars["x"][5] == pytest.approx(-BUSINESSES * 0.2 * PER_SHARE, abs=1e-3), "the discount is on the businesses"
    assert "not known" not in texts["text"]
    # Each bar stands where the one before it ended, and what is left at the end is the total.
    ends = [base + height for base, height in zip(bars["base"], bars["x"], strict=True)]
    assert bars["base"][1:-1] == pytest.approx(ends[:-2])
    assert ends[-2] == pytest.approx(ends[-1]) == pytest.approx(whole, abs=0.002)
    assert (steps["y"][:2], steps["y"][2], steps["x"][2]) == ([9.69, 9.31], None, None)
    assert steps["x"][0::3] == steps["x"][1::3] == pytest.approx(ends[:-1])


def test_the_page_says_which_quarters_stand_in_for_which(open_page: Open) -> None:
    said = shown_text(live(open_page("valuation"))["valuation-workings"])
    assert "“Alibaba China E-commerce Group” stands in for the quarters of September 2025 to March 2026" in said
    assert "from June 2026 the segment also holds international commerce" in said
    # 10,497 + 34,613 + 24,010 + 39,749 and the others' quarters; the group's are 9,073 + 23,397 + 5,102 + 27,329.
    assert "adjusted EBITA comes to CNY 49.6bn a year, the group’s reported 64.9bn" in said
    assert "AI Labs and Applications: reported in this form for one quarter only, counted as a year" in said
    assert "260.8" in said
    assert "derived" in said


def test_the_reader_can_switch_to_the_latest_quarter_times_four(open_page: Open) -> None:
    bars = live(open_page("valuation", basis="quarter"))["parts"]["figure"]["data"][0]
    assert bars["x"][0] == pytest.approx(158.996 * 12 * PER_SHARE, abs=1e-3)  # 39.749 x 4, not 108.869


def test_the_years_of_loss_are_the_reader_s(open_page: Open) -> None:
    bars = live(open_page("valuation", loss_years="0"))["parts"]["figure"]["data"][0]
    assert bars["x"][2] == pytest.approx(13.352 * 3 * PER_SHARE, abs=1e-3)


def test_the_value_is_checked_by_other_measures(open_page: Open) -> None:
    parts = live(open_page("valuation"))
    text = shown_text({**parts["valuation-checks"], "slots": parts["valuation-sentence"]["slots"]})
    # 1,974.8 x 80% / (9.073 + 23.397 + 5.102 + 27.329) = 24.3; 110.43 / 3.0726 = 35.9; less 62.23 of commerce.
    for said in ("24.3x", "35.9x", "USD 48.20", "without Alibaba E-commerce Group", "core earnings"):
        assert said in text


def test_the_grid_says_its_range_and_holds_its_values(open_page: Open) -> None:
    grid = live(open_page("valuation"))["value-grid"]
    cells = grid["figure"]["data"][0]
    assert cells["showlegend"] is False  # the map is no case and has no name
    # Commerce at 12 and cloud at 5 are where the sliders start, so that cell is the page's own 110.43.
    columns, rows = (grid["figure"]["layout"][axis]["ticktext"] for axis in ("xaxis", "yaxis"))
    assert cells["text"][rows.index("5") * len(columns) + columns.index("12")] == "110"
    low, high = ((BUSINESSES + 108.869 * (a - 12) + 173.171 * (b - 5)) * 0.8 for a, b in ((2.5, 1), (21.5, 9)))
    rest = 260.828 + SINCE + NEW_MONEY + STAKE
    assert grid["title"] == (
        f"The value runs from {(low + rest) * PER_SHARE:.0f} to {(high + rest) * PER_SHARE:.0f} over these two inputs"
    )


def test_net_cash_is_the_last_reported_with_steps_that_can_be_left_out(open_page: Open) -> None:
    parts = live(open_page("valuation"))
    # 111.37 x 2,502.5m x 6.7110 = 1,870.4bn; less 197.9 and 68.6 = 1,603.9; / 1,045.0 = 1.53; / 64.9 = 24.7
    assert "1.53x" in shown_text(parts["valuation-checks"])
    assert "24.7x" in shown_text(parts["valuation-checks"])
    some = live(open_page("valuation", cash_steps="free-cash-flow"))["parts"]["figure"]["data"][0]["x"]
    assert some[6:10] == pytest.approx([260.828 * PER_SHARE, -44.670 * PER_SHARE, 0.0, STAKE * PER_SHARE], abs=1e-3)
    out = live(open_page("valuation", net_cash_start="unknown"))
    assert "need net cash, which is left out" in shown_text(out["valuation-checks"])
    assert "EV ÷ sales" not in shown_text(out["valuation-checks"])
    bars, texts, _ = out["parts"]["figure"]["data"]
    assert (texts["text"][6], bars["x"][6], bars["x"][7]) == ("  not known", 0.0, 0.0)


def test_the_share_beside_its_peers_at_one_date(open_page: Open) -> None:
    parts = live(open_page("valuation"))
    text = shown_text(parts["valuation-multiples"])
    # At the close of 31 December 2025: 146.58 / 7.345, 230.82 / 7.08, 483.62 / 14.06.
    for said in ("20.0x", "32.6x", "34.4x", "39% below it", "42% below it", "from the filings"):
        assert said in text
    assert "overtaken by the release of AMZN on 30 Jul 2026" in text
    assert "another release of MSFT was due by 13 Feb 2026" not in text or "31 Dec 2025" in text
    assert "valuation-rerating" not in parts, "no comparison of the past prices today's share"


def test_core_earnings_lead_and_gaap_stands_beside_with_its_age(open_page: Open) -> None:
    text = shown_text(live(open_page("valuation"))["valuation-own"])
    for said in (
        "36.2x",
        "Trailing core P/E, which leads",
        "17.4x",  # 111.37 / (43.02 / 6.7110)
        "of 31 Mar 2026, overtaken by the release of 20 Aug 2026",
        "12.2x",
    ):
        assert said in text
    assert "10.36 by GAAP, 0.62 core" in text


def test_the_price_implies_a_growth(open_page: Open) -> None:
    app = open_page("valuation")
    slots = live(app)["valuation-sentence"]["slots"]
    assert slots["implied_growth"] == "32.7% a year, more than new capital earns: shareholders would have to pay in"
    assert slots["model_value"] == "USD\u00a045.24"
    assert "From a negative flow no growth gives a price" in shown_text(live(app)["valuation-workings"])
    curve, yours = live(app)["growth"]["figure"]["data"]
    # The curve goes through the reader's own point.
    assert yours["y"] == pytest.approx([45.24], abs=0.005)
    assert curve["y"][min(range(41), key=lambda place: abs(curve["x"][place] - yours["x"][0]))] == pytest.approx(
        45.24, rel=0.02
    )


def test_absurd_results_are_warned_about(open_page: Open) -> None:
    app = open_page("valuation", multiple_commerce="0", multiple_cloud="0", holding_discount="60")
    assert "outside what is plausible" in " ".join(warning.value for warning in app.warning)
    app = open_page("valuation", multiple_commerce="30")
    assert "the other parts alone are worth more than the price" in " ".join(warning.value for warning in app.warning)


def test_a_grid_of_one_input_is_explained(open_page: Open) -> None:
    app = open_page("valuation", grid_across="multiple_cloud", grid_down="multiple_cloud")
    assert not app.exception
    assert "Choose two different inputs" in " ".join(info.value for info in app.info)
    assert "value-grid" not in live(app)


def test_the_axes_of_the_grid_are_what_is_looked_at_and_nothing_set(open_page: Open) -> None:
    app = open_page("valuation", grid_down="holding_discount")
    assert not app.warning
    assert "Holding discount" in str(live(app)["value-grid"]["figure"]["layout"]["yaxis"])
    assert app.button(key="reset").disabled
    assert "price" not in app.query_params


def test_the_headline_of_the_simulation_is_a_range(open_page: Open) -> None:
    chart = live(open_page("valuation"))["histogram"]
    assert re.fullmatch(r"\d\d% of simulations exceed the price of 111\.37", chart["title"])
    found = re.search(r"nine of ten between ([\d,]+) and ([\d,]+), half below ([\d,]+)\.", chart["subtitle"])
    assert found is not None
    low, high, middle = (float(each) for each in found.groups())
    assert low < 100 < middle + 5 < 120 < high
    assert "earnings from the quarters known" in chart["subtitle"]


def test_a_stake_is_taken_at_its_latest_close_or_at_another_moment(open_page: Open) -> None:
    app = open_page("valuation")
    assert "MiniMax at HKD 250.20, 30 Sep 2026" in shown_text(live(app)["valuation-workings"])
    # 12.52% x 50.399 / 7.8439 x 6.7110 = 5.40bn in place of 8.19bn: 0.17 a share less.
    slots = live(open_page("valuation", stake_at="minimax-at-offer-price"))["valuation-sentence"]["slots"]
    assert slots["value"] == "USD\u00a0110.26"


def test_a_link_keeps_the_price_that_it_was_made_on(open_page: Open) -> None:
    app = open_page("valuation", multiple_cloud="6", price="150", price_day="2026-08-01")
    assert live(app)["valuation-sentence"]["slots"]["price"] == "USD\u00a0150.00"
    assert any("it is now USD\u00a0111.37" in caption.value for caption in app.caption)


def test_the_tornado_moves_every_input_of_the_sum(open_page: Open) -> None:
    data = live(open_page("valuation"))["tornado"]["figure"]["data"]
    bars = data[0]
    expected = {
        "Net cash",
        "Cash since then",
        "Capital raised",
        "Stakes",
        "Holding discount",
        "Years of loss taken off",
    }
    assert expected | {"All others", "Central costs"} <= set(bars["y"])
    assert len(bars["y"]) == 11
    place = bars["y"].index("Net cash")
    # 260.828bn x 25% x 1000 / 6.7110 / 2502.5 = 3.88 less: no discount on cash
    assert bars["x"][place] == pytest.approx(-3.883, abs=5e-4)
    # Colour says what the value does, filling which way the input went.
    discount = bars["y"].index("Holding discount")
    lower, higher = data[0]["marker"], data[2]["marker"]
    assert lower["line"]["color"][discount] == palette.GAIN
    assert higher["color"][discount] == palette.LOSS
    assert lower["line"]["color"][place] == palette.LOSS


def test_what_stands_on_the_page_is_set_back_on_it(open_page: Open) -> None:
    app = open_page("valuation", net_cash_start="unknown", payouts="7", price="111.37", price_day="2026-10-09")
    assert not app.button(key="reset").disabled
    app.button(key="reset").click().run()
    assert "net_cash_start" not in app.query_params
    assert app.query_params["payouts"] == "7", "a setting of another page alone stays"
