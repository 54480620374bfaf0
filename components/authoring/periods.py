"""The periods and days that an article speaks of, by the company's calendar; “last quarter” by its own day."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from components.authoring.sentences import Span, Taken

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{'|'.join(rf'{each[:3]}(?:t)?' for each in _MONTHS if each != 'may')})\.?"
_YEAR = r"(?P<year>20\d\d|19\d\d)"
_SHORT_YEAR = r"(?:(?P<year>20\d\d)|[’']?(?P<yy>\d\d))"
_ORDER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_ORDINAL = rf"(?P<order>{'|'.join(_ORDER)})"
_FISCAL = r"(?P<fiscal>fiscal|financial|FY)"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What resolves a period.

    Attributes
    ----------
    published : the day of publication.
    first_month : with which the company's fiscal year starts.
    months : the length of its reporting periods: 3, 6 or 12.
    reported : the last day of the period that it had reported by then, where that is known.
    """

    published: dt.date
    first_month: int = 1
    months: int = 3
    reported: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A period that is spoken of.

    Attributes
    ----------
    span : where it is.
    end : its last day.
    window : “quarter”, “half” or “year”; “day” for a single day.
    resolved : whether it had to be worked out from the day of publication.
    """

    span: Span
    end: dt.date
    window: str
    resolved: bool = False


def periods(text: str, calendar: Calendar) -> list[Period]:
    """Every period and day in a text, the longest wording where two meet, in their order."""
    found, taken = [], Taken()
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end())
            if (period := read(match, calendar)) is not None and taken.take(span):
                found.append(Period(span, *period))
    return sorted(found, key=lambda each: each.span.start)


Found = tuple[dt.date, str, bool] | None
Rule = Callable[[re.Match[str], Calendar], Found]


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month; months above 12 belong to later years, below 1 to earlier ones."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _month(match: re.Match[str]) -> int:
    said = match["month"].lower().rstrip(".")
    return next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(said[:3]))


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    return 2000 + int(groups["yy"]) if groups.get("yy") else None


def _fiscal_end(year: int, calendar: Calendar) -> dt.date:
    """The last day of a fiscal year, which is named after the calendar year that it ends in."""
    return month_end(year, calendar.first_month - 1 if calendar.first_month > 1 else 12)


def _is_fiscal(match: re.Match[str], calendar: Calendar) -> bool:
    groups = match.groupdict()
    return bool(groups.get("fiscal") or groups.get("fiscal2")) and calendar.first_month != 1


def _part(match: re.Match[str], calendar: Calendar, months: int) -> Found:
    """A quarter or half by its number: of the fiscal year where it is said, else of the calendar's."""
    groups, year = match.groupdict(), _year(match)
    number = int(groups["number"]) if groups.get("number") else _ORDER[groups["order"].lower()]
    window = "quarter" if months == 3 else "half"
    if months == 6 and number > 2:
        return None
    fiscal = _is_fiscal(match, calendar)
    first = calendar.first_month if fiscal else 1
    if year is None:
        last = [month_end(calendar.published.year - back, first - 1 + number * months) for back in range(3)]
        return next(end for end in last if end <= calendar.published), window, True
    start = year - 1 if fiscal and first > 1 else year
    return month_end(start, first - 1 + number * months), window, False


def _ended(match: re.Match[str], calendar: Calendar) -> Found:
    year, month = _year(match), _month(match)
    window = {"q": "quarter", "h": "half", "s": "half"}.get(match["what"][0].lower(), "year")
    if match["what"].lower().startswith(("three", "twelve", "six")):
        window = {"three": "quarter", "six": "half", "twelve": "year"}[match["what"].lower().split()[0].split("-")[0]]
    return _of_month(month, year, calendar, window)


def _of_month(month: int, year: int | None, calendar: Calendar, window: str) -> Found:
    if year is not None:
        return month_end(year, month), window, False
    ends = [month_end(calendar.published.year - back, month) for back in range(2)]
    return next(end for end in ends if end <= calendar.published), window, True


def _whole(match: re.Match[str], calendar: Calendar) -> Found:
    year = _year(match)
    if year is None:
        return None
    if match.groupdict().get("fiscal"):
        return _fiscal_end(year, calendar), "year", False
    return dt.date(year, 12, 31), "year", False


def _relative(match: re.Match[str], calendar: Calendar) -> Found:
    said, what = match["which"].lower(), match["what"].lower()
    day = calendar.published
    if what.endswith("year"):
        years = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(said, 0)
        if "fiscal" in what or "financial" in what:
            end = _fiscal_end(day.year, calendar)
            current = end if end >= day else _fiscal_end(day.year + 1, calendar)
            return month_end(current.year + years, current.month), "year", True
        return dt.date(day.year + years, 12, 31), "year", True
    months = 6 if "half" in what else calendar.months if what == "period" else 3
    back = month_end(day.year, (day.month - 1) // months * months)  # the last one that is over
    forth = {"this": 1, "current": 1, "next": 2, "coming": 1}.get(said, 0)
    if not forth and calendar.reported is not None and calendar.months == months:
        back = calendar.reported  # the last quarter of which there are figures
    return month_end(back.year, back.month + forth * months), "half" if months == 6 else "quarter", True


def _day(match: re.Match[str], calendar: Calendar) -> Found:
    year = _year(match)
    try:
        if year is not None:
            return dt.date(year, _month(match), int(match["day"])), "day", False
    except ValueError:
        return None
    near = []
    for other in (0, -1, 1):
        with suppress(ValueError):  # 29 February, of most years
            near.append(dt.date(calendar.published.year + other, _month(match), int(match["day"])))
    return (min(near, key=lambda each: abs(each - calendar.published)), "day", True) if near else None


def _iso(match: re.Match[str], _: Calendar) -> Found:
    try:
        return dt.date.fromisoformat(match.group()), "day", False
    except ValueError:
        return None


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_SPAN = r"(?P<what>quarter|half-year|half|six months|three months|twelve months|year|fiscal year|financial year)"
_WHICH = r"(?P<which>last|past|previous|latest|most recent|this|current|next|coming)"
_WHAT = r"(?P<what>quarter|half-year|half|fiscal year|financial year|year|period)"
_DAY_OF = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
_NUMBERED = rf"\s*(?:of\s+)?(?:{_FISCAL}\s*)?{_SHORT_YEAR}"
_OF_YEAR = rf"(?:\s+(?:of\s+)?(?:(?:the\s+)?{_FISCAL}\s+(?:year\s+)?)?{_YEAR})?"
_OF_YEAR_2 = _OF_YEAR.replace("<fiscal>", "<fiscal2>")
_ABOUT = "capex|capital|revenue|earnings|results|guidance|sales|profit|EPS"


def _quarter(match: re.Match[str], calendar: Calendar) -> Found:
    return _part(match, calendar, 3)


def _half(match: re.Match[str], calendar: Calendar) -> Found:
    return _part(match, calendar, 6)


def _end_of_month(match: re.Match[str], calendar: Calendar) -> Found:
    return _of_month(_month(match), _year(match), calendar, "quarter")


def _rules() -> Iterator[tuple[re.Pattern[str], Rule]]:
    """The longest wordings first."""
    to = r"(?:ended|ending|to|through)\s+(?:the\s+end\s+of\s+)?"
    yield _compiled(rf"{_SPAN}\s+{to}{_DAY_OF}{_MONTH}(?:\s+\d{{1,2}},?)?(?:\s+{_YEAR})?"), _ended
    yield _compiled(rf"{_MONTH}(?:[\s-]+)(?P<what>quarter|half)(?:\s+(?:of\s+)?{_YEAR})?"), _ended
    yield _compiled(rf"{_MONTH}\s+{_YEAR}\s+(?P<what>quarter|half)"), _ended
    yield _compiled(rf"(?:{_FISCAL}\s?)Q(?P<number>[1-4])\s+{_SHORT_YEAR}"), _quarter
    yield _compiled(rf"Q(?P<number>[1-4]){_NUMBERED}"), _quarter
    yield _compiled(rf"H(?P<number>[12]){_NUMBERED}"), _half
    yield _compiled(rf"{_ORDINAL}[\s-]+(?:(?P<fiscal>fiscal|financial)[\s-]+)?quarter{_OF_YEAR_2}"), _quarter
    yield _compiled(rf"{_ORDINAL}[\s-]+half{_OF_YEAR}"), _half
    yield _compiled(r"Q(?P<number>[1-4])"), _quarter
    yield _compiled(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+{_YEAR})?"), _day
    yield _compiled(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?"), _day
    yield _compiled(r"20\d\d-\d\d-\d\d"), _iso
    yield _compiled(rf"{_FISCAL}\s*(?:year\s*)?{_SHORT_YEAR}"), _whole
    yield _compiled(rf"(?:full[\s-]year|calendar(?:\s+year)?)\s+{_YEAR}"), _whole
    yield _compiled(rf"{_YEAR}(?=\s+(?:{_ABOUT}))"), _whole
    yield _compiled(rf"(?:in|for|by|during|of|over|since)\s+{_YEAR}"), _whole
    yield _compiled(rf"(?:the\s+)?{_WHICH}[\s-]+{_WHAT}"), _relative
    # “In the quarter”, “in the same half”: the last one that there are figures of.
    yield _compiled(r"in\s+(?P<which>the|that|the\s+same)\s+(?P<what>quarter|half)"), _relative
    yield _compiled(rf"(?:at|by)\s+the\s+end\s+of\s+{_MONTH}(?:\s+{_YEAR})?"), _end_of_month


_RULES = tuple(_rules())
