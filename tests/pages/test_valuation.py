"""The valuation page: parts, peers, implied growth, and warnings instead of absurd findings."""

import pytest

from tests.pages.conftest import Open, live, shown_text


def test_the_sum_of_the_parts_by_hand(open_page: Open) -> None:
    # 158.996 x 13.5 + 193.748 x 5 + 13.352 x 3 + 115.212 x 0.5 + new money 71.7 + stake 11.83 = 3,296.3bn;
    # less 20 % = 2,637.0; / 6.9931 / 2,502.5m = 150.69.
    parts = live(open_page("valuation"))
    text = shown_text(parts["valuation-sentence"])
    assert "the parts are worth USD 150.69 per ADS, +33.1 % against the price of USD 113.24" in text
    bars, texts, steps = parts["parts"]["figure"]["data"]
    assert bars["y"][0] == pytest.approx(158.996 * 13.5 * 1000 / 6.9931 / 2502.5, abs=1e-4)
    assert texts["text"][4] == "not known"
    # Each bar stands where the one before it ended, and what is left after the discount is the total.
    ends = [base + height for base, height in zip(bars["base"], bars["y"], strict=True)]
    assert bars["base"][1:-1] == pytest.approx(ends[:-2])
    assert ends[-2] == pytest.approx(ends[-1]) == pytest.approx(150.69, abs=0.005)
    assert (steps["x"][:2], steps["x"][2], steps["y"][2]) == ([0.4, 0.6], None, None)
    assert steps["y"][0::3] == steps["y"][1::3] == pytest.approx(ends[:-1])


def test_the_grid_says_its_range_and_holds_its_values(open_page: Open) -> None:
    grid = live(open_page("valuation"))["value-grid"]
    cells = grid["figure"]["data"][0]
    assert grid["title"] == "The value runs from 37 to 264 over these two inputs"
    assert (cells["text"][0], cells["text"][-1]) == ("37", "264")
    assert cells["showlegend"] is False  # the map is no case and has no name
    # Commerce at 13.5 and cloud at 5 are where the sliders start, so that cell is the page's own 150.69.
    columns, rows = (grid["figure"]["layout"][axis]["ticktext"] for axis in ("xaxis", "yaxis"))
    assert cells["text"][rows.index("5") * len(columns) + columns.index("13.5")] == "151"


def test_net_cash_is_added_only_by_choice(open_page: Open) -> None:
    agreed = live(open_page("valuation", net_cash_start="last"))
    # 235.465bn more before the discount: 235.465 x 0.8 x 1000 / 6.9931 / 2502.5 = 10.76
    assert agreed["valuation-sentence"]["slots"]["value"] == "USD\u00a0161.45"
    assert "EV ÷ sales" in shown_text(agreed["valuation-ev"])
    # 113.24 x 2,502.5m x 6.9931 = 1,981.7bn; less 235.5 and 71.7 = 1,674.6; / 1,045.0 = 1.60; / 64.9 = 25.8
    assert "1.60x" in shown_text(agreed["valuation-ev"])
    assert "25.8x" in shown_text(agreed["valuation-ev"])
    assert "valuation-ev" not in live(open_page("valuation"))


def test_peers_and_re_rating(open_page: Open) -> None:
    parts = live(open_page("valuation"))
    text = shown_text(parts["valuation-multiples"])
    for said in ("17.5x", "31.5x", "22.7x", "22.8 % trailing, 36.5 % forward"):
        assert said in text
    # 80 % of (31.47 + 22.70) / 2 times EPS of 6.4636 = 140.07
    assert "would cost USD 140.07, +23.7 % against the price" in shown_text(
        {**parts["valuation-rerating"], "slots": parts["valuation-sentence"]["slots"]}
    )


def test_the_price_implies_a_growth(open_page: Open) -> None:
    app = open_page("valuation")
    slots = live(app)["valuation-sentence"]["slots"]
    assert slots["implied_growth"] == "5.9\u00a0% a year"
    assert slots["model_value"] == "USD\u00a0152.97"
    assert any("From a negative flow no growth gives a price" in caption.value for caption in app.caption)


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


def test_the_simulation_counts_the_draws_above_price_and_targets(open_page: Open) -> None:
    title = live(open_page("valuation"))["histogram"]["title"].replace("\u00a0", " ")
    assert title.startswith("Above the price lie over 99 % of the draws; above the targets: bear under 1 %")


def test_a_stake_can_be_valued_at_another_moment(open_page: Open) -> None:
    # 12.52 % x 50.399 / 7.8 x 6.9931 = 5.66bn in place of 11.83bn: 6.17bn x 0.8 x 1000 / 6.9931 / 2502.5 = 0.28 less.
    slots = live(open_page("valuation", stake_at="minimax-at-offer-price"))["valuation-sentence"]["slots"]
    assert slots["value"] == "USD\u00a0150.41"


def test_non_gaap_earnings_are_shown_apart(open_page: Open) -> None:
    text = shown_text(live(open_page("valuation"))["valuation-multiples"])
    assert "Alibaba, non-GAAP" in text
    assert "38.1x" in text


def test_a_link_keeps_the_price_that_it_was_made_on(open_page: Open) -> None:
    app = open_page("valuation", multiple_cloud="6", price="150", price_day="2026-08-01")
    assert live(app)["valuation-sentence"]["slots"]["price"] == "USD\u00a0150.00"
    assert any("it is now USD\u00a0113.24" in caption.value for caption in app.caption)


def test_the_tornado_moves_every_input_of_the_sum(open_page: Open) -> None:
    bars = live(open_page("valuation", net_cash_start="last"))["tornado"]["figure"]["data"][0]
    assert {"Net cash", "New money", "Stakes", "Holding discount", "All others"} <= set(bars["y"])
    assert len(bars["y"]) == 8
    place = bars["y"].index("Net cash")
    # 235.465bn x 25 % x 0.8 x 1000 / 6.9931 / 2502.5 = 2.69 less
    assert bars["x"][place] == pytest.approx(-2.691, abs=5e-4)
