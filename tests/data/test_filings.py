"""The filings add up, and what is not known is not there."""

import datetime as dt

import pytest

from data.company import COMPANIES, load_company
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Confidence

COMPANY = load_company(COMPANIES / "BABA")
KEYS = sorted({(v.end, v.structure, v.metric) for v in COMPANY.segments})


@pytest.mark.parametrize(("end", "structure", "metric"), KEYS)
def test_segments_and_reconciling_rows_make_the_consolidated_total(end: dt.date, structure: str, metric: str) -> None:
    rows = [v for v in COMPANY.segments if (v.end, v.structure, v.metric) == (end, structure, metric)]
    parts = [v for v in rows if v.level in ("segment", "reconciling")]
    totals = [v for v in rows if v.level == "total" and not v.segment.startswith("Total segment")]
    assert len(totals) == 1
    assert sum(v.value for v in parts) == totals[0].value
    if all(v.prior_year is not None for v in parts):
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


def test_net_cash_after_march_2026_is_unknown_and_named(dossier: Dossier) -> None:
    with pytest.raises(UnknownFigure, match="net cash, quarter to June 2026"):
        dossier.quarters()[-1].figure("net_cash")
    known = dossier.latest("net_cash")
    assert (known.as_of, known.value, known.confidence) == (dt.date(2026, 3, 31), 260_828, Confidence.DERIVED)


def test_a_figure_in_the_wrong_column_was_moved() -> None:
    june = COMPANY.quarters[-1]
    assert june.values["net_income"] == 10_444
    assert "net_income_attributable" not in june.values


def test_the_fall_of_the_day_is_that_of_the_closes(dossier: Dossier) -> None:
    closes = {close.date: close.price for close, _ in dossier.market.closes("BABA")}
    change = closes[dt.date(2026, 3, 19)] / closes[dt.date(2026, 3, 18)] - 1
    assert round(change * 100, 1) == -7.1
    event = next(event for event in COMPANY.events if event.date == dt.date(2026, 3, 19))
    assert "the ADS fell 7.1%" in event.what


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


def test_a_figure_of_the_year_before_has_its_own_date(dossier: Dossier) -> None:
    quarter = next(each for each in dossier.quarters() if each.end == dt.date(2025, 9, 30))
    before = quarter.figure("revenue_prior_year")
    assert (before.as_of, before.known) == (dt.date(2024, 9, 30), quarter.release.released)
    cloud = next(each for each in dossier.segments() if each.end == quarter.end and each.prior_year is not None)
    assert cloud.figure().as_of == dt.date(2025, 9, 30)
    assert cloud.figure(prior=True).as_of == dt.date(2024, 9, 30)


def test_the_figures_of_a_peer_say_whose_they_are(dossier: Dossier) -> None:
    own = dossier.quarters_of(dossier.symbol)[-1].figure("revenue")
    assert not own.source.startswith(dossier.company.profile.name)
    peer = dossier.quarters_of("AMZN")[-1].figure("diluted_eps")
    assert peer.label.startswith("Amazon.com, Inc.: diluted EPS, ")
    assert peer.source.startswith("Amazon.com, Inc.: ")
