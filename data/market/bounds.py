"""How far a market value may lie from what else is known of it, each bound with its reason.

All are factors, and hold in both directions: 2 lets a value double or halve. Two kinds are told apart. Beyond a bound
of *doubt* a value is held back until a later answer says the same. Beyond a bound of *contradiction* saying it again
does not help, for the answer speaks against itself: it is held back until the rest of the answer agrees.
"""

import datetime as dt

# The last price and the close of its own day are one number, minutes apart at most; shares are halted before they
# move by a quarter within minutes.
SAME_SESSION = 1.25
# From one session to the next a share hardly ever halves or doubles; where one does, the next answer says so again.
NEXT_SESSION = 2.0
# No listed share of size has moved five times within one session, while shifted decimals and unadjusted splits do.
NEXT_SESSION_MOST = 5.0
# The closes of days gone by do not change but for rounding, dividends in arrears and splits.
RESTATED_HISTORY = 1.25
# Closes in the project's files are those of the same days: what is three times off is in another unit.
STORED_HISTORY = 3.0
# Against a last good answer without days in common, a price may move by NEXT_SESSION for each month between them.
DAYS_PER_STEP = 30
# A dividend of half the share's price is a liquidation, or a sum in another unit.
DIVIDEND_OF_PRICE = 0.5

# Analysts rarely see a share at five times or a fifth of its price, and mean targets do not double overnight.
TARGET_OF_PRICE = 5.0
TARGET_OF_LAST = 2.0
# At ten times the price a target is in another unit than the price.
TARGET_OF_PRICE_MOST = 10.0

# The service's P/E is its own price ÷ EPS; what does not give it to within rounding is in another currency.
EPS_OF_RATIO = 1.03
# Its two forward estimates may be for fiscal years that end a year apart, but not for different currencies: the
# nearest pairs in use (EUR, USD, GBP, CHF) lie too close to be told apart this way, all others do not.
FORWARD_OF_LISTED = 1.6
# A share at less than three times next year's earnings, which at the same time are to be four times the last year's,
# has its earnings in another currency. Either alone happens.
PE_LEAST = 3.0
FORWARD_OF_TRAILING = 4.0
# The earnings of twelve months move by a quarter at a time.
EPS_OF_LAST = 5.0
# An estimate that keeps its number and changes its currency was relabelled.
SAME_NUMBER = 1.2
# Buybacks and issues move the count of shares by per cents.
SHARES_OF_LAST = 1.5

# Managed and floating currencies alike stay within a tenth in a day and a third in a month, but for a devaluation.
RATE_SAME_SESSION = 1.1
RATE_OF_LAST = 1.3
RATE_OF_LAST_MOST = 5.0
# Against the rate of the company's latest release, which may be some months old.
RATE_OF_FILING = 1.5

# A restated revenue is not another one by half; a scale or a currency mistaken is.
STATEMENT_OF_LAST = 1.5

# A later answer confirms a value that is held back if it says the same to within a tenth.
CONFIRMS = 1.1
# Clocks differ; a time further ahead than this is not believed.
AHEAD = dt.timedelta(minutes=10)


def within(value: float, other: float, factor: float) -> bool:
    """Whether two positive numbers differ by no more than that factor; its bound belongs to it."""
    return other / factor <= value * (1 + 1e-9) and value <= other * factor * (1 + 1e-9)


def grown(factor: float, earlier: dt.datetime, later: dt.datetime) -> float:
    """The factor for the time between two answers: itself within a month, then once more for each."""
    return float(factor ** max(1.0, (later - earlier).days / DAYS_PER_STEP))
