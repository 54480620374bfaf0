"""The market service's statements beside a company's filings: they fill what the filings leave open.

A measure of `company.toml` that names a `row` takes that line; a company that declares no measure takes all lines that
are known. A figure of the filings stands before the service's. One of the service counts from its release, where the
filings or the service's list of results days know it, and else from 75 days after its period, which its source says.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.company import Company, Measure, Profile
from data.figures import Confidence, Figure
from data.filings import Quarter, Release
from data.market.records import NEAR_END, Statements
from data.metrics import in_millions
from data.rhythm import QUARTERLY, YEARLY, Rhythm
from data.units import Unit

Pair = tuple[Figure, Figure]

LATER = dt.timedelta(days=75)  # after a period, its figures are public
# A release lies so long after its period: what comes sooner is news of the one before, what comes later of the next.
SOONEST, LATEST = dt.timedelta(days=8), dt.timedelta(days=110)
ROUNDING, ROUNDED_EPS = 0.005, 0.006  # how far two figures may lie apart and be the same: a share, and cents
# The lines that a company without measures of its own takes, and under which names the pages know them.
DEFAULT_ROWS = {
    "revenue": "Total Revenue",
    "income_from_operations": "Operating Income",
    "net_income": "Net Income",
    "diluted_eps": "Diluted EPS",
    "operating_cash_flow": "Operating Cash Flow",
    "capex": "Capital Expenditure",
    "free_cash_flow": "Free Cash Flow",
    "total_debt": "Total Debt",
    "diluted_shares": "Diluted Average Shares",
    "buybacks": "Repurchase Of Capital Stock",
    "dividends_paid": "Cash Dividends Paid",
}
# What goes out is below zero there and a positive amount here.
OUTGOING = ("Capital Expenditure", "Repurchase Of Capital Stock", "Cash Dividends Paid")


def asks_for_statements(profile: Profile) -> bool:
    """Whether a company takes anything from the service's statements."""
    return not profile.measures or any(measure.row for measure in profile.measures.values())


def with_statements(company: Company, statements: Statements | None, reported: Sequence[dt.date] = ()) -> Company:
    """The company with the service's figures where its filings have none; as it is without statements.

    `reported` are the days on which it reported, as the service lists them.
    """
    if statements is None or not asks_for_statements(company.profile):
        return company
    profile = company.profile if company.profile.measures else _with_default_measures(company.profile, statements)
    filings, rhythm = company.filings, profile.rhythm
    told = _Told(profile, statements.currency, filings.releases, sorted(reported))
    by_rhythm = {QUARTERLY: statements.quarters, YEARLY: statements.years}
    quarters, apart = _beside(filings.quarters, told.periods(by_rhythm.get(rhythm, {}), rhythm))
    yearly = {} if rhythm is YEARLY else statements.years
    years, apart_in_years = _beside(filings.years, told.periods(yearly, YEARLY))
    changed = replace(filings, quarters=quarters, years=years)
    return replace(company, profile=profile, filings=changed, differences=(*apart, *apart_in_years))


def default_measures(currency: str, share: str) -> dict[str, Measure]:
    """The measures that every company has, in the currency of its statements and per that share class."""
    units = {"diluted_eps": f"{currency} per {share}", "diluted_shares": "shares m"}
    return {name: Measure(unit=units.get(name, f"{currency} m"), row=row) for name, row in DEFAULT_ROWS.items()}


def _with_default_measures(profile: Profile, statements: Statements) -> Profile:
    measures = default_measures(statements.currency, profile.listing.share_class)
    return profile.model_copy(update={"measures": measures, "segment_profit": "income_from_operations"})


@dataclass(frozen=True)
class _Told:
    """How the service's lines are read as periods of a company."""

    profile: Profile
    currency: str
    releases: Sequence[Release]
    reported: Sequence[dt.date]

    def periods(self, lines: Mapping[str, Mapping[dt.date, float]], rhythm: Rhythm) -> list[Quarter]:
        """One for each day with a figure that is taken, oldest first, in the units that are kept."""
        values: dict[dt.date, dict[str, float]] = {}
        for metric, measure in self.profile.measures.items():
            factor = _factor(self.profile.unit_of(metric), self.currency) if measure.row else None
            if factor is None:
                continue
            sign = -1.0 if measure.row in OUTGOING else 1.0
            for day, value in lines.get(measure.row.replace(" ", ""), {}).items():
                values.setdefault(day, {})[metric] = sign * value * factor
        return [self._period(day, values[day], rhythm) for day in sorted(values)]

    def _period(self, day: dt.date, values: Mapping[str, float], rhythm: Rhythm) -> Quarter:
        """Public from its release, or from 75 days after it."""
        release = next((each for each in self.releases if _is_near(each.period_end, day)), None)
        listed = next((each for each in self.reported if SOONEST <= each - day <= LATEST), None)
        if release is not None:
            when = replace(release, rhythm=rhythm)
        else:
            when = Release(day, "", listed or day + LATER, None, rhythm)
        measures = self.profile.measures
        return Quarter(
            when,
            dict(values),
            {metric: in_millions(self.profile.unit_of(metric))[0] for metric in values},
            Confidence.SECONDARY,
            words={metric: measure.label for metric, measure in measures.items() if measure.label},
            rows={metric: measures[metric].row for metric in values},
            is_dated=release is not None or listed is not None,
        )


def _beside(known: Sequence[Quarter], told: Sequence[Quarter]) -> tuple[tuple[Quarter, ...], list[Pair]]:
    """The periods of the filings with what only the service has, oldest first, and what both state otherwise."""
    taken, apart = list(known), []
    for period in told:
        place = next((n for n, each in enumerate(taken) if _is_near(each.end, period.end)), None)
        if place is None:
            taken.append(period)
            continue
        there = taken[place]
        same_day = replace(period, release=there.release, is_dated=True)
        apart += [
            (there.figure(metric), same_day.figure(metric))
            for metric, value in period.values.items()
            if metric in there.values and metric not in there.rows and _is_apart(value, there.values[metric])
        ]
        new = [metric for metric in period.values if metric not in there.values]
        taken[place] = replace(
            there,
            values=there.values | {metric: period.values[metric] for metric in new},
            units=there.units | {metric: period.units[metric] for metric in new},
            rows={**there.rows, **{metric: period.rows[metric] for metric in new}},
        )
    return tuple(sorted(taken, key=lambda period: period.end)), apart


def _is_near(one: dt.date, other: dt.date) -> bool:
    return abs(one - other) <= NEAR_END


def _is_apart(told: float, filed: float) -> bool:
    return abs(told - filed) > max(abs(filed) * ROUNDING, ROUNDED_EPS)


def _factor(unit: Unit, currency: str) -> float | None:
    """From the service's whole units to what is kept: millions of money, pence where a measure is in them.

    None where the statements are in another currency than the measure.
    """
    if unit.currency is None:
        return 1 / unit.scale
    if unit.currency != currency:
        return None
    return 1 / in_millions(unit)[0].scale
