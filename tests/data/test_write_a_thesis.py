"""What docs/write-a-thesis.md says: its example opens, no field and no test is missing, the schemas are current."""

import datetime as dt
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from components.answers.answer import Asked
from components.answers.registry import PAGES, choices_of, inputs_of, work_out
from components.answers.segments import SegmentsAnswer
from components.answers.whole import WholeAnswer
from components.scenario.record import Scenario, View
from data import schema
from data.claim_tests import TESTS
from data.company import Listing, Profile
from data.dossier import open_dossier
from data.errors import UnknownFigure
from data.facts import Event, Fact
from data.library import Library, case_problems
from data.market.failures import EmptyAnswer
from data.market.records import Answer, Statements
from data.market.service import MarketService
from data.market.store import Store
from data.thesis import FORMS, Article, CapexCase, Claim, PartCase, StakeCase, ValuationCase
from tests.conftest import ROOT, TODAY

PAGE = (ROOT / "docs" / "write-a-thesis.md").read_text(encoding="utf-8")
THESIS, COMPANY = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The page's own example, as files."""
    (tmp_path / "theses").mkdir()
    (tmp_path / "companies" / "CTS").mkdir(parents=True)
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "theses" / "contoso.toml").write_text(THESIS, encoding="utf-8")
    (tmp_path / "companies" / "CTS" / "company.toml").write_text(COMPANY, encoding="utf-8")
    return Library(tmp_path / "theses", tmp_path / "companies", tmp_path / "snapshots")


def close(library: Library, day: str, price: float) -> None:
    path = library.snapshots / "closes.csv"
    head = "" if path.exists() else "date,symbol,close,currency\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{head}{day},CTS,{price},USD\n")


def test_the_example_is_right_and_short(library: Library) -> None:
    assert case_problems("contoso", TODAY, library) == ()
    assert len(THESIS.strip().split("\n")) <= 16


def test_every_page_opens_on_two_closes_or_says_what_it_needs(library: Library) -> None:
    close(library, "2026-02-27", 39.6)
    close(library, "2026-03-02", 41.0)
    dossier = open_dossier("contoso", MarketService(Store(None), enabled=False), TODAY, library)
    asked = Asked(dossier, Scenario.of_article(inputs_of(dossier)), View(choices_of(dossier)))
    missing = {}
    for page in PAGES:
        try:
            work_out(page, asked)
        except UnknownFigure as unknown:
            missing[page] = (unknown.what, unknown.where)
    assert missing == {
        "capex": (
            "capital expenditure or cash flow of any period",
            "companies/CTS/quarters.csv, column operating_cash_flow or capex",
        ),
        "segments": ("revenue of any period", "companies/CTS/quarters.csv, column revenue"),
    }  # fmt: skip


def told(key: tuple[str, str]) -> Answer:
    """A market service that knows the statements of one company, and nothing else."""
    if key[0] != "statements":
        raise EmptyAnswer("nothing")
    ends = [
        dt.date(2025, 3, 31),
        dt.date(2025, 6, 30),
        dt.date(2025, 9, 30),
        dt.date(2025, 12, 31),
        dt.date(2026, 3, 31),
    ]
    lines = {"TotalRevenue": 1e9, "OperatingIncome": 2e8, "OperatingCashFlow": 3e8, "CapitalExpenditure": -1e8,
             "FreeCashFlow": 2e8, "DilutedEPS": 0.5, "DilutedAverageShares": 2e8, "NetIncome": 1e8}  # fmt: skip
    quarters = {line: dict.fromkeys(ends, value) for line, value in lines.items()}
    return Statements(symbol="CTS", currency="USD", quarters=quarters, years={})


def test_a_ticker_and_closes_get_every_page_from_the_service_s_statements(library: Library) -> None:
    """Capex of twelve months 0.4bn, covered three times by 1.2bn; 41 ÷ (4 × 0.50) = 20.5 times earnings."""
    close(library, "2026-02-27", 39.6)
    close(library, "2026-03-02", 41.0)
    service = MarketService(Store(None), ask=told)
    open_dossier("contoso", service, TODAY, library)
    service.wait(20)
    dossier = open_dossier("contoso", service, TODAY, library)
    asked = Asked(dossier, Scenario.of_article(inputs_of(dossier)), View(choices_of(dossier)))
    leads = {page: json.dumps(work_out(page, asked).lead.slots, default=str, ensure_ascii=False) for page in PAGES}
    assert '"covered": "300%"' in leads["capex"]
    whole = work_out("valuation", asked)
    assert isinstance(whole, WholeAnswer)
    assert whole.multiples[0].figure.value == pytest.approx(20.5)
    assert work_out("segments", asked)


def test_without_segments_the_group_is_shown(library: Library) -> None:
    """1,100 ÷ 1,000 − 1 = 10%, and 220 ÷ 1,100 = 20%."""
    close(library, "2026-02-27", 39.6)
    folder = library.companies / "CTS"
    head, listing = COMPANY.split("[listing]")
    measures = '[measures]\nrevenue = "USD m"\nincome_from_operations = "USD m"\n'
    told = f'{head}segment_profit = "income_from_operations"\n\n[listing]{listing}\n{measures}'
    (folder / "company.toml").write_text(told, encoding="utf-8")
    (folder / "releases.csv").write_text(
        "period_end,fiscal_quarter,released,url\n2024-12-31,Q4,2025-02-01,\n2025-12-31,Q4,2026-02-01,\n", "utf-8"
    )
    (folder / "quarters.csv").write_text(
        "period_end,revenue,income_from_operations,confidence\n2024-12-31,1000,150,official\n"
        "2025-12-31,1100,220,official\n",
        "utf-8",
    )
    dossier = open_dossier("contoso", MarketService(Store(None), enabled=False), TODAY, library)
    asked = Asked(dossier, Scenario.of_article(inputs_of(dossier)), View(choices_of(dossier)))
    page = work_out("segments", asked)
    assert isinstance(page, SegmentsAnswer)
    (business,) = page.businesses()
    last = business.quarters[-1]
    assert (business.label, last.growth, last.margin) == ("Contoso", pytest.approx(0.1), pytest.approx(0.2))
    assert page.business_charts()
    assert page.contributions_chart() is None
    assert page.profits_chart() is None


@pytest.mark.parametrize(
    "record", [Article, Claim, CapexCase, ValuationCase, PartCase, StakeCase, Profile, Listing, Fact, Event]
)
def test_no_field_is_missing_from_the_page(record: Any) -> None:
    named = set(re.findall(r"[a-z_]+", PAGE))
    inner = {"claim", "peer", "capex", "valuation", "part", "stake", "precision"}
    assert set(record.model_fields) - inner <= named


def test_no_test_and_no_form_is_missing_from_the_page() -> None:
    assert [name for name in TESTS if f"`{name}`" not in PAGE and f"`{name}," not in PAGE] == []
    assert [field for field in FORMS if f"{field} = " not in PAGE] == []


def test_the_schemas_are_current() -> None:
    for path, text in schema.files().items():
        assert path.read_text(encoding="utf-8") == text, "run `python -m data.schema`"


def errors(schema: dict[str, Any], path: Path) -> list[str]:
    """What an editor would underline. JSON has no dates; they are texts there."""
    written = json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=dt.date.isoformat))
    return [error.message for error in Draft202012Validator(schema).iter_errors(written)]


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "theses").glob("*.toml")), ids=lambda path: path.stem)
def test_an_editor_finds_nothing_wrong_in_a_bundled_thesis(path: Path) -> None:
    assert errors(schema.thesis_schema(), path) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data" / "companies").glob("*/company.toml")), ids=lambda p: p.parent.name
)
def test_an_editor_finds_nothing_wrong_in_a_bundled_company(path: Path) -> None:
    assert errors(schema.company_schema(), path) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "price_level"', 'name = "price_levle"'),
        ('name = "price_level"', 'name = "price_level", colour = "red"'),
        ('name = "price_level"', 'name = "growth", over = "decade"'),
        ("published = 2026-03-02\n", ""),
        ('topic = "Price"', "topic = 5"),
    ],
)
def test_an_editor_finds_what_is_wrong(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "wrong.toml"
    assert old in THESIS
    path.write_text(THESIS.replace(old, new), encoding="utf-8")
    assert errors(schema.thesis_schema(), path)
