"""The general tests on the two further theses, each held to a sum done by hand from the filings and closes."""

import datetime as dt

import pytest

from components.calculators.audit.audit import TESTS, Judgement, run
from components.calculators.audit.rules import Verdict
from data.dossier import Dossier, open_dossier
from data.market.service import MarketService
from data.market.store import Store
from data.thesis import Claim
from tests.conftest import TODAY


def opened(name: str) -> Dossier:
    return open_dossier(name, MarketService(Store(None), enabled=False), TODAY)


@pytest.fixture(scope="module")
def goog() -> Dossier:
    return opened("alphabet-2026")


@pytest.fixture(scope="module")
def rolls() -> Dossier:
    return opened("rolls-royce-2025")


def judged(dossier: Dossier, stated: dict[str, object], test: dict[str, object], **more: object) -> Judgement:
    """A claim of that form and test, judged on the dossier's day."""
    claim = Claim.model_validate(
        {"id": "a", "topic": "T", "statement": "S", "place": "p", "stated": stated, "test": test, **more}
    )
    return run(claim, dossier)


def found(dossier: Dossier, unit: str, test: dict[str, object], **more: object) -> float:
    """The value that decides a claim."""
    judgement = judged(dossier, {"value": 1, "unit": unit}, test, **more)
    assert judgement.evidence.deciding is not None, judgement.missing
    return judgement.evidence.deciding.figure.value


# The worked examples: test and arguments, unit, period, and the sum by hand.
BY_HAND = [
    ({"name": "level", "measure": "revenue"}, "USD bn", "2025-09-30", 102.346),
    ({"name": "level", "measure": "revenue", "segment": "Google Cloud"}, "USD m", "2023-03-31", 7454),
    ({"name": "level", "measure": "capex", "window": "year"}, "USD bn", "2025-12-31",
     (17197 + 22446 + 23953 + 27851) / 1e3),
    ({"name": "level", "measure": "capex", "window": "twelve months"}, "USD bn", "2026-06-30",
     (23953 + 27851 + 35674 + 44924) / 1e3),
    ({"name": "growth", "measure": "revenue"}, "%", "2025-09-30", (102346 / 88268 - 1) * 100),
    ({"name": "growth", "measure": "revenue", "over": "period"}, "%", "2025-12-31", (113828 / 102346 - 1) * 100),
    ({"name": "growth", "measure": "revenue", "window": "year", "years": 2}, "%", "2025-12-31",
     (((90234 + 96428 + 102346 + 113828) / (69787 + 74604 + 76693 + 86310)) ** 0.5 - 1) * 100),
    ({"name": "ratio", "of": "income_from_operations", "to": "revenue"}, "%", "2026-06-30", 40770 / 119796 * 100),
    ({"name": "ratio", "of": "operating_cash_flow", "to": "capex"}, "x", "2026-03-31", 45790 / 35674),
    ({"name": "buyback"}, "USD bn", "2024-12-31", (15696 + 15684 + 15291 + 15551) / 1e3),
    ({"name": "share_count"}, "shares m", "2025-09-30", 12203),
    ({"name": "share_count"}, "%", "2025-09-30", (12203 / 12419 - 1) * 100),
    ({"name": "share_count", "series": "shares-outstanding"}, "shares bn", "2025-06-30", 12.104),
    ({"name": "series", "series": "cloud-backlog"}, "USD bn", "2025-09-30", 155),
    ({"name": "fact", "fact": "backlog-2025-12"}, "USD bn", None, 240),
    ({"name": "price_level", "on": dt.date(2025, 12, 26)}, "USD per share", None, 314.96),
    ({"name": "price_level", "symbol": "META", "on": dt.date(2025, 12, 31)}, "USD per share", None, 660.09),
    ({"name": "price_change", "start": dt.date(2024, 12, 31), "end": dt.date(2025, 12, 31)}, "%", None,
     (313.80 / 190.44 - 1) * 100),
    ({"name": "high"}, "USD per share", None, 323.64),
    ({"name": "low", "since": dt.date(2025, 12, 1)}, "USD per share", None, 298.06),
    ({"name": "drawdown"}, "%", "2025-12-31", (313.80 / 323.64 - 1) * 100),
    ({"name": "against", "symbol": "MSFT", "start": dt.date(2024, 12, 31), "end": dt.date(2025, 12, 31)}, "%", None,
     (313.80 / 190.44 - 483.62 / 421.50) * 100),
    ({"name": "market_value", "series": "shares-outstanding"}, "USD bn", "2025-12-31", 313.80 * 12104 / 1e3),
    ({"name": "multiple", "of": "earnings", "measure": "diluted_eps"}, "x", "2025-12-31", 313.80 / 10.14),
    ({"name": "multiple", "of": "EV to sales", "measure": "revenue", "series": "shares-outstanding"}, "x", "2025-12-31",
     (313.80 * 12104 - 71541) / (96469 + 90234 + 96428 + 102346)),
    ({"name": "multiple", "of": "free cash flow", "measure": "free_cash_flow", "series": "shares-outstanding"}, "x",
     "2025-12-31", 313.80 * 12104 / (24837 + 18953 + 5301 + 24461)),
    ({"name": "yield", "series": "dividends"}, "%", "2025-12-31", (0.20 + 3 * 0.21) / 313.80 * 100),
    ({"name": "dividend_change", "series": "dividends"}, "%", None, (0.22 / 0.21 - 1) * 100),
    ({"name": "guidance", "series": "capex-guidance-2026", "measure": "capex"}, "USD bn", "2026-12-31", 195),
    ({"name": "estimate", "measure": "diluted_eps"}, "USD per share", "2025-12-31", 2.81 + 2.31 + 2.87 + 2.82),
    ({"name": "internal", "how": "difference", "of": "box-price", "by": "house-value"}, "USD per share", None, 65),
    ({"name": "internal", "how": "sum", "of": "box-price", "by": "house-value"}, "USD per share", None, 565),
    ({"name": "target_gap", "of": "house-value"}, "%", "2025-12-26", (250 / 314.96 - 1) * 100),
    ({"name": "target", "which": "high"}, "USD per share", None, 475),
]  # fmt: skip


@pytest.mark.parametrize(
    ("test", "unit", "period", "by_hand"), BY_HAND, ids=[f"{t['name']}-{n}" for n, (t, *_) in enumerate(BY_HAND)]
)
def test_by_hand(goog: Dossier, test: dict[str, object], unit: str, period: str | None, by_hand: float) -> None:
    more = {"period": dt.date.fromisoformat(period)} if period else {}
    assert found(goog, unit, test, **more) == pytest.approx(by_hand, rel=1e-9)


def test_every_general_test_has_a_worked_example() -> None:
    here = {test["name"] for test, *_ in BY_HAND} | {"first_above", "record", "rating", "ownership"}
    special = {
        "fiscal_year_start", "event_known", "fact_date", "fact_year", "segment_margin", "plan_converted",
        "capex_coverage", "implied_rate", "valuation_or_proceeds", "price_to_earnings", "discount_to_peers",
    }  # fmt: skip
    assert here | special == TESTS.keys()


def test_a_first_above_is_one_only_where_none_came_before(goog: Dossier) -> None:
    test = {"name": "first_above", "measure": "revenue"}
    least, september = {"minimum": 100, "unit": "USD bn"}, {"period": dt.date(2025, 9, 30)}
    assert judged(goog, least, test, **september).verdict is Verdict.SUPPORTED
    later = judged(goog, least, test, period=dt.date(2025, 12, 31))
    assert later.verdict is Verdict.CONTRADICTED
    assert later.evidence.other_measure == "Revenue, quarter to September 2025 had USD\u00a0102.3bn already."
    assert judged(goog, {"minimum": 103, "unit": "USD bn"}, test, **september).verdict is Verdict.CONTRADICTED
    assert "from March 2023" in later.evidence.note


def test_a_record_is_the_highest_of_the_known_history(goog: Dossier) -> None:
    test = {"name": "record", "measure": "capex"}
    stated = {"happens": True}
    assert judged(goog, stated, test, period=dt.date(2026, 6, 30)).verdict is Verdict.SUPPORTED
    lower = judged(goog, stated, {"name": "record", "measure": "revenue"}, period=dt.date(2024, 3, 31))
    assert lower.verdict is Verdict.CONTRADICTED  # 80,539 after 86,310
    least = {"name": "record", "measure": "free_cash_flow", "lowest": True}
    assert judged(goog, stated, least, period=dt.date(2026, 6, 30)).verdict is Verdict.SUPPORTED  # −5,855


def test_what_was_expected_decides_until_it_is_reported(goog: Dossier) -> None:
    then = goog.as_published()
    test = {"name": "guidance", "series": "capex-guidance-2025", "measure": "capex"}
    stated, period = {"low": 91, "high": 93, "unit": "USD bn"}, {"period": dt.date(2025, 12, 31)}
    before, after = judged(then, stated, test, **period), judged(goog, stated, test, **period)
    assert [each.values for each in (before.evidence.readings[0], after.evidence.readings[0])] == [
        (91, 93), (pytest.approx(91.447),),
    ]  # fmt: skip
    assert after.evidence.readings[1].values == (91, 93)  # what had been said stands beside it
    assert [each.values for each in before.evidence.earlier] == [(85, 85), (75, 75)]


def test_a_price_within_a_day_is_not_known(goog: Dossier) -> None:
    judgement = judged(goog, {"value": 329, "unit": "USD per share"}, {"name": "high", "intraday": True})
    assert judgement.verdict is Verdict.UNTESTABLE
    assert "the highest close is USD\u00a0323.64 of 25\u00a0Nov\u00a02025" in judgement.missing


def test_a_claim_without_a_test_is_recorded(goog: Dossier) -> None:
    assert judged(goog, {"words": "much"}, None).verdict is Verdict.RECORDED  # type: ignore[arg-type]


def test_the_article_s_own_word_supports_nothing(goog: Dossier) -> None:
    """The forward earnings in the facts are the article's: equal to the stated ones, and no support of them."""
    stated = {"value": 11.24, "unit": "USD per share", "decimals": 2}
    judgement = judged(goog, stated, {"name": "fact", "fact": "forward-eps"})
    assert judgement.verdict is Verdict.RECORDED
    assert judgement.evidence.deciding is not None
    assert judgement.evidence.deciding.figure.value == 11.24


def test_what_counts_something_else_cannot_be_tested(goog: Dossier) -> None:
    for unit in ("users m", "GBP bn", "USD per share", "%"):
        assert judged(goog, {"value": 1, "unit": unit}, {"name": "level", "measure": "revenue"}).missing


# --- Pence and half-years ---


def test_pence_and_pounds_meet_by_a_sum(rolls: Dossier) -> None:
    price = {"name": "price_level", "on": dt.date(2025, 8, 8)}
    assert found(rolls, "GBp per share", price) == 1071.5
    assert found(rolls, "GBP per share", price) == pytest.approx(10.715)
    worth = {"name": "market_value", "series": "shares-outstanding"}
    assert found(rolls, "GBP bn", worth, period=dt.date(2025, 8, 8)) == pytest.approx(10.715 * 8.41)


def test_a_price_a_hundred_times_off_is_contradicted(rolls: Dossier) -> None:
    for wrong in (10.72, 107_200):
        stated = {"value": wrong, "unit": "GBp per share"}
        assert judged(rolls, stated, {"name": "price_level"}).verdict is Verdict.CONTRADICTED
    assert judged(rolls, {"value": 10.72, "unit": "GBP per share", "decimals": 2}, {"name": "price_level"}).verdict is (
        Verdict.SUPPORTED
    )


def test_half_years_add_up_to_years_and_grow_over_them(rolls: Dossier) -> None:
    level = {"name": "level", "measure": "income_from_operations"}
    assert found(rolls, "GBP m", level, period=dt.date(2025, 6, 30)) == 1733
    year = {**level, "window": "year"}
    assert found(rolls, "GBP m", year, period=dt.date(2025, 12, 31)) == 1733 + 1729
    grown = {"name": "growth", "measure": "income_from_operations"}
    assert found(rolls, "%", grown, period=dt.date(2026, 6, 30)) == pytest.approx((2534 / 1733 - 1) * 100)


def test_underlying_earnings_are_not_statutory_ones(rolls: Dossier) -> None:
    """36.13p = 29.7 + 22.17 − 15.74 over twelve months to June 2026; the close of 18 August 2026 is 1,537.8p."""
    pe = {"name": "multiple", "of": "earnings", "measure": "non_gaap_diluted_eps"}
    assert found(rolls, "x", pe) == pytest.approx(1537.8 / 36.13)
    assert judged(rolls, {"value": 1, "unit": "x"}, {**pe, "measure": "diluted_eps"}).verdict is Verdict.UNTESTABLE
    forward = {**pe, "earned": dt.date(2025, 12, 31)}
    assert found(rolls, "x", forward) == pytest.approx(1071.5 / 29.7)


def test_ratings_are_counted_in_their_order() -> None:
    dossier = opened("alibaba-ai")
    test = {"name": "rating", "series": "ratings"}
    counts = dossier.series("ratings")[-1].counts or {}
    listed = [counts.get(grade, 0) for grade in ("strongBuy", "buy", "hold", "sell", "strongSell")]
    assert judged(dossier, {"values": listed, "unit": "analysts"}, test).verdict is Verdict.SUPPORTED
    assert judged(dossier, {"values": [1, *listed[1:]], "unit": "analysts"}, test).verdict is Verdict.CONTRADICTED


def test_a_range_of_targets_may_be_a_fact(goog: Dossier) -> None:
    """The guidance stands in for one: a fact with a low and a high is read as a range, by the day it was said."""
    claim = {"low": 195, "high": 205, "unit": "USD bn"}
    test = {"name": "target", "which": "range", "series": "capex-guidance-2026"}
    judgement = judged(goog, claim, test)
    assert judgement.evidence.readings[0].values == (195, 205)
    assert judgement.evidence.earlier[0].values == (180, 190)


def test_a_multiple_of_measures_older_than_a_release_that_was_due_gives_no_verdict() -> None:
    # Alphabet's longest delay is 35 days, two weeks are given besides: the third quarter was due by 18 November.
    def tested(day: dt.date) -> Judgement:
        dossier = open_dossier("alphabet-2026", MarketService(Store(None), enabled=False), day)
        claim = next(each for each in dossier.thesis.claim if each.id == "pe-trailing")
        return run(claim, dossier)

    assert tested(dt.date(2026, 11, 18)).verdict is not Verdict.UNTESTABLE
    late = tested(dt.date(2026, 11, 19))
    assert late.verdict is Verdict.UNTESTABLE
    assert "another release was due by 18 Nov 2026" in (late.missing or "").replace("\u00a0", " ")
