"""The reader's session: which thesis is open, the market as it stands, and the scenario.

The address is where the scenario lives. The session keeps the record only to carry it from page to page, because
Streamlit clears the address when a reader follows a page link.
"""

import datetime as dt
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import cast

import streamlit as st

from components.calculators.earnings import in_listing_currency
from components.scenario.inputs import Inputs, NumberInput, build_inputs
from components.scenario.link import read_link, write_link, write_price
from components.scenario.record import PriceReference, Scenario, Value
from data.dossier import Dossier, Library, open_dossier, thesis_names
from data.errors import UnitMismatch, UnknownFigure
from data.market.service import market_service

DataVersion = tuple[Library, dt.date, int]

_SCENARIO, _WRITTEN, _PAGE, _PROBLEMS, _THESIS = "_scenario", "_written", "_page", "_problems", "_thesis"


def library() -> Library:
    """The bundled files, or those of the folder that `THESIS_DATA` names."""
    folder = os.environ.get("THESIS_DATA")
    if not folder:
        return Library()
    root = Path(folder)
    return Library(root / "theses", root / "companies", root / "snapshots")


def today() -> dt.date:
    """The present day (UTC)."""
    return dt.datetime.now(dt.UTC).date()


def choose_thesis() -> str:
    """The thesis of the address, else of the session, else the first. An unknown name is said on the page."""
    names = thesis_names(library())
    asked = st.query_params.get("thesis")
    if asked is not None and asked not in names:
        _add_problem(f"There is no thesis “{asked[:40]}” here; this is “{names[0]}”.")
        asked = None
    name = asked or st.session_state.get(_THESIS) or names[0]
    if name not in names:
        name = names[0]
    if st.session_state.get(_THESIS) not in (None, name):
        st.session_state.pop(_SCENARIO, None)
    st.session_state[_THESIS] = name
    return name


def dossier() -> Dossier:
    """All that is known today about the chosen thesis. Reads what is there; never waits for the market."""
    if _THESIS not in st.session_state:
        sync_address("")  # a page that is run by itself, without the front door
    return _open(cast(str, st.session_state[_THESIS]), basis())


def basis() -> DataVersion:
    """All that an answer rests on besides the address: the files, the day, and what the market service knows."""
    return library(), today(), market_service().status().version


def at_address(query: Mapping[str, str]) -> tuple[Dossier, Scenario]:
    """What an address means, read outside a session. What it says that cannot be used is left out."""
    names, now = thesis_names(library()), basis()
    name = query.get("thesis", names[0])
    name = name if name in names else names[0]
    return _open(name, now), read_link(query, _inputs(name, now))[0]


def _open(name: str, now: DataVersion) -> Dossier:
    files, day, _ = now
    return open_dossier(name, market_service(), day, files)


@lru_cache(maxsize=8)
def _inputs(name: str, now: DataVersion) -> Inputs:
    """The inputs of a thesis. They rest on filings and market values alone, so all readers share them."""
    return build_inputs(_open(name, now))


def sync_address(page: str) -> None:
    """Once per run: takes the scenario over from the address, or writes it there after a change of page."""
    name = choose_thesis()
    asked = {key: value for key, value in st.query_params.to_dict().items() if not key.startswith("embed")}
    same_page = st.session_state.get(_PAGE) == page
    st.session_state[_PAGE] = page
    known = _SCENARIO in st.session_state
    if known and (asked == st.session_state.get(_WRITTEN) or (not asked and not same_page)):
        _write()
        return
    scenario, problems = read_link(asked, _inputs(name, basis()))
    st.session_state[_SCENARIO] = scenario
    for problem in problems:
        _add_problem(problem)
    _write()


def scenario() -> Scenario:
    """What the reader has set."""
    return cast(Scenario, st.session_state[_SCENARIO])


def change(key: str, value: Value) -> None:
    """Sets one input and the address with it."""
    st.session_state[_SCENARIO] = scenario().set(key, value, price_reference(dossier()))
    _write()


def start_from(choice: str) -> None:
    """Changes the price that returns start from, and the earnings with it: a price and earnings of two times do not
    make a P/E. What the reader typed or moved by hand is only replaced by this choice, and stands in the address."""
    dossier = dossier()
    before = scenario()
    after = before.set("start", (choice,), price_reference(dossier))
    if choice == "own":
        after = after.set("own_price", _starting(dossier, before), price_reference(dossier))
    for key, which in (("eps_trailing", "trailing"), ("eps_forward", "forward")):
        each = after.inputs.get(key)
        if not isinstance(each, NumberInput):
            continue
        known = _market_eps(dossier, which) if choice == "market" else None
        if known is not None and each.low <= known <= each.high:
            after = after.set(key, each.snap(known), price_reference(dossier))
        elif choice == "published":
            after = after.set(key, each.default)
    st.session_state[_SCENARIO] = after
    _write()


def _starting(dossier: Dossier, before: Scenario) -> float:
    """The price that was shown before the reader chose to type one."""
    if before.choice("start") == "market":
        reference = before.reference or price_reference(dossier)
        if reference is not None:
            return reference.price
    return dossier.price_before_publication().value


def _market_eps(dossier: Dossier, which: str) -> float | None:
    """The market's earnings per listed share in the listing's currency, if they are known."""
    currency = dossier.company.profile.listing.currency
    try:
        eps = dossier.market.eps(dossier.symbol, which)
        if eps.unit.currency != currency:
            eps = in_listing_currency(eps, dossier.rate(str(eps.unit.currency), currency), currency)
    except (UnknownFigure, UnitMismatch):
        return None
    return eps.value


def take_market(market: PriceReference) -> None:
    """Sets the reader's settings against today's market price."""
    st.session_state[_SCENARIO] = scenario().against(market)
    _write()


def back_to_article() -> None:
    """Drops all that the reader set."""
    st.session_state[_SCENARIO] = Scenario.of_article(scenario().inputs)
    _write()


def price_reference(dossier: Dossier) -> PriceReference | None:
    """The market price of this moment, as a link keeps it; None where it is not known."""
    try:
        price = dossier.market.price(dossier.symbol)
    except UnknownFigure:
        return None
    return PriceReference.of(price)


def take_problems() -> list[str]:
    """Sentences about the address that the reader has not seen yet."""
    return cast(list[str], st.session_state.pop(_PROBLEMS, []))


def _add_problem(problem: str) -> None:
    st.session_state.setdefault(_PROBLEMS, []).append(problem)


def query() -> dict[str, str]:
    """The thesis and the scenario as an address carries them."""
    written = write_link(scenario())
    names = thesis_names(library())
    if st.session_state[_THESIS] != names[0]:
        written["thesis"] = st.session_state[_THESIS]
    return written


def settled_query() -> dict[str, str]:
    """The address as it will be after the next change, but for that change: with the market price that settings are
    made against. What depends on everything but one input is then known by the same address before and after."""
    reference = scenario().reference or price_reference(dossier())
    return write_price(reference) | query() if reference else query()


def _write() -> None:
    written = query()
    st.session_state[_WRITTEN] = written
    if st.query_params.to_dict() != written:
        st.query_params.from_dict(written)
