"""What the tests and effects of claims take: their names, their arguments, and what a claim must state for them.

The functions themselves live above this layer, in `components/calculators/audit`; a test holds both to each other.
Here it is data, so that a thesis is checked in full when it is read.

Units are written as a file writes them, with `{filing}`, `{listing}`, `{quoted}` and `{share}` for the company's own.
`=name` stands for the unit of the fact or series that the argument `name` points at, `money` for any amount of money,
`money per share` for one of any currency per any share class. No unit: any, or one that counts what the measure counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an argument points at."""

    FACT = "fact"
    SERIES = "series"
    SEGMENT = "segment"
    METRIC = "metric"
    CLAIM = "claim"
    DATE = "date"
    NUMBER = "number"
    SWITCH = "switch"
    SYMBOL = "symbol"
    COUNT = "count"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument.

    Attributes
    ----------
    kind : what it points at.
    required : whether it must be there.
    form : what the fact, or every fact of the series, must state.
    units : the units allowed to the fact, the series or the claim.
    bounds : the least and the most that a number may be.
    words : the texts that are allowed; any where there are none.
    """

    kind: Kind
    required: bool = True
    form: str = ""
    units: tuple[str, ...] = ()
    bounds: tuple[float, float] = (-1e12, 1e12)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimTest:
    """One test or effect: its arguments, the forms in which the claim may be stated, and the units of that."""

    arguments: Mapping[str, Argument]
    stated: tuple[str, ...]
    units: tuple[str, ...] = ()


NUMBERS = ("value", "range", "minimum", "maximum", "times")
BOUNDED = ("value", "range")
PER_SHARE = ("{quoted} per {share}",)
BILLIONS = ("{listing} bn",)
_QUARTERS = Argument(Kind.COUNT, bounds=(1, 40))


def _fact(form: str = "value", *units: str, required: bool = True) -> Argument:
    return Argument(Kind.FACT, required, form, units)


def _series(form: str, *units: str, required: bool = True) -> Argument:
    return Argument(Kind.SERIES, required, form, units)


_SEGMENT, _MAYBE_SEGMENT, _TEXT = Argument(Kind.SEGMENT), Argument(Kind.SEGMENT, required=False), Argument(Kind.TEXT)

_MEASURE, _MAYBE_MEASURE = Argument(Kind.METRIC), Argument(Kind.METRIC, required=False)
_DATE, _MAYBE_DATE = Argument(Kind.DATE), Argument(Kind.DATE, required=False)
_SWITCH = Argument(Kind.SWITCH, required=False)
_SERIES, _MAYBE_SERIES = _series(""), _series("", required=False)
_PRICE = _fact("value", "money per share", required=False)


def _one_of(*words: str, required: bool = True) -> Argument:
    return Argument(Kind.TEXT, required, words=words)


_OF: Mapping[str, Argument] = {
    "measure": _MEASURE,
    "segment": _MAYBE_SEGMENT,
    "window": _one_of("period", "year", "twelve months", required=False),
}
_EXPECTED = {**_OF, "measure": _MAYBE_MEASURE}
_SHARES = {"series": _MAYBE_SERIES, "measure": _MAYBE_MEASURE}
_EXTREME = {"since": _MAYBE_DATE, "year": _SWITCH, "intraday": _SWITCH}
MULTIPLES = (
    "earnings", "sales", "ebitda", "book value", "free cash flow", "EV to sales", "EV to ebitda", "EV to ebit",
)  # fmt: skip

# General tests, of any company's measures, prices and facts.
GENERAL: Mapping[str, ClaimTest] = {
    "level": ClaimTest(_OF, NUMBERS),
    "growth": ClaimTest(
        {
            **_EXPECTED,
            "successor": _MAYBE_SEGMENT,
            "over": _one_of("year", "period", required=False),
            "years": Argument(Kind.COUNT, required=False, bounds=(1, 20)),
        },
        NUMBERS,
        ("%",),
    ),
    "ratio": ClaimTest(
        {"of": _MEASURE, "to": _MEASURE, "segment": _MAYBE_SEGMENT, "window": _OF["window"]}, NUMBERS, ("%", "x")
    ),
    "first_above": ClaimTest(_OF, ("minimum",)),
    "record": ClaimTest({**_OF, "lowest": _SWITCH}, ("happens", *NUMBERS)),
    "estimate": ClaimTest({**_EXPECTED, "series": _MAYBE_SERIES}, NUMBERS),
    "guidance": ClaimTest({**_EXPECTED, "series": _SERIES}, NUMBERS),
    "share_count": ClaimTest(_SHARES, NUMBERS),
    "buyback": ClaimTest({"measure": _MAYBE_MEASURE, "window": _OF["window"]}, NUMBERS, ("money",)),
    "fact": ClaimTest({"fact": _fact("")}, NUMBERS, ("=fact",)),
    "series": ClaimTest({"series": _SERIES}, NUMBERS, ("=series",)),
    "ownership": ClaimTest({"series": _series("value", "%")}, NUMBERS, ("%",)),
    "price_level": ClaimTest(
        {"on": _MAYBE_DATE, "symbol": Argument(Kind.SYMBOL, required=False)}, NUMBERS, ("money per share",)
    ),
    "price_change": ClaimTest(
        {"start": _MAYBE_DATE, "end": _MAYBE_DATE, "since": _PRICE, "dividend": _PRICE}, NUMBERS, ("%",)
    ),
    "high": ClaimTest(_EXTREME, NUMBERS, ("money per share",)),
    "low": ClaimTest(_EXTREME, NUMBERS, ("money per share",)),
    "drawdown": ClaimTest({"since": _MAYBE_DATE, "year": _SWITCH}, NUMBERS, ("%",)),
    "against": ClaimTest({"symbol": Argument(Kind.SYMBOL), "start": _DATE, "end": _DATE}, NUMBERS, ("%",)),
    "market_value": ClaimTest(_SHARES, NUMBERS, ("money",)),
    "multiple": ClaimTest(
        {
            "of": _one_of(*MULTIPLES),
            "measure": _MEASURE,
            "series": _MAYBE_SERIES,
            "shares": _MAYBE_MEASURE,
            "net_cash": _MAYBE_MEASURE,
            "earned": _MAYBE_DATE,
        },
        NUMBERS,
        ("x",),
    ),
    "yield": ClaimTest({"series": _MAYBE_SERIES}, NUMBERS, ("%",)),
    "dividend_change": ClaimTest({"series": _series("value", "money per share", required=False)}, NUMBERS, ("%",)),
    "target": ClaimTest(
        {
            "series": _series("", *PER_SHARE, required=False),
            "singles": _series("value", *PER_SHARE, required=False),
            "which": _one_of("mean", "low", "high", "range", required=False),
        },
        NUMBERS,
        PER_SHARE,
    ),
    "target_gap": ClaimTest({"of": Argument(Kind.CLAIM, form="range", units=PER_SHARE)}, NUMBERS, ("%",)),
    "rating": ClaimTest({"series": _series("counts", required=False)}, (*NUMBERS, "list"), ("ratio", "analysts")),
    "internal": ClaimTest(
        {
            "how": _one_of("change", "ratio", "difference", "product", "sum"),
            "of": Argument(Kind.CLAIM),
            "by": Argument(Kind.CLAIM),
        },
        NUMBERS,
    ),
}

# With those that only some claims need.
TESTS: Mapping[str, ClaimTest] = {
    **GENERAL,
    "fiscal_year_start": ClaimTest({}, ("date",)),
    "event_known": ClaimTest({"fact": _fact()}, ("happens",)),
    "fact_date": ClaimTest({"fact": _fact("date"), "expected": _fact("date", required=False)}, ("date",)),
    "fact_year": ClaimTest({"fact": _fact("date")}, ("year",)),
    "segment_margin": ClaimTest(
        {"segment": _SEGMENT, "predecessor": _SEGMENT, "successor": _SEGMENT, "measured": _TEXT, "said": _TEXT},
        NUMBERS,
        ("%",),
    ),
    "plan_converted": ClaimTest(
        {
            "fact": _fact("value", "{filing} bn"),
            "years": Argument(Kind.NUMBER, bounds=(1, 20)),
            "statements": _series("date", required=False),
            "exceeded": _fact("date", required=False),
        },
        NUMBERS,
        BILLIONS,
    ),
    "capex_coverage": ClaimTest({"quarters": _QUARTERS, "alternative": _QUARTERS, "business": _TEXT}, NUMBERS, ("%",)),
    "implied_rate": ClaimTest(
        {
            "of": Argument(Kind.CLAIM, form="range", units=("money",)),
            "low": Argument(Kind.NUMBER, bounds=(1e-6, 1e6)),
            "high": Argument(Kind.NUMBER, bounds=(1e-6, 1e6)),
            "band": _TEXT,
        },
        ("range",),
        ("money",),
    ),
    "valuation_or_proceeds": ClaimTest(
        {
            "valuation": _fact("range", "money"),
            "price": _fact("range", "money per share"),
            "shares": _fact("value", "shares m"),
        },
        BOUNDED,
        ("=valuation",),
    ),
    "price_to_earnings": ClaimTest({}, NUMBERS, ("x",)),
    "discount_to_peers": ClaimTest({}, NUMBERS, ("%",)),
}

EFFECTS: Mapping[str, ClaimTest] = {
    "target": ClaimTest({}, NUMBERS, PER_SHARE),
    "money": ClaimTest(
        {"sign": Argument(Kind.NUMBER, required=False, bounds=(-1, 1))},
        NUMBERS,
        ("{listing}", "{listing} k", "{listing} m", "{listing} bn"),
    ),
    "margin": ClaimTest({"tax": Argument(Kind.NUMBER, bounds=(0, 100))}, NUMBERS, ("%",)),
}
# An effect that reads an argument of the claim's own test.
NEEDS_OF_TEST: Mapping[str, str] = {"margin": "segment"}
