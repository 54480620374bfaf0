"""What a claim that cannot be tested would need: the files and fields that its test looks at and that are empty."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from data import places
from data.claim_tests import TESTS, Kind
from data.dossier import Dossier
from data.thesis import Claim

# Tests that take a price beside what their arguments name.
_PRICED = (
    "price_level", "price_change", "high", "low", "drawdown", "against", "market_value", "multiple", "yield",
    "target_gap", "price_to_earnings", "discount_to_peers",
)  # fmt: skip


def needed_for(claim: Claim, defaults: Mapping[str, Any], dossier: Dossier) -> str:
    """What a claim's test would need: of the places that it looks at those with nothing in them; empty where none is.

    `defaults` are the test's arguments with what it takes where the claim says nothing. A period that is not over yet
    stands nowhere.
    """
    test, period = claim.test or {}, claim.period
    if period is not None and period >= dossier.day:
        return ""
    name, empty = test["name"], []
    has_series = any(key in test for key, each in TESTS[name].arguments.items() if each.kind is Kind.SERIES)
    for key, argument in TESTS[name].arguments.items():
        value = test.get(key) or (defaults.get(key) if key == "measure" and not has_series else None)
        if not value:
            continue
        if argument.kind is Kind.METRIC:
            empty += _measure(dossier, str(value), str(test.get("segment") or ""), period)
        elif argument.kind is Kind.SERIES and not _has_series(dossier, str(value)):
            empty.append(places.of_series(dossier.company, str(value)))
        elif argument.kind is Kind.SYMBOL and not dossier.market.closes(str(value)):
            empty.append(places.of_closes(str(value)))
    if name in _PRICED and not dossier.market.closes(dossier.symbol):
        empty.append(places.of_closes(dossier.symbol))
    if not empty and "series" in TESTS[name].arguments and not has_series:
        empty.append(places.of_named_series(dossier.company))
    return "; ".join(dict.fromkeys(empty))


def _measure(dossier: Dossier, measure: str, segment: str, period: dt.date | None) -> list[str]:
    company, filings = dossier.company, dossier.company.filings
    if segment:
        ends = {each.end for each in company.segments if (each.segment, each.metric) == (segment, measure)}
        place = places.of_segment(company, segment, measure, period)
    else:
        ends = {each.end for each in (*company.quarters, *filings.years) if measure in each.values}
        place = places.of_measure(company, measure, end=period)
    return [] if (period in ends if period is not None else ends) else [place]


def _has_series(dossier: Dossier, series: str) -> bool:
    return any(fact.series == series for company in (dossier.company, *dossier.related) for fact in company.facts)
