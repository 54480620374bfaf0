"""The filings add up, and what is not known is not there."""

import datetime as dt

import pytest

from data.company import COMPANIES, load_company
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Confidence

COMPANY = load_company(COMPANIES / "BABA")
KEYS = sorted({(v.end, v.structure, v.metric) for v in COMPANY.segments})
LAST_COMPLETE = dt.date(2025, 12, 31)


@pytest.mark.parametrize(("end", "structure", "metric"), [key for key in KEYS if key[0] <= LAST_COMPLETE])
def test_segments_and_reconciling_rows_make_the_consolidated_total(end: dt.date, structure: str, metric: str) -> None:
    rows = [v for v in COMPANY.segments if (v.end, v.structure, v.metric) == (end, structure, metric)]
    parts = [v for v in rows if v.level in ("segment", "reconciling")]
    totals = [v for v in rows if v.level == "total" and not v.segment.startswith("Total segment")]
    assert len(totals) == 1
    assert sum(v.value for v in parts) == totals[0].value
    assert sum(v.prior_year or 0 for v in parts) == totals[0].prior_year


def test_the_consolidated_totals_are_the_group_s() -> None:
    groups = {quarter.end: quarter for quarter in COMPANY.quarters}
    for value in COMPANY.segments:
        if value.level == "total" and not value.segment.startswith("Total segment"):
            metric = "revenue" if value.metric == "revenue" else "adjusted_ebita"
            assert groups[value.end].values[metric] == value.value, (value.end, metric)


def test_net_cash_is_cash_less_debt_wherever_debt_is_known() -> None:
    for quarter in COMPANY.quarters:
        known = quarter.values
        if "total_debt" in known:
            assert known["net_cash"] == known["cash_and_liquid_investments"] - known["total_debt"]
        else:
            assert "net_cash" not in known


def test_revenue_of_a_year_before_is_last_year_s_revenue() -> None:
    revenue = {quarter.end: quarter.values["revenue"] for quarter in COMPANY.quarters}
    for quarter in COMPANY.quarters:
        before = quarter.end.replace(year=quarter.end.year - 1)
        if before in revenue:
            assert quarter.values["revenue_prior_year"] == revenue[before]


def test_translated_eps_is_eps_at_the_release_s_own_rate() -> None:
    for quarter in COMPANY.quarters:
        known = quarter.values
        if {"non_gaap_diluted_eps", "non_gaap_diluted_eps_translated", "exchange_rate"} <= known.keys():
            translated = known["non_gaap_diluted_eps"] / known["exchange_rate"]
            assert translated == pytest.approx(known["non_gaap_diluted_eps_translated"], abs=0.01)


def test_a_filing_counts_from_its_release_date(dossier: Dossier) -> None:
    before, after = dossier.at(dt.date(2025, 11, 24)), dossier.at(dt.date(2025, 11, 25))
    assert before.quarters()[-1].end == dt.date(2025, 6, 30)
    assert after.quarters()[-1].end == dt.date(2025, 9, 30)
    assert all(value.end <= dt.date(2025, 6, 30) for value in before.segments())


def test_net_cash_after_december_2025_is_unknown_and_named(dossier: Dossier) -> None:
    with pytest.raises(UnknownFigure, match="net cash, quarter to March 2026"):
        dossier.quarters()[-2].figure("net_cash")
    assert dossier.latest("net_cash").as_of == LAST_COMPLETE


def test_every_figure_carries_its_release(dossier: Dossier) -> None:
    figure = dossier.quarters()[13].figure("revenue")
    assert figure.url is not None
    assert figure.url.startswith("https://")
    assert "25 November 2025" in figure.source
    secondary = dossier.latest("capex")
    assert secondary.confidence is Confidence.SECONDARY
    assert "press reports" in secondary.source


def test_every_segment_belongs_to_a_family() -> None:
    for value in COMPANY.segments:
        if value.level == "segment":
            assert COMPANY.family_of(value.segment, value.structure) is not None, value.segment


def test_the_close_before_publication_is_not_that_of_the_day(dossier: Dossier) -> None:
    assert dossier.price_before_publication().as_of == dt.date(2025, 12, 31)
    assert dossier.as_published().day == dt.date(2026, 1, 1)
    assert dossier.as_published().market.day == dt.date(2025, 12, 31)
