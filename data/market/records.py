"""What the dashboard keeps of the market service's answers, checked at the boundary.

Each record names its currency. A field that the service did not give is None; a NaN never gets in.
"""

import datetime as dt
from typing import Annotated

from pydantic import AwareDatetime, Field

from data.files import Record

Amount = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Prices(Record):
    """Last price, daily closes (split-adjusted, not dividend-adjusted) and dividends, all in `currency`."""

    symbol: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    price: Amount
    time: AwareDatetime
    closes: dict[dt.date, Amount]
    dividends: dict[dt.date, Amount]


class Analysis(Record):
    """Analysts' targets and ratings, earnings per share and shares outstanding.

    Targets are in `currency`, that of the listing. `eps_trailing` is given only where it agrees with the service's
    own price-to-earnings ratio, which shows that it is in `currency` and per listed share. `eps_forward` is the
    mean estimate for the next fiscal year in `eps_forward_currency`, per listed share.
    """

    symbol: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    target_mean: Amount | None = None
    target_high: Amount | None = None
    target_low: Amount | None = None
    target_analysts: int | None = Field(default=None, ge=0)
    ratings: dict[str, int] | None = None
    eps_trailing: float | None = Field(default=None, allow_inf_nan=False)
    eps_forward: float | None = Field(default=None, allow_inf_nan=False)
    eps_forward_currency: str | None = None
    shares: Amount | None = None


class Rate(Record):
    """An exchange rate: `quote` per one `base` (CNY per USD: base USD, quote CNY)."""

    base: str
    quote: str
    value: Amount
    time: AwareDatetime


class OptionQuote(Record):
    """One option as it was quoted; a side that nobody quotes is None. `traded` is the time of its last trade."""

    expiry: dt.date
    strike: Amount
    is_call: bool
    bid: Amount | None = None
    ask: Amount | None = None
    traded: AwareDatetime | None = None


class Options(Record):
    """Quotes of some expiries of a share's options, and the share's price at the time, all in `currency`."""

    symbol: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    price: Amount
    quotes: list[OptionQuote] = Field(min_length=1)


Answer = Prices | Analysis | Rate | Options
KINDS: dict[str, type[Prices] | type[Analysis] | type[Rate] | type[Options]] = {
    "prices": Prices,
    "analysis": Analysis,
    "rate": Rate,
    "options": Options,
}
