"""Every page opens, in every state, without an exception and with its numbers."""

import pytest
from streamlit.testing.v1 import AppTest

from components.answers.registry import PAGES as REGISTERED
from tests.conftest import ROOT
from tests.pages.conftest import Open, inputs, live, shown_text

PAGES = list(REGISTERED)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_complete_without_network(open_page: Open, name: str) -> None:
    app = open_page(name)
    assert not app.exception
    assert not app.error
    assert not app.warning
    assert live(app)


def test_the_start_says_that_it_rests_on_the_snapshot(open_page: Open) -> None:
    captions = [caption.value.replace("\u00a0", " ") for caption in open_page().caption]
    assert any("BABA USD 111.37 from the bundled snapshot of 9 Oct 2026" in caption for caption in captions)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_by_itself(name: str) -> None:
    app = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=30).run()
    assert not app.exception
    assert live(app)


def test_overview_says_price_and_upside(open_page: Open) -> None:
    text = shown_text(live(open_page())["overview-lead"])
    assert "Alibaba traded at USD 111.37 per ADS on 9 Oct 2026, down 24.0% since the article appeared" in text
    assert "+29.6% to +39.9%" in text
    assert "+70.6% to +84.1%" in text


def test_overview_as_published_knows_nothing_later(open_page: Open) -> None:
    parts = live(open_page("overview", moment="published"))
    assert parts["head"]["blocks"][0].pop("link")["price"] == "111.37", "the link is handed on today"
    text = " ".join(shown_text(data) for data in parts.values())
    assert "had closed at USD 146.58" in text
    assert "2026-" not in str(parts["price"]["figure"]["data"]).replace("2026-01-01", "")
    assert "111.37" not in text
    assert "events" not in parts


def test_key_figures_stand_beside_their_counterparts(open_page: Open) -> None:
    text = shown_text(live(open_page())["key-figures"])
    for stated, tested in [
        ("34%", "34.495%"),
        ("34%", "since then 44.9%"),
        ("USD 53bn", "USD 53.4bn"),
        ("about 44%", "19.6%"),
        ("16 to 20x", "36.2x"),
        ("USD 190 to 205", "USD 188.09"),
        ("about 36%", "38.1%"),
        ("at least USD 50bn", "USD 37.8bn"),
    ]:
        assert stated in text
        assert tested in text


def test_upside_answers_for_today_and_beside_it_for_publication(open_page: Open) -> None:
    app = open_page("upside")
    assert (inputs(app)["bear_target"]["value"], inputs(app)["bull_target"]["value"]) == (190, 205)
    # (197.5 + 1.05 * 3 / 12) / 111.37 - 1 = 77.6 %; (197.5 + 2) / 146.58 - 1 = 36.1 %
    assert (
        "From USD 111.37, the price of 9 Oct 2026, to USD 197.50 the ADS returns 77.6% over 3 months, dividends "
        "included; from USD 146.58, the close before publication, it is +36.1% over 12 months."
    ) in shown_text(live(app)["upside-sentence"])
    assert app.button(key="reset").disabled


def test_a_moved_slider_goes_into_the_address_and_back(open_page: Open) -> None:
    app = open_page("upside", start="published", bull_target="230")
    assert inputs(app)["bull_target"]["origin"] == "yours"
    assert live(app)["upside-sentence"]["slots"]["bull.upside"].startswith("+56.9")  # 230 / 146.58 - 1
    app.button(key="reset").click().run()
    assert app.query_params == {}
    assert inputs(app)["bull_target"]["value"] == 205
    assert live(app)["upside-sentence"]["slots"]["price"] == "USD\u00a0111.37", "the start is back at the market too"


def test_a_page_is_set_back_alone_or_with_all_others(open_page: Open) -> None:
    app = open_page("upside", bull_target="230", payouts="7", price="111.37", price_day="2026-10-09")
    app.button(key="reset").click().run()
    assert (app.query_params["payouts"], "bull_target" in app.query_params) == ("7", False)
    app.button(key="reset-all").click().run()
    assert app.query_params == {}


def test_what_the_browser_sends_is_taken_within_bounds_only(open_page: Open) -> None:
    app = AppTest.from_function(_takes, default_timeout=30).run()
    assert app.markdown[0].value == "231.0, 6.0, 4"


def _takes() -> None:
    import streamlit as st

    from components.widgets import session

    session.dossier()
    sent = {"bull_target": 231, "months": 6.0, "bear_target": 9e9, "base_target": "200", "interest": True, "none": 1}
    for nonsense in (None, [], {"values": 3}, {"values": {"bull_target": float("nan")}}):
        session.take_typed(nonsense)
    session.take_typed({"values": sent, "message": 4})
    changed = session.scenario().changed
    assert set(changed) == {"bull_target", "months"}
    st.markdown(f"{changed['bull_target']}, {changed['months']}, {session.heard()}")


def test_a_link_opens_with_the_same_numbers(open_page: Open) -> None:
    app = open_page("upside", v="1", start="market", price="100", price_day="2026-08-01", months="24")
    slots = live(app)["upside-sentence"]["slots"]
    assert slots["price"] == "USD\u00a0100.00"
    assert slots["base.upside"] == "+97.5%"
    assert inputs(app)["months"]["value"] == 24
    assert any("it is now USD\u00a0111.37" in caption.value for caption in app.caption)


def test_todays_price_can_be_taken_over(open_page: Open) -> None:
    app = open_page("upside", start="market", price="100", price_day="2026-08-01")
    next(button for button in app.button if "today’s price" in button.label).click().run()
    assert live(app)["upside-sentence"]["slots"]["price"] == "USD\u00a0111.37"
    assert "price" not in app.query_params, "nothing is set any more"


def test_settings_survive_a_change_of_page(open_page: Open) -> None:
    app = open_page("upside", bear_target="100")
    app.switch_page("pages/segments.py").run()
    app.switch_page("pages/upside.py").run()
    assert inputs(app)["bear_target"]["value"] == 100
    assert app.query_params["bear_target"] == "100"


def test_contradicting_settings_are_explained_not_refused(open_page: Open) -> None:
    app = open_page("upside", bear_target="300", bear_probability="90")
    said = " ".join(info.value for info in app.info)
    assert "not in order from bear to bull" in said
    assert "add up to 165%" in said
    nothing = open_page("upside", v="1", bear_odds="0", base_odds="0", bull_odds="0")
    assert "there is no expected value" in " ".join(info.value for info in nothing.info)
    assert live(nothing)["upside-sentence"]["slots"]["expected.total"] == "n/a"


def test_a_typed_price_is_used(open_page: Open) -> None:
    app = open_page("upside", start="own", own_price="158")
    assert live(app)["upside-sentence"]["slots"]["base.upside"] == "+25.0%"
    assert inputs(app)["own_price"]["value"] == 158


@pytest.mark.parametrize("name", PAGES)
def test_a_bad_link_is_said_once_and_breaks_nothing(open_page: Open, name: str) -> None:
    app = open_page(name, bull_target="<b>lots</b>", nonsense="1", thesis="none-such")
    assert not app.exception
    said = [warning.value for warning in app.warning]
    if name == "overview":
        assert len(said) == 3
        assert "is no number for “Bull target”" in " ".join(said)
    assert live(app)


def test_segments_show_the_claims_and_follow_the_choice(open_page: Open) -> None:
    app = open_page("segments")
    parts = live(app)
    assert "AI Cloud and Compute Services grew fastest, by 44.9%" in shown_text(parts["segments-sentence"])
    shown = {name for name in parts if name.startswith("segment-")}
    assert shown == {"segment-commerce", "segment-cloud", "segment-ai-labs", "segment-others"}, "loss-makers too"
    said = {name: str(parts[name]["figure"]["layout"]["annotations"]) for name in shown}
    assert "'text': '34%'" in said["segment-cloud"]
    assert "about 44%" in said["segment-commerce"]
    assert "−415.2%" in said["segment-ai-labs"], "a value off the shared scale is named at its edge"
    chosen = live(open_page("segments", families="international"))
    assert {name for name in chosen if name.startswith("segment-")} == {"segment-international"}
    none = open_page("segments", families="")
    assert "No business is chosen" in " ".join(info.value for info in none.info)


def test_what_each_segment_brought_adds_up_to_the_group(open_page: Open) -> None:
    """(48.437 - 33.418) / 247.652 = 6.1 points, (205.862 - 198.812) / 247.652 = 2.8; 268.953 / 247.652 - 1 = 8.6%."""
    parts = live(open_page("segments"))
    text = shown_text(parts["segments-sentence"])
    assert "revenue changed by +8.6% on the year, 6.1 points of it from AI Cloud and Compute Services and 2.8" in text
    bars = parts["contributions"]["figure"]["data"][0]["x"]
    assert sum(bars[:-1]) == pytest.approx(bars[-1])
    assert bars[:2] == pytest.approx([6.065, 2.847], abs=1e-3)
    assert bars[-2] == pytest.approx(100 * (-17.487 + 16.089) / 247.652, abs=1e-3), "between segments"


def test_lines_of_two_structures_are_never_joined(open_page: Open) -> None:
    quarters = {"A": "2023-03-31", "B": "2025-03-31", "C": "2026-03-31"}
    for trace in live(open_page("segments"))["segment-cloud"]["figure"]["data"]:
        spans = [sum(day > end for end in quarters.values()) for day in trace["x"]]
        assert len(set(spans)) == 1, trace


def test_figures_carry_plain_lists_that_a_sweep_can_change(open_page: Open) -> None:
    for page in PAGES:
        for data in live(open_page(page)).values():
            assert "bdata" not in str(data.get("figure", ""))


def test_the_market_s_price_brings_its_own_earnings(open_page: Open) -> None:
    app = open_page("upside", bull_target="205.5", price="111.37", price_day="2026-10-09")
    # Core earnings of four quarters to June 2026, 20.62 / 6.7110 = 3.073; those of July are overtaken.
    assert (app.query_params["eps_trailing"], "eps_forward" in app.query_params) == ("3.073", False)
    assert app.query_params["dividend"] == "1.05"
    assert live(app)["upside-sentence"]["slots"]["base.pe_trailing"] == "64.3x"  # 197.5 / 3.073
    assert any("No forward earnings are known" in caption.value for caption in app.caption)
    assert inputs(app)["months"]["value"] < 12
    app.button(key="twelve").click().run()
    assert inputs(app)["months"]["value"] == 12
    assert app.query_params["months"] == "12"
    app.segmented_control(key="start").set_value("published").run()
    assert inputs(app)["eps_trailing"]["value"] == 7.345


def test_typing_a_price_starts_from_the_one_shown(open_page: Open) -> None:
    app = open_page("upside", start="market", price="120", price_day="2026-08-14")
    app.segmented_control(key="start").set_value("own").run()
    assert inputs(app)["own_price"]["value"] == 120.0


def test_the_overview_shows_what_analysts_say_as_far_as_it_is_known(open_page: Open) -> None:
    text = shown_text(live(open_page())["analysts"])
    # 188.09 / 111.37 - 1, of a press report that names no count; high and low are known from 2 June 2026 alone.
    for said in ("USD 188.09", "+68.9% away", "USD 112.72", "USD 258.89"):
        assert said in text
    assert " analysts" not in text.replace("What analysts say", ""), "the count of July is that of another mean"
    assert "analysts" not in live(open_page("overview", moment="published"))


def test_what_a_link_says_is_shown_and_never_drawn(open_page: Open) -> None:
    said = open_page("overview", bull_target="![x](https://example.org/x.png)").warning[0].value
    assert "![" not in said
    assert r"\!\[x\](https\:" in said
    assert "://" not in said, "the renderer makes links of bare addresses"
