"""Tests that a company's own facts allow, by the words that a statement shares with them."""

import datetime as dt
from typing import Any

import pytest

from components.authoring.by_files import allowed_by_files, streak, words_of
from components.authoring.proposals import Proposal, Setting, propose
from data.company import load_company
from tests.conftest import ROOT

COMPANIES = {name: load_company(ROOT / "data" / "companies" / name) for name in ("BABA", "0100.HK", "GOOG", "RR.L")}
PUBLISHED = dt.date(2026, 1, 1)


def proposed(sentence: str, symbol: str = "BABA") -> Proposal:
    company = COMPANIES[symbol]
    listing = company.profile.listing
    (found,) = propose(sentence, Setting(PUBLISHED, company, listing.quoted_in, listing.share_class))
    return found


FIRST: list[tuple[str, str, dict[str, Any]]] = [
    ("BABA", "Alibaba holds about 36% of China's AI cloud market.", {"name": "series", "series": "ai-cloud-share"}),
    ("BABA", "MiniMax had revenue of USD 30.5m in 2024.", {"name": "series", "series": "minimax-revenue"}),
    (
        "BABA", "MiniMax lists in Hong Kong on 9 January 2026, its first day of trading.",
        {"name": "fact_date", "fact": "minimax-listed", "expected": "minimax-listing-expected"},
    ),
    (
        "BABA", "Some USD 53bn go into AI and cloud infrastructure over three years.",
        {
            "name": "plan_converted", "fact": "capex-plan", "years": 3, "statements": "capex-plan-statements",
            "exceeded": "capex-plan-2026-05",
        },
    ),
    (
        "BABA", "Analysts' targets lie at USD 190 to USD 205 per ADS.",
        {"name": "target", "series": "average-target", "singles": "single-target"},
    ),
    ("BABA", "The ADS trades at 16 to 20 times earnings.", {"name": "price_to_earnings"}),
    ("GOOG", "The backlog of Google Cloud stood at $155 billion.", {"name": "series", "series": "cloud-backlog"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("symbol", "sentence", "call"), FIRST, ids=[call["name"] + str(n) for n, (*_, call) in enumerate(FIRST)]
)
def test_facts_of_the_same_words_come_first(symbol: str, sentence: str, call: dict[str, Any]) -> None:
    before, behind = allowed_by_files(proposed(sentence, symbol), COMPANIES[symbol], [COMPANIES["0100.HK"]])
    assert [*before, *behind][0] == call


NONE = [
    ("BABA", "Cloud revenue grew by 34% in the September quarter."),
    ("BABA", "MiniMax had revenue of USD 12m in 2019."),
    ("BABA", "Some USD 53bn go into stadiums and museums over three years."),
    ("BABA", "Some USD 53bn go into AI and cloud infrastructure."),
    ("GOOG", "The shares trade at 16 times earnings."),
    ("GOOG", "Analysts' targets lie at $250."),
    ("GOOG", "Capital expenditure was $24.0 billion in the third quarter of 2025."),
]


@pytest.mark.parametrize(("symbol", "sentence"), NONE, ids=[sentence[:30] for _, sentence in NONE])
def test_other_words_other_years_or_another_form_bring_none(symbol: str, sentence: str) -> None:
    before, _ = allowed_by_files(proposed(sentence, symbol), COMPANIES[symbol], [COMPANIES["0100.HK"]])
    assert before == []


def test_quarters_in_a_row_are_counted() -> None:
    said = "Revenue from AI products at least doubled in nine quarters in a row."
    assert streak(proposed(said), COMPANIES["BABA"]) == (9, {"name": "series", "series": "ai-streak"})
    twelve = said.replace("nine quarters in a row", "12 consecutive quarters")
    doubled = propose(twelve, Setting(PUBLISHED, COMPANIES["BABA"], "USD", "ADS"))[0]
    assert streak(doubled, COMPANIES["BABA"]) == (12, {"name": "series", "series": "ai-streak"})
    assert streak(proposed("Revenue from AI products at least doubled."), COMPANIES["BABA"]) is None
    assert streak(proposed(said, "GOOG"), COMPANIES["GOOG"]) is None


def test_words_are_without_plurals_and_idle_ones() -> None:
    assert words_of("Quarters of the company’s AI growth, 2025") == {"quarter", "ai", "growth", "2025"}
