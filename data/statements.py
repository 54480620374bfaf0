"""The market service's statements beside a company's filings: they fill what the filings leave open.

A measure of `company.toml` that names a `row` takes that line; a company that declares no measure takes all lines that
are known. A figure of the filings stands before the service's. One of the service counts from its release where the
filings know that day, and else from 75 days after its period, which its source says.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from data.company import Company, Measure, Profile
from data.figures import Confidence, Figure
from data.filings import Quarter, Release
from data.market.records import Statements
from data.metrics import in_millions
from data.rhythm import QUARTERLY, YEARLY, Rhythm
from data.units import Unit

LATER = dt.timedelta(days=75)  # after a period, its figures are public
NEAR = dt.timedelta(days=10)  # the service moves the end of a week-end calendar's period to a month's end
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


def with_statements(company: Company, statements: Statements | None) -> Company:
    """The company with the service's figures where its filings have none; as it is without statements."""
    if statements is None or not asks_for_statements(company.profile):
        return company
    profile = company.profile if company.profile.measures else _with_default_measures(company.profile, statements)
    rows = {name: measure.row for name, measure in profile.measures.items() if measure.row}
    filings = company.filings
    rhythm = profile.rhythm
    quarters, years = filings.quarters, filings.years
    if rhythm is QUARTERLY:
        quarters = _filled(quarters, statements.quarters, rows, profile, statements.currency, filings.releases, rhythm)
    if rhythm is YEARLY:
        quarters = _filled(quarters, statements.years, rows, profile, statements.currency, filings.releases, rhythm)
    else:
        years = _filled(years, statements.years, rows, profile, statements.currency, filings.releases, YEARLY)
    currency = statements.currency
    of_quarters = filings.quarters if rhythm is QUARTERLY else ()
    of_years = filings.quarters if rhythm is YEARLY else filings.years
    apart = (
        *_differences(of_quarters, statements.quarters, rows, profile, currency),
        *_differences(of_years, statements.years, rows, profile, currency),
    )
    changed = replace(filings, quarters=quarters, years=years)
    return replace(company, profile=profile, filings=changed, differences=apart)


def _with_default_measures(profile: Profile, statements: Statements) -> Profile:
    """The measures that every company has, in the currency of its statements."""
    currency, share = statements.currency, profile.listing.share_class
    units = {"diluted_eps": f"{currency} per {share}", "diluted_shares": "shares m"}
    measures = {name: Measure(unit=units.get(name, f"{currency} m"), row=row) for name, row in DEFAULT_ROWS.items()}
    return profile.model_copy(update={"measures": measures, "segment_profit": "income_from_operations"})


def _filled(
    known: Sequence[Quarter],
    lines: Mapping[str, Mapping[dt.date, float]],
    rows: Mapping[str, str],
    profile: Profile,
    currency: str,
    releases: Sequence[Release],
    rhythm: Rhythm,
) -> tuple[Quarter, ...]:
    """Periods with the figures that only the service has, and periods that only it has; oldest first."""
    values = _values(lines, rows, profile, currency)
    taken = list(known)
    for day in sorted(values):
        place = next((n for n, period in enumerate(taken) if abs(period.end - day) <= NEAR), None)
        if place is None:
            taken.append(_only_there(day, values[day], rows, profile, releases, rhythm))
            continue
        there = taken[place]
        new = {metric: value for metric, value in values[day].items() if metric not in there.values}
        if new:
            taken[place] = replace(
                there,
                values={**there.values, **new},
                units={**there.units, **_units(new, profile)},
                rows={**there.rows, **{metric: rows[metric] for metric in new}},
            )
    return tuple(sorted(taken, key=lambda period: period.end))


def _values(
    lines: Mapping[str, Mapping[dt.date, float]], rows: Mapping[str, str], profile: Profile, currency: str
) -> dict[dt.date, dict[str, float]]:
    """The lines by period and measure, in the units that are kept."""
    values: dict[dt.date, dict[str, float]] = {}
    for metric, row in rows.items():
        factor = _factor(profile.unit_of(metric), currency)
        for day, value in lines.get(row.replace(" ", ""), {}).items():
            if factor is not None:
                sign = -1.0 if row in OUTGOING else 1.0
                values.setdefault(day, {})[metric] = sign * value * factor
    return values


def _differences(
    known: Sequence[Quarter],
    lines: Mapping[str, Mapping[dt.date, float]],
    rows: Mapping[str, str],
    profile: Profile,
    currency: str,
) -> Iterator[tuple[Figure, Figure]]:
    """What a filing and the service both state, by more than rounding apart."""
    for day, found in sorted(_values(lines, rows, profile, currency).items()):
        period = next((each for each in known if abs(each.end - day) <= NEAR), None)
        if period is None:
            continue
        told = _only_there(day, found, rows, profile, [period.release], period.release.rhythm)
        for metric, value in found.items():
            filed = period.values.get(metric)
            if filed is not None and abs(value - filed) > max(abs(filed) * ROUNDING, ROUNDED_EPS):
                yield period.figure(metric), told.figure(metric)


def _only_there(
    day: dt.date,
    values: Mapping[str, float],
    rows: Mapping[str, str],
    profile: Profile,
    releases: Sequence[Release],
    rhythm: Rhythm,
) -> Quarter:
    """A period that the filings do not have; public from its release, or from 75 days after it."""
    release = next((each for each in releases if abs(each.period_end - day) <= NEAR), None)
    when = Release(day, "", day + LATER, None, rhythm) if release is None else replace(release, rhythm=rhythm)
    words = {metric: measure.label for metric, measure in profile.measures.items() if measure.label}
    return Quarter(
        when, dict(values), _units(values, profile), Confidence.SECONDARY, words=words,
        rows={metric: rows[metric] for metric in values}, is_dated=release is not None,
    )  # fmt: skip


def _units(values: Mapping[str, float], profile: Profile) -> dict[str, Unit]:
    return {metric: in_millions(profile.unit_of(metric))[0] for metric in values}


def _factor(unit: Unit, currency: str) -> float | None:
    """From the service's whole units to what is kept: millions of money, pence where a measure is in them.

    None where the statements are in another currency than the measure.
    """
    if unit.currency is None:
        return 1 / unit.scale
    if unit.currency != currency:
        return None
    return 1 / in_millions(unit)[0].scale
