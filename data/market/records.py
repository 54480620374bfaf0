"""What the dashboard keeps of the market service's answers, checked at the boundary.

Each record names its currency as the service does: `GBp`, `ZAc` and `ILA` are pence, cents and agorot, and stay so
here. A field that the service did not give is None; a NaN never gets in. Whether a value can be true is judged by
`data.market.plausible`.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from data.files import Record
from data.units import CURRENCY_CODE

Amount = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Currency = Annotated[str, Field(pattern=f"^{CURRENCY_CODE}$")]
Which = Literal["trailing", "forward"]
# The service moves the end of a week-end calendar's period to a month's end.
NEAR_END = dt.timedelta(days=10)


class Prices(Record):
    """Last price, daily closes and dividends, all in `currency`, and the splits of the same years.

    Closes are adjusted for splits, not for dividends. `splits` holds new shares per old one by day: 10 where ten took
    the place of one. `price` is None where it was held back and no good one is known; `time` is that of its quote.
    """

    symbol: str
    currency: Currency
    price: Amount | None
    time: AwareDatetime
    closes: dict[dt.date, Amount]
    dividends: dict[dt.date, Amount]
    splits: dict[dt.date, Amount] = {}


class Estimate(Record):
    """The analysts' mean estimate of one period: revenue in whole units, or earnings per listed share.

    `end` is the period's last day, `months` its length.
    """

    what: Literal["revenue", "eps"]
    end: dt.date
    months: Literal[3, 12]
    mean: Finite
    currency: Currency
    analysts: int | None = Field(default=None, ge=0)


class Grade(Record):
    """A house's word on the share on one day: “up” and “down” from its grade before, “init”, “main” or “reit”."""

    day: dt.date
    firm: Annotated[str, Field(max_length=80)]
    grade: Annotated[str, Field(max_length=40)]
    action: Annotated[str, Field(max_length=10)]


class Analysis(Record):
    """Analysts' targets and ratings, earnings per share and shares outstanding.

    Targets, `price` and the stated ratios are in or of `currency`, that of the listing; `price` is the one that the
    same answer names. `eps_trailing` is in `eps_trailing_currency`, or else in that of the listing, and
    `pe_trailing` is the ratio that the service makes of it. `eps_forward` is the mean estimate for the next fiscal
    year in `eps_forward_currency`, `eps_forward_listed` the service's own in the listing's currency. All per listed
    share.

    `estimates` are those of two quarters and two years, `grades` what houses said of late, oldest first.

    `losses` names earnings that the service states as negative, but in no currency that anything confirms.
    `since` gives the time of values that were taken over from an earlier answer because the new ones were held back.
    """

    symbol: str
    currency: Currency
    price: Amount | None = None
    target_mean: Amount | None = None
    target_high: Amount | None = None
    target_low: Amount | None = None
    target_analysts: int | None = Field(default=None, ge=0)
    ratings: dict[str, int] | None = None
    eps_trailing: float | None = Field(default=None, allow_inf_nan=False)
    eps_trailing_currency: Currency | None = None
    pe_trailing: Amount | None = None
    eps_forward: float | None = Field(default=None, allow_inf_nan=False)
    eps_forward_currency: Currency | None = None
    eps_forward_listed: float | None = Field(default=None, allow_inf_nan=False)
    losses: list[Which] = []
    shares: Amount | None = None
    estimates: list[Estimate] = []
    grades: list[Grade] = []
    since: dict[str, AwareDatetime] = {}


class Rate(Record):
    """An exchange rate: `quote` per one `base` (CNY per USD: base USD, quote CNY), with its closes of some days."""

    base: str
    quote: str
    value: Amount
    time: AwareDatetime
    closes: dict[dt.date, Amount] = {}


class OptionQuote(Record):
    """One option as it was quoted; a side that nobody quotes is None. `traded` is the time of its last trade."""

    expiry: dt.date
    strike: Amount
    is_call: bool
    bid: Amount | None = None
    ask: Amount | None = None
    traded: AwareDatetime | None = None


class Options(Record):
    """Quotes of some expiries of a share's options, and the share's price at the time, all in `currency`.

    Without quotes the share has no options, which is an answer.
    """

    symbol: str
    currency: Currency
    price: Amount
    quotes: list[OptionQuote]


class Statements(Record):
    """Lines of a company's statements by the last day of their period, all money in `currency`, in whole units.

    The keys are the service's names of the lines, “TotalRevenue”. What goes out has the service's sign: below zero.
    """

    symbol: str
    currency: Currency
    quarters: dict[str, dict[dt.date, Finite]]
    years: dict[str, dict[dt.date, Finite]]


class Reports(Record):
    """The days on which a company reported its results, in its exchange's time, oldest first.

    One that lies ahead of the answer is the service's expectation.
    """

    symbol: str
    days: list[dt.date]


class Identity(Record):
    """Who a symbol is: the company, its exchange, what the share is quoted in and what the accounts are in.

    `kind` is the service's word, ``EQUITY`` for a share; `year_end` the last day of the last fiscal year.
    """

    symbol: str
    name: Annotated[str, Field(min_length=1, max_length=120)]
    exchange: Annotated[str, Field(max_length=60)]
    kind: Annotated[str, Field(max_length=20)]
    currency: Currency
    accounts: Currency | None = None
    year_end: dt.date | None = None


Answer = Prices | Analysis | Rate | Options | Statements | Reports | Identity
KINDS: dict[
    str,
    type[Prices] | type[Analysis] | type[Rate] | type[Options] | type[Statements] | type[Reports] | type[Identity],
] = {
    "prices": Prices,
    "analysis": Analysis,
    "rate": Rate,
    "options": Options,
    "statements": Statements,
    "reports": Reports,
    "identity": Identity,
}
