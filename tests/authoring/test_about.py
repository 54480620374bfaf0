"""Which share an article is about, and when it appeared: suggested from its text."""

import datetime as dt

import pytest

from components.authoring.about import SYMBOL, dated, exchange_of, exchanges, mentions

TODAY = dt.date(2026, 11, 22)
KNOWN = {"NOR.DE": "Nordlicht", "HAV": "Havel Robotics"}

STATED = [
    ("Nordlicht (ETR: NOR) rose.", ["NOR.DE"]),
    ("Havel (NYSE:HAV) and (NASDAQ: ABC) fell.", ["ABC", "HAV"]),
    ("Tencent (HKEX: 700) and HKG:9988", ["0700.HK", "9988.HK"]),
    ("Rolls-Royce (LON:RR.)", ["RR.L"]),
    ("Berkshire (NYSE: BRK.B)", ["BRK-B"]),
    ("Shares of 0700.HK and SAF.PA, not v1.2.DEx", ["0700.HK", "SAF.PA"]),
    ("$AAPL is up, $5 is not", ["AAPL"]),
    ("Havel Robotics (HAV) sells AI (AI).", ["HAV"]),
    ("It lists in Hong Kong: its IPO is near. In London: more.", []),
]


@pytest.mark.parametrize(("text", "symbols"), STATED, ids=[text for text, _ in STATED])
def test_a_stated_symbol_is_written_as_the_service_does(text: str, symbols: list[str]) -> None:
    found = [each.symbol for each in mentions(text, {}) if each.is_stated]
    assert sorted(found) == sorted(symbols)
    assert all(SYMBOL.fullmatch(each) for each in found)


def test_known_companies_are_found_by_name_most_often_named_first() -> None:
    found = mentions("Nordlicht beats Havel Robotics. Nordlicht again; Nordlichter do not count.", KNOWN)
    assert [(each.symbol, each.count, each.is_stated) for each in found] == [("NOR.DE", 2, False), ("HAV", 1, False)]


def test_a_stated_symbol_comes_before_names() -> None:
    found = mentions("Nordlicht, Nordlicht, Nordlicht and Havel (NYSE: HAV)", KNOWN)
    assert found[0].symbol == "HAV"


@pytest.mark.parametrize(
    ("symbol", "currency"), [("HAV", "USD"), ("VOD.L", "GBP"), ("0700.HK", "HKD"), ("NOR.DE", "EUR")]
)
def test_an_ending_names_the_exchange(symbol: str, currency: str) -> None:
    exchange = exchange_of(symbol)
    assert exchange is not None
    assert exchange.currency == currency


def test_an_ending_that_is_not_known_names_none() -> None:
    assert exchange_of("X.YZ") is None
    assert len({code for each in exchanges() for code in each.codes}) == sum(len(each.codes) for each in exchanges())


DAYS = [
    ("Nordlicht bets on wind\n12 March 2026\n\nIt rose on 3 February 2026.", dt.date(2026, 3, 12)),
    ("Published: March 12, 2026. Nordlicht rose.", dt.date(2026, 3, 12)),
    ("Long. " * 200 + "\nUpdated on 2026-03-12", dt.date(2026, 3, 12)),
    ("Nordlicht rose on 3 February 2026.", None),
    ("Nordlicht\n12 March 2027\nfrom the future", None),
    ("Nordlicht\n12 March\nwithout a year", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS, ids=[text[:30] for text, _ in DAYS])
def test_the_day_of_publication_is_found_where_the_text_says_it(text: str, day: dt.date | None) -> None:
    assert dated(text, TODAY) == day
