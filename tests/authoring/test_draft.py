"""A draft made from a text is a thesis that the checks accept, and its tests find what they should."""

import datetime as dt
import shutil
import tomllib
from pathlib import Path

import pytest

from components.authoring.draft import draft, main
from components.authoring.proposals import Setting
from components.calculators.audit.audit import audit
from components.calculators.audit.rules import Verdict
from data.company import load_company
from data.dossier import open_dossier
from data.library import Library
from data.market.service import MarketService
from data.market.store import Store
from tests.authoring.measured import ROOT, setting, texts

HEAD = """[article]
name = "A draft"
sentence = "What a text says."
published = 2026-01-05
company = "BABA"
currency = "USD"
rates = ["USD/CNY", "USD/HKD"]
price_from = 2024-12-27

"""


@pytest.fixture
def drafted() -> str:
    entry = dict(texts(1))["04-alibaba-manner"]
    return draft(entry["text"], setting(entry))


def test_the_checks_accept_a_draft_and_its_tests_judge(drafted: str, tmp_path: Path) -> None:
    """Cloud revenue 39,824 ÷ 29,610 − 1 = 34%; adjusted EBITA 9,073 ÷ 40,561 − 1 = −78%, CNY 9.1bn."""
    for name in ("companies", "snapshots"):
        shutil.copytree(ROOT / "data" / name, tmp_path / name)
    (tmp_path / "theses").mkdir()
    (tmp_path / "theses" / "drafted.toml").write_text(HEAD + drafted, encoding="utf-8")
    library = Library(tmp_path / "theses", tmp_path / "companies", tmp_path / "snapshots")
    dossier = open_dossier("drafted", MarketService(Store(None), enabled=False), dt.date(2026, 11, 28), library)
    verdicts = {finding.claim.place: finding.published.verdict for finding in audit(dossier)}
    assert verdicts["“34 percent”"] is Verdict.SUPPORTED
    assert verdicts["“78%”"] is Verdict.SUPPORTED
    assert verdicts["“RMB 9.1 billion”"] is Verdict.SUPPORTED
    assert verdicts["“RMB 21.8 billion”"] is Verdict.SUPPORTED
    assert verdicts["“at least RMB 380 billion”"] is Verdict.RECORDED


def test_the_segment_is_the_one_reported_at_the_time(drafted: str) -> None:
    claims = tomllib.loads(drafted)["claim"]
    assert claims[0]["test"] == {"name": "growth", "segment": "Cloud Intelligence Group"}
    later = Setting(dt.date(2026, 10, 1), load_company(ROOT / "data" / "companies" / "BABA"), "USD", "ADS")
    (claim,) = tomllib.loads(draft("Its cloud grew by 40% in the quarter to June 2026.", later))["claim"]
    assert claim["test"] == {"name": "growth", "segment": "AI Cloud and Compute Services"}


def test_names_are_unique_and_texts_cannot_break_out(drafted: str) -> None:
    claims = tomllib.loads(drafted)["claim"]
    assert len({each["id"] for each in claims}) == len(claims)
    hostile = 'He said "]\n[[claim]]\nid = 1" and revenue rose 5%.'
    (claim,) = tomllib.loads(draft(hostile, Setting(dt.date(2026, 1, 5))))["claim"]
    assert claim["stated"] == {"value": 5, "unit": "%", "decimals": 0}


def test_the_command_prints_the_draft_or_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "article.txt"
    path.write_text("Revenue rose 5% in 2025.", encoding="utf-8")
    assert main([str(path), "--published", "2026-01-05", "--company", "BABA"]) == 0
    assert 'test = { name = "growth", measure = "revenue", window = "year" }' in capsys.readouterr().out
    for wrong in (b"", b"\xff\xfe\x00"):
        path.write_bytes(wrong)
        assert main([str(path), "--published", "2026-01-05"]) == 1
        assert str(path) in capsys.readouterr().err
    assert main([str(tmp_path / "none.txt"), "--published", "2026-01-05"]) == 1
