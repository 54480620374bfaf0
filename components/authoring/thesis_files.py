"""A thesis of what a reader accepted, as the files that every thesis is made of; and back again."""

import datetime as dt
import re
from collections.abc import Collection
from typing import Any

import tomli_w

from components.authoring.desk import VALUE, About, Desk, Entry, State, Typed, statement_of
from data.company import Company, Profile
from data.filings import Filings
from data.statements import default_measures
from data.thesis import Claim, Thesis
from data.units import Unit

Tables = dict[str, Any]
HEAD = "# Made from an article by the reader. docs/write-a-thesis.md says what each field means.\n\n"
MOST_KEY = 8
_OF_CLAIMS = ("target_gap", "internal", "implied_rate")  # tests that name another claim, which may not be there
_FORMS = (
    "Inc", "Incorporated", "Corp", "Corporation", "Ltd", "Limited", "plc", "PLC", "AG", "SE", "SA", "S.A", "N.V", "NV",
    "Group", "Holding", "Holdings", "Company", "Co", "KGaA", "ASA", "AB", "Oyj", "SpA", "S.p.A",
)  # fmt: skip
_GOOD = {"revenue", "income_from_operations", "net_income", "diluted_eps", "operating_cash_flow", "free_cash_flow"}
_RISING = {"Growth", "Margin", "Target", "Upside"}


def thesis_tables(desk: Desk, states: Collection[State] = (State.ACCEPTED,)) -> Tables:
    """The tables of the thesis file, of the claims in those states."""
    about = desk.about
    entries = [each for each in desk.entries if each.state in states]
    names = {each.id for each in entries}
    article: Tables = {
        "name": about.title or f"An article on {about.name}",
        "sentence": f"What an article of {about.published.day} {about.published:%B %Y} says of {about.name}.",
        "published": about.published,
        "company": about.symbol,
        "currency": about.currency,
        "price_from": about.published - dt.timedelta(days=365),
    }
    if rates := _rates(about, entries):
        article["rates"] = rates
    aimed = [each for each in entries if each.topic == "Target" and _is_a_target(each, about)]
    valued = [each for each in entries if each.topic == VALUE and _is_a_target(each, about)]
    if aimed:
        article["target_range"] = next((each for each in aimed if "low" in each.stated), aimed[0]).id
    if valued:
        article["house_value"] = valued[0].id
    if aimed or valued:
        promised = [each for each in entries if each.topic == "Upside" and _is_between(each, "%")]
        if promised:
            article["upside_range"] = promised[0].id
    if about.related:
        article["related"] = list(about.related)
    if about.peers:
        article["peer"] = [{"symbol": symbol, "name": name} for symbol, name in about.peers]
    tested = [each.id for each in entries if each.test is not None or each.typed is not None][:MOST_KEY]
    claims = [_claim(each, each.id in tested, names) for each in entries]
    facts = [_fact(each) for each in entries if each.typed is not None]
    return {"article": article, "claim": claims, **({"fact": facts} if facts else {})}


def _is_between(entry: Entry, unit: str) -> bool:
    return entry.stated.get("unit") == unit and ("value" in entry.stated or "low" in entry.stated)


def _is_a_target(entry: Entry, about: About) -> bool:
    unit = f"{about.quoted_in} per {about.share_class}"
    return _is_between(entry, unit) and (entry.stated.get("low") or entry.stated.get("value") or 0) > 0


def _rates(about: About, entries: Collection[Entry]) -> list[str]:
    """The exchange rates that the claims may need: from the listing's currency to the accounts' and any stated one."""
    others = {about.accounts}
    for entry in entries:
        if unit := entry.stated.get("unit"):
            others.add(Unit.parse(str(unit)).currency or about.currency)
    return [f"{about.currency}/{code}" for code in sorted(others - {about.currency}) if re.fullmatch("[A-Z]{3}", code)]


def _claim(entry: Entry, is_key: bool, names: set[str]) -> Tables:
    claim: Tables = {"id": entry.id, "topic": entry.topic, "statement": entry.statement}
    if entry.short:
        claim["short"] = entry.short
    claim["stated"] = {key: value for key, value in entry.stated.items() if (key, value) != ("decimals", 0)}
    if entry.period is not None:
        claim["period"] = entry.period
    place = entry.sentence or statement_of(entry.said)
    claim["place"] = f"“{place}”" if place else "added by the reader"
    if is_key:
        claim["key"] = True
    if entry.topic in _RISING or (entry.test or {}).get("measure") in _GOOD:
        claim["better"] = "higher"
    test = {"name": "fact", "fact": f"own-{entry.id}"} if entry.typed is not None else entry.test
    named = {test.get(key) for key in ("of", "by") if key in test} if test is not None else set()
    if test is not None and (test["name"] not in _OF_CLAIMS or named <= names):
        claim["test"] = dict(test)
    return claim


def _fact(entry: Entry) -> Tables:
    typed = entry.typed
    assert typed is not None
    fact: Tables = {
        "id": f"own-{entry.id}", "label": entry.statement, "value": typed.value, "unit": typed.unit,
        "as_of": typed.day, "known": typed.day, "origin": "yours", "confidence": "secondary", "source": typed.source,
    }  # fmt: skip
    return {**fact, "url": typed.url} if typed.url else fact


def company_tables(about: About) -> Tables:
    """The tables of a company of which nothing is stored: the market service's statements fill it."""
    listing: Tables = {"currency": about.currency}
    if about.quoted:
        listing["quoted"] = about.quoted
    listing |= {"share_class": about.share_class, "ordinary_shares": about.ordinary_shares}
    measures = {
        name: {"unit": measure.unit, "row": measure.row}
        for name, measure in default_measures(about.accounts, about.share_class).items()
    }
    return {
        "name": about.name, "short_name": short(about.name), "symbol": about.symbol, "currency": about.accounts,
        "fiscal_year_starts": about.year_starts, "segment_profit": "income_from_operations",
        "listing": listing, "measures": measures,
    }  # fmt: skip


def short(name: str) -> str:
    """A company's name without the words for its legal form."""
    forms = rf"(?:,?\s+(?:{'|'.join(map(re.escape, _FORMS))})\.?)+$"
    return re.sub(forms, "", name).strip() or name


def company_of(about: About) -> Company:
    """The same, as a company. Raises pydantic's ValidationError."""
    return Company(Profile.model_validate(company_tables(about)), Filings(), (), ())


def files_of(desk: Desk, is_stored: bool) -> dict[str, str]:
    """The files of the accepted claims by place; that of the company only where nothing of it `is_stored`."""
    files = {f"theses/{desk.name}.toml": HEAD + tomli_w.dumps(thesis_tables(desk))}
    if not is_stored:
        files[f"companies/{desk.about.symbol}/company.toml"] = HEAD + tomli_w.dumps(company_tables(desk.about))
    return files


def desk_of(name: str, thesis: Thesis, profile: Profile) -> Desk:
    """A thesis back on the desk, all its claims accepted; the article's text is not kept."""
    article, listing = thesis.article, profile.listing
    about = About(
        profile.symbol, profile.name, article.published, listing.currency, listing.quoted, listing.share_class,
        listing.ordinary_shares, profile.currency, profile.fiscal_year_starts, article.name,
        tuple((peer.symbol, peer.name) for peer in article.peer), tuple(article.related),
    )  # fmt: skip
    facts = {fact.id: fact for fact in thesis.fact}
    entries = []
    for claim in thesis.claim:
        fact = facts.get(f"own-{claim.id}")
        typed = None
        if fact is not None and fact.value is not None and fact.unit is not None:
            typed = Typed(fact.value, fact.unit, fact.as_of, fact.source, fact.url or "")
        test = None if typed is not None else claim.test
        sentence = claim.place.strip("“”") if claim.place.startswith("“") else ""
        entry = Entry(
            claim.id, claim.topic, claim.statement, _stated(claim), None, "", claim.period, test,
            (test,) if test else (), State.ACCEPTED, typed=typed, by="reader",
            short=claim.short, sentence=sentence,
        )  # fmt: skip
        entries.append(entry)
    return Desk(about, name, "", tuple(entries))


def _stated(claim: Claim) -> Tables:
    return claim.stated.model_dump(exclude_defaults=True, exclude_none=True)


def name_for(about: About, taken: Collection[str]) -> str:
    """A name for the thesis file: the company and the month, numbered where there is one already."""
    words = re.sub(r"[^a-z0-9]+", "-", f"{short(about.name)} {about.published:%Y-%m}".lower()).strip("-")
    base = words[:50].strip("-") or "article"
    if not re.match("[a-z0-9]", base):
        base = f"article-{base}"
    return next(each for n in range(1, len(taken) + 3) if (each := base if n == 1 else f"{base}-{n}") not in taken)
