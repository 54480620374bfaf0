"""Checks a thesis against what it rests on: its article, its claims with their tests and effects, its market values."""

import datetime as dt
import math
from pathlib import Path
from typing import Any

from data.claim_tests import EFFECTS, NEEDS_OF_TEST, PER_SHARE, TESTS, Argument, ClaimTest, Kind
from data.errors import known_names, one_slip
from data.files import plausible_day
from data.references import References
from data.thesis import Claim, ValuationCase
from data.units import Unit

CENTRAL = "central"  # no family of segments: what lies between them and the group


def check_thesis(references: References, snapshot_folder: Path) -> None:
    """Everything that the thesis names; what is wrong goes to the references' problems."""
    _check_article(references)
    if (valuation := references.thesis.article.valuation) is not None:
        _check_valuation(references, valuation)
    for claim in references.thesis.claim:
        if claim.test is not None:
            _check_call(references, claim, "test", claim.test, TESTS)
        if claim.effect is not None:
            _check_call(references, claim, "effect", claim.effect, EFFECTS)
            needed = NEEDS_OF_TEST.get(str(claim.effect.get("name")))
            if needed is not None and claim.argument(needed) is None:
                references.wrong(f"claim “{claim.id}”", "effect.name", f"it needs a test with “{needed}”")
    _check_market(references, snapshot_folder)


# --- The article ---


def _check_article(references: References) -> None:
    article, profile = references.thesis.article, references.company.profile
    if article.currency != profile.listing.currency:
        said = f"“{article.currency}” is not the currency of the listing, {profile.listing.currency}"
        references.wrong("article", "currency", said)
    for name in (article.target_range, article.target_middle, article.house_value):
        targets = references.claims.get(name or "")
        if targets is None:
            continue
        references.unit(f"claim “{targets.id}”", "stated.unit", targets.stated.unit, PER_SHARE, "the price target")
    if article.price_from > article.published:
        references.wrong("article", "price_from", f"{article.price_from} is after publication, {article.published}")
    if article.dividend is not None:
        references.fact("article", "dividend", article.dividend, units=PER_SHARE)
        paid = references.facts.get(article.dividend)
        if paid is not None and paid.value is not None and paid.value < 0:
            references.wrong("article", "dividend", f"the fact “{paid.id}” is below zero; a dividend is not")
    if article.shares is not None:
        references.named_series(
            "article", "shares", article.shares, "value", ("shares", "shares k", "shares m", "shares bn")
        )
    if article.forward_eps is not None:
        references.fact("article", "forward_eps", article.forward_eps, units=("money per share",))
    _check_rates(references)
    if article.capex is not None:
        capex, entry = article.capex, "article"
        references.fact(entry, "capex.plan", capex.plan, units=tuple(f"{{filing}} {scale}" for scale in ("m", "bn")))
        plan = references.facts.get(capex.plan)
        if plan is not None and plan.value is not None and plan.value <= 0:
            references.wrong(entry, "capex.plan", f"the fact “{plan.id}” must be above zero")
        references.segment(entry, "capex.segment", capex.segment)
        if capex.successor is not None:
            references.segment(entry, "capex.successor", capex.successor)
        if capex.growth_claim is not None:
            references.claim(entry, "capex.growth_claim", capex.growth_claim)
        if capex.new_money is not None:
            references.fact(entry, "capex.new_money", capex.new_money, units=("money",))
            raised = references.facts.get(capex.new_money)
            if raised is not None and raised.value is not None and raised.value < 0:
                references.wrong(entry, "capex.new_money", f"the fact “{raised.id}” is below zero; new money is not")
            _check_currency(references, "capex.new_money", capex.new_money)


def _check_rates(references: References) -> None:
    """The pairs that the market is asked for are of currencies that something here is in."""
    profiles = [company.profile for company in (references.company, *references.related)]
    used = {currency for profile in profiles for currency in (profile.currency, profile.listing.currency)}
    stated = [fact.unit for fact in references.facts.values()]
    stated += [claim.stated.unit for claim in references.thesis.claim]
    used |= {str(Unit.parse(unit).currency) for unit in stated if unit and Unit.parse(unit).currency}
    for pair in references.thesis.article.rates:
        base, quote = pair.split("/")
        for currency in (base, quote):
            if currency not in used:
                said = f"nothing here is in “{currency}”; {known_names(currency, used)}"
                references.wrong("article", "rates", said)
        if base == quote:
            references.wrong("article", "rates", f"“{pair}” is no pair of two currencies")


def _check_currency(references: References, field: str, name: str) -> None:
    """An amount is in one of the company's two currencies, or in one that the article has a rate for."""
    fact, profile = references.facts.get(name), references.company.profile
    if fact is None or fact.unit is None:
        return
    own = (profile.currency, profile.listing.currency)
    rated = {pair[4:] for pair in references.thesis.article.rates if pair[:3] == profile.listing.currency}
    currency = Unit.parse(fact.unit).currency
    if currency is not None and currency not in (*own, *rated):
        pair = f"{profile.listing.currency}/{currency}"
        how = f"add “{pair}” to rates, or state it in {' or '.join(dict.fromkeys(own))}"
        references.wrong("article", field, f"the fact “{name}” is in “{fact.unit}”; {how}")


def _check_valuation(references: References, case: ValuationCase) -> None:
    families = {family.id for family in references.company.profile.family}
    named: list[str] = []
    for part in case.part:
        if part.family in named:
            references.wrong("article", "valuation.part", f"“{part.family}” stands twice")
        named.append(part.family)
        references.known("article", "valuation.part.family", part.family, {*families, CENTRAL}, "family")
        profit = references.company.profile.segment_profit
        references.known("article", "valuation.part.measure", part.measure, ("revenue", profit), "measure of a segment")
        if part.family == CENTRAL and part.measure == "revenue":
            references.wrong("article", "valuation.part.measure", f"central costs have no revenue; write {profit}")
        for segment in part.stand_in:
            references.segment("article", "valuation.part.stand_in", segment)
    references.known("article", "valuation.growing", case.growing, named, "part")
    if case.new_shares is not None:
        references.fact("article", "valuation.new_shares", case.new_shares, units=("shares m",))
        placed = references.facts.get(case.new_shares)
        if placed is not None and placed.value is not None and placed.value < 0:
            references.wrong("article", "valuation.new_shares", f"the fact “{placed.id}” is below zero; a count is not")
    for name in case.payouts:
        references.fact("article", "valuation.payouts", name, units=("money", *PER_SHARE))
    for stake in case.stake:
        if stake.held is not None:
            references.fact("article", "valuation.stake.held", stake.held, units=("%",))
        for worth in stake.worth:
            references.fact("article", "valuation.stake.worth", worth, units=("money",))
            _check_currency(references, "valuation.stake.worth", worth)
        if stake.shares is not None:
            references.fact("article", "valuation.stake.shares", stake.shares, units=("shares m",))


# --- Tests and effects of claims ---


def _check_call(references: References, claim: Claim, what: str, call: dict[str, Any], known: Any) -> None:
    entry, name = f"claim “{claim.id}”", call.get("name")
    if not isinstance(name, str) or name not in known:
        references.wrong(entry, f"{what}.name", f"there is no {what} “{name}”; {known_names(name, known)}")
        return
    declared: ClaimTest = known[name]
    for key in sorted(call.keys() - {"name"} - declared.arguments.keys()):
        said = f"{name} does not take this; {known_names(key, declared.arguments)}"
        references.wrong(entry, f"{what}.{key}", said)
    for key, argument in declared.arguments.items():
        if key in call:
            _check_argument(references, entry, f"{what}.{key}", call[key], argument)
        elif argument.required:
            references.wrong(entry, f"{what}.{key}", f"it is missing; {name} needs a {argument.kind}")
    if claim.stated.form not in declared.stated:
        said = f"it states a {claim.stated.form}; the {what} {name} needs one of {', '.join(declared.stated)}"
        references.wrong(entry, "stated", said)
    units = [unit for unit in (_resolved(references, unit, call) for unit in declared.units) if unit is not None]
    if claim.stated.form in declared.stated:
        references.unit(entry, "stated.unit", claim.stated.counted_in, units, f"what the {what} {name} finds")
    _check_measure(references, entry, claim, call, declared)
    if name in ("price_change", "implied_rate"):
        first, last = ("start", "end") if name == "price_change" else ("low", "high")
        earlier, later = call.get(first), call.get(last)
        if earlier is not None and later is not None and isinstance(earlier, type(later)) and earlier > later:
            references.wrong(entry, f"{what}.{first}", f"{call[first]} is above {call[last]}")


def _check_measure(references: References, entry: str, claim: Claim, call: dict[str, Any], declared: ClaimTest) -> None:
    """What is stated counts the same as the measure that tests it: money of any currency and scale, users, a rate."""
    profile, measure = references.company.profile, call.get("measure")
    stated = claim.stated.counted_in
    if declared.units or stated is None or not isinstance(measure, str) or measure not in profile.units:
        return
    said, is_in = Unit.parse(stated), profile.unit_of(measure)
    kinds = [(unit.currency is None, unit.per is None, unit.counts) for unit in (said, is_in)]
    if kinds[0] != kinds[1] and not (stated == "%" and call["name"] == "share_count"):
        words = profile.words(measure)
        references.wrong(entry, "stated.unit", f"it is in “{stated}”, {words} is in “{is_in.text}”")


def _resolved(references: References, unit: str, call: dict[str, Any]) -> str | None:
    """A unit with `=name` replaced by that of the fact or series; None where that cannot be told."""
    if not unit.startswith("="):
        return unit
    name = call.get(unit[1:])
    facts = [fact for fact in references.facts.values() if name in (fact.id, fact.series)]
    return facts[0].unit if facts else None


def _check_argument(references: References, entry: str, field: str, value: Any, argument: Argument) -> None:
    kind = argument.kind
    if kind is Kind.DATE:
        _check_date(references, entry, field, value)
    elif kind in (Kind.NUMBER, Kind.COUNT):
        _check_number(references, entry, field, value, argument)
    elif kind is Kind.SWITCH:
        if not isinstance(value, bool):
            references.wrong(entry, field, f"“{value}” is neither true nor false; write it without quotes")
    elif not isinstance(value, str) or not value:
        references.wrong(entry, field, f"write the {kind} as text in quotes")
    elif argument.words:
        references.known(entry, field, value, argument.words, "choice")
    elif kind is Kind.FACT:
        references.fact(entry, field, value, argument.form, argument.units)
    elif kind is Kind.SERIES:
        references.named_series(entry, field, value, argument.form, argument.units)
    elif kind is Kind.SEGMENT:
        references.segment(entry, field, value)
    elif kind is Kind.CLAIM:
        references.claim(entry, field, value, argument.form, argument.units)
    elif kind is Kind.METRIC:
        references.known(entry, field, value, references.metrics, "measure")
    elif kind is Kind.SYMBOL:
        symbols = [references.company.profile.symbol, *(peer.symbol for peer in references.thesis.article.peer)]
        references.known(entry, field, value, symbols, "share that the thesis compares")


def _check_date(references: References, entry: str, field: str, value: Any) -> None:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        references.wrong(entry, field, f"“{value}” is no date; write it as 2025-09-30, without quotes")
        return
    try:
        plausible_day(value)
    except ValueError as error:
        references.wrong(entry, field, str(error))


def _check_number(references: References, entry: str, field: str, value: Any, argument: Argument) -> None:
    low, high = argument.bounds
    whole = " whole" if argument.kind is Kind.COUNT else ""
    right = isinstance(value, int) if whole else isinstance(value, int | float)
    if not right or isinstance(value, bool) or not math.isfinite(value) or not low <= value <= high:
        references.wrong(entry, field, f"“{value}” is no{whole} number between {low:g} and {high:g}")


# --- Market values ---


def _check_market(references: References, folder: Path) -> None:
    """No share stands twice, none is a slip of a known one, and stored values are in the listing's own unit.

    A share without stored values is no mistake: the market service may know it, and the pages say what is missing.
    """
    snapshots, problems = references.snapshots, references.problems
    profile, peers = references.company.profile, references.thesis.article.peer
    shares = [("article", "peer.symbol", peer.symbol) for peer in peers]
    held = references.thesis.article.valuation.stake if references.thesis.article.valuation else []
    shares += [("article", "valuation.stake.symbol", stake.symbol) for stake in held if stake.symbol is not None]
    for number, (entry, field, symbol) in enumerate(shares):
        if symbol == profile.symbol or symbol in [each for *_, each in shares[:number]]:
            references.wrong(entry, field, f"“{symbol}” stands twice")
    for entry, field, symbol in shares:
        if any(one_slip(symbol, each) for each in snapshots.symbols):
            references.known(entry, field, symbol, snapshots.symbols, "share in the bundled market values")
    symbol, listing = profile.symbol, profile.listing
    closes = snapshots.closes.get(symbol, ())
    if closes and closes[0].currency != listing.quoted_in:
        said = f"the closes are in {closes[0].currency}, the listing is in {listing.quoted_in}"
        problems.add(folder / "closes.csv", symbol, "currency", said)
    for moment in snapshots.moments:
        path = folder / f"{moment.date}.toml"
        for each, quote in moment.quotes.items():
            before = snapshots.closes.get(each, ())
            if before and before[0].currency != quote.currency:
                said = f"“{quote.currency}” here, {before[0].currency} in closes.csv"
                problems.add(path, "", f"quotes.{each}.currency", said)
        own = moment.quotes.get(symbol)
        if own is not None and own.share_class != listing.share_class:
            said = f"“{own.share_class}” here, “{listing.share_class}” in company.toml"
            problems.add(path, "", f"quotes.{symbol}.share_class", said)
