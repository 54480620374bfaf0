"""The price that returns start from, and the earnings that come with it; and what cannot be worked out at all."""

import datetime as dt
import logging
from dataclasses import replace

import pytest

from components.answers import registry
from components.answers.answer import Asked
from components.answers.registry import choices_of, inputs_of, work_out
from components.answers.upside import start_from, starting_price
from components.scenario.record import PriceReference, Scenario, View
from components.scenario.types import NumberInput
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Origin

MARKET = PriceReference(113.24, dt.date(2026, 9, 4))


def article(dossier: Dossier) -> Scenario:
    return Scenario.of_article(inputs_of(dossier))


def test_the_market_brings_its_own_earnings_and_publication_takes_them_back(dossier: Dossier) -> None:
    market = start_from(dossier, article(dossier), "market")
    assert market.choice("start") == "market"
    assert market.reference == MARKET
    for key, known in (("eps_trailing", 113.76 / 17.6), ("eps_forward", 113.76 / 12.5)):
        each = market.inputs[key]
        assert isinstance(each, NumberInput)
        assert market.number(key) == each.snap(known)
        assert abs(market.number(key) - known) <= each.step / 2
    back = start_from(dossier, market, "published")
    assert back == article(dossier)


def test_earnings_that_a_slider_cannot_take_are_left(dossier: Dossier) -> None:
    inputs = inputs_of(dossier)
    narrow = {
        key: replace(each, low=7.0) if key == "eps_trailing" and isinstance(each, NumberInput) else each
        for key, each in inputs.items()
    }
    market = start_from(dossier, Scenario.of_article(narrow), "market")
    assert "eps_trailing" not in market.changed
    assert "eps_forward" in market.changed


def test_typing_a_price_begins_with_the_one_shown(dossier: Dossier) -> None:
    own = start_from(dossier, article(dossier), "own")
    assert (own.choice("start"), own.number("own_price")) == ("own", 146.58)
    seen = article(dossier).set("start", ("market",), PriceReference(120.0, dt.date(2026, 8, 14)))
    assert start_from(dossier, seen, "own").number("own_price") == 120.0
    assert start_from(dossier, article(dossier).set("start", ("market",), MARKET), "own").number("own_price") == 113.24


def test_the_starting_price_wears_its_origin(dossier: Dossier) -> None:
    assert starting_price(dossier, article(dossier)).value == 146.58
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
