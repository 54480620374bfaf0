"""What the tests and effects of claims take: their names, their arguments, and what a claim must state for them.

The functions themselves live above this layer, in `components/calculators/audit`; a test holds both to each other.
Here it is data, so that a thesis is checked in full when it is read.

Units are written as a file writes them, with `{filing}`, `{listing}` and `{share}` for the company's own. `=name`
stands for the unit of the fact or series that the argument `name` points at, `money` for any amount of money,
`money per share` for one of any currency per any share class. No unit: any.
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
    """

    kind: Kind
    required: bool = True
    form: str = ""
    units: tuple[str, ...] = ()
    bounds: tuple[float, float] = (-1e12, 1e12)


@dataclass(frozen=True, slots=True)
class ClaimTest:
    """One test or effect: its arguments, the forms in which the claim may be stated, and the units of that."""

    arguments: Mapping[str, Argument]
    stated: tuple[str, ...]
    units: tuple[str, ...] = ()


NUMBERS = ("value", "range", "minimum", "maximum", "times")
BOUNDED = ("value", "range")
PER_SHARE = ("{listing} per {share}",)
BILLIONS = ("{listing} bn",)
_QUARTERS = Argument(Kind.COUNT, bounds=(1, 40))


def _fact(form: str = "value", *units: str, required: bool = True) -> Argument:
    return Argument(Kind.FACT, required, form, units)


def _series(form: str, *units: str, required: bool = True) -> Argument:
    return Argument(Kind.SERIES, required, form, units)


_SEGMENT, _MAYBE_SEGMENT, _TEXT = Argument(Kind.SEGMENT), Argument(Kind.SEGMENT, required=False), Argument(Kind.TEXT)

TESTS: Mapping[str, ClaimTest] = {
    "fiscal_year_start": ClaimTest({}, ("date",)),
    "event_known": ClaimTest({"fact": _fact()}, ("happens",)),
    "fact_date": ClaimTest({"fact": _fact("date"), "expected": _fact("date", required=False)}, ("date",)),
    "fact_year": ClaimTest({"fact": _fact("date")}, ("year",)),
    "fact_value": ClaimTest({"fact": _fact()}, NUMBERS, ("=fact",)),
    "latest_of_series": ClaimTest({"series": _series("value")}, NUMBERS, ("=series",)),
    "mean_rating": ClaimTest({"series": _series("counts")}, NUMBERS, ("ratio",)),
    "segment_growth": ClaimTest({"segment": _SEGMENT, "successor": _MAYBE_SEGMENT}, NUMBERS, ("%",)),
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
    "latest_quarter_converted": ClaimTest({"metric": Argument(Kind.METRIC)}, NUMBERS, BILLIONS),
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
    "price_change": ClaimTest(
        {
            "start": Argument(Kind.DATE),
            "end": Argument(Kind.DATE),
            "dividend": _fact("value", *PER_SHARE, required=False),
        },
        NUMBERS,
        ("%",),
    ),
    "upside_to_range": ClaimTest({"of": Argument(Kind.CLAIM, form="range", units=PER_SHARE)}, NUMBERS, ("%",)),
    "price_to_earnings": ClaimTest({}, NUMBERS, ("x",)),
    "discount_to_peers": ClaimTest({}, NUMBERS, ("%",)),
    "mean_target": ClaimTest(
        {"series": _series("value", *PER_SHARE), "singles": _series("value", *PER_SHARE, required=False)},
        NUMBERS,
        PER_SHARE,
    ),
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
