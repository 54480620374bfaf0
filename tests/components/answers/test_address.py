"""What an address asks: the thesis, the data as they are, and settings read outside a session."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from components.answers import address
from components.answers.address import DataVersion, asked_at, data_version
from components.answers.reference import market_now, market_price, moved_since, reference_now
from components.answers.registry import PAGES, START
from components.scenario.inputs.upside import STARTS
from components.scenario.record import PriceReference, Scenario, View
from data import clock
from data.dossier import Dossier, Library
from data.figures import Origin
from tests.conftest import TODAY
from tests.invented import write_files

VERSION = DataVersion(Library(), TODAY, 0)


def test_the_files_are_the_bundled_ones_or_those_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THESIS_DATA", raising=False)
    assert replace(address.library(), own=None) == Library()
    monkeypatch.setenv("THESIS_DATA", str(write_files(tmp_path)))
    files = replace(address.library(), own=None)
    assert files == Library(tmp_path / "theses", tmp_path / "companies", tmp_path / "snapshots")
    assert address.theses() == ("nordlicht",)


def test_the_day_is_that_of_utc() -> None:
    version = data_version()
    assert version.library == address.library()
    assert version.day in (clock.today(), clock.today() - dt.timedelta(days=1))
    assert version.market == 0


def test_an_address_without_anything_asks_for_the_first_thesis_as_it_opens() -> None:
    asked = asked_at({}, VERSION)
    assert asked.dossier.name == "alibaba-ai"
    assert asked.dossier.day == TODAY
    assert asked.scenario == Scenario.of_article(asked.scenario.inputs)
    assert asked.view == View(asked.view.choices)


def test_an_address_asks_for_settings_and_view_of_its_thesis(tmp_path: Path) -> None:
    write_files(tmp_path)
    library = Library(tmp_path / "theses", tmp_path / "companies", tmp_path / "snapshots")
    (tmp_path / "theses" / "zweite.toml").write_text(
        (tmp_path / "theses" / "nordlicht.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    asked = asked_at({"thesis": "zweite", "months": "6", "moment": "published"}, DataVersion(library, TODAY, 0))
    assert asked.dossier.name == "zweite"
    assert asked.scenario.number("months") == 6
    assert asked.view.one("moment") == "published"


def test_a_thesis_that_there_is_not_is_the_first_one() -> None:
    assert asked_at({"thesis": "../../secret"}, VERSION).dossier.name == "alibaba-ai"


def test_the_thesis_stands_in_every_address_but_the_bare_one_of_the_first() -> None:
    asked = asked_at({}, VERSION)
    assert address.write("alibaba-ai", asked.scenario, asked.view) == {}
    assert address.write("other", asked.scenario, asked.view) == {"thesis": "other"}
    opened = asked.view.set("claim", ("net-cash",))
    assert address.write("alibaba-ai", asked.scenario, opened) == {
        "v": "3",
        "claim": "net-cash",
        "thesis": "alibaba-ai",
    }


def test_a_link_from_the_market_s_price_keeps_what_came_with_it() -> None:
    asked = asked_at({}, VERSION)
    link = address.link(asked.dossier, asked.scenario, asked.view)
    assert (link["price"], link["price_day"]) == ("111.37", "2026-10-09")
    assert {key: link[key] for key in ("months", "dividend", "eps_trailing")} == {
        "months": "3", "dividend": "1.05", "eps_trailing": "3.073"
    }  # fmt: skip
    again = asked_at(link, VERSION)
    assert again.scenario.changed == {}, "what is today's default is not the reader's"
    assert again.scenario.reference == PriceReference(111.37, dt.date(2026, 10, 9))
    assert address.write("alibaba-ai", again.scenario, again.view) == link, "an opened link stays itself"
    tomorrow = asked_at({**link, "eps_trailing": "3.113"}, VERSION)
    assert tomorrow.scenario.number("eps_trailing") == 3.113


def test_what_of_an_address_cannot_be_used_is_told() -> None:
    reading = address.read("alibaba-ai", {"months": "six", "families": "moon"}, VERSION)
    assert len(reading.problems) == 2


# --- The price that settings stand on -----------------------------------------------------------------------------


def scenario(dossier: Dossier, reference: PriceReference | None) -> Scenario:
    inputs = asked_at({}, VERSION).scenario.inputs
    return Scenario(inputs, {"months": 6.0}, reference)


def test_settings_stand_on_today_s_price_unless_they_were_made_on_another(dossier: Dossier) -> None:
    now = market_now(dossier)
    assert now is not None
    assert (now.value, now.as_of) == (111.37, dt.date(2026, 10, 9))
    assert reference_now(dossier) == PriceReference(111.37, dt.date(2026, 10, 9))
    assert market_price(dossier, scenario(dossier, None)) == now
    assert market_price(dossier, scenario(dossier, reference_now(dossier))) == now
    assert moved_since(dossier, scenario(dossier, None)) == ""
    assert moved_since(dossier, scenario(dossier, reference_now(dossier))) == ""


def test_a_price_of_another_day_is_kept_and_said(dossier: Dossier) -> None:
    other = scenario(dossier, PriceReference(100.0, dt.date(2026, 8, 1)))
    price = market_price(dossier, other)
    assert price is not None
    assert (price.value, price.as_of, price.origin) == (100.0, dt.date(2026, 8, 1), Origin.SNAPSHOT)
    assert price.unit.text == "USD per ADS"
    assert price.label == "market price"
    assert price.source == "market price that these settings were made against"
    assert moved_since(dossier, other).replace("\u00a0", " ") == (
        "Set against a market price of USD 100.00 on 1 Aug 2026; it is now USD 111.37."
    )


def test_before_any_price_is_known_there_is_none(dossier: Dossier) -> None:
    early = dossier.at(dt.date(2020, 1, 1))
    assert market_now(early) is None
    assert reference_now(early) is None
    assert market_price(early, scenario(early, None)) is None
    assert moved_since(early, scenario(early, PriceReference(1.0, TODAY))) == ""


# --- The registry -------------------------------------------------------------------------------------------------


def test_each_page_has_a_script_of_its_name_and_says_what_it_answers(dossier: Dossier) -> None:
    scripts = {path.stem for path in (Path(__file__).parents[3] / "pages").glob("*.py")}
    # The page on which one of one's own is made is about none yet, and that of scenarios about what is saved, too.
    assert {*PAGES, "scenarios", "thesis"} == scripts
    assert START in PAGES
    for name, page in PAGES.items():
        assert page.name == name
        assert page.question.endswith("?")
        assert "{" not in page.line_for(dossier)
    assert dossier.thesis.article.sentence in PAGES["overview"].line_for(dossier)


@pytest.mark.parametrize("start", STARTS)
def test_no_two_pages_have_an_input_or_a_choice_of_one_name(dossier: Dossier, start: str) -> None:
    keys = [each.key for page in PAGES.values() for each in (*page.inputs(dossier, start), *page.choices(dossier))]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("price", "is_taken"), [("111.37", True), ("95", True), ("139", True), ("50", False), ("140", False)]
)
def test_a_price_that_its_day_cannot_have_had_is_not_taken(price: str, is_taken: bool) -> None:
    # 9 October 2026 closed at 111.37; a quarter of that is 27.84.
    query = {"v": "3", "base_target": "230", "price": price, "price_day": "2026-10-09"}
    reading = address.read("alibaba-ai", query, address.data_version())
    assert (reading.scenario.reference is not None) is is_taken
    assert reading.scenario.number("base_target") == 230
    told = " ".join(reading.problems).replace("\u00a0", " ")
    assert ("it closed at USD 111.37" in told) is not is_taken
