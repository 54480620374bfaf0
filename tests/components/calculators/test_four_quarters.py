"""The last four quarters are four adjacent ones, families add up, and one currency needs no rate."""

import json
from pathlib import Path

import pytest

from components.calculators.audit.audit import audit
from components.calculators.audit.effects import sensitivities
from components.calculators.audit.rules import Verdict
from components.calculators.capex_case import gather
from components.calculators.trailing import trailing
from components.calculators.valuation_case import gather_valuation
from data.dossier import Dossier
from data.errors import UnknownFigure
from tests.components.answers.shown import shown
from tests.invented_full import ROW, dossier_at, files

# A quarter in the middle: what it does not report is missing inside every last four.
MIDDLE = "2025-06-30"


def without(metric_value: str, row: str = ROW, place: int = 0) -> str:
    cells = row.split(",")
    assert cells[place] == metric_value
    return ",".join([*cells[:place], "", *cells[place + 1 :]])


def judged(dossier: Dossier) -> dict[str, tuple[Verdict, str]]:
    return {finding.claim.id: (finding.today.verdict, finding.today.missing) for finding in audit(dossier)}


# What is not reported: (row of the quarter, what then is not known, and the name that it has).
GAPS = [
    (None, lambda d: trailing(d.quarters(), "diluted_eps"), "diluted EPS, quarter to June 2025"),
    (None, gather, "capex, quarter to June 2025"),
    (None, gather_valuation, "revenue and adjusted EBITA, quarter to June 2025"),
    (without("100", place=3), gather, "operating cash flow, quarter to June 2025"),
    (without("40", place=5), gather, "capex, quarter to June 2025"),
    (without("120", place=1), gather_valuation, "revenue and adjusted EBITA, quarter to June 2025"),
    (without("0.5", place=2), lambda d: trailing(d.quarters(), "diluted_eps"), "diluted EPS, quarter to June 2025"),
]


@pytest.mark.parametrize(("row", "asked", "named"), GAPS, ids=[f"{gap[2]}-{n}" for n, gap in enumerate(GAPS)])
def test_a_gap_is_not_known_and_has_a_name(tmp_path: Path, row: str | None, asked, named: str) -> None:  # type: ignore[no-untyped-def]
    dossier = dossier_at(tmp_path, files(rows={MIDDLE: row}))
    with pytest.raises(UnknownFigure, match=named):
        asked(dossier)


@pytest.mark.parametrize(("claim", "named"), [
    ("multiple", "June 2025"),
    ("plan-size", "capex, quarter to June 2025"),
    ("covered", "operating cash flow and capex, quarter to June 2025"),
])  # fmt: skip
def test_a_claim_on_a_gap_cannot_be_tested(tmp_path: Path, claim: str, named: str) -> None:
    verdict, missing = judged(dossier_at(tmp_path, files(rows={MIDDLE: None})))[claim]
    assert verdict is Verdict.UNTESTABLE
    assert named in missing


def test_a_margin_s_worth_needs_adjacent_quarters(tmp_path: Path) -> None:
    whole = dossier_at(tmp_path / "whole", files())
    gap = dossier_at(tmp_path / "gap", files(rows={MIDDLE: None}))
    assert [[each.claim.id for each in sensitivities(d)] for d in (whole, gap)] == [["margin"], []]


def test_what_was_spent_before_the_first_known_quarter_is_missing(tmp_path: Path) -> None:
    written = files()
    facts = written["companies/WRF/facts.toml"].replace("2025-01-15", "2023-01-15")
    with pytest.raises(UnknownFigure, match="capex, quarter to December 2023"):
        gather(dossier_at(tmp_path, {**written, "companies/WRF/facts.toml": facts}))


def test_time_passes_with_every_quarter(tmp_path: Path) -> None:
    facts = gather(dossier_at(tmp_path, files()))
    assert len(facts.spent.amounts) == 3  # June, September, December: the first full quarters after 15 January
    assert facts.spent.quarters_left == 2 * 4 - 3


def test_a_family_with_two_segments_adds_them_up(tmp_path: Path) -> None:
    dossier = dossier_at(tmp_path, files(families={"sea": ["Sea", "Land"]}))
    part = gather_valuation(dossier).parts[0]
    for by_quarter in (False, True):
        assert part.part(by_quarter).basis == pytest.approx((600 + 300) / 1000 * 4)
    assert part.name == "All of sea"
    assert part.measured.quarter.chain[0] == "600 + 300 = 900 EUR m"
    assert part.measured.year.chain[-1] == "900 + 900 + 900 + 900 = 3,600 EUR m"


def test_one_segment_of_two_that_is_not_known_leaves_the_family_unknown(tmp_path: Path) -> None:
    thesis = files()["theses/werft.toml"].replace('measure = "revenue"', 'measure = "adjusted_ebita"')
    gone = {"2025-12-31,one,segment,Land,adjusted_ebita,30,20,official\n": ""}
    written = files(families={"sea": ["Sea", "Land"]}, segment_rows=gone, thesis=thesis)
    with pytest.raises(UnknownFigure, match="adjusted EBITA of “sea”, quarter to December 2025"):
        gather_valuation(dossier_at(tmp_path, written))


def test_filings_in_the_listing_s_currency_need_no_rate(tmp_path: Path) -> None:
    bare = {end: ",".join([*ROW.split(",")[:7], "", "200"]) for end in files()["companies/WRF/releases.csv"].split()}
    bare = {end.split(",")[0]: row for end, row in bare.items()}
    dossier = dossier_at(tmp_path, files(rows=bare))
    assert dossier.filing_rate().value == 1
    facts = gather_valuation(dossier)
    assert facts.per_share_conversion.per_share(1.0) == pytest.approx(1000 / 200)
    verdicts = judged(dossier)
    assert verdicts["cash"][0] is Verdict.SUPPORTED  # 0.5bn against 0.4bn
    assert verdicts["multiple"][0] is Verdict.SUPPORTED  # 44 / (4 x 0.5) = 22
    # (4 x 600m) x 1% x 75% / 200m shares, with no rate between.
    assert [each.sum.value for each in sensitivities(dossier)] == [pytest.approx(2400 * 0.01 * 0.75 / 200)]
    text = json.dumps(shown(dossier), ensure_ascii=False)
    assert "EUR per EUR" not in text
    assert "÷ 1.0000" not in text
    assert "× 1.0000" not in text


def test_filings_in_another_currency_still_name_their_rate(tmp_path: Path) -> None:
    dossier = dossier_at(tmp_path, files(filing="USD"))
    assert dossier.filing_rate().value == 1.1
    assert gather_valuation(dossier).per_share_conversion.per_share(1.0) == pytest.approx(1000 / 1.1 / 200)
    assert "USD per EUR" in json.dumps(shown(dossier), ensure_ascii=False)
