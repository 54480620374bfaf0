"""Every claim of the bundled thesis: verdicts as published and today, with the numbers behind them."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from components.calculators.audit.audit import TESTS, Finding, Judgement, audit, run
from components.calculators.audit.rules import Verdict
from components.readouts.claims import turned
from data.dossier import Dossier
from data.errors import DataFileError
from data.figures import Confidence, Origin
from data.market.records import Analysis
from data.market.store import CachedAnswer
from data.thesis import Claim, load_thesis, thesis_files

YES, OLD, NEAR, NO, OPEN = (
    Verdict.SUPPORTED,
    Verdict.OUTDATED,
    Verdict.IMPRECISE,
    Verdict.CONTRADICTED,
    Verdict.UNTESTABLE,
)

# claim, verdict as published, verdict today, deciding value as published, deciding value today (worked out by hand)
EXPECTED = [
    ("fiscal-year-start", NO, NO, 90, 90),
    ("minimax-anchor", YES, YES, 30, 30),
    ("minimax-listing", YES, YES, dt.date(2026, 1, 9).toordinal(), dt.date(2026, 1, 9).toordinal()),  # the prospectus
    ("minimax-founded", NEAR, NEAR, 2021, 2021),
    ("minimax-valuation", NO, NO, 46.123, 46.123),
    ("minimax-valuation-usd", NO, NO, 3830 / 492, 3830 / 492),  # what it converts is contradicted
    ("minimax-revenue", YES, YES, 30.52, 30.52),
    ("cloud-growth", YES, YES, 34.4951, 34.4951),  # 39,824 / 29,610: of that quarter for ever
    ("ai-streak", YES, YES, 9, 9),
    ("capex-plan", YES, OLD, 53.3783, 53.3783),  # 380 / 7.1190; overtaken by management's word of May 2026
    ("capex-covered", NEAR, OLD, 102.0875, 60.4563),  # 129,206 / 126,564, but 30,771 / 70,177 in two; 76,213 / 126,063
    ("commerce-margin", OLD, OLD, 7.9176, 19.6449),  # 10,497 / 132,578; 24,010 / 122,220
    ("price-gain", NEAR, NEAR, 72.8741, 72.8741),  # 146.58 / 84.79
    ("pe-range", YES, OLD, 19.9561, 36.2466),  # 146.58 / (52.29 / 7.119), GAAP; 111.37 / (20.62 / 6.7110), core
    ("pe-discount", YES, OPEN, 38.7882, None),  # 1 - 19.9561 / 32.6017, the lower of the peers at that close
    ("consensus", YES, OPEN, 2.2, 2.2),  # an opinion of 31 December 2025; two releases since
    ("price-targets", YES, OLD, 194, 188.09),  # after the results of August 2026
    ("implied-upside", YES, YES, 29.6221, 29.6221),  # 190 / 146.58: of the article's day for ever
    ("ai-cloud-share", YES, OLD, 35.8, 38.1),
    ("net-cash", OLD, OLD, 41.0584, 37.8121),  # 292,295 / 7.1190; 260,828 / 6.8980
]


@pytest.fixture
def findings(dossier: Dossier) -> dict[str, Finding]:
    return {finding.claim.id: finding for finding in audit(dossier)}


def deciding(judgement: Judgement) -> float | None:
    reading = judgement.evidence.deciding
    return None if reading is None else reading.figure.value


@pytest.mark.parametrize(("claim", "published", "today", "then", "now"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_verdict_and_number(
    findings: dict[str, Finding], claim: str, published: Verdict, today: Verdict, then: float | None, now: float | None
) -> None:
    finding = findings[claim]
    assert (finding.published.verdict, finding.today.verdict) == (published, today)
    assert deciding(finding.published) == (None if then is None else pytest.approx(then, abs=6e-5))
    assert deciding(finding.today) == (None if now is None else pytest.approx(now, abs=6e-5))


def test_all_claims_are_expected(findings: dict[str, Finding]) -> None:
    assert list(findings) == [row[0] for row in EXPECTED]


def test_what_is_missing_is_named(findings: dict[str, Finding]) -> None:
    missing = findings["pe-discount"].today.missing.replace("\u00a0", " ")
    assert missing == (
        "a date at which the P/E of all of them is known by one definition; the last is of 24 Jul 2026, overtaken by "
        "the release of AMZN on 30 Jul 2026"
    )


def test_since_then_stands_beside_a_claim_about_a_period(findings: dict[str, Finding]) -> None:
    since = {name: [round(each.figure.value, 1) for each in findings[name].today.evidence.since] for name in findings}
    assert since["cloud-growth"] == [38.2, 44.9]  # 41,626 / 30,127 in March; its successor 48,437 / 33,418 in June
    assert since["ai-streak"] == [12]
    assert since["implied-upside"] == [70.6]  # 190 / 111.37
    assert since["price-gain"] == [-24.0]  # 111.37 / 146.58
    assert since["minimax-revenue"] == [79.0]
    assert findings["cloud-growth"].published.evidence.since == ()


def test_a_plan_is_outdated_by_a_statement_not_by_a_run_rate(findings: dict[str, Finding]) -> None:
    plan = findings["capex-plan"]
    assert plan.published.evidence.superseded == ""
    assert "by far" in plan.today.evidence.superseded
    # The pace is a second reading: 193.741 / 5 x 12 / 7.1190; two quarters, 70.177 / 2 x 12 / 7.1190.
    assert plan.today.evidence.readings[1].figure.value == pytest.approx(65.3151, abs=6e-5)
    assert plan.published.evidence.readings[1].figure.value == pytest.approx(59.1462, abs=6e-5)
    assert "would not rule out" in plan.published.evidence.note
    assert "by far" not in plan.published.evidence.note


def test_what_follows_from_a_wrong_figure_is_wrong_with_it(findings: dict[str, Finding]) -> None:
    converted = findings["minimax-valuation-usd"].today.evidence
    assert converted.follows == "minimax-valuation"
    assert converted.other_measure.startswith("It converts a figure that is contradicted: It is what the offer raises")


def test_earnings_that_a_release_has_overtaken_give_no_verdict(findings: dict[str, Finding]) -> None:
    core, gaap, ahead = findings["pe-range"].today.evidence.readings
    assert core.overtaken == ""
    # 17.98 + 8.75 + 5.93 + 10.36 = 43.02: GAAP of the June 2026 quarter is not in the files.
    assert gaap.figure.value == pytest.approx(111.37 / (43.02 / 6.7110), abs=6e-5)
    for each, day in ((gaap, "31 Mar 2026"), (ahead, "24 Jul 2026")):
        assert each.overtaken.replace("\u00a0", " ") == f"of {day}, overtaken by the release of 20 Aug 2026"
    assert "10.36 by GAAP, 0.62 core" in findings["pe-range"].today.evidence.note


def test_a_lower_mean_target_has_a_direction(findings: dict[str, Finding]) -> None:
    claim, judgement = findings["price-targets"].claim, findings["price-targets"].today
    assert turned(claim, judgement) == "for the worse"


def test_a_coverage_is_as_sure_as_its_least_sure_quarter(findings: dict[str, Finding]) -> None:
    first = findings["capex-covered"]
    assert first.published.evidence.readings[0].figure.confidence is Confidence.OFFICIAL
    assert first.today.evidence.readings[0].figure.confidence is Confidence.SECONDARY


def test_the_valuation_is_what_the_offer_raises(findings: dict[str, Finding]) -> None:
    tested = findings["minimax-valuation"].published.evidence
    assert "raises" in tested.other_measure
    raised = tested.readings[1]
    assert raised.figure.value == pytest.approx(25.389 * 151 / 1000)
    assert raised.upper == pytest.approx(25.389 * 165 / 1000)


def test_two_honest_readings_are_both_shown(findings: dict[str, Finding]) -> None:
    coverage = findings["capex-covered"].published.evidence.readings
    assert [round(reading.figure.value, 1) for reading in coverage] == [102.1, 43.8]
    multiples = findings["pe-range"].published.evidence.readings
    assert [round(reading.figure.value, 1) for reading in multiples] == [20.0, 19.7, 22.8]
    # Today 4.36 + 7.09 + 0.62 + 8.55 = 20.62 CNY / 6.7110 = 3.0726 USD core; GAAP is of March, forward of July.
    now = findings["pe-range"].today.evidence.readings
    assert [round(reading.figure.value, 2) for reading in now] == [36.25, 17.37, 12.24]
    margins = findings["commerce-margin"].published.evidence.readings
    assert [round(reading.figure.value, 2) for reading in margins] == [7.92, 43.62]


def test_a_measure_that_ended_says_what_follows(findings: dict[str, Finding]) -> None:
    note = findings["cloud-growth"].today.evidence.note
    assert "until the quarter to March 2026" in note
    assert "AI Cloud and Compute Services" in note
    assert findings["cloud-growth"].published.evidence.note == ""


@pytest.mark.parametrize(
    ("claim", "day", "verdict"),
    [
        # The day before and the day of the release that changes it.
        ("net-cash", dt.date(2025, 8, 28), YES),  # March 2025: 366,429 / 7.2567 = 50.5
        ("net-cash", dt.date(2025, 8, 29), OLD),  # June 2025: 353,565 / 7.1636 = 49.4
        ("cloud-growth", dt.date(2025, 11, 24), OPEN),
        ("cloud-growth", dt.date(2025, 11, 25), YES),
        ("capex-plan", dt.date(2026, 5, 12), YES),
        ("capex-plan", dt.date(2026, 5, 13), OLD),
        ("price-targets", dt.date(2026, 8, 19), YES),
        ("price-targets", dt.date(2026, 8, 20), OPEN),  # the release of that day is newer than the targets
        ("price-targets", dt.date(2026, 8, 21), OLD),
        # No release of Microsoft's after October is in the files; its next was due by 31 December + 30 + 14 days.
        ("pe-discount", dt.date(2026, 2, 13), YES),
        ("pe-discount", dt.date(2026, 2, 14), OPEN),
        ("ai-cloud-share", dt.date(2026, 8, 19), YES),
        ("ai-cloud-share", dt.date(2026, 8, 20), OLD),
        ("minimax-listing", dt.date(2025, 12, 30), OPEN),
        ("minimax-listing", dt.date(2025, 12, 31), YES),
        ("capex-covered", dt.date(2026, 3, 18), NEAR),
        ("capex-covered", dt.date(2026, 3, 19), OLD),
    ],
)
def test_a_moved_date_flips_the_verdict(dossier: Dossier, claim: str, day: dt.date, verdict: Verdict) -> None:
    assert run(dossier.thesis.claim_by_id(claim), dossier.at(day)).verdict is verdict


def test_every_number_of_a_reading_has_its_source(findings: dict[str, Finding]) -> None:
    for finding in findings.values():
        for judgement in (finding.published, finding.today):
            for reading in judgement.evidence.readings:
                assert reading.working
                assert reading.terms
                for term in reading.terms:
                    assert term.source, finding.claim.id


def test_nothing_later_than_publication_decides_the_first_verdict(
    findings: dict[str, Finding], dossier: Dossier
) -> None:
    for finding in findings.values():
        for reading in finding.published.evidence.readings:
            for term in reading.terms:
                assert term.known is None or term.known <= dossier.published, (finding.claim.id, term)


def misnamed(claim: Claim, **test: object) -> Claim:
    return claim.model_copy(update={"test": test})


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ({"name": "astrology"}, "there is no test “astrology”"),
        ({"name": "fact"}, "missing a required argument: 'fact'"),
        ({"name": "fact", "fact": "nothing"}, "nothing is known by the id 'nothing'"),
        ({"name": "fact", "fact": "placing-price", "colour": "red"}, "unexpected keyword argument 'colour'"),
    ],
)
def test_a_test_that_is_named_wrongly_says_so(dossier: Dossier, test: dict[str, object], said: str) -> None:
    claim = misnamed(dossier.thesis.claim[0], **test)
    with pytest.raises(DataFileError, match="fiscal-year-start") as failure:
        run(claim, dossier)
    assert said in str(failure.value)


def test_every_test_is_explained_and_used_by_a_thesis_or_by_worked_examples(dossier: Dossier) -> None:
    assert all(test.__doc__ for test in TESTS.values())
    used = {claim.argument("name") for path in thesis_files() for claim in load_thesis(path).claim}
    examples = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in TESTS if name not in used and f'"{name}"' not in examples] == []


def test_the_rating_is_the_market_s_where_it_is_known(dossier: Dossier) -> None:
    """(10 x 1 + 25 x 2 + 4 x 3 + 1 x 4) / 40 = 1.9; the stored counts stand second, with the scale in words."""
    now = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)
    counts = {"strongBuy": 10, "buy": 25, "hold": 4, "sell": 1, "strongSell": 0}
    live = {("analysis", "BABA"): CachedAnswer(Analysis(symbol="BABA", currency="USD", ratings=counts), now)}
    asked = replace(dossier, market=replace(dossier.market, live=live))
    found = run(next(claim for claim in asked.thesis.claim if claim.id == "consensus"), asked)
    (first,) = found.evidence.readings
    assert first.figure.value == pytest.approx(1.9)
    assert (first.figure.origin, first.figure.as_of) == (Origin.MARKET, now.date())
    assert found.evidence.earlier[0].figure.value == pytest.approx(2.2)
    assert "1 is strong buy" in found.evidence.note
