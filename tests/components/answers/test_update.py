"""Adding a quarter, a price, a rate or an event is data only: the README's steps, with invented figures."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from components.answers.answer import Asked
from components.answers.registry import PAGES, choices_of, inputs_of
from components.calculators.audit.audit import audit
from components.calculators.audit.multiples import CORE, leading
from components.calculators.capex_case import gather
from components.calculators.valuation_case import gather_valuation
from components.scenario.record import Scenario, View
from data.dossier import Dossier, open_dossier
from data.library import Library
from data.market.service import MarketService
from data.market.store import Store
from tests.conftest import ROOT

DAY = dt.date(2026, 11, 22)
QUARTER = {
    "period_end": "2026-09-30", "revenue": "280000", "revenue_prior_year": "247795", "adjusted_ebita": "30000",
    "net_income": "15000", "diluted_eps": "6.00", "non_gaap_diluted_eps": "9.00", "operating_cash_flow": "30000",
    "free_cash_flow": "-20000", "capex": "50000", "cash_and_liquid_investments": "550000", "total_debt": "270000",
    "net_cash": "280000", "exchange_rate": "6.7000", "diluted_shares": "20100", "confidence": "official",
}  # fmt: skip
SEGMENTS = """\
2026-09-30,D,segment,Alibaba E-commerce Group,revenue,210000,200000,official
2026-09-30,D,segment,AI Cloud and Compute Services,revenue,55000,40000,official
2026-09-30,D,segment,AI Labs and Applications,revenue,4000,3000,official
2026-09-30,D,segment,All others,revenue,29000,28000,official
2026-09-30,D,reconciling,Unallocated and inter-segment elimination,revenue,-18000,-23205,official
2026-09-30,D,total,Consolidated revenue,revenue,280000,247795,official
2026-09-30,D,segment,Alibaba E-commerce Group,adjusted_ebita,41000,,official
2026-09-30,D,segment,AI Cloud and Compute Services,adjusted_ebita,6600,,official
2026-09-30,D,segment,AI Labs and Applications,adjusted_ebita,-13000,,official
2026-09-30,D,segment,All others,adjusted_ebita,-3600,,official
2026-09-30,D,reconciling,Unallocated and inter-segment elimination,adjusted_ebita,-1000,,official
2026-09-30,D,total,Consolidated adjusted EBITA,adjusted_ebita,30000,,official
"""


@pytest.fixture
def updated(tmp_path: Path) -> Dossier:
    """The bundled thesis with one more quarter, close, rate and event."""
    for folder in ("theses", "companies", "snapshots"):
        shutil.copytree(ROOT / "data" / folder, tmp_path / folder)
    company = tmp_path / "companies" / "BABA"
    columns = (company / "quarters.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    added = {
        company / "releases.csv": "2026-09-30,FY2027 Q2,2026-11-19,\n",
        company / "quarters.csv": ",".join(QUARTER.get(column, "") for column in columns) + "\n",
        company / "segments.csv": SEGMENTS,
        company
        / "events.toml": '\n[[event]]\ndate = 2026-11-19\nshort = "September"\nwhat = "A quarter is reported"\n',
        tmp_path / "snapshots" / "closes.csv": "2026-11-20,BABA,120.00,USD\n",
        tmp_path / "snapshots" / "rates.csv": "2026-11-20,USD/CNY,6.6000,Federal Reserve H.10\n",
    }
    for path, text in added.items():
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    library = Library(tmp_path / "theses", tmp_path / "companies", tmp_path / "snapshots")
    return open_dossier("alibaba-ai", MarketService(Store(None), enabled=False), DAY, library)


def test_every_page_opens_on_it(updated: Dossier) -> None:
    asked = Asked(updated, Scenario.of_article(inputs_of(updated)), View(choices_of(updated)))
    for page in PAGES.values():
        page.answer(asked)


def test_earnings_plan_and_net_cash_follow(updated: Dossier) -> None:
    lead, gaap = leading(updated, updated.symbol)
    # 7.09 + 0.62 + 8.55 + 9.00 = 25.26 CNY at 6.60; GAAP of June 2026 is not known, so that no year of it is.
    assert (lead.measure, lead.is_current) == (CORE, True)
    assert lead.figure.value == pytest.approx(25.26 / 6.6)
    assert gaap is not None
    assert not gaap.is_current
    facts = gather(updated)
    assert facts.spent.total == pytest.approx(193.741 + 50)
    assert (facts.cash.reported.value, facts.cash.steps) == (280_000, ())
    assert facts.at_most is None
    assert facts.revenue == pytest.approx(43.284 + 41.626 + 48.437 + 55.0)


def test_the_parts_take_what_is_reported_and_stand_ins_before(updated: Dossier) -> None:
    parts = {each.case.family: each for each in gather_valuation(updated).parts}
    assert parts["commerce"].part(False).basis == pytest.approx(34.613 + 24.010 + 39.749 + 41.0)
    assert parts["commerce"].measured.note == (
        "“Alibaba China E-commerce Group” stands in for the quarters of December 2025 to March 2026 (Chinese commerce "
        "alone until March 2026; from June 2026 the segment also holds international commerce)"
    )
    # Two quarters of the labs are known now: their mean times four.
    assert parts["ai-labs"].part(False).basis == pytest.approx((3.338 + 4.0) / 2 * 4)
    assert parts["ai-labs"].part(False).loss == pytest.approx((13.861 + 13.0) / 2 * 4)
    assert parts["central"].part(False).basis == pytest.approx(-(3.319 + 1.406 + 0.844 + 1.0))


def test_the_market_s_latest_is_the_new_close(updated: Dossier) -> None:
    price = updated.market.price("BABA")
    assert (price.value, price.as_of) == (120.0, dt.date(2026, 11, 20))
    assert updated.rate("CNY", "USD").value == 6.6
    assert updated.events()[-1].short == "September"


def test_claims_about_a_period_stay_and_others_move_on(updated: Dossier) -> None:
    findings = {finding.claim.id: finding.today for finding in audit(updated)}
    growth = findings["cloud-growth"].evidence
    assert growth.readings[0].figure.value == pytest.approx(34.4951, abs=5e-5)
    assert growth.since[-1].figure.value == pytest.approx(37.5)  # 55,000 / 40,000
    cash = findings["net-cash"].evidence.deciding
    assert cash is not None
    assert cash.figure.value == pytest.approx(280 / 6.7)
