"""Whether statements can be true: by the last good ones, which a restatement changes a little and an error by much."""

from data.market.bounds import STATEMENT_OF_LAST, within
from data.market.doubts import HeldBack, Known
from data.market.records import Statements

COMPARED = "TotalRevenue"


def judge_statements(answer: Statements, known: Known) -> tuple[Statements | None, tuple[HeldBack, ...]]:
    """The statements, or the last good ones where the new ones differ in currency, or in a past revenue by much."""
    last = known.last
    if not isinstance(last, Statements):
        return answer, ()
    for period in ("quarters", "years"):
        new, old = (getattr(each, period).get(COMPARED, {}) for each in (answer, last))
        for day in sorted(new.keys() & old.keys()):
            same = answer.currency == last.currency and (
                old[day] <= 0 or new[day] <= 0 or within(new[day], old[day], STATEMENT_OF_LAST)
            )
            if same:
                continue
            said = HeldBack(
                answer.symbol, f"revenue {day}", f"revenue to {day}", new[day], answer.currency, old[day],
                "and said before", False, known.now, last.currency,
            )  # fmt: skip
            if any(earlier.is_confirmed_by(said) for earlier in known.held):
                return answer, ()
            return None, (said,)
    return answer, ()
