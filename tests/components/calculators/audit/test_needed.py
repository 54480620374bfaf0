"""What cannot be tested names the file and field that would fill it, where one is empty."""

import datetime as dt

import pytest

from components.calculators.audit.audit import run
from data.dossier import Dossier, open_dossier
from data.market.service import MarketService
from data.market.store import Store
from data.thesis import Claim

TODAY = dt.date(2026, 11, 28)


@pytest.fixture(scope="module")
def rolls() -> Dossier:
    return open_dossier("rolls-royce-2025", MarketService(Store(None), enabled=False), TODAY)


def claim(test: dict[str, object], **changes: object) -> Claim:
    entry = {
        "id": "a", "topic": "T", "statement": "S", "short": "S", "place": "p",
        "stated": {"value": 1, "unit": "GBP bn"}, "test": test, **changes,
    }  # fmt: skip
    return Claim.model_validate(entry)


@pytest.mark.parametrize(
    ("test", "period", "where"),
    [
        ({"name": "level", "measure": "net_income"}, dt.date(2025, 12, 31),
         "companies/RR.L/halves.csv, column net_income, half-year 2025-12-31"),
        ({"name": "level", "measure": "revenue", "segment": "Defence"}, dt.date(2019, 6, 30),
         "companies/RR.L/segments.csv, segment “Defence”, metric revenue, half-year 2019-06-30"),
        ({"name": "series", "series": "orders"}, None,
         "companies/RR.L/facts.toml, a fact with series = “orders”"),
        ({"name": "price_level", "on": dt.date(1999, 1, 4)}, None, "snapshots/closes.csv, symbol RR.L"),
        ({"name": "rating"}, None, "companies/RR.L/facts.toml, as facts of a series that the claim’s test names"),
        ({"name": "level", "measure": "net_income"}, dt.date(2027, 12, 31), ""),  # the year is not over
    ],
)  # fmt: skip
def test_the_empty_place_is_named(rolls: Dossier, test: dict[str, object], period: dt.date | None, where: str) -> None:
    judgement = run(claim(test, period=period), rolls)
    assert judgement.missing
    assert judgement.where == where


def test_what_was_only_not_known_yet_when_the_article_appeared_has_no_empty_place(rolls: Dossier) -> None:
    judgement = run(
        claim({"name": "level", "measure": "net_income"}, period=dt.date(2026, 6, 30)), rolls.as_published()
    )
    assert judgement.missing
    assert judgement.where == ""
