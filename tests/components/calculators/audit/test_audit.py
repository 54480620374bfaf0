"""Every claim of the bundled thesis: verdicts as published and today, with the numbers behind them."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from components.calculators.audit.audit import TESTS, Finding, Judgement, audit, run
from components.calculators.audit.rules import Verdict
from data.dossier import Dossier
from data.errors import DataFileError
from data.figures import Origin
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
    ("minimax-listing", OPEN, YES, None, dt.date(2026, 1, 9).toordinal()),
    ("minimax-founded", NEAR, NEAR, 2021, 2021),
    ("minimax-valuation", NO, NO, 46.123, 46.123),
    ("minimax-valuation-usd", YES, YES, 3830 / 492, 3830 / 492),
    ("minimax-revenue", YES, YES, 30.52, 30.52),
    ("cloud-growth", YES, OLD, 34.4951, 38.1684),  # 39,824 / 29,610; 41,626 / 30,127
    ("ai-streak", YES, OLD, 9, 12),
    ("capex-plan", YES, OLD, 53.3783, 65.3151),  # 380 / 7.1190; 193.741 / 5 x 12 / 7.1190
    ("capex-covered", YES, OLD, 102.0875, 60.4563),  # 129,206 / 126,564; 76,213 / 126,063
    ("commerce-margin", OLD, OLD, 7.9176, 21.7218),  # 10,497 / 132,578; 34,613 / 159,347
    ("price-gain", NEAR, NEAR, 72.8741, 72.8741),  # 146.58 / 84.79
    ("pe-range", YES, YES, 19.9561, 17.5195),  # 146.58 / (52.29 / 7.119); 113.24 / (113.76 / 17.6)
    ("pe-discount", OPEN, YES, None, 22.8214),  # 1 - 17.5195 / 22.7, the lower of the peers
    ("consensus", YES, YES, 2.2, 2.2),
    ("price-targets", YES, YES, 194, 189.96),
    ("implied-upside", YES, OLD, 29.6221, 67.7852),  # 190 / 146.58; 190 / 113.24
    ("ai-cloud-share", YES, OLD, 35.8, 38.1),
    ("net-cash", OLD, OLD, 41.0584, 42.5326),  # 292,295 / 7.1190; 297,435 / 6.9931
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
    assert findings["pe-discount"].published.missing == "trailing earnings per share of AMZN"
    assert "known from 9 January 2026" in findings["minimax-listing"].published.missing


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
    assert [round(reading.figure.value, 1) for reading in multiples] == [20.0, 22.8, 19.7]
    # Today 0.61 + 1.01 + 0.62 CNY / 6.9931 + 1.26 = 2.9687 USD; 113.24 / 2.9687 = 38.15.
    now = findings["pe-range"].today.evidence.readings
    assert [round(reading.figure.value, 2) for reading in now] == [17.52, 12.44, 38.15]
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
        ("ai-streak", dt.date(2026, 3, 18), YES),
        ("ai-streak", dt.date(2026, 3, 19), OLD),
        ("cloud-growth", dt.date(2026, 3, 18), YES),
        ("cloud-growth", dt.date(2026, 3, 19), OLD),
        ("ai-cloud-share", dt.date(2026, 8, 19), YES),
        ("ai-cloud-share", dt.date(2026, 8, 20), OLD),
        ("minimax-listing", dt.date(2026, 1, 8), OPEN),
        ("minimax-listing", dt.date(2026, 1, 9), YES),
        ("capex-covered", dt.date(2026, 3, 18), YES),
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
        ({"name": "fact_value"}, "missing a required argument: 'fact'"),
        ({"name": "fact_value", "fact": "nothing"}, "nothing is known by the id 'nothing'"),
        ({"name": "fact_value", "fact": "placing-price", "colour": "red"}, "unexpected keyword argument 'colour'"),
    ],
)
def test_a_test_that_is_named_wrongly_says_so(dossier: Dossier, test: dict[str, object], said: str) -> None:
    claim = misnamed(dossier.thesis.claim[0], **test)
    with pytest.raises(DataFileError, match="fiscal-year-start") as failure:
        run(claim, dossier)
    assert said in str(failure.value)


def test_every_test_is_explained_and_used_by_a_thesis_or_by_worked_examples(dossier: Dossier) -> None:
    assert all(test.__doc__ for test in TESTS.values())
    used = {claim.test["name"] for path in thesis_files() for claim in load_thesis(path).claim}
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
