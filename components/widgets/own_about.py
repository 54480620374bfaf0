"""The second step with an article of one's own: which share it is about, of which day, and what it is compared with."""

import datetime as dt
from dataclasses import replace

import streamlit as st
from pydantic import ValidationError

from components import formats
from components.answers import address
from components.answers.desk import find_claims, known_companies, stored_company, usual_peers
from components.authoring.about import SYMBOL, dated, exchange_of, mentions
from components.authoring.desk import About, Desk
from components.authoring.proposals import NoArticle
from components.authoring.sources import Source
from components.authoring.thesis_files import company_of, short
from components.widgets import desk as work
from components.widgets import show
from components.widgets.plain import as_text
from data import clock
from data.market.records import Identity
from data.market.service import market_service
from data.units import MINOR_UNITS, major_unit

_MOST_PEERS, _POLL_S = 4, 1.0


def form() -> None:
    """What is suggested from the text, for the reader to confirm."""
    source = work.source()
    assert source is not None
    if source.remark:
        show.warning(source.remark)
    today, library = clock.today(), address.library()
    known = known_companies(library)
    found = mentions(source.text, known)
    if len([each for each in found if each.count > 1]) > 1:
        named = ", ".join(f"{each.name or each.symbol} ({each.count} times)" for each in found[:3])
        show.info(f"The text speaks of several companies: {named}. Say which one it makes its case for.")
    first = found[0].symbol if found else ""
    day = source.published or dated(source.text, today)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="own-about"):
        symbol = st.text_input(
            "Ticker", value=first, key="own-symbol", width=150, placeholder="AAPL, VOD.L, 0700.HK",
            help="As the market service writes it: the exchange’s ending behind a dot, none for New York and Nasdaq.",
        ).strip().upper()  # fmt: skip
        published = st.date_input(
            "Article of", value=day, key="own-day", width=150, min_value=dt.date(2000, 1, 1), max_value=today,
            format="YYYY-MM-DD",
        )  # fmt: skip
        title = st.text_input("Title", value=source.title or _first_line(source), key="own-title", width=330)
        usual = usual_peers(symbol, address.data_version())
        called = {**usual, **known}
        suggested = [*usual, *(each.symbol for each in found if each.symbol not in {symbol, *usual})][:_MOST_PEERS]
        peers = st.multiselect(
            "Compared with", list(dict.fromkeys([*suggested, *known])), default=suggested,
            key=f"own-peers-{symbol}", width=330,
            accept_new_options=True, max_selections=_MOST_PEERS,
            format_func=lambda each: as_text(called.get(str(each), str(each))),
        )  # fmt: skip
    if not symbol:
        show.note("Which share is it about? Write its ticker, and the company is looked up.")
        _back()
        return
    if not SYMBOL.fullmatch(symbol):
        show.warning(f"“{symbol[:20]}” is no ticker: capital letters, digits, a dot before the exchange’s ending.")
        _back()
        return
    about = _share(symbol, published, title, _peers(peers, called))
    with st.container(horizontal=True, gap="small"):
        go = st.button("Find its claims", type="primary", icon=":material/checklist:", disabled=about is None)
        _back()
    if published is None:
        show.note("On which day did it appear? Claims are judged by what was known then.")
    if go and about is not None:
        _read(source, about)


def _first_line(source: Source) -> str:
    line = source.text.split("\n", 1)[0]
    return line if len(line) <= 100 else ""


def _back() -> None:
    st.button("Another text", on_click=work.hand_in, args=(None,))


def _peers(chosen: list[str], known: dict[str, str]) -> tuple[tuple[str, str], ...]:
    asked = [str(each).strip().upper() for each in chosen]
    return tuple((symbol, known.get(symbol, symbol)) for symbol in asked if SYMBOL.fullmatch(symbol))


def _share(symbol: str, published: dt.date | None, title: str, peers: tuple[tuple[str, str], ...]) -> About | None:
    """The share, as it is stored, as the market service knows it, or as the reader describes it; None without a day."""
    day = published or clock.today()
    stored = stored_company(symbol, address.library())
    if stored is not None:
        profile, listing = stored.profile, stored.profile.listing
        known = "its filings are stored here" if stored.filings.quarters else "known from an earlier article"
        prices = f"{listing.quoted_in} per {listing.share_class}"
        show.note(f"{profile.name}: {known}. Prices are in {prices}, accounts in {profile.currency}.")
        found = About(
            symbol, profile.name, day, listing.currency, listing.quoted, listing.share_class, listing.ordinary_shares,
            profile.currency, profile.fiscal_year_starts, title.strip(), peers,
        )  # fmt: skip
        return found if published else None
    told = _looked_up(symbol)
    about = _described(symbol, day, told)
    return replace(about, title=title.strip(), peers=peers) if published and about else None


@st.fragment(run_every=_POLL_S)
def _waiting(symbol: str) -> None:
    key = ("identity", symbol)
    status = market_service().status([key])
    if key in market_service().kept([key]) or not status.busy:
        st.rerun()
    show.note(f"Looking {symbol} up…")


def _looked_up(symbol: str) -> Identity | None:
    """What the market service says of the symbol, as a sentence too; None where it says nothing."""
    key = ("identity", symbol)
    cached = market_service().cached([key]).get(key)
    status = market_service().status([key])
    if cached is not None and isinstance(cached.answer, Identity):
        found = cached.answer
        kind = "" if found.kind == "EQUITY" else f" The service calls it {found.kind.lower()}, and not a share."
        books = f"accounts in {found.accounts}" if found.accounts else "the currency of its accounts is not known"
        show.note(f"{found.name}, {found.exchange}: prices in {found.currency}, {books}. Is that the share?{kind}")
        return found
    if status.busy:
        _waiting(symbol)
    elif status.failure is not None:
        show.warning(f"{symbol} cannot be looked up: {status.failure} Describe it below, or correct the ticker.")
    elif not status.enabled:
        show.note(
            "Live market data is switched off, so the ticker is not looked up: describe the share below. Prices and "
            "statements are filled in when it is on."
        )
    return None


def _described(symbol: str, day: dt.date, known: Identity | None) -> About | None:
    """The share in the reader's own words, begun with what is known of it."""
    exchange = exchange_of(symbol)
    # What is looked up while the form stands is filled in: its fields are new ones then.
    seen = "" if known is None else "-known"
    quoted = known.currency if known is not None else exchange.quoted or exchange.currency if exchange else "USD"
    is_minor = quoted in MINOR_UNITS
    listed = major_unit(quoted)[0] if is_minor else quoted
    accounts = (known.accounts if known is not None else None) or listed
    foreign = exchange is not None and exchange.ending == "" and accounts != listed
    starts = "01-01"
    if known is not None and known.year_end is not None:
        starts = f"{(known.year_end + dt.timedelta(days=1)):%m}-01"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"own-share-{symbol}{seen}"):
        name = st.text_input("Company", value=known.name if known else "", width=260, key=f"own-name-{symbol}{seen}")
        price = st.text_input("Prices in", value=quoted, width=90, max_chars=3, key=f"own-quoted-{symbol}{seen}")
        book = st.text_input("Accounts in", value=accounts, width=100, max_chars=3, key=f"own-book-{symbol}{seen}")
        options = ["share", "ADS"]
        share = st.selectbox("One unit is a", options, index=int(foreign), width=110, key=f"own-class-{symbol}{seen}")
        ratio = 1
        if share == "ADS":
            ratio = int(
                st.number_input("Ordinary shares in it", 1, 10_000, 1, width=150, key=f"own-ratio-{symbol}{seen}")
            )
        month = st.selectbox(
            "Fiscal year starts in", range(1, 13), index=int(starts[:2]) - 1, width=160,
            format_func=lambda each: f"{dt.date(2001, each, 1):%B}", key=f"own-month-{symbol}{seen}",
        )  # fmt: skip
    if not name.strip():
        show.note("What is the company called?")
        return None
    code = price.strip()
    try:
        currency, part = (major_unit(code)[0], code) if code in MINOR_UNITS else (code.upper(), "")
        called = " ".join(name.split())[:120]
        about = About(symbol, called, day, currency, part, share, ratio, book.strip().upper(), f"{month:02d}-01")
        company_of(about)
    except (ValidationError, ValueError):
        show.warning("A currency has three letters, such as USD, EUR, or GBp for pence.")
        return None
    return about


def _read(source: Source, about: About) -> None:
    try:
        desk = find_claims(source.text, about, work.fresh_name(about), address.library())
    except NoArticle as wrong:
        show.warning(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.")
        return
    work.put(desk)
    st.rerun()


def change(desk: Desk) -> None:
    """Day, title and peers of the article on the desk; decisions and edits stay."""
    known = known_companies(address.library())
    with st.form("own-change", border=False):
        title = st.text_input("Title", value=desk.about.title)
        day = st.date_input("Article of", value=desk.about.published, max_value=clock.today(), format="YYYY-MM-DD")
        peers = st.text_input(
            "Compared with", value=", ".join(symbol for symbol, _ in desk.about.peers), help="Tickers, with commas."
        )
        if st.form_submit_button("Take over"):
            names = dict(desk.about.peers) | known
            chosen = peers.replace(",", " ").split()[:_MOST_PEERS]
            about = replace(desk.about, title=title.strip(), published=day, peers=_peers(chosen, names))
            work.put(replace(desk, about=about))
            st.rerun()
    show.note(
        f"{short(desk.about.name)}, published {formats.day(desk.about.published)}. Periods such as “last quarter” were "
        "read by that day: correct them in the claims if you change it."
    )
