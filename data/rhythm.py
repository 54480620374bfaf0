"""How often a company reports, and how its periods follow each other.

Most companies end a period with a month; some end it on the same day of the week, near the end of one. What ends with
a month is followed by what ends with a month, anything else by what ends 13, 26 or 52 weeks later.
"""

import datetime as dt
from dataclasses import dataclass

MONTH_DAYS = 365.25 / 12
LOOSE = 0.2  # how far two ends may lie from a whole number of periods: 13 weeks, 14 weeks and three months are one


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The length of a reporting period.

    Attributes
    ----------
    months : its length.
    noun : what it is called: “quarter”, “half-year”.
    """

    months: int
    noun: str

    @property
    def a_year(self) -> int:
        """How many periods make a year."""
        return 12 // self.months

    def count(self, number: int) -> str:
        """So many periods: “four quarters”, “two half-years”, “one year”."""
        word = {1: "one", 2: "two", 3: "three", 4: "four"}.get(number, str(number))
        return f"{word} {self.noun}{'' if number == 1 else 's'}"

    def between(self, earlier: dt.date, later: dt.date) -> float:
        """How many periods one ends after another; whole where it is nearly so."""
        found = (later - earlier).days / (MONTH_DAYS * self.months)
        return float(round(found)) if abs(found - round(found)) < LOOSE else found

    def after(self, end: dt.date) -> dt.date:
        """The end of the period after the one that ends on that day."""
        return self._moved(end, 1)

    def before(self, end: dt.date) -> dt.date:
        """The end of the period before the one that ends on that day."""
        return self._moved(end, -1)

    def year_before(self, end: dt.date) -> dt.date:
        """The end of the same period a year before."""
        return self._moved(end, -self.a_year)

    def _moved(self, end: dt.date, periods: int) -> dt.date:
        if not is_month_end(end):
            return end + dt.timedelta(weeks=52 * periods * self.months // 12)
        months = end.year * 12 + end.month - 1 + periods * self.months
        return dt.date((months + 1) // 12, (months + 1) % 12 + 1, 1) - dt.timedelta(days=1)


QUARTERLY = Rhythm(3, "quarter")
RHYTHMS = {"quarter": QUARTERLY, "half": Rhythm(6, "half-year"), "year": Rhythm(12, "year")}
YEARLY = RHYTHMS["year"]


def is_month_end(day: dt.date) -> bool:
    """Whether a month ends on that day."""
    return (day + dt.timedelta(days=1)).day == 1
