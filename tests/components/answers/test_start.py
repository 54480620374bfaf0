"""The price that returns start from, and the earnings that come with it; and what cannot be worked out at all."""

import datetime as dt
import logging
from dataclasses import replace

import pytest

from components.answers import registry
from components.answers.answer import Asked
from components.answers.registry import choices_of, inputs_of, work_out
from components.answers.starts import start_from, starting_price
from components.scenario.inputs.beginning import at_market, at_publication
from components.scenario.record import PriceReference, Scenario, View
from components.scenario.types import NumberInput
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Origin
from data.market.records import Prices
from data.market.store import CachedAnswer

MARKET = PriceReference(111.37, dt.date(2026, 10, 9))


def article(dossier: Dossier) -> Scenario:
    return Scenario.of_article(inputs_of(dossier))


def begun(dossier: Dossier, before: Scenario, choice: str) -> Scenario:
    return start_from(dossier, before, inputs_of(dossier, choice), choice)


def test_the_market_brings_what_belongs_to_its_price_and_publication_takes_it_back(dossier: Dossier) -> None:
    """20.62 CNY / 6.7110 = 3.073 USD of core earnings; USD 1.05 of dividends; 22 November to 1 January: one month."""
    market = article(dossier)
    assert market.choice("start") == "market"
    assert market.reference is None, "nothing is set"
    assert (market.number("eps_trailing"), market.number("dividend"), market.number("months")) == (3.073, 1.05, 3.0)
    assert not market.has("eps_forward"), "the last estimate is older than the last release"
    then = begun(dossier, market, "published")
    assert then.reference == MARKET
    assert then.changed == {"start": ("published",)}, "only what the reader moves is the reader's"
    assert (then.number("eps_trailing"), then.number("dividend"), then.number("months")) == (7.345, 2.0, 12.0)
    assert begun(dossier, then, "market") == market


def test_what_the_reader_moved_goes_with_the_start_and_the_rest_stays(dossier: Dossier) -> None:
    moved = article(dossier).set("eps_trailing", 8.0).set("bull_target", 230.0)
    then = begun(dossier, moved, "published")
    assert then.changed == {"start": ("published",), "bull_target": 230.0}
    assert begun(dossier, then.set("months", 6.0), "market").changed == {"bull_target": 230.0}


def test_the_months_that_remain(dossier: Dossier) -> None:
    """To 1 January 2027 from the day of the price: 9 October 2026 is the last that is stored."""
    for day, months in ((dt.date(2026, 1, 2), 12), (dt.date(2026, 7, 2), 6), (dt.date(2026, 12, 30), 3)):
        assert at_market(dossier.at(day)).months.value == months
    assert at_market(_quoted(dossier, dt.datetime(2026, 12, 24, 21, tzinfo=dt.UTC))).months.value == 1
    later = _quoted(dossier, dt.datetime(2027, 1, 4, 21, tzinfo=dt.UTC))
    assert at_market(later).months.value == 12
    assert "have passed" in at_market(later).months.provenance


def _quoted(dossier: Dossier, now: dt.datetime) -> Dossier:
    """The same with a live price of that moment."""
    prices = Prices(symbol="BABA", currency="USD", price=111.4, time=now, closes={now.date(): 111.4}, dividends={})
    market = replace(dossier.market, day=now.date(), live={("prices", "BABA"): CachedAnswer(prices, now)})
    return replace(dossier, day=now.date(), market=market)


def test_the_dividends_of_the_last_four_quarters(dossier: Dossier) -> None:
    assert at_publication(dossier).dividend.value == 2.0
    assert at_market(dossier).dividend.value == 1.05
    now = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)
    paid = {dt.date(2026, 6, 11): 1.05, dt.date(2026, 9, 1): 0.5, dt.date(2025, 6, 11): 2.0}
    prices = Prices(symbol="BABA", currency="USD", price=131.4, time=now, closes={now.date(): 131.4}, dividends=paid)
    live = replace(dossier, market=replace(dossier.market, live={("prices", "BABA"): CachedAnswer(prices, now)}))
    found = at_market(live).dividend
    assert (found.value, found.origin) == (1.55, Origin.MARKET)
    assert "ex on 11 Jun 2026, 1 Sep 2026" in found.provenance


def test_a_default_is_used_to_its_last_known_digit(dossier: Dossier) -> None:
    """52.29 CNY / 7.119 = 7.345 USD, so that 146.58 is 19.96 times it, and no 19.94."""
    found = begun(dossier, article(dossier), "published")
    assert found.number("eps_trailing") == 7.345
    assert 146.58 / found.number("eps_trailing") == pytest.approx(19.9561, abs=5e-4)
    assert found.number("capex_pace") == 67.678
    assert found.number("payback_margin") == pytest.approx(100 * 5_628 / 48_437, abs=5e-4)
    for key in ("eps_trailing", "capex_pace", "payback_margin"):
        each = found.inputs[key]
        assert isinstance(each, NumberInput)
        assert each.default in each.stops(), "the handle can come back to it"


def test_typing_a_price_begins_with_the_one_shown(dossier: Dossier) -> None:
    own = begun(dossier, article(dossier), "own")
    assert (own.choice("start"), own.number("own_price")) == ("own", 111.37)
    assert (own.number("eps_trailing"), own.number("months")) == (3.073, 3.0), "a price of today's has today's earnings"
    seen = article(dossier).set("months", 6.0, PriceReference(120.0, dt.date(2026, 8, 14)))
    assert begun(dossier, seen, "own").number("own_price") == 120.0
    then = begun(dossier, article(dossier), "published")
    assert begun(dossier, then, "own").number("own_price") == 146.58


def test_the_starting_price_wears_its_origin(dossier: Dossier) -> None:
    assert starting_price(dossier, article(dossier)).value == 111.37
    assert starting_price(dossier, begun(dossier, article(dossier), "published")).value == 146.58
    own = article(dossier).set("start", ("own",)).set("own_price", 158.0)
    price = starting_price(dossier, own)
    assert (price.value, price.origin, price.as_of) == (158.0, Origin.READER, dossier.day)
    assert (price.unit.text, price.source, price.label) == ("USD per ADS", "typed by you", "my price")
    least = own.inputs["own_price"]
    assert isinstance(least, NumberInput)
    assert least.low == 0.01, "from nothing no return can be reckoned"


@pytest.mark.parametrize(
    "failure", [ValueError("no such thing"), ZeroDivisionError("division by zero"), OverflowError()]
)
def test_what_a_calculator_cannot_do_is_not_known_by_name(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failure: Exception
) -> None:
    def fails(asked: Asked) -> None:
        raise failure

    asked = Asked(dossier, article(dossier).set("months", 6.0), View(choices_of(dossier)))
    page = replace(registry.PAGES["capex"], answer=fails)  # type: ignore[arg-type]
    monkeypatch.setattr(registry, "PAGES", {"capex": page})
    with caplog.at_level(logging.WARNING), pytest.raises(UnknownFigure) as refused:
        work_out("capex", asked)
    assert refused.value.what == f"a result for these settings ({failure})"
    assert refused.value.__cause__ is failure
    assert "'months': 6.0" in caplog.text
