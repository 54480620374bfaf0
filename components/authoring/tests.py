"""The tests that a reader may choose from, in words, with the arguments that can be chosen rather than typed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from components.authoring.matching import Call
from data.claim_tests import TESTS, Argument, Kind
from data.company import Company
from data.metrics import metric_words

# What a test is called on the page, and what its arguments are.
NAMED: Mapping[str, str] = {
    "level": "level of a measure",
    "growth": "growth of a measure",
    "ratio": "one measure as a share of another",
    "first_above": "first time above",
    "record": "highest so far",
    "estimate": "what analysts expected",
    "guidance": "what the company said",
    "share_count": "number of shares",
    "buyback": "shares bought back",
    "price_level": "price on a day",
    "price_change": "change of the price",
    "high": "highest price",
    "low": "lowest price",
    "drawdown": "fall from the highest price",
    "against": "return against another share",
    "market_value": "market value",
    "multiple": "price as a multiple",
    "price_to_earnings": "price to earnings, adjusted",
    "yield": "dividend yield",
    "dividend_change": "change of the dividend",
    "target": "analysts’ price target",
    "target_gap": "upside to a target",
    "rating": "analysts’ ratings",
    "internal": "the article’s own figures",
    "fact": "a figure that you type",
}
_ARGUMENTS = {
    "of": "of", "to": "to", "by": "by", "measure": "measure", "segment": "segment", "window": "over", "over": "against",
    "years": "years", "start": "from", "end": "to", "on": "on", "symbol": "share", "since": "since", "year": "52 weeks",
    "intraday": "within the day", "which": "which", "how": "how", "lowest": "lowest", "shares": "shares",
    "net_cash": "net cash", "earned": "earned to", "successor": "now called",
}  # fmt: skip
_CHOSEN = (Kind.METRIC, Kind.SEGMENT, Kind.DATE, Kind.SYMBOL, Kind.COUNT, Kind.SWITCH, Kind.CLAIM, Kind.TEXT)


def offered(claims: Mapping[str, str], company: Company, symbols: Mapping[str, str]) -> list[dict[str, Any]]:
    """The tests with their arguments and what can be chosen for each, for the page.

    `claims` are statements by id, `symbols` names of peers by symbol.
    """
    options = {
        Kind.METRIC: [[name, company.profile.words(name)] for name in company.profile.units],
        Kind.SEGMENT: [[name, name] for name in _segments(company)],
        Kind.CLAIM: [[name, statement] for name, statement in claims.items()],
        Kind.SYMBOL: [[symbol, name] for symbol, name in symbols.items()],
    }
    found = []
    for name, label in NAMED.items():
        if name == "fact":
            continue  # a typed figure brings it along
        arguments = [
            {
                "name": key, "label": _ARGUMENTS.get(key, key.replace("_", " ")), "kind": str(each.kind),
                "required": each.required, "options": _options(each, options),
            }
            for key, each in TESTS[name].arguments.items()
            if _is_chosen(each)
        ]  # fmt: skip
        arguments = [each for each in arguments if each["options"] or each["kind"] in ("date", "count", "switch")]
        if all(
            key in {each["name"] for each in arguments} for key, one in TESTS[name].arguments.items() if one.required
        ):
            found.append({"name": name, "label": label, "arguments": arguments, "forms": list(TESTS[name].stated)})
    return found


def _options(argument: Argument, options: Mapping[Kind, list[list[str]]]) -> list[list[str]]:
    return [[word, word] for word in argument.words] if argument.words else options.get(argument.kind, [])


def _is_chosen(argument: Argument) -> bool:
    return argument.kind in _CHOSEN and (argument.kind is not Kind.TEXT or bool(argument.words))


def _segments(company: Company) -> list[str]:
    values = [each for each in company.segments if each.level == "segment"]
    last = max((each.end for each in values), default=None)
    return list(dict.fromkeys(each.segment for each in values if each.end == last))


def in_words(call: Call | None, company: Company) -> str:
    """A test in few words: “growth of a measure: operating income”; “recorded” for none."""
    if call is None:
        return "recorded, not tested"
    profile = company.profile
    about = call.get("segment") or call.get("symbol")
    measures = [call[key] for key in ("of", "measure") if call.get(key) in profile.units]
    if call["name"] in ("multiple", "ratio"):
        about = " to ".join(_measure(str(call[key]), company) for key in ("of", "to") if key in call)
    elif measures and not about:
        about = _measure(measures[0], company)
    named = NAMED.get(call["name"], call["name"].replace("_", " "))
    return f"{named}: {about}" if about else named


def _measure(name: str, company: Company) -> str:
    return company.profile.words(name) if name in company.profile.units else metric_words(name)


def call_of(sent: Mapping[str, Any]) -> Call | None:
    """A test as the browser sends it: its name, and texts by argument. Raises ValueError for one that is none."""
    name = sent.get("name")
    if not name:
        return None
    if name not in NAMED:
        raise ValueError("This test is not known.")
    call: Call = {"name": name}
    for key, argument in TESTS[name].arguments.items():
        value = sent.get(key)
        if value in (None, "", False):
            if argument.required:
                raise ValueError(f"The test “{NAMED[name]}” needs “{_ARGUMENTS.get(key, key)}”.")
            continue
        call[key] = _value(argument, value, key)
    if name == "price_change" and not call.keys() & {"start", "since"}:
        raise ValueError("A change of the price needs the day that it counts from.")
    return call


def _value(argument: Argument, value: Any, key: str) -> Any:
    try:
        match argument.kind:
            case Kind.DATE:
                return dt.date.fromisoformat(str(value))
            case Kind.COUNT:
                return int(value)
            case Kind.NUMBER:
                return float(value)
            case Kind.SWITCH:
                return bool(value)
            case _:
                return str(value)
    except ValueError:
        raise ValueError(f"“{str(value)[:40]}” is no {argument.kind} ({_ARGUMENTS.get(key, key)}).") from None
