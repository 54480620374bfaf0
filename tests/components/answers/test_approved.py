"""What each page shows, word for word and mark for mark, against what was read and approved.

A change of behaviour shows here as a difference that a person can read. Where it is meant, `make approve` writes the
files anew, and the difference is read again in the commit.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from components.answers.answer import Asked
from components.answers.registry import PAGES, choices_of, inputs_of
from components.scenario.record import PriceReference, Scenario, View
from data import clock
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.market.service import MarketService
from data.market.store import Store
from tests import approving
from tests.components.answers.contents import contents
from tests.components.answers.test_sweeps import QUOTED, with_live_options
from tests.conftest import TODAY, bundled
from tests.invented import open_invented

APPROVED = Path(__file__).parent / "approved"


def as_it_opens(dossier: Dossier) -> Asked:
    """Nothing set."""
    return Asked(dossier, Scenario.of_article(inputs_of(dossier)), View(choices_of(dossier)))


def much_moved(dossier: Dossier) -> Asked:
    """Many settings changed, and everything seen from another side."""
    inputs = inputs_of(dossier)
    moved: dict[str, Any] = {
        "bear_target": 260.0, "base_target": 150.5, "bull_target": 171.0, "bear_probability": 10.0,
        "bull_probability": 60.0, "months": 7.0, "start": ("market",), "net_cash_start": ("last",), "payouts": 4.0,
        "capex_pace": 31.2, "cash_flow_growth": 40.0, "multiple_cloud": 0.25, "holding_discount": 0.0,
        "model_years": 3.0, "stake_at": ("minimax-at-offer-price",), "swing": 60.0, "payback_years": 9.0,
    }  # fmt: skip
    scenario = Scenario.of_article(inputs)
    for key, value in moved.items():
        scenario = scenario.set(key, value, PriceReference(99.5, TODAY))
    view = View(choices_of(dossier))
    seen = {
        "moment": ("published",), "families": ("commerce", "ai-labs"), "topics": ("MiniMax", "Price and targets"),
        "verdicts": ("contradicted", "imprecise"), "grid_across": ("holding_discount",),
        "grid_down": ("multiple_commerce",),
    }  # fmt: skip
    for key, chosen in seen.items():
        view = view.set(key, chosen)
    return Asked(dossier, scenario, view)


def one_claim(dossier: Dossier) -> Asked:
    """One claim open, one axis twice, a price typed."""
    asked = as_it_opens(dossier)
    scenario = asked.scenario.set("start", ("own",)).set("own_price", 158.0).set("months", 24.0)
    view = asked.view.set("claim", ("cloud-growth",)).set("grid_down", ("multiple_commerce",)).set("families", ())
    return replace(asked, scenario=scenario, view=view)


def live(dossier: Dossier) -> Asked:
    """Live prices and options."""
    asked = as_it_opens(with_live_options(dossier))
    return replace(asked, scenario=asked.scenario.set("start", ("market",)))


@pytest.fixture(autouse=True)
def _soon_after_the_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The age of a quote is shown: it is that of an hour after the quotes, whenever the tests run."""
    monkeypatch.setattr(clock, "now", lambda: QUOTED + dt.timedelta(hours=1))


CASES = {"as-it-opens": as_it_opens, "much-moved": much_moved, "one-claim": one_claim, "live": live}


def approve(name: str, found: Any) -> None:
    """Compares with the approved file of that name."""
    approving.approve(APPROVED / f"{name}.json", found)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows(name: str, case: str) -> None:
    approve(f"{name}-{case}", contents(PAGES[name].answer(CASES[case](bundled()))))


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_where_little_is_known(name: str, tmp_path: Path) -> None:
    dossier = open_invented(tmp_path, MarketService(Store(None), enabled=False), TODAY)
    try:
        shown: Any = contents(PAGES[name].answer(as_it_opens(dossier)))
    except UnknownFigure as missing:
        shown = missing.what
    approve(f"{name}-little-known", shown)


def test_inputs_and_choices() -> None:
    dossier = bundled()
    approve("inputs", [str(each) for each in (*inputs_of(dossier).values(), *choices_of(dossier).values())])


def test_no_file_is_left_over() -> None:
    names = {f"{page}-{case}" for page in PAGES for case in (*CASES, "little-known")} | {"inputs"}
    assert {path.stem for path in APPROVED.glob("*.json")} == names
