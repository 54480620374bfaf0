"""A price in another currency than the targets is set against nothing: the page says so."""

import datetime as dt
from dataclasses import replace

import pytest

from components.answers.answer import Asked
from components.answers.registry import choices_of, inputs_of, work_out
from components.scenario.record import Scenario, View
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.market.records import Prices
from data.market.store import CachedAnswer

NOW = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)


def with_price_in(dossier: Dossier, currency: str) -> Dossier:
    """The dossier with a live price in that currency, newer than all that is stored."""
    answer = Prices(
        symbol=dossier.symbol, currency=currency, price=1020.0, time=NOW, closes={NOW.date(): 1020.0}, dividends={}
    )
    live = {("prices", dossier.symbol): CachedAnswer(answer, NOW)}
    return replace(dossier, market=replace(dossier.market, live=live))


def ask(dossier: Dossier, **settings: str) -> Asked:
    scenario = Scenario.of_article(inputs_of(dossier))
    for key, value in settings.items():
        scenario = scenario.set(key, (value,))
    return Asked(dossier, scenario, View(choices_of(dossier)))


@pytest.mark.parametrize(("name", "settings"), [("overview", {}), ("upside", {"start": "market"}), ("valuation", {})])
@pytest.mark.parametrize("currency", ["HKD", "EUR"])
def test_a_page_that_would_mix_currencies_says_why_it_does_not(
    dossier: Dossier, name: str, settings: dict[str, str], currency: str
) -> None:
    with pytest.raises(UnknownFigure) as refused:
        work_out(name, ask(with_price_in(dossier, currency), **settings))
    assert f"is in {currency} per ADS, it would be reckoned with USD per ADS" in refused.value.what


@pytest.mark.parametrize("name", ["upside", "segments", "capex", "claims"])
def test_pages_that_do_not_need_that_price_open(dossier: Dossier, name: str) -> None:
    work_out(name, ask(with_price_in(dossier, "HKD")))
